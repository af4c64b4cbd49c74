"""Providers of the derived tables of `basins`: importing this package registers them."""

from basins.derive import geography, living, perimeters, shapes

__all__ = ["geography", "living", "perimeters", "shapes"]

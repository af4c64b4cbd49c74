"""Providers of the derived tables of `basins`: importing this package registers them."""

from basins.derive import borders, geography, living, perimeters, shapes

__all__ = ["borders", "geography", "living", "perimeters", "shapes"]

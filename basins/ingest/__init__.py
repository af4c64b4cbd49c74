"""Data sets read by `basins`: importing this package registers them."""

from basins.ingest import geography, groupings, living, outlines

__all__ = ["geography", "groupings", "living", "outlines"]

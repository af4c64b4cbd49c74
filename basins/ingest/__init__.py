"""Data sets read by `basins`: importing this package registers them."""

from basins.ingest import geography, living, outlines

__all__ = ["geography", "living", "outlines"]

"""Data sets read by `basins`: importing this package registers them."""

from basins.ingest import geography, groupings, living, market, outlines, people, surroundings

__all__ = ["geography", "groupings", "living", "market", "outlines", "people", "surroundings"]

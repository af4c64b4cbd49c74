"""Data sets of the skills; importing this package registers them."""

from skills.ingest import basins, families, hires, hiring, training

__all__ = ["basins", "families", "hires", "hiring", "training"]

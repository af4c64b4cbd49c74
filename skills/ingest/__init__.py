"""Data sets of the skills; importing this package registers them."""

from skills.ingest import basins, context, families, higher_education, hires, hiring, tightness, training

__all__ = ["basins", "context", "families", "higher_education", "hires", "hiring", "tightness", "training"]

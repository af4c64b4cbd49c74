"""Data sets of the skills; importing this package registers them."""

from skills.ingest import families, hires

__all__ = ["families", "hires"]

"""Data sets of the economy; importing this package registers them."""

from economy.ingest import jobs, naf, plants

__all__ = ["jobs", "naf", "plants"]

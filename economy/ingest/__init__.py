"""Data sets of the economy; importing this package registers them."""

from economy.ingest import commune_sectors, jobs, naf, plants

__all__ = ["commune_sectors", "jobs", "naf", "plants"]

"""Data sets of the economy; importing this package registers them."""

from economy.ingest import commune_sectors, communes, establishments, flows, jobs, naf, plants, support

__all__ = ["commune_sectors", "communes", "establishments", "flows", "jobs", "naf", "plants", "support"]

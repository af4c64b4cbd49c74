"""Data sets of the economy; importing this package registers them."""

from economy.ingest import communes, establishments, flows, jobs, naf, plants, support

__all__ = ["communes", "establishments", "flows", "jobs", "naf", "plants", "support"]

"""Providers of the derived tables of the economy; importing this package registers them."""

from economy.derive import indicators, jobs, plants, sectors

__all__ = ["indicators", "jobs", "plants", "sectors"]

"""Providers of the derived tables of the economy; importing this package registers them."""

from economy.derive import communes, establishments, flows, indicators, jobs, plants, sectors, subclasses, support

__all__ = [
    "communes",
    "establishments",
    "flows",
    "indicators",
    "jobs",
    "plants",
    "sectors",
    "subclasses",
    "support",
]

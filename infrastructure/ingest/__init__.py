"""The infrastructure data sets: importing this package registers them."""

from infrastructure.ingest import (
    airports,
    brownfield_counts,
    brownfields,
    grid,
    local_brownfields,
    parks,
    ports,
    rail,
    roads,
    terminals,
)

__all__ = [
    "airports",
    "brownfield_counts",
    "brownfields",
    "grid",
    "local_brownfields",
    "parks",
    "ports",
    "rail",
    "roads",
    "terminals",
]

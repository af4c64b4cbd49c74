"""The infrastructure data sets: importing this package registers them."""

from infrastructure.ingest import airports, brownfields, ports, rail, roads, terminals

__all__ = ["airports", "brownfields", "ports", "rail", "roads", "terminals"]

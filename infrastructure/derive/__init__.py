"""The infrastructure tables of an edition: importing this package registers their providers."""

from infrastructure.derive import access, brownfields, grid, nodes, parks, values

__all__ = ["access", "brownfields", "grid", "nodes", "parks", "values"]

"""The infrastructure tables of an edition: importing this package registers their providers."""

from infrastructure.derive import access, brownfields, nodes, values

__all__ = ["access", "brownfields", "nodes", "values"]

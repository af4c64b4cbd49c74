"""Providers of the derived tables of `basins`: importing this package registers them."""

from basins.derive import (
    borders,
    commune_counts,
    former_communes,
    geography,
    living,
    market,
    people,
    perimeters,
    periods,
    shapes,
    surroundings,
)

__all__ = [
    "borders",
    "commune_counts",
    "former_communes",
    "geography",
    "living",
    "market",
    "people",
    "perimeters",
    "periods",
    "shapes",
    "surroundings",
]

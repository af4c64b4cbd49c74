"""Builds for tests: one fed by hand, one fed by the producers' files when they are at hand."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from shapely.geometry import MultiPolygon, box

from sources.apps import discover_datasets
from sources.editions import PROVIDERS, Build
from sources.readers import ewkb
from sources.registry import DATASETS, Rejected

DATA_DIR = os.environ.get("BASSINS_DATA_DIR", "")
needs_full_data = pytest.mark.skipif(
    not DATA_DIR, reason="BASSINS_DATA_DIR is not set: the producers' files are not at hand"
)


class PaperBuild(Build):
    """A build whose raw rows and tables are written in the test."""

    def __init__(self, rows: dict[str, pd.DataFrame], tables: dict[str, pd.DataFrame]) -> None:
        super().__init__(releases={}, tables=tables)
        self.paper_rows = rows

    def rows(self, slug: str) -> pd.DataFrame:
        return self.paper_rows[slug]

    def release(self, slug: str) -> str:
        return f"{slug}@test"


class FullBuild(Build):
    """A build that parses the producers' files and computes tables when they are asked for."""

    def __init__(self) -> None:
        super().__init__(releases={})
        discover_datasets()
        self.parsed: dict[str, list[Any]] = {}

    def records(self, slug: str) -> list[Any]:
        """Return what the parser of a data set yields, refused rows included."""
        if slug not in self.parsed:
            self.parsed[slug] = list(DATASETS[slug].parse(self.newest_file(slug)))
        return self.parsed[slug]

    def newest_file(self, slug: str) -> Path:
        return sorted(path for pattern in DATASETS[slug].patterns for path in Path(DATA_DIR).rglob(pattern))[-1]

    def rows(self, slug: str) -> pd.DataFrame:
        kept = [record for record in self.records(slug) if not isinstance(record, Rejected)]
        return pd.DataFrame(kept, columns=list(DATASETS[slug].columns))

    def release(self, slug: str) -> str:
        return f"{slug}@test"

    def table(self, label: str) -> pd.DataFrame:
        if label not in self.tables:
            parts = [one.compute(self) for one in PROVIDERS if one.table == label]
            self.tables[label] = pd.concat(parts, ignore_index=True)
        return self.tables[label]


def refused(records: Iterator[Any]) -> list[tuple[int, str]]:
    """Return (line, column) of the refused rows among parsed records."""
    return [(record.line, record.column) for record in records if isinstance(record, Rejected)]


def square(west: float, south: float, side: float = 1.0) -> str:
    """Return a square zone outline, in degrees."""
    return ewkb(MultiPolygon([box(west, south, west + side, south + side)]))


def two_zones() -> pd.DataFrame:
    """Two square zones side by side, 1001 in the west and 1002 in the east, and one far away without any figure."""
    return pd.DataFrame(
        {
            "code": ["1001", "1002", "0601"],
            "land_mass": ["mainland", "mainland", "mayotte"],
            "region_codes": [["11"], ["24", "11"], ["06"]],
            "population": [1000, 3000, 500],
            "geom": [square(0.0, 45.0), square(1.0, 45.0), square(45.0, -13.0)],
        }
    )

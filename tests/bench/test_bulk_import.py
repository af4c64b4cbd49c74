"""The measurement itself, on a file of a few thousand rows: both sides write the same rows and leave nothing."""

import os
from types import SimpleNamespace

from bench import bulk_import


def test_both_sides_write_every_row_and_undo_it(fresh_database_url, monkeypatch):
    monkeypatch.setitem(os.environ, "DATABASE_URL", fresh_database_url)
    found = SimpleNamespace(**bulk_import.measure(rows=15_000, repeats=1))
    assert found.rows == 15_000
    assert found.ratio > 0 and found.import_rows_per_s > 0 and found.copy_rows_per_s > 0
    assert found.import_resident_mb > 50

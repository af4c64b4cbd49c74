"""The measurement itself, on a file of a few thousand rows: both sides write the same rows and leave nothing."""

import os

from bench import bulk_import


def test_both_sides_write_every_row_and_undo_it(fresh_database_url, monkeypatch):
    monkeypatch.setitem(os.environ, "DATABASE_URL", fresh_database_url)
    [(imported, copied)] = bulk_import.compare(rows=15_000, repeats=1)
    assert imported["rows"] == copied["rows"] == 15_000
    assert imported["seconds"] > 0 and copied["seconds"] > 0
    assert imported["resident_mb"] > 50


def test_the_ratio_is_rows_a_second_of_the_import_over_those_of_copy():
    pairs = [({"rows": 100, "seconds": 4.0, "resident_mb": 300.0}, {"rows": 100, "seconds": 2.0})]
    ratio, memory = bulk_import.lines(pairs)
    assert (ratio.value, ratio.is_met, memory.value) == (0.5, True, 300.0)
    assert ratio.detail == "25 lignes par seconde contre 50"

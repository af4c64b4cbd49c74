import csv
import re

from bench.generated import commune_codes, commune_sector_file, subclass_codes
from economy.ingest.commune_sectors import parse_commune_blocks, parse_commune_sectors
from sources.registry import Block


def test_codes_are_distinct_and_well_formed():
    assert len(set(commune_codes(36_000))) == 36_000
    assert all(re.fullmatch(r"(\d\d|2[AB])\d{3}", code) for code in commune_codes(36_000))
    assert len(set(subclass_codes())) == 732


def test_the_generated_export_is_the_same_each_time_and_wholly_accepted(tmp_path):
    first = commune_sector_file(tmp_path / "a.csv", rows=500)
    second = commune_sector_file(tmp_path / "b.csv", rows=500)
    assert first.read_bytes() == second.read_bytes()
    records = list(parse_commune_sectors(first))
    assert len({one[:2] for one in records}) == 500
    with first.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    years = [name for name in rows[0] if re.search(r"[0-9]{4}$", name)]
    empty = sum(not row[name] for row in rows for name in years)
    assert len(years) == 40 and 0.35 < empty / (500 * 40) < 0.45
    assert b'"' in first.read_bytes(), "some cells are quoted, as in the real export"
    found = list(parse_commune_blocks(first))
    assert all(isinstance(one, Block) for one in found), "every generated row is plain"
    assert sum(one.row_count for one in found) == 500

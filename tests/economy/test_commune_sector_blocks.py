"""Reading by blocks against reading row by row: the same rows, the same refusals, at the same lines."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from economy.ingest.commune_sectors import parse_commune_blocks, parse_commune_sectors
from economy.raw import RawCommuneSector
from sources import blocks, services
from sources.models import RejectedRow
from sources.readers import LayoutError
from sources.registry import DATASETS, Rejected
from sources.services import ingest_file

HEADER = "x;Code commune;Code APE;Nombre d'établissements 2021;Effectifs salariés 2021"
COMMUNES = st.sampled_from(["76005", "01001", "2A004", "1001", "2a004", " 76005", "", "76 005", "2E10", "N"])
APES = st.sampled_from(["2562B", "25.62B", "2562", " 1071C", "2562b", "", "1071C", "4399A\\"])
NUMBERS = st.sampled_from(
    [
        "",
        "0",
        "1",
        "12",
        "007",
        "1 204",
        "s",
        "nd",
        "null",
        "NULL",
        "-1",
        "-0",
        "1,5",
        "1,2",
        "1.000",
        "12.0",
        "99999999",
    ]
    + ["100000000", "100000001", "1e3", "}", "1,null", "\\N", "é"]
)


def by_rows(path):
    kept = [one for one in parse_commune_sectors(path) if not isinstance(one, Rejected)]
    refused = [one for one in parse_commune_sectors(path) if isinstance(one, Rejected)]
    return sorted((one.insee_code, one.naf_code, one.establishment_counts, one.jobs) for one in kept), refused


def by_blocks(path):
    """Rows as the database reads what the blocks hand over."""
    rows, refused = [], []
    for one in parse_commune_blocks(path):
        if isinstance(one, Rejected):
            refused.append(one)
        elif hasattr(one, "copy_text"):
            lines = bytes(one.copy_text(0)).decode().splitlines()
            assert len(lines) == one.row_count
            rows += [
                (code, naf, numbers(counts), numbers(jobs))
                for _release, code, naf, _years, counts, jobs in (line.split("\t") for line in lines)
            ]
        else:
            rows.append((one.insee_code, one.naf_code, one.establishment_counts, one.jobs))
    return sorted(rows), refused


def numbers(text):
    return [None if cell == "null" else int(cell) for cell in text.strip("{}").split(",")]


def sort_key(row):
    return tuple(str(cell) for cell in row)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(rows=st.lists(st.tuples(COMMUNES, APES, NUMBERS, NUMBERS), max_size=15))
def test_blocks_and_rows_agree(tmp_path, monkeypatch, rows):
    monkeypatch.setattr(blocks, "CHUNK_BYTES", 60)
    path = tmp_path / "t.csv"
    lines = [HEADER, *(f'"a;b";{";".join(row)}' for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    (rows_kept, rows_refused), (blocks_kept, blocks_refused) = by_rows(path), by_blocks(path)
    assert sorted(blocks_kept, key=sort_key) == sorted(rows_kept, key=sort_key)
    assert blocks_refused == rows_refused


@pytest.mark.django_db
def test_a_large_file_goes_by_blocks_into_the_same_rows(tmp_path, monkeypatch):
    lines = [f"x;{1001 + number:05d};2562B;{number};{number * 2}" for number in range(500)]
    lines += ["x;1001;2562B;1;1", "x;01001;2562B;9;9", "x;01001;25.62C;;s"]
    path = tmp_path / "urssaf-commune-ape.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    stored = []
    for size in (1 << 30, 0):
        monkeypatch.setattr(services, "LARGE_FILE_BYTES", size)
        RawCommuneSector.objects.all().delete()
        RejectedRow.objects.all().delete()
        DATASETS["urssaf-commune-ape"].model.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sources_release SET has_rows = false WHERE source_id = 'urssaf-commune-ape'")
        report = ingest_file(DATASETS["urssaf-commune-ape"], path)
        assert (report.row_count, len(report.rejected)) == (501, 2)
        fields = ("insee_code", "naf_code", "years", "establishment_counts", "jobs")
        stored.append(
            (
                sorted(RawCommuneSector.objects.values_list(*fields), key=sort_key),
                list(RejectedRow.objects.order_by("line").values_list("line", "column", "value", "reason")),
            )
        )
    assert stored[0] == stored[1]
    assert [line for line, *_rest in stored[0][1]] == [502, 503]


@pytest.mark.django_db
def test_a_large_file_broken_near_its_end_loads_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(services, "LARGE_FILE_BYTES", 0)
    monkeypatch.setattr(blocks, "CHUNK_BYTES", 2_000)
    lines = [f"x;{1001 + number:05d};2562B;{number};1" for number in range(1000)]
    path = tmp_path / "urssaf-commune-ape.csv"
    path.write_text("\n".join([HEADER, *lines, "x;76005;2562B;1"]) + "\n", encoding="utf-8")
    before = RawCommuneSector.objects.count()
    with pytest.raises(LayoutError, match="ligne 1002 : nombre de champs inattendu, 4 au lieu de 5"):
        ingest_file(DATASETS["urssaf-commune-ape"], path)
    assert RawCommuneSector.objects.count() == before

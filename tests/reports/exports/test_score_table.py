"""The big table says what the pages say, in bounded memory, in both variants."""

import csv
import io
import zipfile

import numpy as np
import pytest

from reports.bulk.score_table import MAKER, columns
from reports.makers import Order
from scoring import service
from scoring.question import Question

LEVEL = "a17"


def made(variant: str, level: str = LEVEL) -> tuple[str, dict[str, list[list[str]]], list[tuple[str, int, int]]]:
    """The name of the file, its tables, and the steps told while it was made."""
    facts, output, told = service.current_facts(), io.BytesIO(), []
    parameters = MAKER.accepted(facts, {"level": level, "format": variant})
    file = MAKER.make(Order(facts, parameters, "http://x", output, lambda *step: told.append(step)))
    with zipfile.ZipFile(output) as archive:
        separator = "," if variant.endswith("international") else ";"
        tables = {
            name: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")), delimiter=separator))
            for name in archive.namelist()
        }
    return file.name, tables, told


@pytest.mark.django_db
def test_scores_ranks_and_advantages_are_those_of_the_page_of_a_basin() -> None:
    facts = service.current_facts()
    _name, tables, _told = made("csv-international")
    head, *rows = tables[f"activites-bassins-{LEVEL}.csv"]
    assert head == [one.key for one in columns()]
    zone = facts.zones[17]
    mine = {row[0]: row for row in rows if row[2] == zone.code}
    shown = service.best_activities(facts, zone.code, LEVEL, 1000)
    assert len(mine) == len(shown) > 4
    for one in shown:
        row = mine[one.activity.code]
        assert float(row[4]) == pytest.approx(one.score, abs=1e-6)
        assert int(row[5]) == one.rank_among_basins
        assert float(row[6]) == pytest.approx(one.advantage, abs=1e-6)
        drawn = service.rank(facts, Question(one.activity.code, LEVEL)).basin(zone.code).interval
        assert [float(cell) for cell in row[7:]] == [drawn.median, drawn.p05, drawn.p95]


@pytest.mark.django_db
def test_every_activity_is_there_once_for_every_basin() -> None:
    facts = service.current_facts()
    _name, tables, told = made("csv")
    rows = tables[f"activites-bassins-{LEVEL}.csv"][1:]
    activities = [one.code for one in service.activities(LEVEL)]
    assert len(rows) == len(activities) * len(facts.zones)
    assert {(row[0], row[2]) for row in rows} == {(a, zone.code) for a in activities for zone in facts.zones}
    assert "," in rows[0][4] and "." not in rows[0][4]
    assert told[-1][1:] == (len(activities) - 1, len(activities))


@pytest.mark.django_db
def test_the_file_says_what_its_columns_are_and_where_it_comes_from() -> None:
    facts = service.current_facts()
    name, tables, _told = made("csv")
    assert name == f"activites-bassins-{LEVEL}.zip"
    assert [row[0] for row in tables["colonnes.csv"][1:]] == [one.key for one in columns()]
    told = dict(tables["provenance.csv"][1:])
    assert (told["edition"], told["empreinte"]) == (facts.edition.name, facts.edition.content_hash)
    assert told["methode"] == "http://x/methode/"
    assert len(tables["sources.csv"]) > 40


def test_equal_scores_share_the_best_rank() -> None:
    assert service.ranks_of(np.array([50.0, 80.0, 80.0, 10.0])).tolist() == [3, 1, 1, 4]
    assert service.advantage(1, 4) == 87.5


@pytest.mark.django_db
def test_the_workbook_holds_the_same_numbers() -> None:
    from openpyxl import load_workbook

    facts, output = service.current_facts(), io.BytesIO()
    parameters = MAKER.accepted(facts, {"level": "a17", "format": "xlsx"})
    file = MAKER.make(Order(facts, parameters, "http://x", output, lambda *step: None))
    assert file.name == "activites-bassins-a17.xlsx"
    book = load_workbook(output, read_only=True)
    _name, tables, _told = made("csv-international", "a17")
    written = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    expected = tables["activites-bassins-a17.csv"][1:]
    assert len(written) == len(expected)
    for row, line in zip(written, expected, strict=True):
        assert list(row[:4]) == line[:4]
        assert row[4:] == pytest.approx([float(cell) for cell in line[4:]], abs=1e-6)
    book.close()

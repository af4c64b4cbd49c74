"""Long tables leave as they are read: first bytes at once, little memory, the figures of the database."""

import csv
import io
import tracemalloc
from itertools import islice

import openpyxl
import pytest
from django.db import connection
from django.http import FileResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from basins.models import Commune, CommuneCounts
from economy.models import CommuneJobs
from explorer.presenters import commune_files
from explorer.presenters.table_files import LONG_TABLES, TABLES
from infrastructure.models import CommuneBrownfields
from reports.bulk import whole_tables
from reports.makers import Order
from scoring.service import current_edition, current_facts

pytestmark = pytest.mark.django_db
ADDRESS = "/donnees/telechargements/communes"
LEAST_ROWS = 34_000
# Of a whole export, all told: a hundred are promised.
MOST_BYTES = 40_000_000


def test_the_first_rows_need_one_block_only(client: Client) -> None:
    current_facts()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(f"{ADDRESS}.csv", headers={"accept-language": "fr"})
        assert isinstance(response, StreamingHttpResponse)
        first = next(iter(response.streaming_content))  # type: ignore[call-overload]
    assert first.decode().count("\r\n") >= 100
    assert len(asked) < 15


def test_a_whole_export_holds_little_in_memory(client: Client) -> None:
    current_facts()
    tracemalloc.start()
    response = client.get(f"{ADDRESS}.csv")
    lines = sum(chunk.count(b"\r\n") for chunk in response.streaming_content)  # type: ignore[union-attr]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines - 1 == Commune.objects.of(current_edition()).count() > LEAST_ROWS
    assert peak < MOST_BYTES


def test_rows_hold_what_the_database_holds(client: Client) -> None:
    edition, facts = current_edition(), current_facts()
    columns, rows = commune_files.communes_table(facts)
    # Across the border of two blocks.
    near = list(islice(rows, commune_files.BLOCK - 3, commune_files.BLOCK + 3))
    for row in near:
        cells = dict(zip(columns, row, strict=True))
        one = Commune.objects.of(edition).select_related("zone", "department").get(insee_code=cells["code"])
        assert (cells["nom"], cells["bassin"], cells["population"]) == (one.name, one.zone.code, one.population)
        assert (cells["departement"], cells["region"]) == (one.department_id, one.department.region_id)
        assert (cells["longitude"], cells["latitude"]) == pytest.approx(one.point.coords, abs=1e-5)
        counts = CommuneCounts.objects.filter(commune=one).first()
        assert cells["logements"] == (counts.dwellings if counts else None)
        jobs = CommuneJobs.objects.filter(commune=one).first()
        assert cells["emplois_prives_2024"] == (jobs.jobs[2024 - jobs.first_year] if jobs else 0)
        sites = CommuneBrownfields.objects.filter(commune=one).first()
        assert cells["friches_sites_recenses"] == (sites.site_count if sites else 0)


def test_jobs_are_nothing_where_the_file_of_jobs_does_not_reach() -> None:
    columns, rows = commune_files.communes_table(current_facts())
    place = columns.index("emplois_prives_2024")
    known = {row[0]: row[place] for row in rows}
    # Mayotte, and a commune that came out of another since 2018: not known. A hamlet of the Ardennes: none.
    assert known["97611"] is None and known["85165"] is None
    assert sum(value is None for value in known.values()) == 17 + 8
    assert 0 in {value for code, value in known.items() if code.startswith("08")}


def test_every_commune_is_there_once_and_its_columns_are_explained() -> None:
    facts = current_facts()
    columns, rows = TABLES["communes"](facts)
    codes = [row[0] for row in rows]
    assert codes == sorted(set(codes))  # type: ignore[type-var]
    assert len(codes) == Commune.objects.of(current_edition()).count()
    _names, explained = TABLES["communes-dictionnaire"](facts)
    entries = list(explained)
    assert [row[0] for row in entries] == columns and all(row[1] and row[3] for row in entries)


def test_names_of_columns_do_not_change_with_the_language(client: Client) -> None:
    heads = {
        next(iter(client.get(f"{ADDRESS}.csv?lang={code}").streaming_content)).split(b"\r\n")[0]  # type: ignore[call-overload, union-attr]
        for code in ("fr", "en")
    }
    assert len(heads) == 1


def test_both_variants_hold_the_same_rows(client: Client) -> None:
    def head(query: str, delimiter: str) -> list[list[str]]:
        chunks = client.get(f"{ADDRESS}.csv{query}").streaming_content  # type: ignore[union-attr]
        text = next(iter(chunks)).decode().removeprefix("\ufeff")
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))

    french, plain = head("", ";"), head("?variante=international", ",")
    place = french[0].index("longitude")
    assert len(french) == len(plain) > 100
    for one, other in zip(french[1:], plain[1:], strict=True):
        assert one[place].replace(",", ".") == other[place]
        assert one[:place] == other[:place]


def test_the_workbook_of_a_short_table_is_whole(client: Client) -> None:
    response = client.get("/donnees/telechargements/bassins-indicateurs.xlsx", headers={"accept-language": "fr"})
    assert isinstance(response, FileResponse)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[arg-type]
    columns, rows = TABLES["bassins-indicateurs"](current_facts())
    head, *body = ([*row] for row in book["Tableau"].values)
    assert head == columns and book["Tableau"].freeze_panes == "B2"
    for found, row in zip(body, rows, strict=True):
        assert found == [None if one == "" else one for one in row]
    told = " ".join(cell for row in book["Lire"].values for cell in row if cell)
    for words in (current_facts().edition.name, "Établi le", "/donnees/?edition=", "Licence Ouverte"):
        assert words in told
    assert [row[0] for row in book["Dictionnaire"].values][1:] == columns


def test_an_indicator_is_a_workbook_too(client: Client) -> None:
    response = client.get("/donnees/indicateurs/economy.jobs_total.xlsx", headers={"accept-language": "fr"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[union-attr]
    values, _statuses = current_facts().values["economy.jobs_total"]
    found = [row[5] for row in book["Tableau"].values][1:]
    assert [one for one in found if one is not None] == [one for one in values.tolist() if one == one]
    assert "economy.jobs_total" in [row[0] for row in book["Dictionnaire"].values]


@pytest.mark.parametrize("name", list(LONG_TABLES))
def test_the_workbook_of_a_long_table_is_asked_on_a_page_of_its_own(client: Client, name: str) -> None:
    response = client.get(f"/donnees/telechargements/{name}.xlsx", headers={"accept-language": "fr"}, follow=True)
    assert response.redirect_chain[-1][0] == f"/exports/demander/tableaux/?table={name}"
    assert f'value="{name}" selected' in response.content.decode()


def test_a_worker_makes_it_and_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    columns, rows = TABLES["communes"](current_facts())
    few = list(islice(rows, 1200))
    monkeypatch.setitem(whole_tables.TABLES, "communes", lambda facts: (columns, iter(few)))
    told: list[tuple[str, int, int]] = []
    output = io.BytesIO()
    order = Order(current_facts(), {"table": "communes"}, "https://ici", output, lambda *step: told.append(step))
    made = whole_tables.MAKER.make(order)
    assert made.name == "communes.xlsx"
    told_of = " ".join(cell for row in openpyxl.load_workbook(output)["Lire"].values for cell in row if cell)
    assert "https://ici/donnees/?edition=" in told_of and "Licence" in told_of
    sheet = openpyxl.load_workbook(output)["Tableau"]
    assert [list(row)[:2] for row in sheet.iter_rows(min_row=2, values_only=True)] == [row[:2] for row in few]
    assert [done for _step, done, _count in told] == [0, 500, 1000]

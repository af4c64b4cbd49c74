"""Data: every indicator has its maps, its table and its file; whole tables can be taken away."""

import csv
import io

import pytest
from django.http import HttpResponse
from pytest_django import DjangoAssertNumQueries

from basins.indicators import indicators
from economy.models import ZoneSectorJobs
from explorer.layers import LAYERS
from explorer.permalinks import edition_mark
from explorer.presenters.data import layer_label
from explorer.presenters.indicator import SORTS
from explorer.presenters.table_files import LONG_TABLES, TABLES
from scoring.service import current_facts
from tests.explorer.conftest import Get, Read
from tests.explorer.test_pages import figure

pytestmark = pytest.mark.django_db
MIGRATION = "/donnees/indicateurs/living.net_migration_pct/"


def content(response: HttpResponse) -> str:
    assert response.status_code == 200 and response.streaming
    return b"".join(response.streaming_content).decode("utf-8-sig")


def held() -> list[str]:
    facts = current_facts()
    return [one for one in indicators() if one in facts.values]


def test_every_indicator_is_on_the_page_of_data_and_has_its_page(read: Read, get: Get) -> None:
    tree = read("/donnees/")
    rows = [row for row in tree.one("table", css_class="indicators").all("tr") if row.all("td")]
    links = [row.one("a").attributes["href"] for row in rows]
    assert sorted(links) == sorted(f"/donnees/indicateurs/{one}/" for one in held())
    for row in rows:
        assert sum(int(cell.plain) for cell in row.all("td", css_class="num")) == len(current_facts().zones)
    assert all(get(link).status_code == 200 for link in links)


@pytest.mark.parametrize(
    "name", ["living.net_migration_pct", "living.long_vacancy_pct", "land.usable_ha", "access.siding_km"]
)
def test_maps_and_table_say_the_status_of_every_basin(read: Read, name: str) -> None:
    facts = current_facts()
    values, statuses = facts.values[name]
    tree = read(f"/donnees/indicateurs/{name}/")
    marks = {"missing": "nodata", "suppressed": "secret", "absent": "nothing"}
    value_map, coverage = tree.all("svg", css_class="map")
    for zone, value, status, drawn, known in zip(
        facts.zones, values, statuses, value_map.all("a"), coverage.all("a"), strict=True
    ):
        css_class = drawn.one("use").attributes["class"]
        assert drawn.attributes["data-zone"] == zone.code
        assert css_class == marks[status] if value != value else css_class[0] in "qd"
        expected = marks.get(status, {"observed": "q5", "estimated": "guessed"}.get(status))
        assert known.one("use").attributes["class"] == expected
    rows = tree.one("table", css_class="values").one("tbody").all("tr")
    unknown = [row for row in rows if row.all("td")[1].plain == "—"]
    assert len(rows) == len(facts.zones) and len(unknown) == sum(value != value for value in values)
    shown = [figure(row.all("td")[1].plain) for row in rows if row not in unknown]
    assert shown == sorted(shown, reverse=True)


def test_two_colours_part_growth_from_decline_only(read: Read) -> None:
    facts = current_facts()
    values, _statuses = facts.values["living.net_migration_pct"]
    links = read(MIGRATION).all("svg", css_class="map")[0].all("a")
    for value, link in zip(values, links, strict=True):
        step = link.one("use").attributes["class"]
        if value == value and abs(value) > 1:
            assert step in (("d0", "d1") if value < 0 else ("d5", "d6"))
    sequential = read("/donnees/indicateurs/living.rent_flat/").all("svg", css_class="map")[0].all("use")
    assert not {one.attributes["class"] for one in sequential} & {f"d{step}" for step in range(7)}


@pytest.mark.parametrize("sort", list(SORTS))
def test_the_table_is_sorted_by_a_link(read: Read, sort: str) -> None:
    tree = read(f"{MIGRATION}?tri={sort}")
    [current] = tree.one("main").all("a", aria_current="true")
    assert sort == "decroissant" or f"tri={sort}" in current.attributes["href"]
    rows = tree.one("table", css_class="values").one("tbody").all("tr")
    # Two basins may bear one name.
    assert len({row.all("td")[0].plain for row in rows}) == len(rows) == len(current_facts().zones)
    if sort == "croissant":
        assert rows[0].one("th").plain == "Calais"


def test_the_method_the_sources_and_the_licence_are_said(read: Read) -> None:
    text = read("/donnees/indicateurs/economy.industrial_jobs/").one("main").plain
    assert "Urssaf" in text and "ODbL" in text and str(indicators()["economy.industrial_jobs"].method) in text
    assert "ODbL" not in read("/donnees/indicateurs/living.rent_flat/").one("main").plain


@pytest.mark.parametrize("international", [False, True])
def test_a_file_of_an_indicator_keeps_statuses_and_leaves_the_unknown_empty(get: Get, international: bool) -> None:
    url = "/donnees/indicateurs/living.long_vacancy_pct.csv" + ("?variante=international" if international else "")
    rows = list(csv.DictReader(io.StringIO(content(get(url))), delimiter="," if international else ";"))
    facts = current_facts()
    values, statuses = facts.values["living.long_vacancy_pct"]
    for row, zone, value, status in zip(rows, facts.zones, values, statuses, strict=True):
        assert (row["code"], row["statut"]) == (zone.code, status) and row["sources"] and row["millesime"]
        written = row["living.long_vacancy_pct"]
        read_back = float(written.replace(",", ".")) if written else None
        assert read_back == (None if value != value else pytest.approx(value, abs=1e-6))
        assert ("." in written) <= international


def test_the_whole_table_has_its_dictionary(get: Get) -> None:
    table = list(
        csv.DictReader(io.StringIO(content(get("/donnees/telechargements/bassins-indicateurs.csv"))), delimiter=";")
    )
    words = list(csv.DictReader(io.StringIO(content(get("/donnees/telechargements/dictionnaire.csv"))), delimiter=";"))
    assert len(table) == len(current_facts().zones)
    words = [row for row in words if row["methode"]]
    assert [row["identifiant"] for row in words] == held()
    assert {f"{one}.statut" for one in held()} <= set(table[0])
    assert all(row["methode"] and row["sources"] for row in words)


def file_rows(get: Get, url: str) -> tuple[list[str], list[dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(content(get(f"{url}?variante=international"))))
    return list(reader.fieldnames or ()), list(reader)


@pytest.mark.parametrize("name", list(TABLES))
def test_every_column_of_every_file_is_in_the_dictionary_and_every_row_says_where_it_comes_from(
    get: Get, name: str
) -> None:
    columns, rows = file_rows(get, f"/donnees/telechargements/{name}.csv")
    _columns, words = file_rows(get, "/donnees/telechargements/dictionnaire.csv")
    explained = {row["identifiant"]: row for row in words if row["fichier"] == name}
    assert list(explained) == columns
    assert all(row["libelle"].casefold() != key.casefold() and row["libelle"] for key, row in explained.items())
    facts = current_facts()
    for row in (rows[0], rows[-1]):
        assert row["edition"] == f"{facts.edition.name} ({facts.edition.content_hash[:12]})" and row["fait_le"]
        assert row["lien"] == f"http://testserver/donnees/?edition={edition_mark(facts.edition)}"
        assert ("Licence Ouverte" in row["licence"]) is (name in FIGURES) or name == "sources"


FIGURES = ("bassins-indicateurs", "emplois-a38", "communes")


def test_the_file_of_an_indicator_says_where_it_comes_from(get: Get) -> None:
    columns, rows = file_rows(get, "/donnees/indicateurs/economy.industrial_jobs.csv")
    assert columns[-4:] == ["edition", "fait_le", "lien", "licence"] and len(columns) == len(set(columns))
    assert "ODbL" in rows[0]["licence"] and "/donnees/indicateurs/economy.industrial_jobs/" in rows[0]["lien"]


def test_jobs_by_branch_are_those_of_the_edition(get: Get) -> None:
    text = content(get("/donnees/telechargements/emplois-a38.csv?variante=international"))
    rows = list(csv.DictReader(io.StringIO(text)))
    stored = ZoneSectorJobs.objects.filter(edition__is_current=True, value__isnull=False)
    assert sum(float(row["emplois"]) for row in rows if row["emplois"]) == pytest.approx(
        sum(stored.values_list("value", flat=True)), rel=1e-9
    )
    assert {row["statut"] for row in rows if not row["emplois"]} <= {"missing", "suppressed", "absent"}


def test_every_file_of_the_list_can_be_taken(read: Read, get: Get) -> None:
    tree = read("/donnees/")
    links = [one.attributes["href"] for one in tree.one("table", css_class="files").all("a")]
    assert len(links) == 3 * len(TABLES)
    for link in links:
        if link.startswith("/exports/"):
            assert link.partition("?table=")[2] in LONG_TABLES
            continue
        response = get(link)
        begins = b"PK" if link.endswith(".xlsx") else b"" if "international" in link else b"\xef\xbb\xbf"
        # A workbook goes with its temporary file once it is read to the end.
        chunks = response.streaming_content
        first = b"".join(chunks) if begins == b"PK" else next(iter(chunks))
        assert first.startswith(begins) and first.startswith(b"\xef\xbb\xbf") is (begins == b"\xef\xbb\xbf")
        assert "attachment" in response.headers["Content-Disposition"]
    share_alike = [row for row in tree.one("table", css_class="files").all("tr") if "ODbL" in row.plain]
    assert len(share_alike) == 3
    assert get("/donnees/telechargements/").headers["Location"] == "/donnees/#explorer-files"


@pytest.mark.parametrize(
    ("url", "status", "word"),
    [
        ("/donnees/indicateurs/rien/", 404, "rien"),
        (f"{MIGRATION}?tri=couleur", 400, "couleur"),
        (f"{MIGRATION}?page=2", 400, "page"),
        ("/donnees/indicateurs/rien.csv", 404, "rien"),
        ("/donnees/indicateurs/living.rent_flat.csv?variante=suisse", 400, "suisse"),
        ("/donnees/telechargements/rien.csv", 404, "rien"),
    ],
)
def test_a_wrong_address_is_answered_in_words(read: Read, url: str, status: int, word: str) -> None:
    assert word in read(url, status=status).one(role="alert").plain


@pytest.mark.parametrize("url", ["/donnees/", MIGRATION])
def test_a_page_asks_little_of_the_database(
    get: Get, django_assert_max_num_queries: DjangoAssertNumQueries, url: str
) -> None:
    get(url)
    with django_assert_max_num_queries(4):
        get(url)


def test_every_map_file_has_a_name_in_words() -> None:
    labels = [layer_label(layer) for layer in LAYERS]
    assert len(set(labels)) == len(LAYERS)
    assert not any("_" in label or label.removesuffix(" (GeoJSON)") in LAYERS for label in labels)

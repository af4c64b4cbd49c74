"""Files of figures: raw numbers in the habits of the language, provenance on every row, no formula that runs."""

import csv
import io

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from explorer.csv_tables import safe
from explorer.downloads import csv_text, file_links, in_form
from explorer.presenters.basin_figures import FIGURES
from explorer.tables import Column, Signed, Table, body_html, written
from scoring.service import current_facts
from tests.explorer.conftest import Get, Read

pytestmark = pytest.mark.django_db
ZONE = "2716"
COLUMNS = (
    Column("Nom", is_french=True),
    Column("Solde", unit="%", decimals=1),
    Column("Emplois", decimals=0),
    Column("Statut", is_status=True),
)
TABLE = Table(
    "essai",
    "Essai",
    COLUMNS,
    [
        ["=HYPERLINK(1)", -1234.5678, Signed(12345.0, "≈"), "estimated"],
        ["Saint-Claude ; « Jura »", 0.1 + 0.2, None, "suppressed"],
    ],
    sources=("urssaf-zone-a38", "unknown"),
)


def read_csv(text: str, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def test_a_french_file_has_semicolons_and_decimal_commas() -> None:
    with translation.override("fr"):
        rows = read_csv(csv_text(current_facts(), TABLE, permalink="https://ici/", international=False), ";")
    first, second = rows
    assert first["Solde (%)"] == "-1234,5678" and first["Emplois"] == "12345" and first["Statut"] == "estimé"
    assert second["Solde (%)"] == "0,3" and second["Emplois"] == "" and second["Statut"] == "secret statistique"
    assert second["Nom"] == "Saint-Claude ; « Jura »"


def test_an_english_file_has_commas_and_decimal_points() -> None:
    with translation.override("en"):
        [first, _second] = read_csv(
            csv_text(current_facts(), TABLE, permalink="https://ici/", international=True), ","
        )
    assert first["Solde (%)"] == "-1234.5678" and first["Emplois"] == "12345"


def test_every_row_carries_where_it_comes_from() -> None:
    facts = current_facts()
    with translation.override("fr"):
        rows = read_csv(csv_text(facts, TABLE, permalink="https://ici/", international=False), ";")
    producer, title, vintage = facts.vintages["urssaf-zone-a38"]
    for row in rows:
        assert (
            row["Source"] == f"{producer}, {title}" and row["Millésime"] == vintage and row["Lien"] == "https://ici/"
        )
        assert facts.edition.name in row["Édition"] and facts.edition.content_hash[:12] in row["Édition"]


SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"
BLANKS = st.text(alphabet=" \u00a0\u202f\u3000\u200b\t\r\n\0\x0b\x0c", max_size=4)


@given(BLANKS, st.sampled_from(SIGNS), st.text(max_size=8))
def test_no_text_is_taken_for_a_formula(before: str, sign: str, rest: str) -> None:
    assert safe(f"{before}{sign}{rest}").startswith("'")
    assert "\0" not in safe(f"a\0{rest}")


@pytest.mark.parametrize("text", ["Saint-Claude", " (+ 2 %)", "1-2", "", "«=»", "≈ 3", "’=", "a\t=b"])
def test_a_text_that_begins_no_formula_is_left_alone(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize("control", ["\t", "\r", "\n", " \t", "\0\n"])
def test_a_text_that_begins_with_a_control_character_is_a_text(control: str) -> None:
    assert safe(f"{control}abc").startswith("'")


def test_each_form_of_a_table_has_its_address() -> None:
    address = "/bassins/2716/activites/liste.csv?niveau=group"
    with translation.override("fr"):
        assert [one["url"] for one in file_links(address)] == [
            address,
            "/bassins/2716/activites/liste.xlsx?niveau=group",
            "/bassins/2716/activites/liste.csv?niveau=group&variante=international",
        ]
    with translation.override("en"):
        assert [one["label"] for one in file_links(address)] == ["CSV", "XLSX"]
    assert in_form("/a/b.csv", "csv", international=True) == "/a/b.csv?variante=international"


def test_the_screen_shows_signs_statuses_and_a_dash_for_nothing() -> None:
    with translation.override("fr"):
        assert written(TABLE.rows[0][2], COLUMNS[2]) == "≈\u202f12\u202f345"
        assert written(None, COLUMNS[1]) == "—" and written("suppressed", COLUMNS[3]) == "secret statistique"
        assert written(Signed(2.0, "≥", 1), COLUMNS[2]) == "≥\u202f2,0"
    with translation.override("en"):
        assert '<th scope="row" lang="fr">' in body_html(TABLE)
    assert "<b>" not in body_html(Table("x", "", (COLUMNS[0],), [["<b>"]]))


@pytest.mark.parametrize("figure_id", list(FIGURES))
def test_the_file_of_every_figure_has_the_rows_of_the_screen(read: Read, get: Get, figure_id: str) -> None:
    response = get(f"/bassins/{ZONE}/figures/{figure_id}.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="bassin-{ZONE}-{figure_id}.csv"' in response.headers["Content-Disposition"]
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff") and "\r\n" in text
    rows = read_csv(text.removeprefix("\ufeff"), ";")
    assert rows and all(row["Édition"] and row["Lien"].endswith(f"#figure-{figure_id}") for row in rows)
    assert all(row["Statut"] and row["Millésime"] for row in rows)
    page = read(f"/bassins/{ZONE}/")
    assert [one for one in page.walk() if one.attributes.get("id") == f"figure-{figure_id}"]
    if figure_id not in ("sites", "plants"):
        shown = page.one("figure", id=f"figure-{figure_id}").one("tbody").all("tr")
        assert [next(iter(row.values())) for row in rows] == [row.all("th")[0].plain for row in shown]


def test_an_unknown_figure_names_those_that_exist(get: Get) -> None:
    response = get(f"/bassins/{ZONE}/figures/nimporte.csv")
    assert response.status_code == 404 and "composition" in response.content.decode()
    assert get("/bassins/9999/figures/jobs.csv").status_code == 404

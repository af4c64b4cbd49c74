"""Files of figures: raw numbers in the habits of the language, provenance on every row, no formula that runs."""

import csv
import io

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from explorer.downloads import FORMULA_STARTS, csv_text, plain, safe
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
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_a_french_file_has_semicolons_and_decimal_commas() -> None:
    with translation.override("fr"):
        rows = read_csv(csv_text(current_facts(), TABLE, permalink="https://ici/"), ";")
    first, second = rows
    assert first["Solde (%)"] == "-1234,5678" and first["Emplois"] == "12345" and first["Statut"] == "estimé"
    assert second["Solde (%)"] == "0,3" and second["Emplois"] == "" and second["Statut"] == "secret statistique"
    assert second["Nom"] == "Saint-Claude ; « Jura »"


def test_an_english_file_has_commas_and_decimal_points() -> None:
    with translation.override("en"):
        [first, _second] = read_csv(csv_text(current_facts(), TABLE, permalink="https://ici/"), ",")
    assert first["Solde (%)"] == "-1234.5678" and first["Emplois"] == "12345"


def test_every_row_carries_where_it_comes_from() -> None:
    facts = current_facts()
    with translation.override("fr"):
        rows = read_csv(csv_text(facts, TABLE, permalink="https://ici/"), ";")
    producer, title, vintage = facts.vintages["urssaf-zone-a38"]
    for row in rows:
        assert (
            row["Source"] == f"{producer}, {title}" and row["Millésime"] == vintage and row["Lien"] == "https://ici/"
        )
        assert facts.edition.name in row["Édition"] and facts.edition.content_hash[:12] in row["Édition"]


@given(st.sampled_from(FORMULA_STARTS), st.text(max_size=8), st.sampled_from(["", " ", "\u00a0"]))
def test_no_text_is_taken_for_a_formula(start: str, rest: str, before: str) -> None:
    assert safe(f"{before}{start}{rest}").startswith("'")
    assert "\0" not in safe(f"a\0{rest}")


@pytest.mark.parametrize(("value", "text"), [(-0.0, "0"), (-5.25, "-5,25"), (1e15, "1000000000000000"), (1e-9, "0")])
def test_numbers_stay_numbers(value: float, text: str) -> None:
    with translation.override("fr"):
        assert plain(value) == text


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

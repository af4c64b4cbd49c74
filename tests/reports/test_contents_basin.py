"""The report of a basin says what its page says: the same sentences, figures and sources, the summary first."""

import re
from dataclasses import replace
from functools import lru_cache

import pytest
from django.utils import translation

from explorer.presenters.basin_figures import FIGURES
from explorer.tables import Signed, written
from reports.contents.basin import basin_report
from reports.contents.blocks import DECIMALS, steady
from reports.document import Bullets, Document, KeyFigures, Paragraph, Sheet
from scoring.errors import NotFound
from scoring.service import current_facts
from scoring.sheet import basin_sheet
from tests.explorer.conftest import Read, get, read  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

BASE_URL = "https://bassins.example"
# Industry, mountains, Corsica without rail, overseas without jobs, a metropolis, a basin of two regions.
ZONES = ("8425", "8414", "9403", "0601", "1109", "0303")
# Said of the figures and by no page.
SUMMARY_ONLY = re.compile(r"indicateurs connus sur|^Non connus ici|^Aucun indicateur qui ait un sens admis")


def plain(text: str) -> str:
    return " ".join(text.split())


@lru_cache
def report_in(zone_code: str, language: str) -> Document:
    with translation.override(language):
        return basin_report(current_facts(), zone_code, BASE_URL)


def report(zone_code: str) -> Document:
    return report_in(zone_code, "fr")


def paragraphs(document: Document) -> list[Paragraph]:
    """Return every sentence of a report, those of lists included."""
    found: list[Paragraph] = []
    for one in document.blocks():
        if isinstance(one, Paragraph):
            found.append(one)
        elif isinstance(one, Bullets):
            found += one.items
    return found


def summary_sentences(document: Document) -> list[Paragraph]:
    return paragraphs(replace(document, chapters=[]))


@pytest.mark.parametrize("zone_code", ZONES)
def test_every_sentence_of_the_summary_is_on_the_page(read: Read, zone_code: str) -> None:  # noqa: F811
    page = read(f"/bassins/{zone_code}/")
    rows = [[cell.plain for cell in line.all("th") + line.all("td")] for line in page.all("tr")]
    best = [line.plain for line in page.all("li") if " points " in line.plain]
    for one in summary_sentences(report(zone_code)):
        told = plain(one.text)
        if SUMMARY_ONLY.search(told) or told in page.plain:
            continue
        indicator = is_indicator(told, rows)
        assert indicator or is_activity(told, best), told


def is_indicator(told: str, rows: list[list[str]]) -> bool:
    """Whether a row of the page has the label, the value and the rank of a sentence."""
    for row in rows:
        if len(row) > 6 and told.startswith(row[0]) and (match := re.search(r"(\d+)er? sur (\d+)\.$", told)):
            rest = told.removeprefix(row[0])
            if plain(row[1]) in rest and match[1] in row and match[2] in row:
                return True
    return False


def is_activity(told: str, best: list[str]) -> bool:
    """Whether the list of best activities has the label, the rank, the score and what is lacking of a sentence."""
    lacks = r"(?: Besoin indispensable, (ne remplit pas : .+)\.)?"
    match = re.fullmatch(rf"(.+) \((.+)\) : (\w+) bassin, .* dans 9 tirages sur 10, ([\d,]+) points\.{lacks}", told)
    return bool(match) and any(
        line.startswith(f"{match[1]} {match[2]}")
        and f"{match[3]} bassin, {match[4]} points" in line
        and line.partition("Besoin indispensable,")[2].strip() == (match[5] or "")
        for line in best
    )


def test_what_the_basin_lacks_for_an_activity_is_said_with_its_rank(read: Read) -> None:  # noqa: F811
    """4422 is the first basin for batteries and has no site large enough."""
    document = report("4422")
    told = [plain(one.text) for one in summary_sentences(document) if "(27.2)" in one.text]
    best = [line.plain for line in read("/bassins/4422/").one("ol", css_class="best").all("li")]
    assert len(told) == 1 and "ne remplit pas : site de 20 ha ou plus" in told[0] and is_activity(told[0], best)
    column = "Besoins indispensables non remplis"
    for title, code in (("Là où il est le mieux placé", "27.2"), ("Toutes les activités", "27.20Z")):
        sheet = next(one for one in document.blocks() if isinstance(one, Sheet) and title in one.table.title)
        labels = [one.label for one in sheet.table.columns]
        rows = {row[labels.index("Code NAF")]: row[labels.index(column)] for row in sheet.table.rows}
        assert rows[code] == "site de 20 ha ou plus" and not all(rows.values())
        if title.startswith("Là"):
            assert labels.index(column) in (sheet.shown_columns or [])


@pytest.mark.parametrize("zone_code", ZONES)
def test_key_figures_are_those_of_the_head_of_the_page_and_of_its_tables(read: Read, zone_code: str) -> None:  # noqa: F811
    page, document = read(f"/bassins/{zone_code}/"), report(zone_code)
    head = page.one("dl", css_class="key-figures").all("div")
    shown = [one for block in document.summary if isinstance(block, KeyFigures) for one in block.figures]
    assert 5 <= len(shown) <= 8
    for figure, one in zip(head, shown, strict=False):
        notes = [note for note in (one.note, one.source) if note]
        assert figure.one("dt").plain == plain(one.label)
        assert figure.one("strong").plain == plain(one.value)
        assert [span.plain for span in figure.all("span")] == [plain(note) for note in notes]
    everything = page.one("figure", id="figure-indicators")
    for one in shown[len(head) :]:
        row = next(line for line in everything.all("tr") if line.all("th")[0].plain == plain(one.label))
        assert plain(one.value).startswith(row.all("td")[0].plain)


@pytest.mark.parametrize("zone_code", ZONES)
def test_each_table_of_the_page_is_whole_in_the_report(zone_code: str) -> None:
    facts, document = current_facts(), report(zone_code)
    sheet = basin_sheet(facts, zone_code)
    held = {one.table.id: one.table for one in document.sheets()}
    for name, build in FIGURES.items():
        figure = build(facts, sheet)
        if figure is None:
            assert name not in held
        else:
            assert held[name].rows == [[steady(cell) for cell in row] for row in figure.table.rows]
            assert list(held[name].columns) == list(figure.table.columns)


@pytest.mark.parametrize("zone_code", ZONES)
def test_every_table_and_drawing_says_where_it_comes_from(zone_code: str) -> None:
    document = report(zone_code)
    assert all(one.source for one in document.sheets()) and all(one.source for one in document.pictures())
    ids = [one.table.id for one in document.sheets()]
    assert len(ids) == len(set(ids))
    assert {one.table_id for one in document.pictures() if one.table_id} <= set(ids)
    assert all(one.alt and one.svg.startswith("<svg") for one in document.pictures())


@pytest.mark.parametrize("zone_code", ZONES)
def test_paper_shows_few_columns_of_rows_that_the_workbook_has(zone_code: str) -> None:
    for one in report(zone_code).sheets():
        shown = one.shown_table()
        assert not shown.rows or len(shown.columns) <= 9, one.table.id
        assert len(shown.rows) + one.hidden_rows == len(one.table.rows)


def test_a_report_quotes_the_data_sets_of_its_tables_and_no_other() -> None:
    facts, document = current_facts(), report("8425")
    quoted = {(one.producer, one.title) for one in document.provenance.sources}
    for table in (one.table for one in document.sheets()):
        for slug in table.sources:
            if slug in facts.vintages:
                assert facts.vintages[slug][:2] in quoted, slug
    assert ("WIOD", "Tableau entrées-sorties de la France, 56 branches (WIOD)") not in quoted
    assert "Urssaf" in document.provenance.licence and "ODbL" in document.provenance.licence


def test_a_report_says_its_edition_its_link_and_what_was_asked() -> None:
    facts, found = current_facts(), report("8425").provenance
    assert found.edition_name == facts.edition.name and found.edition_hash == facts.edition.content_hash
    assert found.permalink == f"{BASE_URL}/bassins/8425/?edition=2026.3-{found.edition_hash[:8]}"
    assert ("Bassin", "Oyonnax (8425)") in found.asked
    assert re.fullmatch(r"\d{1,2} \w+ \d{4}", found.made_on)


def test_two_reports_of_a_basin_are_the_same() -> None:
    first, second = (basin_report(current_facts(), "8414", BASE_URL) for _time in range(2))
    assert repr(first) == repr(second)


def test_the_name_of_a_file_is_made_of_words() -> None:
    assert report("8414").name == "bassin-8414-la-vallee-de-l-arve"
    assert report_in("8414", "en").name == "bassin-8414-la-vallee-de-l-arve-en"


def test_a_basin_without_known_jobs_says_so_and_has_no_empty_table() -> None:
    document = report("0601")
    told = " ".join(one.text for one in paragraphs(document))
    assert "L'emploi salarié par branche n'est pas disponible pour ce bassin" in plain(told)
    assert "On ne connaît à Mayotte qu'environ 32 % du poids des critères" in plain(told)
    assert not {"best", "leads", "activities"} & {one.table.id for one in document.sheets()}
    assert "Essayez un autre angle" not in told and "0 bassins comparés" not in told
    assert "L'inventaire des friches est trop mince ici" in told and "Deux fichiers, deux dates" in told
    titles = [one.table.title for one in document.sheets()]
    assert len(titles) == len(set(titles)) and "Économie : 3 indicateurs connus sur 13" in map(plain, titles)
    assert all(one.table.rows for one in document.sheets())
    assert not {"composition", "occupations", "levels", "recruiting", "resources"} & {
        one.table.id for one in document.sheets()
    }


def test_an_unknown_basin_has_no_report() -> None:
    with pytest.raises(NotFound, match="Aucun bassin ne porte le code"):
        basin_report(current_facts(), "9999", BASE_URL)


def test_missing_cells_are_written_as_missing() -> None:
    sheet = next(one for one in report("0601").sheets() if one.table.id == "indicators")
    value = sheet.table.columns[1]
    unknown = [row for row in sheet.table.rows if written(row[1], value) == "—"]
    statuses = {row[[column.is_status for column in sheet.table.columns].index(True)] for row in unknown}
    assert unknown and statuses <= {"missing", "suppressed", "absent"}


def test_the_English_report_has_no_untranslated_table() -> None:
    document = report_in("8425", "en")
    assert document.language == "en"
    sheet = next(one for one in document.sheets() if one.table.id == "indicators")
    assert isinstance(sheet, Sheet) and sheet.table.columns[0].label == "Indicator"


def test_a_cell_keeps_its_sign_and_what_can_be_told_of_it() -> None:
    assert steady(0.1 + 0.2) == 0.3 and steady(None) is None and steady("0,30000000000000004") == "0,30000000000000004"
    assert steady(Signed(1 / 3, "≈", 2)) == Signed(round(1 / 3, DECIMALS), "≈", 2) and steady(7) == 7


def test_the_figure_of_a_median_basin_is_never_taken_for_a_total() -> None:
    document = report("8425")
    land = next(one for one in document.sheets() if one.table.id == "land").shown_table()
    labels = [one.label for one in land.columns]
    places = [labels.index(name) for name in ("Auvergne-Rhône-Alpes", "France")]
    rows = {row[0]: [written(row[place], land.columns[place]) for place in places] for row in land.rows}
    assert all(one.startswith("méd.") for one in rows["Friches recensées, vérifiées ou non"])
    assert not any("méd." in one for one in rows["Friches vérifiées"])
    told = " ".join(one.text for one in paragraphs(document))
    assert "la somme, la moyenne ou la médiane" in told
    assert "l'ensemble des bassins dont la plupart des habitants y vivent" in told


# What each network is known from, by the words that a report says of it.
PRODUCERS = {"poste électrique": "RTE", "gare ouverte au fret": "SNCF Réseau"}


@pytest.mark.parametrize("zone_code", ZONES)
def test_other_networks_are_told_with_the_producer_of_each_and_of_no_other(zone_code: str) -> None:
    facts, document = current_facts(), report(zone_code)
    one = next(one for one in paragraphs(document) if one.text.startswith("Autres réseaux"))
    for words, producer in PRODUCERS.items():
        assert (producer in one.source) == any(words in each for each in re.split(" ; ", one.text)), words
    if zone_code == "8425":
        assert {name for name in ("Cerema", "GNTC", "NGA", "OurAirports") if name in one.source} == set()
    access = next(one for one in document.sheets() if one.table.id == "access")
    assert {"rte-substations", "sncf-stations"} <= set(access.table.sources) & facts.vintages.keys()


# A few known facts: the table that holds each, and who publishes it.
KNOWN_SOURCES = {
    "composition": "Urssaf",
    "jobs": "Insee",
    "land": "Cerema",
    "sites": "Cerema",
    "access": "RTE",
    "unemployment": "Insee",
    "permits": "SDES",
    "recruiting": "France Travail",
    "occupations": "Dares",
}


def test_known_facts_name_their_producer() -> None:
    sources = {one.table.id: one.source for one in report("8425").sheets()}
    assert {name: producer for name, producer in KNOWN_SOURCES.items() if producer not in sources[name]} == {}
    every = next(one for one in report("8425").sheets() if one.table.id == "indicators").table
    label, producer = 0, [one.label for one in every.columns].index("Producteur")
    named = {row[label]: row[producer] for row in every.rows}
    assert "RTE" in str(named["Poste électrique à 225 kV ou plus : distance"])
    assert "ADEME" in str(named["Sites pollués repris par l'ADEME"]) and "DGFiP" in str(
        named["Taxe foncière sur le bâti"]
    )

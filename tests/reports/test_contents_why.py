"""The report of a basin for an activity: points add up, sentences are those of the pages, the question is kept."""

import re
from functools import lru_cache

import pytest
from django.http import QueryDict
from django.utils import translation

from explorer.tables import written
from reports.contents.why import why_report
from reports.document import Bullets, Document, KeyFigures, Paragraph, Sheet
from scoring import service
from scoring.levers import lever_table
from scoring.question import default_weights
from scoring.ranking import Ranking
from tests.explorer.conftest import Read, get, read  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

BASE_URL = "https://bassins.example"
GEOMETRIC = "activite=32.50B&aggregation=geometric&normalisation=percentile"
EDITED = "activite=25.62A&jobs=200&weights=land:40&region=84"
VETOED = "activite=27.20Z&require=battery-site,battery-heavy-transport"
# Spectacles, turned parts, batteries under a veto, a garment in Corsica, a basin without known jobs, other methods.
CASES = (
    ("8425", "activite=32.50B"),
    ("8414", EDITED),
    ("5206", VETOED),
    ("9403", "activite=14.13Z"),
    ("0601", "activite=10.13B"),
    ("8425", GEOMETRIC),
)


def plain(text: str) -> str:
    return " ".join(text.split())


@lru_cache
def ranking(query: str) -> Ranking:
    facts = service.current_facts()
    return service.rank(facts, service.parse_question(facts, QueryDict(query), activity_parameter="activite"))


@lru_cache
def report(zone_code: str, query: str) -> Document:
    answer = ranking(query)
    return why_report(answer, answer.basin(zone_code), BASE_URL)


def report_in(language: str, zone_code: str, query: str) -> Document:
    with translation.override(language):
        answer = ranking(query)
        return why_report(answer, answer.basin(zone_code), BASE_URL)


def sheet(document: Document, table_id: str) -> Sheet:
    return next(one for one in document.sheets() if one.table.id == table_id)


def column(one: Sheet, label: str) -> int:
    return [column.label for column in one.table.columns].index(label)


def sentences(document: Document) -> list[Paragraph]:
    found: list[Paragraph] = []
    for one in document.summary:
        found += [one] if isinstance(one, Paragraph) else one.items if isinstance(one, Bullets) else []
    return found


@pytest.mark.parametrize(("zone_code", "query"), CASES)
def test_every_sentence_of_the_summary_is_on_a_page(read: Read, zone_code: str, query: str) -> None:  # noqa: F811
    pages = read(f"/bassins/{zone_code}/pourquoi/?{query}").plain
    if "geometric" not in query:
        pages += read(f"/bassins/{zone_code}/progresser/?{query}&{target(zone_code, query)}").plain
    for one in sentences(report(zone_code, query)):
        parts = [plain(one.text)] if plain(one.text) in pages else re.split(r"(?<=\.) ", plain(one.text))
        assert all(is_told(part, pages) for part in parts), one.text


def target(zone_code: str, query: str) -> str:
    rank = ranking(query).basin(zone_code).rank
    return f"target=top{20 if rank is None or rank > 20 else 10 if rank > 10 else 1}"


def is_told(part: str, pages: str) -> bool:
    """Whether a sentence is on a page, or names requirements that are: their state and how binding they are."""
    if part.rstrip(".") in pages:
        return True
    named = re.fullmatch(r"(.+) \((.+)\) : non rempli\.", part)
    if named:
        return f"{named[1]} non rempli" in pages and named[2] in pages
    listed = re.fullmatch(r"(?:Une exigence reste|\d+ exigences restent) à vérifier : (.+)\.", part)
    if listed:
        return all(f"{label} à vérifier" in pages for label in listed[1].split(" ; "))
    return part.startswith(("Aucun critère connu", "Non chargé, sans poids pour personne"))


@pytest.mark.parametrize(("zone_code", "query"), CASES)
def test_the_points_of_the_table_sum_to_the_score(read: Read, zone_code: str, query: str) -> None:  # noqa: F811
    basin, one = ranking(query).basin(zone_code), sheet(report(zone_code, query), "points")
    place = column(one, "Points")
    *lines, total = one.table.rows
    start = 100.0 if "geometric" in query else 0.0
    assert start + sum(row[place] for row in lines) == pytest.approx(basin.score, abs=1e-6)
    assert total[place].value == pytest.approx(basin.score, abs=1e-8)
    weights = [row[column(one, "Poids")] for row in lines]
    assert sum(weights) == pytest.approx(100.0)
    page = read(f"/bassins/{zone_code}/pourquoi/?{query}").one("table", css_class="points")
    rows = [line for line in page.all("tr") if line.attributes.get("id", "").startswith("explorer-criterion-")]
    assert len(rows) == len(lines)
    cells = one.table.columns
    for shown, row in zip(rows, lines, strict=True):
        assert shown.one("strong").plain == plain(written(row[place], cells[place]))
        assert plain(str(row[column(one, "Raison")])) in shown.plain
        assert plain(str(row[column(one, "Critère")])) in shown.plain


@pytest.mark.parametrize(("zone_code", "query"), CASES)
def test_key_figures_are_those_of_the_ranking(zone_code: str, query: str) -> None:
    basin = ranking(query).basin(zone_code)
    shown = {
        one.label: one.value
        for block in report(zone_code, query).summary
        if isinstance(block, KeyFigures)
        for one in block.figures
    }
    assert 5 <= len(shown) <= 8
    assert plain(shown["Score"]) == f"{basin.score:.1f}".replace(".", ",")
    if basin.rank is None:
        assert shown["Rang"] == "hors classement" and "Rang, neuf tirages sur dix" not in shown
    else:
        assert shown["Rang"] == ("1er" if basin.rank == 1 else f"{basin.rank}e")


def test_a_vetoed_basin_is_told_so_and_its_chapters_stand() -> None:
    document = report("5206", VETOED)
    assert "écarté par un critère éliminatoire" in document.summary[0].text
    assert "picture-interval" not in [one.id for one in document.pictures()]
    row = next(row for row in sheet(document, "ranking").table.rows if row[1] == "5206")
    assert row[0] is None and row[7:10] == [None, None, None]
    assert any(label == "Exigences appliquées" for label, _words in document.provenance.asked)


def test_what_was_asked_is_in_words_and_in_the_link() -> None:
    found = report("8414", EDITED).provenance
    asked = dict(found.asked)
    default = default_weights(service.current_facts().data_sets)["land"]
    assert asked["Poids"] == f"Foncier : 40,0 au lieu de {default:.1f}".replace(".", ",")
    assert "Emplois à créer : 200 (saisi par vous)" in asked["Projet"]
    assert asked["Activité"] == "25.62A Décolletage (sous-classe)"
    assert asked["Région"].startswith("Auvergne-Rhône-Alpes : 39 bassins")
    address = f"{BASE_URL}/bassins/8414/pourquoi/?activite=25.62A&weights=land:40&region=84&jobs=200"
    assert found.permalink == f"{address}&edition=2026.3-{found.edition_hash[:8]}"
    usual = dict(report("8425", "activite=32.50B").provenance.asked)
    assert set(usual) == {"Bassin", "Activité", "Projet", "Poids"} and usual["Poids"] == "ceux par défaut"


def test_a_geometric_mean_refuses_the_gap_and_says_why() -> None:
    change = next(one for one in report("8425", GEOMETRIC).chapters if one.id == "change")
    assert len(change.blocks) == 1 and "en moyenne géométrique" in change.blocks[0].text
    asked = dict(report("8425", GEOMETRIC).provenance.asked)
    assert {"Notes des critères", "Agrégation"} <= set(asked)


@pytest.mark.parametrize(("zone_code", "query"), CASES)
def test_every_table_and_drawing_says_where_it_comes_from(zone_code: str, query: str) -> None:
    document = report(zone_code, query)
    ids = [one.table.id for one in document.sheets()]
    assert len(ids) == len(set(ids)) and all(one.table.rows for one in document.sheets())
    assert all(one.source for one in (*document.sheets(), *document.pictures()))
    assert {one.table_id for one in document.pictures() if one.table_id} <= set(ids)


@pytest.mark.parametrize(("zone_code", "query"), CASES)
def test_the_whole_ranking_is_in_the_workbook_with_the_scores_of_the_ranking(zone_code: str, query: str) -> None:
    answer, rows = ranking(query), sheet(report(zone_code, query), "ranking").table.rows
    assert len(rows) == answer.count
    assert [row[1] for row in rows] == [one.zone.code for one in answer.rows(0, answer.count)]
    near = [row[1] for row in sheet(report(zone_code, query), "ranking-near").table.rows]
    assert zone_code in near and near[0] == rows[0][1]


def test_alike_basins_have_their_rank_for_the_same_activity() -> None:
    answer, one = ranking("activite=25.62A"), sheet(report("8414", "activite=25.62A"), "peers")
    for row in one.table.rows:
        assert row[column(one, "Rang pour l'activité")] == answer.basin(row[1]).rank
        assert row[column(one, "Score")] == pytest.approx(answer.basin(row[1]).score, abs=1e-8)


def test_two_reports_of_a_rank_are_the_same() -> None:
    answer = ranking("activite=14.13Z")
    first, second = (why_report(answer, answer.basin("5206"), BASE_URL) for _time in range(2))
    assert repr(first) == repr(second)


# Two basins, for what a process keeps of the first language must not answer in the second, whichever comes first.
@pytest.mark.parametrize(("zone_code", "languages"), [("5209", ("en", "fr")), ("5213", ("fr", "en"))])
def test_a_process_answers_each_reader_in_their_own_language(zone_code: str, languages: tuple[str, str]) -> None:
    told: dict[str, set[object]] = {}
    for language in languages:
        found = sheet(report_in(language, zone_code, "activite=10.51C"), "stuck")
        label = {"fr": "Pourquoi", "en": "Why"}[language]
        told[language] = {row[column(found, label)] for row in found.table.rows}
    known = {name: {getattr(one.why, name) for one in lever_table().fixed.values()} for name in told}
    assert told["fr"] & known["fr"] and told["en"] & known["en"]
    assert not told["fr"] & known["en"] and not told["en"] & known["fr"]

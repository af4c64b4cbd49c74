"""The report of a perimeter says what its page says: every kind, an own list, in every form at hand."""

import io
import re
from itertools import pairwise

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from basins.models import Perimeter
from basins.perimeters import AnyPerimeter, commune_codes
from explorer import perimeter_queries
from explorer.own_lists import own_perimeter
from explorer.perimeter_kinds import SLUGS, perimeter_url
from explorer.perimeter_views import scored
from explorer.permalinks import PARAMETER, edition_mark
from explorer.presenters.perimeter_weights import zone_weights
from explorer.tables import Signed, written
from reports.contents.perimeter import perimeter_report
from reports.document import Bullets, Document, KeyFigures, Paragraph, Sheet
from reports.formats import FORMATS
from scoring.service import current_facts
from tests.explorer.html_tree import Element, parse

pytestmark = pytest.mark.django_db
BASE = "https://bassins.example"
DEPARTMENT, EPCI = "08", "200042935"
FRENCH = {"accept-language": "fr"}


def found(kind: str, code: str) -> AnyPerimeter:
    facts = current_facts()
    if kind == "list":
        return own_perimeter(facts, code, QueryDict())
    return perimeter_queries.one_perimeter(facts.edition, kind, code)


def report(perimeter: AnyPerimeter, activity: str = "") -> Document:
    facts = current_facts()
    with translation.override("fr"):
        inside = perimeter_queries.inside(facts, perimeter)
        answer = scored(facts, QueryDict(f"activite={activity}"), zone_weights(inside))
        return perimeter_report(facts, perimeter, BASE, scored=answer, inside=inside)


def sheet(document: Document, table_id: str) -> Sheet:
    (only,) = [one for one in document.sheets() if one.table.id == table_id]
    return only


def told(document: Document) -> str:
    """Every sentence of a report, spaces made ordinary."""
    texts = []
    for block in document.blocks():
        if isinstance(block, Paragraph):
            texts.append(block.text)
        if isinstance(block, Bullets):
            texts += [block.intro, *(one.text for one in block.items)]
    return plain(" ".join(texts))


def plain(text: str) -> str:
    return " ".join(text.split())


def page(client: Client, url: str) -> Element:
    return parse(client.get(url, headers=FRENCH).content)


def shown_cells(one: Sheet) -> list[list[str]]:
    """Cells of a table as they stand on screen."""
    table = one.table
    return [
        [plain(str(written(cell, column))) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]


def test_figures_and_sentences_are_those_of_the_page(client: Client) -> None:
    perimeter = found("department", DEPARTMENT)
    document, tree = (
        report(perimeter, "27.20Z"),
        page(client, f"{perimeter_url('department', DEPARTMENT)}?activite=27.20Z"),
    )
    (figures,) = [block for block in document.summary if isinstance(block, KeyFigures)]
    heads = {
        one.one("dt").plain: one.one("strong").plain for one in tree.one("dl", css_class="key-figures").all("div")
    }
    assert {one.label: plain(one.value) for one in figures.figures} == heads
    words = told(document)
    for sentence in (tree.all("p", css_class="lead")[0], tree.one("p", css_class="score-lead")):
        assert sentence.plain in words
    zones = tree.one("section", aria_labelledby="explorer-zones").one("tbody").all("tr")
    by_name = {row[0]: row for row in shown_cells(sheet(document, "zones"))}
    for row in zones:
        name, people, jobs, _share, _of_zone, communes = [
            cell.plain for cell in row.children if isinstance(cell, Element)
        ]
        assert [by_name[name][place] for place in (4, 5, 8)] == [people, jobs, communes]


@pytest.mark.parametrize("table_id", ["counts", "jobs", "zones-access", "zones-skills", "zones-living"])
def test_a_table_holds_the_very_cells_of_the_page(client: Client, table_id: str) -> None:
    document = report(found("epci", EPCI))
    body = page(client, perimeter_url("epci", EPCI)).one("figure", id=f"figure-{table_id}").one("tbody")
    cells = [[cell.plain for cell in row.children if isinstance(cell, Element)] for row in body.all("tr")]
    assert cells == shown_cells(sheet(document, table_id))


def test_an_intercommunalite_pasted_has_the_same_report() -> None:
    epci = found("epci", EPCI)
    own = found("list", ",".join(commune_codes(epci)))
    reports = [report(one) for one in (epci, own)]
    for table_id in ("counts", "plants", "sites", "zones-land", "indicators", "communes"):
        first, second = (sheet(one, table_id).table.rows for one in reports)
        assert first == second and len(first) > 0
    assert [row[4:] for row in sheet(reports[0], "zones").table.rows] == [
        row[4:] for row in sheet(reports[1], "zones").table.rows
    ]


def test_the_points_of_the_criteria_sum_to_the_score() -> None:
    document = report(found("epci", EPCI), "27.20Z")
    criteria, zones = sheet(document, "score-criteria").table.rows, sheet(document, "score-zones").table.rows
    score = sum(row[2] * row[3] / 100 for row in zones)
    assert sum(row[3] for row in criteria) == pytest.approx(score)
    assert sum(row[4] for row in criteria) == pytest.approx(100)
    assert all(row[4] - row[3] == pytest.approx(row[5]) for row in criteria)
    # Those that members can act on come first, and no other follows them.
    reach = [row[2] for row in criteria]
    assert reach == sorted(reach, key=lambda one: one != "ses membres peuvent agir") and len(set(reach)) == 2


def test_what_is_added_up_and_what_is_known_by_zone_never_share_a_table() -> None:
    document = report(found("department", DEPARTMENT))
    added = next(one for one in document.chapters if one.id == "added-up")
    assert {one.table.id for one in added.sheets()} == {"jobs", "counts"}
    by_zone = [one for one in document.sheets() if one.table.id.startswith("zones-")]
    assert len(by_zone) >= 5
    for one in by_zone:
        names = [column.label for column in one.table.columns[1:-2]]
        assert all(re.search(r", (<\s)?\d+\s%$", plain(name)) for name in names), names
    assert all("entiers" in one.note for one in by_zone if one.table.id != "zones-economy")


@pytest.mark.parametrize("kind", [*SLUGS, "list"])
def test_every_kind_has_a_whole_report(kind: str) -> None:
    if kind == "list":
        perimeter = found("list", "01004,75101,99999")
    else:
        perimeter = (
            Perimeter.objects.filter(edition__is_current=True, kind=kind).defer("geom").order_by("-population")[0]
        )
    document = report(perimeter, "27.20Z")
    ids = [one.id for one in document.chapters]
    assert ids[:3] == ["composition", "added-up", "score"] and {
        "skills",
        "land",
        "access",
        "living",
        "known",
        "communes",
    } <= set(ids)
    assert document.provenance.permalink.startswith(f"{BASE}/perimetres/") and document.provenance.sources
    assert all(one.source and one.table.sources for one in document.sheets())
    assert all(one.alt and one.svg.startswith("<svg") for one in document.pictures())
    assert len(sheet(document, "communes").table.rows) == perimeter.commune_count
    if kind == "list":
        assert "99999" in told(document) and ("Liste de communes", document.title) in document.provenance.asked


def test_jobs_that_are_not_known_everywhere_are_told_so_in_the_report() -> None:
    document = report(found("list", "01283,97611"))
    (figures,) = [block for block in document.summary if isinstance(block, KeyFigures)]
    jobs = next(one for one in figures.figures if one.label == "Emplois privés")
    assert plain(jobs.value).startswith("≥") and "% des habitants" in plain(jobs.note)
    assert all(isinstance(row[1], Signed) and row[1].sign == "≥" for row in sheet(document, "jobs").table.rows)
    assert "Emplois privés, habitants" not in told(document) and "que pour 24 % de ses habitants" in told(document)
    away = report(found("region", "06"))
    assert "Emplois privés : non disponible" in told(away) and "Aucun emploi privé" not in told(away)
    assert "Ses emplois privés ne sont pas connus." in told(away)
    whole = report(found("department", DEPARTMENT))
    assert "Emplois privés, habitants" in told(whole)
    assert {row[7] is None for row in sheet(whole, "communes").table.rows} == {False}


def test_every_column_of_the_workbook_has_its_source() -> None:
    document = report(found("industry_territory", "ti-8413"), "27.20Z")
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(document)))
    head, *rows = book["Dictionnaire"].iter_rows(values_only=True)
    place, name = head.index("Source"), head.index("Feuille")
    assert {row[name] for row in rows} >= {"Communes", "Accès", "Foncier"}
    assert not [row for row in rows if not row[place]]
    # What the indicators are drawn from is in the list of sources.
    listed = {row[1] for row in book["Sources"].iter_rows(values_only=True)}
    sources = {slug for one in document.sheets() if one.table.id == "indicators" for slug in one.table.sources}
    vintages = current_facts().vintages
    assert len(sources) > 20 and {vintages[slug][1] for slug in sources if slug in vintages} <= listed


@pytest.mark.parametrize("kind", ["region", "department", "industry_territory", "list"])
def test_the_cover_shows_where_the_perimeter_is_and_no_raw_code(kind: str) -> None:
    codes = {"region": "84", "department": "39", "industry_territory": "ti-8413", "list": "01283,97611"}
    perimeter = found(kind, codes[kind])
    document = report(perimeter)
    cover = document.cover_picture
    assert cover is not None and not re.search(r"\d", document.subtitle)
    zones = perimeter_queries.inside(current_facts(), perimeter).zones
    assert all(one.name in cover.alt for one in zones[:3])
    # The land, then a shape for each basin.
    assert cover.svg.count("<path") >= 1 + len(zones)
    if kind != "list":
        assert document.provenance.asked[0][1] == f"{perimeter.name} (code {perimeter.code})"


def test_rings_of_neighbours_do_not_cross_and_distant_basins_each_have_theirs() -> None:
    near = report(found("industry_territory", "ti-8413")).cover_picture
    far = report(found("list", "01283,97611")).cover_picture
    assert near is not None and far is not None
    assert near.svg.count("<circle") == 1 and far.svg.count("<circle") == 2


def test_no_title_stands_twice_running_and_headings_stay_with_what_they_lead_to() -> None:
    document = report(found("industry_territory", "ti-8413"))
    text = FORMATS["html"].write(document).decode()
    titles = [
        plain(re.sub(r"<[^>]+>", "", one)) for one in re.findall(r'<(?:h2|h3|p class="intro")>(.*?)</', text, re.S)
    ]
    assert len(titles) > 10 and all(first != second for first, second in pairwise(titles))
    made = FORMATS["pdf"].write(document)
    with pdfium.PdfDocument(made) as pdf:
        pages = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    # The last chapter heading of a page has its table or drawing on that page.
    (page,) = [one for one in pages[2:] if "Ce que ses communes additionnent" in one]
    assert "Emploi privé" in page


def test_a_region_says_what_its_totals_cover(client: Client) -> None:
    words = "la somme des bassins, entiers, dont la plupart des habitants"
    region = report(found("region", "53"))
    assert words in told(region)
    # Neither a department, nor a region made of whole basins, has another total beside a basin.
    for kind, code in (("department", DEPARTMENT), ("region", "06")):
        assert words not in told(report(found(kind, code)))
    assert "Région et France" not in told(region) and "somme dont des communes" in told(region)
    assert words in page(client, perimeter_url("region", "53")).one("article").plain


@pytest.mark.parametrize(("kind", "code"), [("department", DEPARTMENT), ("region", "06")])
def test_the_counts_told_are_the_rows_of_their_table(kind: str, code: str) -> None:
    document = report(found(kind, code))
    rows = sheet(document, "counts").table.rows
    partial = sum(isinstance(row[1], Signed) and row[1].sign == "≥" for row in rows)
    words = f"dont {partial} en partie" if partial else "aucun en partie"
    assert re.search(rf"\b{len(rows)} dénombrements connus sur 17, {words}", told(document))


def test_the_permalink_asks_the_same(client: Client) -> None:
    document = report(found("list", "01004,01283"), "27.20Z")
    url = document.provenance.permalink.removeprefix(BASE)
    assert client.get(url, headers=FRENCH).status_code == 200 and "activite=27.20Z" in url


@pytest.mark.parametrize(("kind", "code"), [("department", "39"), ("list", "01004,01283")])
def test_the_permalink_names_the_edition(client: Client, kind: str, code: str) -> None:
    link = report(found(kind, code)).provenance.permalink
    assert link.endswith(f"?{PARAMETER}={edition_mark(current_facts().edition)}")
    assert client.get(link.removeprefix(BASE), headers=FRENCH).status_code == 200


def test_the_page_leads_to_each_form_and_they_hold_the_same_numbers(client: Client) -> None:
    url = f"{perimeter_url('epci', EPCI)}?activite=27.20Z"
    links = [one.attributes["href"] for one in page(client, url).one("p", css_class="report-links").all("a")]
    assert [one.partition("?")[0].rpartition(".")[2] for one in links] == ["pdf", "docx", "xlsx", "html"]
    answer = client.get(links[2], headers=FRENCH)
    assert answer.status_code == 200 and 'filename="perimetre-200042935' in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    values = {cell for one in book.worksheets for row in one.iter_rows(values_only=True) for cell in row}
    people = Perimeter.objects.get(edition__is_current=True, kind="epci", code=EPCI).population
    rows = sheet(report(found("epci", EPCI)), "communes").table.rows
    assert {row[6] for row in rows} <= values and sum(row[6] for row in rows) == people
    text = plain(client.get(links[3], headers=FRENCH).content.decode())
    total = next(row for row in sheet(report(found("epci", EPCI)), "counts").table.rows if row[0] == "Logements")[1]
    assert isinstance(total, Signed) and total.value in values
    assert f"{total.value:,.0f}".replace(",", " ") in text


@pytest.mark.parametrize(
    ("url", "status", "word"),
    [
        ("/perimetres/epci/200042935/rapport.exe", 404, "pdf"),
        ("/perimetres/epci/1/rapport.pdf", 404, "neuf chiffres"),
        ("/perimetres/liste/99999/rapport.pdf", 404, "vide"),
        ("/perimetres/epci/200042935/rapport.pdf?region=44", 400, "region"),
        ("/perimetres/epci/200042935/rapport.pdf?activite=99.99Z", 404, "99.99Z"),
    ],
)
def test_a_wrong_report_is_answered_in_words(client: Client, url: str, status: int, word: str) -> None:
    answer = client.get(url, headers=FRENCH)
    assert answer.status_code == status and word in parse(answer.content).one(role="alert").plain


def test_the_paper_of_a_region_of_four_thousand_communes_is_short() -> None:
    made = FORMATS["pdf"].write(report(found("region", "84"), "27.20Z"))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) <= 12

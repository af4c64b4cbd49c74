"""How paper is filled: key figures in even lines, units apart from numbers, no heading that holds a pointer alone."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from django.http import QueryDict
from django.utils import translation

from reports.contents.why import why_report
from reports.document import Chapter, KeyFigure, KeyFigures, Paragraph, Sheet
from reports.writers import html, pdf
from scoring import service
from tests.explorer.html_tree import parse
from tests.reports.paper_samples import sample, squeezed, table


@pytest.mark.parametrize(("count", "across"), [(1, 1), (3, 3), (4, 4), (5, 5), (6, 3), (7, 4), (8, 4), (10, 5)])
def test_lines_of_key_figures_are_even(count: int, across: int) -> None:
    figures = KeyFigures([KeyFigure(f"Figure {one}", "1") for one in range(count)])
    assert html.block(figures, is_print=True)["across"] == across


@pytest.mark.parametrize(
    ("value", "number", "unit"),
    [
        ("9,0\u202f% de la population active", "9,0\u202f%", "de la population active"),
        ("≈\u202f32,1 pour 100 emplois", "≈\u202f32,1", "pour 100 emplois"),
        ("46,0\u202f%", "46,0\u202f%", ""),
        ("21\u202f603", "21\u202f603", ""),
        ("57,168", "57,168", ""),
        ("−0,39\u202f% par an", "−0,39\u202f%", "par an"),
        ("2 sites", "2", "sites"),
        ("1er – 2e", "1er – 2e", ""),
        ("—", "—", ""),
        ("hors classement", "hors classement", ""),
    ],
)
def test_the_unit_of_a_key_figure_is_set_apart(value: str, number: str, unit: str) -> None:
    shown = html.key_figure(KeyFigure("Taux", value))
    assert (shown["number"], shown["unit"]) == (number, unit)
    page = parse(html.page(replace(sample(), summary=[KeyFigures([KeyFigure("Taux", value)])]), "", is_print=True))
    assert squeezed(page.one("p", css_class="value").text) == squeezed(value)
    assert [one.plain for one in page.all("span", css_class="unit")] == ([unit] if unit else [])


def test_what_the_workbook_alone_holds_is_one_list_on_paper() -> None:
    kept = Chapter(
        "kept", "Gardé", [Paragraph("Une phrase."), Sheet(table("other", 12), shown_rows=0, source="Insee")]
    )
    document = replace(sample(), chapters=[*sample().chapters, kept])
    paper, screen = (parse(html.page(document, "", is_print=one)) for one in (True, False))
    lines = [one.plain for one in paper.one("section", id="workbook").all("li")]
    assert lines == ["Tiers · Tableau hidden, 41 lignes.", "Gardé · Tableau other, 13 lignes. Insee"]
    assert "Tiers" not in [one.plain for one in paper.all("h2")]
    assert not [one for one in paper.all("h3") if one.plain in ("Tableau hidden", "Tableau other")]
    assert "Tiers" in [one.plain for one in screen.all("h2")]
    assert not screen.all("section", id="workbook") and "Tableau hidden" in screen.plain


def test_a_table_of_tall_rows_may_break_after_any_of_them() -> None:
    short = table("short", 3)
    tall = replace(short, rows=[["mot " * 40, *row[1:]] for row in short.rows])
    assert [html.block(Sheet(one), is_print=True)["is_tall"] for one in (short, tall)] == [False, True]


@pytest.mark.django_db
def test_a_label_of_the_provenance_stands_on_the_page_of_its_words() -> None:
    facts = service.current_facts()
    with translation.override("en"):
        question = service.parse_question(facts, QueryDict("activite=32.50B"), activity_parameter="activite")
        ranking = service.rank(facts, question)
        document = why_report(ranking, ranking.basin("8425"), "https://bassins.example")
    with pypdfium2.PdfDocument(BytesIO(pdf.write(document))) as file:
        pages = [squeezed(page.get_textpage().get_text_range()) for page in file]
    last = next(place for place in reversed(range(len(pages))) if "Madeon" in pages[place])
    for label, words in document.provenance.asked:
        assert squeezed(label) in pages[last] and squeezed(words) in pages[last], label

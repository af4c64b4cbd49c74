"""The Word document: the words and figures of the report, real styles, tables, fields; opens elsewhere."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import docx
import pypdfium2 as pdfium
import pytest
from django.utils import translation
from django.utils.html import escape
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from basins.perimeters import perimeter
from explorer.tables import Column, Table
from reports.contents.basin import basin_report
from reports.contents.perimeter import perimeter_report
from reports.contents.why import why_report
from reports.document import Document, KeyFigures, Sheet
from reports.drawings.lettering import outlined
from reports.provenance_words import contents_title, labels, provenance_lines, sources_title, summary_title
from reports.writers import html
from reports.writers.docx import write
from reports.writers.docx_parts import column_widths
from reports.writers.docx_styles import TEXT_WIDTH_MM
from scoring.question import Question
from scoring.service import current_edition, current_facts, rank
from tests.reports.conftest import Convert
from tests.reports.extracts import picture_words, plain, sentences, shown_cells
from tests.reports.samples import SVG, basin_document, hostile_document

pytestmark = pytest.mark.django_db


def opened(content: bytes) -> WordDocument:
    return docx.Document(BytesIO(content))


def everything(word: WordDocument) -> str:
    """Return all the text of the body, links and tables included."""
    parts = ["".join(one.text or "" for one in node.iter(qn("w:t"))) for node in word.element.body.iter(qn("w:p"))]
    return plain(" ".join(parts))


def test_titles_and_labels_are_those_of_the_page(document: Document) -> None:
    page, word = plain(html.write(document).decode()), everything(opened(write(document)))
    shared = {name: one for name, one in labels().items() if name != "edition"}
    for words in (summary_title(), sources_title(), contents_title(), *shared.values()):
        assert plain(escape(words)) in page and plain(words) in word, words


def test_it_says_what_the_report_says(document: Document) -> None:
    told = everything(opened(write(document)))
    missing = [one for one in sentences(document) if plain(one) not in told]
    assert not missing


def test_its_tables_are_those_of_the_report(document: Document) -> None:
    word = opened(write(document))
    tables = [[[cell.text for cell in row.cells] for row in one.rows] for one in word.tables]
    expected = [shown_cells(one) for one in document.sheets() if one.shown_rows != 0]
    key = sum(isinstance(one, KeyFigures) for one in document.blocks())
    assert [[[plain(cell) for cell in row] for row in table] for table in expected] == [
        [[plain(cell) for cell in row] for row in table] for table in tables[key:]
    ]


def test_tables_have_a_repeated_header_a_name_and_fit_the_page(document: Document) -> None:
    for table in opened(write(document)).tables:
        properties = table._tbl.tblPr
        assert table.style is not None and table.style.name == "Bassins Table"
        header, *others = (row._tr.trPr for row in table.rows)
        assert header.find(qn("w:tblHeader")) is not None
        assert all(one.find(qn("w:tblHeader")) is None for one in others)
        assert properties.find(qn("w:tblCaption")).get(qn("w:val"))
        widths = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]
        assert sum(widths) <= TEXT_WIDTH_MM * 1440 / 25.4 + len(widths)


def test_numbers_stand_to_the_right() -> None:
    word = opened(write(hostile_document()))
    styles = [cell.paragraphs[0].style.name for cell in word.tables[0].rows[1].cells]
    assert styles == ["Cell", "Cell Number", "Cell Number", "Cell"]
    assert word.styles["Cell Number"].paragraph_format.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT


def body_paragraphs(word: WordDocument) -> list[WordParagraph]:
    return [WordParagraph(one, word) for one in word.element.body.iter(qn("w:p"))]


def test_only_styles_shape_it(document: Document) -> None:
    word = opened(write(document))
    names = {one.style.name for one in body_paragraphs(word)}
    assert {
        "Title",
        "Heading 1",
        "Body Text",
        "TOC Heading",
        "toc 1",
        "Caption",
    } <= names or document.name == "hostile"
    assert "Normal" not in names
    for paragraph in body_paragraphs(word):
        for run in paragraph.runs:
            assert run.font.size is None and run.font.name is None and run.font.color.rgb is None


def test_no_empty_paragraph_makes_room(document: Document) -> None:
    word = opened(write(document))
    for paragraph in word.paragraphs:
        told = "".join(one.text or "" for one in paragraph._p.iter(qn("w:t")))
        assert plain(told) or list(paragraph._p.iter(qn("w:drawing"))), paragraph.style.name


def test_chapters_are_headings_that_the_contents_lead_to(document: Document) -> None:
    word = opened(write(document))
    headings = [one for one in word.paragraphs if one.style.name == "Heading 1"]
    assert [one.text for one in headings] == [
        "L'essentiel",
        *(one.title for one in document.chapters),
        "Sources et licence",
    ]
    places = [one.get(qn("w:name")) for one in word.element.body.iter(qn("w:bookmarkStart"))]
    contents = next(word.element.body.iter(qn("w:sdt")))
    assert [one.get(qn("w:anchor")) for one in contents.iter(qn("w:hyperlink"))] == places
    assert "TOC" in "".join(one.text for one in contents.iter(qn("w:instrText")))
    assert [one.get(qn("w:fldCharType")) for one in contents.iter(qn("w:fldChar"))] == ["begin", "separate", "end"]


def test_pages_are_numbered_a4_and_in_the_language_of_the_report(document: Document) -> None:
    word = opened(write(document))
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = "".join(one.text for one in section.footer._element.iter(qn("w:instrText")))
    assert footer.split() == ["PAGE", "NUMPAGES"]
    assert document.title in section.header.paragraphs[0].text
    languages = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-FR"}


def test_its_properties_say_where_it_comes_from(document: Document) -> None:
    kept = opened(write(document)).core_properties
    assert kept.title == document.title and kept.language == "fr"
    assert document.provenance.edition_name in kept.comments
    assert all(text in kept.keywords for _label, text in document.provenance.asked)


def test_pictures_are_vector_with_a_bitmap_and_words() -> None:
    with translation.override("fr"):
        document = basin_document(current_facts())
        content = write(document)
    word = opened(content)
    drawn = [(one.get("title"), one.get("descr")) for one in word.element.body.iter(qn("wp:docPr"))]
    assert drawn == picture_words(document) and drawn
    blips = list(word.element.body.iter(qn("a:blip")))
    for blip in blips:
        bitmap = word.part.related_parts[blip.get(qn("r:embed"))]
        assert bitmap.blob.startswith(b"\x89PNG")
        [vector] = [one for one in blip.iter() if one.tag.endswith("svgBlip")]
        part = word.part.related_parts[vector.get(qn("r:embed"))]
        assert part.content_type == "image/svg+xml" and part.blob.decode() == outlined(SVG)
    assert len(blips) == len(drawn)


def test_links_lead_to_the_page_and_to_the_sources(document: Document) -> None:
    word = opened(write(document))
    targets = {one.target_ref for one in word.part.rels.values() if one.is_external}
    pages = {one.page for one in document.provenance.sources if one.page}
    assert {document.provenance.permalink} | pages == targets


def test_french_names_are_marked_in_an_english_report() -> None:
    table = Table("t", "Jobs", [Column("Basin", is_french=True), Column("Jobs", decimals=1)], [["Évry", 1234.5]])
    with translation.override("en"):
        report = replace(hostile_document(), language="en", summary=[Sheet(table)], chapters=())
        word = opened(write(report))
    [row] = word.tables[0].rows[1:]
    assert [cell.text for cell in row.cells] == ["Évry", "1,234.5"]
    languages = [[one.get(qn("w:val")) for one in cell._tc.iter(qn("w:lang"))] for cell in row.cells]
    assert languages == [["fr-FR"], []]


def test_every_part_is_well_formed(document: Document) -> None:
    with zipfile.ZipFile(BytesIO(write(document))) as archive:
        assert archive.testzip() is None
        names = [one for one in archive.namelist() if re.search(r"\.(xml|rels|svg)$", one)]
        for name in names:
            ElementTree.fromstring(archive.read(name))


def test_the_first_page_says_what_may_be_done_with_the_figures(document: Document) -> None:
    told = [
        plain("".join(one.text or "" for one in node.iter(qn("w:t")))) for node in opened(write(document))._body._body
    ]
    cover = told[: next(place for place, text in enumerate(told) if text.startswith("Sommaire"))]
    for label, text in provenance_lines(document.provenance):
        assert any(plain(label) in one and plain(text) in one for one in cover), label


def real_report(kind: str) -> Document:
    """Return a report as the site makes it; `long` has the longest title and question that we know of."""
    facts, base_url = current_facts(), "https://bassins.example"
    if kind == "basin":
        return basin_report(facts, "8425", base_url)
    if kind == "region":
        return perimeter_report(facts, perimeter(current_edition(), "region", "84"), base_url)
    if kind == "why":
        return why_report(ranking := rank(facts, Question("32.50B", "subclass")), ranking.basin("8425"), base_url)
    zone = max(facts.zones, key=lambda one: len(one.name))
    activity = max(
        (one for one in facts.nomenclature.nodes.values() if one.level == "subclass"), key=lambda one: len(one.label)
    )
    weights = (("skills", 40.0), ("land", 0.0), ("access", 10.0))
    question = Question(activity.code, "subclass", weights, zone.region_codes[0], jobs=80.0, hectares=12.0, mw=20.0)
    return why_report(ranking := rank(facts, question), ranking.basin(zone.code), base_url)


@pytest.mark.parametrize("kind", ["basin", "why", "long", "region"])
def test_the_summary_is_one_page_after_the_cover(french: None, office: Convert, kind: str) -> None:
    document = real_report(kind)
    with pdfium.PdfDocument(office(write(document), "docx", "pdf")) as file:
        cover, summary, first = (plain(file[page].get_textpage().get_text_range()) for page in range(3))
    assert plain("Sources et licence") in cover[-60:]
    header = plain(document.title)
    assert plain("L'essentiel") in summary.replace(header, "")[:30]
    assert plain(document.chapters[0].title) in first.replace(header, "")[: len(document.chapters[0].title) + 30]


@pytest.mark.parametrize(("to", "magic"), [("pdf", b"%PDF"), ("odt", b"PK")])
def test_libreoffice_opens_it(document: Document, office: Convert, to: str, magic: bytes) -> None:
    assert office(write(document), "docx", to).startswith(magic)


def test_columns_share_the_page_without_breaking_words() -> None:
    rows = [["Bassin", "Emplois"], ["un texte assez long " * 20, "12\u202f345"]]
    first, second = column_widths(rows, [8.5, 8.5])
    assert first > 3 * second
    assert first + second == pytest.approx(TEXT_WIDTH_MM * 1440 / 25.4, abs=2)
    crowded = column_widths([["anticonstitutionnellement"] * 12], [7.0] * 12)
    assert sum(crowded) == pytest.approx(TEXT_WIDTH_MM * 1440 / 25.4, abs=12)
    narrow = column_widths([["a", "b"]], [8.5, 8.5])
    assert sum(narrow) < TEXT_WIDTH_MM * 1440 / 25.4 / 2

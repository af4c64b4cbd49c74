"""The PDF of a report: all its words, tags that a screen reader follows, letters inside, nothing fetched."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from reports.document import Document
from reports.writers import pdf
from tests.reports.paper_samples import sample, squeezed, words_of

# In points: what is nearer to the edges of the page is the running head and foot.
MARGIN = 46
# Operators that leave ink.
INK = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "EI"}


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf.write(sample())


@pytest.fixture
def opened(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(made)) as file:
        yield file


def text_of(made: bytes) -> str:
    """Return the text of the pages without running heads and feet, in the order in which it is written.

    A hyphen at the end of a line is read as a sign of its own.
    """
    file = pypdfium2.PdfDocument(made)
    pages = []
    for number, page in enumerate(file):
        width, height = page.get_size()
        edge = MARGIN if number else 0
        found = page.get_textpage()
        pages.append(found.get_text_bounded(left=0, bottom=edge, right=width, top=height - edge))
        found.close()
        page.close()
    file.close()
    return squeezed("".join(pages).replace("\ufffe", "-").replace("\u0002", "-"))


def elements(file: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Return the elements of the structure in reading order."""

    def walk(node: Any) -> Iterator[pikepdf.Dictionary]:
        if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
            return
        yield node
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from walk(kid)

    return list(walk(file.Root.StructTreeRoot.K[0]))


def kind(element: pikepdf.Dictionary) -> str:
    return str(element["/S"])[1:]


def check_words(document: Document, text: str) -> None:
    absent = [one for one in words_of(document) if squeezed(one) not in text]
    assert not absent, absent[:5]


def test_every_word_and_number_of_the_report_is_in_it(made: bytes) -> None:
    check_words(sample(), text_of(made))


def test_it_says_that_it_is_tagged_in_which_language_and_by_which_title(opened: pikepdf.Pdf) -> None:
    root = opened.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "fr"
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(opened.docinfo["/Title"]) == "Bassin de Łódź <b> · Rapport d'essai : 100 %"
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(opened.docinfo["/Title"])
        assert "2026.2" in metadata["dc:description"] and "ODbL" in metadata["dc:description"]


def test_it_carries_its_edition_what_was_asked_its_address_and_licence(opened: pikepdf.Pdf) -> None:
    known = {str(key)[1:]: str(value) for key, value in opened.docinfo.items()}
    assert known["edition"] == "2026.2 (fa39422d)"
    assert known["permalink"] == sample().provenance.permalink
    assert known["licence"] == sample().provenance.licence
    assert known["attribution"] == sample().provenance.attribution
    assert "Pièces en plastique <22.29A>" in known["asked"]


def test_every_drawing_is_told_in_words(opened: pikepdf.Pdf) -> None:
    figures = [one for one in elements(opened) if kind(one) == "Figure"]
    told = [str(one["/Alt"]) for one in figures]
    assert told == [one.alt for one in [sample().cover_picture, *sample().pictures()] if one]
    assert all("/BBox" in one["/A"] for one in figures)


def test_headings_start_at_one_and_never_jump(opened: pikepdf.Pdf) -> None:
    levels = [int(kind(one)[1]) for one in elements(opened) if kind(one) in {f"H{n}" for n in range(1, 7)}]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_heads_of_tables_say_what_they_head(opened: pikepdf.Pdf) -> None:
    heads = [one for one in elements(opened) if kind(one) == "TH"]
    assert {str(one["/A"]["/Scope"]) for one in heads} == {"/Column", "/Row"}
    rows = [one for one in elements(opened) if kind(one) == "TR"]
    assert all(any(kind(cell) == "TH" for cell in row["/K"]) for row in rows)


def test_heads_of_a_long_table_stand_on_each_of_its_pages(made: bytes) -> None:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
    holding = [text for text in pages if "long 3 " in text or "long 69 " in text]
    assert len(holding) >= 2
    assert all("Évolution" in text for text in holding)


def test_every_font_is_inside(opened: pikepdf.Pdf) -> None:
    fonts = {str(one["/BaseFont"]): one for one in opened.objects if is_font(one)}
    assert len(fonts) >= 2
    for name, font in fonts.items():
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()), name
        assert "Bassins" in name


def is_font(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font" and "/DescendantFonts" in one


def test_nothing_is_drawn_out_of_the_structure(opened: pikepdf.Pdf) -> None:
    for page in opened.pages:
        depth, loose = 0, []
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            depth += (operator in ("BDC", "BMC")) - (operator == "EMC")
            if operator in INK and depth == 0:
                loose.append(instruction)
        assert not loose


def test_pages_are_numbered_and_bear_the_title_the_edition_and_the_address(made: bytes) -> None:
    file = pypdfium2.PdfDocument(made)
    texts = [page.get_textpage().get_text_range() for page in file]
    assert "p." not in texts[0].split("Sommaire")[1].split("\n")[-1]
    for number, text in enumerate(texts[1:], start=2):
        assert f"p.{number}/{len(texts)}" in squeezed(text)
        assert "édition 2026.2" in text and "https://bassins.example/bassins/8425/" in text
    assert [one.get_title() for one in file.get_toc()][:3] == ["Bassin de Łódź <b>", "Sommaire", "L'essentiel"]


def test_only_our_letters_are_handed_out() -> None:
    assert pdf.only_fonts("bassins-font:latin/400").read()[:4] == b"\x00\x01\x00\x00"
    for address in ("https://example.org/a.png", "file:///etc/passwd", "bassins-font:../400", "data:text/css,a"):
        with pytest.raises(ValueError, match="nothing is fetched"):
            pdf.only_fonts(address)


def test_the_layout_understands_every_rule_of_our_style(caplog: pytest.LogCaptureFixture) -> None:
    pdf.prepared.__wrapped__()
    assert not [one.getMessage() for one in caplog.records if one.name == "weasyprint"]

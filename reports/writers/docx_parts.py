"""Parts of a Word document that the library has no words for: links, bookmarks, fields, tables made at once."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from explorer.tables import NO_VALUE, Table, heading, written
from explorer.workbooks import clean
from reports.writers.docx_styles import CELL_STYLES, LINK_STYLE, PARAGRAPHS, TABLE_STYLE, TEXT_WIDTH_MM

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as WordParagraph

TWIPS_A_MM = 1440 / 25.4
ROOT_NAME = re.compile(r"<[\w:]+")
# Above this many columns, letters are smaller.
USUAL_COLUMNS = 7
# In characters: what a long text may claim of the width of the page.
WIDEST = 100
# Of a letter, in its size; of the sides of a cell, in twips.
TWIPS_A_POINT, LETTER_WIDTH, CELL_PADDING = 20, 0.6, 160
# Where a line may break: not at the spaces of numbers.
BREAKS = re.compile(r"[ \n-]")
BORN_FRENCH = '<w:rPr><w:lang w:val="fr-FR"/></w:rPr>'


def escaped(text: str) -> str:
    """Return a text as it stands inside an element or an attribute."""
    return escape(clean(text))


def parsed(xml: str) -> Any:
    """Return the element of a text whose namespaces are to be declared."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(ROOT_NAME.sub(rf"\g<0> {nsdecls('w', 'r')}", xml, count=1))


def add_link(paragraph: "WordParagraph", text: str, url: str) -> None:
    """Add a link to the web at the end of a paragraph."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    target = paragraph.part.relate_to(clean(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    run = f'<w:r><w:rPr><w:rStyle w:val="{style_id(paragraph, LINK_STYLE)}"/></w:rPr>{text_xml(text)}</w:r>'
    paragraph._p.append(parsed(f'<w:hyperlink r:id="{target}" w:history="1">{run}</w:hyperlink>'))


def style_id(paragraph: "WordParagraph", name: str) -> str:
    """Return the identifier of a style in the file."""
    return str(paragraph.part.document.styles[name].style_id)


def add_bookmark(paragraph: "WordParagraph", number: int, name: str) -> None:
    """Name the place of a paragraph, so that a link or a page number finds it."""
    paragraph._p.insert_element_before(parsed(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'), "w:r")
    paragraph._p.append(parsed(f'<w:bookmarkEnd w:id="{number}"/>'))


def add_field(paragraph: "WordParagraph", instruction: str, shown: str) -> None:
    """Add a field, with what is shown until the word processor works it out: `PAGE`, `NUMPAGES`."""
    result = f"<w:r>{text_xml(shown)}</w:r>"
    for run in (field_mark("begin"), field_code(instruction), field_mark("separate"), result, field_mark("end")):
        paragraph._p.append(parsed(run))


def field_mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field_code(instruction: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'


def text_xml(text: str) -> str:
    """Return the text of a run."""
    return f'<w:t xml:space="preserve">{escaped(text)}</w:t>'


def contents_xml(title_style: str, entry_style: str, title: str, entries: Sequence[tuple[str, str]]) -> str:
    """Return a table of contents: a field that lists headings 1, already filled with links; entries are (name, title).

    Without page numbers (`\\n`): only a word processor knows where pages break, and none of them works them out
    before it is asked to.
    """
    begin = field_mark("begin") + field_code('TOC \\o "1-1" \\n \\h \\z \\u') + field_mark("separate")
    lines = []
    for place, (name, text) in enumerate(entries):
        link = f'<w:hyperlink w:anchor="{name}" w:history="1"><w:r>{text_xml(text)}</w:r></w:hyperlink>'
        opening, closing = begin if place == 0 else "", field_mark("end") if place == len(entries) - 1 else ""
        lines.append(f'<w:p><w:pPr><w:pStyle w:val="{entry_style}"/></w:pPr>{opening}{link}{closing}</w:p>')
    head = f'<w:p><w:pPr><w:pStyle w:val="{title_style}"/></w:pPr><w:r>{text_xml(title)}</w:r></w:p>'
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{head}{''.join(lines)}</w:sdtContent></w:sdt>"


def table_xml(ids: dict[str, str], table: Table, *, about: str = "", is_english: bool = False) -> str:
    """Return a table as the screen writes it: header repeated on each page, numbers to the right, widths by content.

    `ids` are the identifiers of styles by name. Made as text: cell by cell, the library takes seconds.
    """
    words_style, numbers_style = CELL_STYLES[len(table.columns) > USUAL_COLUMNS]
    styles = [ids[words_style if one.decimals is None else numbers_style] for one in table.columns]
    french = [BORN_FRENCH if one.is_french and is_english else "" for one in table.columns]
    heads = [heading(one) for one in table.columns]
    rows = [[written(cell, one) for cell, one in zip(row, table.columns, strict=True)] for row in table.rows]
    plain = [""] * len(styles)
    lines = [row_xml(heads, styles, plain, is_header=True), *(row_xml(row, styles, french) for row in rows)]
    widths = column_widths([heads, *rows], [PARAGRAPHS[words_style][0]] * len(styles))
    return framed_xml(ids, widths, lines, title=table.title, about=about)


def framed_xml(ids: dict[str, str], widths: Sequence[int], lines: Iterable[str], *, title: str, about: str) -> str:
    """Return a table of rows already written, with its widths (twips) and what is read aloud of it."""
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{ids[TABLE_STYLE]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="{escaped(title)}"/>'
        f'<w:tblDescription w:val="{escaped(about or title)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def row_xml(texts: Sequence[str], styles: Sequence[str], letters: Sequence[str], *, is_header: bool = False) -> str:
    """Return a row that stays whole on its page; letters are properties of the runs of each column."""
    cells = "".join(
        f'<w:tc><w:tcPr/><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{run}{text_xml(text)}</w:r></w:p></w:tc>'
        for text, style, run in zip(texts, styles, letters, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_header else ''}</w:trPr>{cells}</w:tr>"


def column_widths(rows: Sequence[Sequence[str]], sizes: Sequence[float]) -> list[int]:
    """Return the width of each column, in twips: no word is broken while the page can hold them all.

    Columns of long texts share what is left of the page; a table that needs less is narrower. `sizes` are those of
    the letters, in points.
    """
    least, wished = [], []
    for texts, size in zip(zip(*rows, strict=True), sizes, strict=True):
        letter = size * TWIPS_A_POINT * LETTER_WIDTH
        word = max(len(word) for text in texts for word in BREAKS.split(text or NO_VALUE))
        least.append(word * letter + CELL_PADDING)
        wished.append(max(0, min(WIDEST, max(map(len, texts))) - word) * letter)
    whole = TEXT_WIDTH_MM * TWIPS_A_MM
    left = whole - sum(least)
    if left < 0:
        return [round(one * whole / sum(least)) for one in least]
    share = min(1.0, left / sum(wished)) if sum(wished) else 0.0
    return [round(one + share * more) for one, more in zip(least, wished, strict=True)]

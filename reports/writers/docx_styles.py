"""The template of documents: A4, the styles of Word filled with our letters and colours. All hangs on styles."""

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle

# Metric twins of this font are on every system, so that pages break at the same place.
FONT = "Arial"
INK, INK_SOFT, ACCENT, ACCENT_SOFT, LINE = "12211F", "414E4A", "0B5658", "E2EEEA", "DBE1DC"
PAGE_MM, MARGIN_MM = (210, 297), (22, 20, 22, 20)
TEXT_WIDTH_MM = PAGE_MM[0] - MARGIN_MM[1] - MARGIN_MM[3]
BODY_STYLE, NOTE_STYLE, SOURCE_STYLE, VALUE_STYLE = "Body Text", "Note", "Source", "Key Value"
REFERENCE_STYLE, INTRO_STYLE, PROVENANCE_STYLE, LONG_TITLE_STYLE = (
    "Reference",
    "List Intro",
    "Provenance",
    "Long Title",
)
TABLE_STYLE, LINK_STYLE, INLINE_SOURCE_STYLE = "Bassins Table", "Hyperlink", "Inline Source"
# Cells of words and of numbers; the narrow ones for tables of many columns.
CELL_STYLES = {False: ("Cell", "Cell Number"), True: ("Cell Narrow", "Cell Narrow Number")}
CONTENTS_STYLE, CONTENTS_TITLE_STYLE = "toc 1", "TOC Heading"
LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
# Name: size in points, bold, colour, space before and after in points, whether it stays with what follows.
PARAGRAPHS: dict[str, tuple[float, bool, str, float, float, bool]] = {
    "Normal": (10, False, INK, 0, 6, False),
    BODY_STYLE: (10, False, INK, 4, 5, False),
    # Those of the first page hold on it together, up to the last line of the contents.
    "Title": (28, True, ACCENT, 12, 6, True),
    LONG_TITLE_STYLE: (18, True, ACCENT, 12, 6, True),
    "Subtitle": (14, False, INK_SOFT, 0, 12, False),
    PROVENANCE_STYLE: (9, False, INK_SOFT, 0, 2, False),
    "Heading 1": (18, True, ACCENT, 22, 8, True),
    "Heading 2": (13, True, INK, 14, 4, True),
    "Heading 3": (11, True, INK, 10, 3, True),
    "Caption": (10, True, INK, 12, 3, True),
    INTRO_STYLE: (10, True, INK, 8, 3, True),
    "List Bullet": (10, False, INK, 0, 3, False),
    NOTE_STYLE: (9, False, INK_SOFT, 3, 4, False),
    SOURCE_STYLE: (8, False, INK_SOFT, 3, 10, False),
    "Cell": (8.5, False, INK, 1, 1, False),
    "Cell Number": (8.5, False, INK, 1, 1, False),
    "Cell Narrow": (7, False, INK, 1, 1, False),
    "Cell Narrow Number": (7, False, INK, 1, 1, False),
    REFERENCE_STYLE: (8.5, False, INK, 0, 2, False),
    VALUE_STYLE: (12, True, ACCENT, 1, 1, False),
    CONTENTS_TITLE_STYLE: (13, True, ACCENT, 12, 4, True),
    CONTENTS_STYLE: (9, False, INK, 0, 1.5, False),
    "Header": (8, False, INK_SOFT, 0, 0, False),
    "Footer": (8, False, INK_SOFT, 0, 0, False),
}
TABLE_XML = """<w:style {ns} w:type="table" w:customStyle="1" w:styleId="BassinsTable"><w:name w:val="{name}"/>
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="{accent}"/><w:bottom w:val="single" w:sz="8" w:color="{accent}"/>
<w:insideH w:val="single" w:sz="4" w:color="{line}"/></w:tblBorders>
<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/>
<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="{accent}"/></w:rPr>
<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{soft}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
</w:style>"""


@lru_cache(maxsize=len(LANGUAGES))
def template(language: str) -> bytes:
    """Return an empty document whose page, language and styles are ours; made once a process."""
    from docx import Document

    document = Document()
    _page(document)
    for name, (size, bold, colour, before, after, keeps) in PARAGRAPHS.items():
        style = _paragraph_style(document, name)
        _letters(style, size, bold, colour)
        layout = style.paragraph_format
        _spacing(layout, before, after)
        layout.keep_with_next = keeps
        layout.widow_control = True
    _alignments(document)
    _characters(document)
    _defaults(document, language)
    _table_style(document)
    _drop_unused(document)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _page(document: "WordDocument") -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = (Mm(one) for one in PAGE_MM)
    top, right, bottom, left = (Mm(one) for one in MARGIN_MM)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = top, right, bottom, left
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def _paragraph_style(document: "WordDocument", name: str) -> "ParagraphStyle":
    from docx.enum.style import WD_STYLE_TYPE

    known = name in document.styles
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name == CONTENTS_TITLE_STYLE or not known:
        # A heading of the contents stays out of the contents.
        style.base_style = document.styles["Title" if name == LONG_TITLE_STYLE else "Normal"]
    style.quick_style = True
    style.hidden = False
    return style


def _letters(style: "ParagraphStyle", size: float, bold: bool, colour: str) -> None:
    """Give a style its letters; the names of fonts of the theme would come before ours."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for name in [one for one in fonts.attrib if one.lower().endswith("theme")]:
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    for spacing in style.element.rPr.findall(qn("w:spacing")) + style.element.rPr.findall(qn("w:kern")):
        style.element.rPr.remove(spacing)


def _spacing(layout: Any, before: float, after: float) -> None:
    from docx.shared import Pt

    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.15
    borders = layout._element.pPr.find("{*}pBdr") if layout._element.pPr is not None else None
    if borders is not None:
        layout._element.pPr.remove(borders)


def _defaults(document: "WordDocument", language: str) -> None:
    """Say the language of all text, so that it is spelled and read aloud as it should."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    code = LANGUAGES.get(language, LANGUAGES["fr"])
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    found = defaults.find(qn("w:lang"))
    lang = found if found is not None else OxmlElement("w:lang")
    for script in ("val", "eastAsia"):
        lang.set(qn(f"w:{script}"), code)
    if found is None:
        defaults.append(lang)
    themed = document.settings.element.find(qn("w:themeFontLang"))
    if themed is not None:
        themed.set(qn("w:val"), code)


def _alignments(document: "WordDocument") -> None:
    """Set numbers to the right, page numbers at the right edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Mm

    for name in ("Header", "Footer"):
        stops = document.styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Mm(TEXT_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    for _words, numbers in CELL_STYLES.values():
        document.styles[numbers].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for name in ("Cell", "Cell Number", "Cell Narrow", "Cell Narrow Number", VALUE_STYLE):
        document.styles[name].paragraph_format.line_spacing = 1.0


def _characters(document: "WordDocument") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    for name, colour in ((LINK_STYLE, ACCENT), (INLINE_SOURCE_STYLE, INK_SOFT)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor.from_string(colour)
        style.hidden = False
    document.styles[LINK_STYLE].font.underline = True
    document.styles[INLINE_SOURCE_STYLE].font.size = Pt(8)


def _table_style(document: "WordDocument") -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    colours = {"accent": ACCENT, "soft": ACCENT_SOFT, "line": LINE}
    document.styles.element.append(parse_xml(TABLE_XML.format(ns=nsdecls("w"), name=TABLE_STYLE, **colours)))


def _drop_unused(document: "WordDocument") -> None:
    """Leave in the list of styles only what a reader may use: the library brings a hundred table styles."""
    from docx.enum.style import WD_STYLE_TYPE

    kept = {"Normal Table", TABLE_STYLE}
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in kept:
            style.delete()

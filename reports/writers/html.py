"""A report as one file of HTML that opens without network: style, letters and drawings inside, no script.

The same text, with the style of paper, feeds the PDF.
"""

import base64
import hashlib
import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer.tables import Table, body_html, head_html
from explorer.wording import apart, number, titled
from reports import fonts
from reports.document import (
    Block,
    Bullets,
    Chapter,
    Document,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
    Sheet,
    SourceLine,
)
from reports.drawings.colours import colour
from reports.provenance_words import contents_title, labels, sources_title, summary_title
from reports.writers import columns

STYLE = Path(settings.BASE_DIR) / "reports" / "writers" / "report.css"
ROLE = re.compile(r"var\(--([\w-]+)\)")
SVG_START = re.compile(r'<svg\b([^>]*) width="([\d.]+)" height="([\d.]+)"')
# Letters of 8 points suit paper; those of a screen are larger.
ON_SCREEN = 1.3
# Letters that the title takes at its full size on one line of paper.
LONG_TITLE = 32
# Tables this long are folded in the file for the screen, which has no page to fill.
LONG_TABLE = 30
# Letters of a cell that makes its row tall.
TALL_CELL = 120
# Key figures in a line of paper.
MOST_ACROSS = 5
# "≈ 32,1 pour 100 emplois", "9,0 % de la population active": the number keeps its percent sign.
NUMBER_AND_UNIT = re.compile(r"((?:[≈≥−]\s?)?\d[\d.,\s]*(?<=\d)(?:\s?%)?)(\s\D.*)?")
# Of the table of data sets, in percent.
SOURCE_WIDTHS = (20, 60, 20)


def write(document: Document) -> bytes:
    """Return the report as a single file."""
    with translation.override(document.language):
        style = font_faces(document) + style_sheet()
        return page(document, style, is_print=False).encode("utf-8")


def page(document: Document, style: str, *, is_print: bool) -> str:
    """Return the whole page, its style inside; on paper tables that the workbook alone holds are left out."""
    context = {
        "document": document,
        "title": page_title(document),
        "description": description(document),
        "asked": asked(document),
        "titles": {"contents": contents_title(), "summary": summary_title(), "sources": sources_title()},
        "labels": labels(),
        "style": mark_safe(style),  # noqa: S308 - our own style sheet
        "policy": policy(style),
        "is_print": is_print,
        "is_long": len(document.title) > LONG_TITLE,
        "sources": sources(document),
        "source_widths": columns.colgroup(SOURCE_WIDTHS) if is_print else "",
        "cover": block(document.cover_picture, is_print=is_print) if document.cover_picture else None,
        "summary": blocks(document.summary, is_print=is_print),
    }
    chapters = [shown_chapter(one, is_print=is_print) for one in document.chapters]
    context["chapters"] = [one for one in chapters if one["blocks"]]
    context["workbook"] = [line for one in chapters for line in one["workbook"]]
    return render_to_string("reports/report.html", context)


def shown_chapter(chapter: Chapter, *, is_print: bool) -> dict[str, Any]:
    """Return what the template shows of a chapter; on paper the tables that the workbook alone holds stand apart, in
    the list that ends the report, and a chapter of nothing else goes."""
    parts = blocks(chapter.blocks, is_print=is_print)
    left = [one for one in parts if is_print and one["kind"] == "sheet" and not one["has_rows"]]
    return {
        "id": chapter.id,
        "title": chapter.title,
        "starts_page": chapter.starts_page,
        "blocks": [one for one in parts if one not in left],
        "workbook": [one | {"chapter": chapter.title, "lines": row_words(one["one"].hidden_rows)} for one in left],
    }


def row_words(count: int) -> str:
    return ngettext("%(count)s ligne", "%(count)s lignes", count) % {"count": number(count, 0)}


def page_title(document: Document) -> str:
    return " · ".join(one for one in (document.title, document.subtitle) if one)


def description(document: Document) -> str:
    """Return what the file is, its edition, where to find it again, its licence, in one paragraph."""
    known = document.provenance
    parts = [
        _("Édition %(name)s, %(date)s.") % {"name": known.edition_name, "date": known.made_on},
        asked(document),
        known.permalink,
        known.licence,
        known.attribution,
    ]
    return " ".join(one for one in parts if one)


def asked(document: Document) -> str:
    """Return what was asked, in one line."""
    return apart(titled(label, words) for label, words in document.provenance.asked)


def sources(document: Document) -> list[dict[str, Any]]:
    """Return the data sets quoted, those of one producer under one licence together, in their order."""
    groups: dict[tuple[str, str], list[SourceLine]] = {}
    for one in document.provenance.sources:
        groups.setdefault((one.producer, one.licence), []).append(one)
    return [{"producer": key[0], "licence": key[1], "sets": sets} for key, sets in groups.items()]


def policy(style: str) -> str:
    """Return the policy of the page: its own style, letters written inside it, nothing from anywhere else."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=1)
def style_sheet() -> str:
    """Return the style of reports, roles replaced by the colours of the light theme."""
    text = STYLE.read_text(encoding="utf-8").replace("FONT_STACK", fonts.STACK)
    return ROLE.sub(lambda found: colour(found[1]), text)


def font_faces(document: Document) -> str:
    """Return the letters of the document, in two weights; those beyond western Europe only where they occur."""
    subsets = [fonts.LATIN, *([fonts.LATIN_EXTENDED] if fonts.needs_extended(texts(document)) else [])]
    return "".join(
        font_face(subset, weight, f"data:font/woff2;base64,{fonts.woff2_base64(weight, subset)}", "woff2")
        for subset in subsets
        for weight in (fonts.REGULAR, fonts.BOLD)
    )


def font_face(subset: str, weight: int, address: str, kind: str) -> str:
    """Return the rule of a file of letters."""
    source = f'url("{address}") format("{kind}")'
    return (
        f'@font-face{{font-family:"{fonts.FAMILIES[subset]}";font-weight:{weight};font-style:normal;src:{source}}}\n'
    )


def texts(document: Document) -> list[str]:
    """Return the words of the document whose letters may be beyond western Europe: titles, sentences and cells."""
    found = [document.title, document.subtitle, *(one.title for one in document.chapters)]
    for one in document.blocks():
        if isinstance(one, Paragraph):
            found.append(one.text)
        elif isinstance(one, Bullets):
            found += [item.text for item in one.items]
        elif isinstance(one, Sheet):
            found += [cell for row in one.table.rows for cell in row if isinstance(cell, str)]
    return found


def blocks(given: Any, *, is_print: bool) -> list[dict[str, Any]]:
    """Return what the template shows of blocks; the table under its own drawing does not repeat its title."""
    shown, drawn = [], ("", "")
    for one in given:
        parts = block(one, is_print=is_print)
        if isinstance(one, Sheet):
            parts["is_twin"] = (one.table.id, one.table.title) == drawn
            parts["is_captioned"] = parts["has_rows"] and not parts["is_folded"] and not parts["is_twin"]
            if parts["is_twin"] and not parts["has_rows"]:
                # Said under the drawing, which is not cut from it.
                shown[-1]["more"] = parts["more"]
                continue
        drawn = (one.table_id, one.title) if isinstance(one, Picture) else ("", "")
        shown.append(parts)
    return shown


def block(one: Block, *, is_print: bool) -> dict[str, Any]:
    """Return what the template shows of a block."""
    if isinstance(one, Picture):
        return {"kind": "picture", "one": one, "svg": told_svg(one, is_print=is_print)}
    if isinstance(one, Sheet):
        return sheet(one, is_print=is_print)
    if isinstance(one, KeyFigures):
        return {"kind": "key_figures", "figures": [key_figure(each) for each in one.figures], **across(one)}
    return {"kind": "paragraph" if isinstance(one, Paragraph) else "bullets", "one": one}


def across(one: KeyFigures) -> dict[str, int]:
    """Return how many figures stand in a line of paper: all up to five, else lines as even as can be."""
    count = len(one.figures)
    lines = -(-count // MOST_ACROSS)
    return {"across": -(-count // lines) if lines else 1}


def key_figure(one: KeyFigure) -> dict[str, Any]:
    """Return a figure, its number set apart from its unit, which is written smaller; words stay whole."""
    found = NUMBER_AND_UNIT.fullmatch(one.value)
    number, unit = found.groups(default="") if found else (one.value, "")
    return {"one": one, "number": number, "unit": unit.strip()}


def told_svg(picture: Picture, *, is_print: bool) -> SafeString:
    """Return a drawing with its words: the title that a PDF takes for them, or a label, which shows no bubble."""
    words = escape(picture.alt)
    if is_print:
        end = picture.svg.index(">") + 1
        drawn = f"{picture.svg[:end]}<title>{words}</title>{picture.svg[end:]}"
    else:
        drawn = SVG_START.sub(lambda found: screen_svg(found, words), picture.svg, count=1)
    return mark_safe(drawn)  # noqa: S308 - drawn by reports.drawings, words escaped


def screen_svg(found: re.Match[str], words: str) -> str:
    """Return the start of a drawing for the screen: larger, with its words as a label."""
    width, height = (f"{ON_SCREEN * float(one):.0f}" for one in found.group(2, 3))
    return f'<svg{found[1]} width="{width}" height="{height}" role="img" aria-label="{words}"'


def sheet(one: Sheet, *, is_print: bool) -> dict[str, Any]:
    """Return a table as it is shown: the rows of paper; the screen folds what the workbook alone holds."""
    is_workbook_only = one.shown_rows == 0
    table = one.table if is_workbook_only and not is_print else one.shown_table()
    hidden = 0 if is_workbook_only and not is_print else one.hidden_rows
    is_folded = not is_print and (is_workbook_only or len(table.rows) > LONG_TABLE)
    return {
        "kind": "sheet",
        "one": one,
        "head": head_html(table),
        "body": body_html(table),
        "has_rows": bool(table.rows),
        "is_wide": columns.is_wide(table),
        "is_tall": is_tall(table),
        "widths": columns.colgroup(columns.percents(table)) if is_print and table.rows else "",
        "is_folded": is_folded,
        "rows": number(len(table.rows), 0),
        "more": more_words(hidden, is_all=not table.rows) if hidden else "",
    }


def is_tall(table: Table) -> bool:
    """Whether the rows of a table are of many lines, so that paper may break after any of them."""
    return any(isinstance(cell, str) and len(cell) > TALL_CELL for row in table.rows for cell in row)


def more_words(hidden: int, *, is_all: bool) -> str:
    """Return how many rows the workbook alone holds."""
    if is_all:
        words = ngettext(
            "Tableau de %(count)s ligne dans le classeur (XLSX).",
            "Tableau de %(count)s lignes dans le classeur (XLSX).",
            hidden,
        )
    else:
        words = ngettext(
            "Et %(count)s autre ligne dans le classeur (XLSX).",
            "Et %(count)s autres lignes dans le classeur (XLSX).",
            hidden,
        )
    return words % {"count": number(hidden, 0)}

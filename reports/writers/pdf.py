"""A report as a tagged PDF (PDF/UA-1), laid out from the text of the HTML file by WeasyPrint."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.utils import translation

from reports import fonts
from reports.document import Document
from reports.writers.html import font_face, page, style_sheet

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

VARIANT = "pdf/ua-1"
# The only addresses that answer while a page is laid out: our own letters.
FONT_SCHEME = "bassins-font:"
SUBSETS = (fonts.LATIN, fonts.LATIN_EXTENDED)
# What lays text out is shared by the reports of a process, and not made for two at once.
ONE_AT_A_TIME = Lock()


def write(document: Document) -> bytes:
    """Return the report as a PDF."""
    with translation.override(document.language):
        text = page(document, "", is_print=True)
    return printed(text)


def printed(text: str) -> bytes:
    """Return a page of `reports.writers.html.page`, written without style, as a PDF."""
    from weasyprint import HTML

    with ONE_AT_A_TIME, uncollected():
        style, letters = prepared()
        made: bytes = HTML(string=text, url_fetcher=only_fonts).write_pdf(
            stylesheets=[style],
            font_config=letters,
            pdf_variant=VARIANT,
            custom_metadata=True,
            finisher=say_scopes,
        )
    return made


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cycles from running: a layout makes millions of objects, and each sweep would walk
    through the facts of the edition as well, for a third of the time of a report."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def say_scopes(_document: Any, pdf: Any) -> None:
    """Say of each heading cell whether it heads a row or a column.

    WeasyPrint names the heads of each cell instead, by identifiers that it lists nowhere and that a table over two
    pages has twice.
    """
    elements = {
        one.reference: one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem"
    }
    for one in elements.values():
        if one["S"] == "/TH":
            section = elements[elements[one["P"]]["P"]]
            one["A"]["Scope"] = "/Column" if section["S"] == "/THead" else "/Row"
            one.pop("ID", None)
        elif one["S"] == "/TD":
            one["A"].pop("Headers", None)


@lru_cache(maxsize=1)
def prepared() -> tuple["CSS", "FontConfiguration"]:
    """Return the parsed style and the loaded letters: the same for every report of a process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    letters = FontConfiguration()
    text = "".join(
        font_face(subset, weight, f"{FONT_SCHEME}{subset}/{weight}", "truetype")
        for subset in SUBSETS
        for weight in fonts.CUT
    )
    style = CSS(string=text + style_sheet(), font_config=letters, url_fetcher=only_fonts)
    return style, letters


# The letters lie in a folder of their own, which cannot be removed once the interpreter is half gone.
atexit.register(prepared.cache_clear)


def only_fonts(url: str) -> Any:
    """Return one of our fonts; raises ValueError on any other address: nothing of a report is fetched."""
    from weasyprint.urls import URLFetcherResponse

    wanted = {f"{FONT_SCHEME}{subset}/{weight}": (weight, subset) for subset in SUBSETS for weight in fonts.CUT}
    if url not in wanted:
        raise ValueError(f"nothing is fetched for a report: {url[:80]}")
    return URLFetcherResponse(url, fonts.font_bytes(*wanted[url]), {"Content-Type": "font/ttf"})

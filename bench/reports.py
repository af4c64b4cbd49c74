"""What it takes to make a report, beside the bare layout of the same page."""

from typing import Any

from bench.protocol import Line, percentile, plain, ratio, timed
from reports.contents.basin import basin_report
from reports.document import Document
from reports.formats import FORMATS
from reports.writers import html, pdf
from scoring import service

ZONE, BASE_URL = "8425", "http://127.0.0.1:8000"
REPEATS, FEW = 20, 3
# The slowest of a hundred reports but five.
SHARE = 0.95


def measure() -> list[Line]:
    """Return how long a warm report takes, facts to file, and that over WeasyPrint alone on the same page."""
    facts = service.current_facts()

    def whole() -> bytes:
        return FORMATS["pdf"].write(basin_report(facts, ZONE, BASE_URL))

    whole()
    document = basin_report(facts, ZONE, BASE_URL)
    seconds = timed(whole, REPEATS)
    screen = timed(lambda: FORMATS["html"].write(document), REPEATS)
    return [
        plain("rapport de bassin, PDF à chaud, p95", [percentile(seconds, SHARE)], unit="s", aim=2),
        plain("rapport de bassin, HTML d'un seul fichier, p95", [percentile(screen, SHARE)], unit="s", aim=None),
        over_bare(document),
    ]


def over_bare(document: Document) -> Line:
    """Return our PDF of a document over WeasyPrint given the same page, its style and letters inside."""
    page = bare_page(document)
    return ratio(
        "rapport de bassin, PDF / WeasyPrint seul",
        lambda: FORMATS["pdf"].write(document),
        lambda: bare(page),
        repeats=FEW,
        aim=2,
    )


def bare_page(document: Document) -> str:
    """Return the page that our PDF is made of, with its style in it."""
    return html.page(document, html.font_faces(document) + html.style_sheet(), is_print=True)


def bare(page: str) -> Any:
    """Return what WeasyPrint makes of a page with no preparation of ours but a tagged variant."""
    from weasyprint import HTML

    return HTML(string=page).write_pdf(pdf_variant=pdf.VARIANT)

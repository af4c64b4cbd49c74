"""The blocks that reports share: sentences, tables and key figures made of what the pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from explorer.citations import briefly_cited, cited
from explorer.tables import Cell, Figure, Signed, Table
from explorer.templatetags.french import spaced
from reports.document import Block, Bullets, KeyFigure, Paragraph, Sheet
from reports.drawings.pictures import figure_picture
from scoring.facts import Facts

# Rows of a table that the workbook alone holds.
WORKBOOK_ONLY = 0
# More sources than this are told without their titles.
FULLY_CITED = 3
# Far beyond what any figure tells.
DECIMALS = 9


def said(text: str, source: str = "", *, is_note: bool = False) -> Paragraph:
    """Return a sentence with the spaces of its punctuation."""
    return Paragraph(spaced(text), source, is_note)


def points(items: Iterable[Paragraph | str], intro: str = "") -> list[Block]:
    """Return sentences of equal standing as a list, nothing where there is none."""
    told = [said(one) if isinstance(one, str) else one for one in items]
    return [Bullets(told, spaced(intro))] if told else []


def key_figure(label: str, value: str, note: str = "", source: str = "") -> KeyFigure:
    """Return a figure that stands alone."""
    return KeyFigure(spaced(label), spaced(value), spaced(note), source)


def sheet(
    facts: Facts,
    figure: Figure,
    *,
    rows: int | None = None,
    columns: Sequence[str] | None = None,
    sources: Iterable[str] = (),
    source: str = "",
) -> Sheet:
    """Return the table of a figure; `rows` and the labels of `columns` say what pages and documents show of it.

    `sources` are data set slugs, those of the table by default; under paper, more than a few go without their titles,
    which the list of sources gives. `source` is written in their place.
    """
    slugs = tuple(sources) or tuple(figure.table.sources)
    rows_kept = [[steady(cell) for cell in row] for row in figure.table.rows]
    table = replace(figure.table, title=spaced(figure.table.title), rows=rows_kept, sources=slugs)
    return Sheet(
        table,
        subtitle=spaced(figure.subtitle),
        note=spaced(figure.note),
        source=source or source_text(facts, slugs) or figure.source,
        shown_rows=rows,
        shown_columns=positions(table, columns) if columns is not None else None,
    )


def steady(cell: Cell) -> Cell:
    """Return a cell without the last bits of a sum, which the order of its terms settles in each process."""
    if isinstance(cell, Signed):
        return cell if cell.value is None else cell._replace(value=round(float(cell.value), DECIMALS))
    return round(float(cell), DECIMALS) if isinstance(cell, float) else cell


def source_text(facts: Facts, slugs: Sequence[str]) -> str:
    """Return the sources under a table: with their titles up to a few, else producers and vintages."""
    return cited(facts, *slugs) if len(slugs) <= FULLY_CITED else briefly_cited(facts, slugs)


def positions(table: Table, labels: Sequence[str]) -> list[int]:
    """Return the positions of columns by label; raises ValueError on a label that the table does not have."""
    known = [one.label for one in table.columns]
    return [known.index(label) for label in labels]


def figure_blocks(
    facts: Facts,
    figure: Figure | None,
    *,
    rows: int | None = None,
    columns: Sequence[str] | None = None,
    is_drawn: bool = True,
) -> list[Block]:
    """Return a figure as its drawing, if it has one, and its table; nothing where the data allow none.

    What the drawing says is told once: its subtitle goes with it and not with the table. Undrawn, the table says
    nothing of marks.
    """
    if figure is None:
        return []
    table = sheet(facts, figure, rows=rows, columns=columns)
    drawn = figure_picture(facts, figure, table_id=figure.table.id) if is_drawn else None
    if drawn is None:
        return [replace(table, subtitle="") if figure.chart else table]
    told = {"title": table.table.title, "subtitle": table.subtitle, "note": table.note, "source": table.source}
    return [replace(drawn, alt=spaced(drawn.alt), **told), replace(table, subtitle="", note="")]

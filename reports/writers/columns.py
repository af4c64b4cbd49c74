"""Widths of the columns of a printed table, from the widths of its words: the layout need not try each cell twice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from explorer.tables import Column, Table, heading, written
from reports.drawings.svg import PAGE_WIDTH, widest
from reports.fonts import text_width

# In CSS pixels: letters of 8 points, those of wide tables of 7.2, and what the style sheet keeps free in a cell.
SIZE, WIDE_SIZE, PADDING = 10.7, 9.6, 8.0
WIDE = 6
# A heading takes no more lines than this where there is room.
HEAD_LINES = 3
# Where a line may break: after a space or a hyphen.
BREAK = re.compile(r"(?<=-)|[ \n]")


@dataclass(frozen=True)
class Need:
    """What a column needs (px): `least` breaks at every word, `whole` breaks in no cell, `head` not in the heading."""

    least: float
    whole: float
    head: float


def is_wide(table: Table) -> bool:
    """Whether a table is written in smaller letters."""
    return len(table.columns) > WIDE


def percents(table: Table) -> list[float]:
    """Return the width of each column, in percent of the table."""
    size = WIDE_SIZE if is_wide(table) else SIZE
    cells = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    needs = [need(column, column_cells, size) for column, column_cells in zip(table.columns, cells, strict=True)]
    room = PAGE_WIDTH - PADDING * len(needs)
    widths = shared(needs, room)
    total = sum(widths) + PADDING * len(widths)
    return [round(100 * (one + PADDING) / total, 2) for one in widths]


def colgroup(widths: Sequence[float]) -> SafeString:
    """Return widths (%) as the layout of paper reads them."""
    return format_html(
        "<colgroup>{}</colgroup>", format_html_join("", '<col style="width:{}%">', ((w,) for w in widths))
    )


def need(column: Column, cells: tuple, size: float) -> Need:
    """Return what a column needs; a number is never broken."""
    texts, head = [written(one, column) for one in cells], heading(column)
    whole = widest(texts, size)
    words = texts if column.decimals is not None else [word for text in texts for word in BREAK.split(text)]
    of_head = text_width(head, size)
    least = max(widest([*words, *BREAK.split(head)], size), of_head / HEAD_LINES * 1.1) + 1
    return Need(least, max(least, whole + 1), max(least, of_head + 1))


def shared(needs: list[Need], room: float) -> list[float]:
    """Return widths that fill the room: first unbroken cells, then unbroken headings, then all alike."""
    least, whole = sum(one.least for one in needs), sum(one.whole for one in needs)
    if least >= room:
        return [one.least * room / least for one in needs]
    if whole >= room:
        part = (room - least) / (whole - least)
        return [one.least + part * (one.whole - one.least) for one in needs]
    longer = [max(0.0, one.head - one.whole) for one in needs]
    part = min(1.0, (room - whole) / (sum(longer) or 1.0))
    widths = [one.whole + part * more for one, more in zip(needs, longer, strict=True)]
    return [one * room / sum(widths) for one in widths]

"""A list of communes as people have it, understood line by line: nothing is dropped in silence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from basins.commune_text import (
    CODE,
    MAX_LINES,
    SAMPLE_LINES,
    Cells,
    ListRefused,
    Refusal,
    is_code_heading,
    is_name_heading,
    is_postal_heading,
)
from basins.commune_values import Directory, Entry, Outcome, corrected, understood

# From this share of what it holds, a column is one of codes, or of names.
MOSTLY = 0.5


@dataclass(frozen=True)
class Layout:
    """Where the values stand: in one column of a table, with a column of names or not, or in all cells (None)."""

    column: int | None
    name_column: int | None = None
    heading_line: int = 0


@dataclass(frozen=True)
class ReadList:
    """A list as understood: its entries in order, how it was laid out."""

    entries: Sequence[Entry]
    layout: Layout = field(default_factory=lambda: Layout(None))

    @property
    def codes(self) -> tuple[str, ...]:
        """The communes named, each once, in code order."""
        return tuple(sorted({one.code for one in self.entries if one.code}))


def read_list(rows: Sequence[Cells], directory: Directory, corrections: Mapping[int, str] | None = None) -> ReadList:
    """Return what the values of a list name.

    `corrections` are by number of entry what its reader writes instead, empty to set it aside. Raises `ListRefused`
    past `MAX_LINES` values, `IndexError` without rows.
    """
    layout = layout_of(rows, directory)
    corrections = corrections or {}
    entries, first_lines = [], dict[str, int]()
    for number, (line, value, beside) in enumerate(values_of(rows, layout), start=1):
        if number > MAX_LINES:
            raise ListRefused(Refusal.TOO_MANY_LINES, line)
        entry = understood(value, beside, directory)
        if number in corrections:
            entry = corrected(entry, corrections[number], directory)
        repeats = first_lines.get(entry.code, 0) if entry.code else 0
        if entry.code:
            first_lines.setdefault(entry.code, line)
        entries.append(replace(entry, number=number, line=line, repeats=repeats))
    return ReadList(entries, layout)


def layout_of(rows: Sequence[Cells], directory: Directory) -> Layout:
    """Return where the values stand: under a heading, else in the column that names most communes.

    All cells are values in a list of one line, and where every column names communes, unless one holds the names
    of the other's codes.
    """
    headed = heading_columns(rows[0].cells)
    if headed and not any(understood(cell, "", directory).code for cell in rows[0].cells if CODE.fullmatch(cell)):
        body, heading_line = rows[1:], rows[0].line
        codes, names = headed
    else:
        body, heading_line, codes, names = rows, 0, None, None
    shares = column_shares(body, directory)
    postal = {place for place, cell in enumerate(rows[0].cells) if headed and is_postal_heading(cell)}
    coded = [
        place for place, (code_share, _named) in enumerate(shares) if code_share >= MOSTLY and place not in postal
    ]
    named = [place for place, (_coded, name_share) in enumerate(shares) if name_share >= MOSTLY]
    if codes is None and coded:
        codes = coded[0]
    if names is None or names == codes:
        names = next((place for place in named if place != codes), None)
    if codes is None and names is not None and (heading_line or len(named) == 1):
        return Layout(names, None, heading_line)
    is_every_cell = len(body) == 1 or len({*coded, *named}) == len(shares) and not (coded and named)
    if heading_line == 0 and (codes is None or names is None) and is_every_cell:
        return Layout(None)
    return Layout(codes or 0, names, heading_line)


def heading_columns(cells: Sequence[str]) -> tuple[int | None, int | None] | None:
    """Return the columns headed as codes and as names, None where nothing is a heading."""
    codes = next((place for place, cell in enumerate(cells) if is_code_heading(cell)), None)
    names = next((place for place, cell in enumerate(cells) if is_name_heading(cell)), None)
    return None if codes is None and names is None else (codes, names)


def column_shares(rows: Sequence[Cells], directory: Directory) -> list[tuple[float, float]]:
    """Return for each column the shares (0-1) of its cells that stand for a commune by code, and by name.

    The first lines speak for the others; a column that holds nothing there has no share.
    """
    held, coded, named = Counter[int](), Counter[int](), Counter[int]()
    for one in rows[:SAMPLE_LINES]:
        for place, cell in enumerate(one.cells):
            if not cell:
                continue
            entry = understood(cell, "", directory)
            by_its_name = entry.outcome in (Outcome.NAME, Outcome.FORMER_NAME, Outcome.AMBIGUOUS)
            held[place] += 1
            named[place] += by_its_name
            coded[place] += bool(entry.code) and not by_its_name
    width = max(held, default=-1) + 1
    return [(coded[place] / max(1, held[place]), named[place] / max(1, held[place])) for place in range(width)]


def values_of(rows: Sequence[Cells], layout: Layout) -> Iterable[tuple[int, str, str]]:
    """Yield (line, value, name beside); a line without a value gives its name, else all it holds."""
    for one in rows:
        if one.line == layout.heading_line:
            continue
        if layout.column is None:
            yield from ((one.line, cell, "") for cell in one.cells if cell)
            continue
        cell, beside = cell_at(one, layout.column), cell_at(one, layout.name_column)
        yield one.line, cell or beside or " ".join(one.cells).strip(), beside if cell else ""


def cell_at(row: Cells, place: int | None) -> str:
    """Return the cell of a column, empty where the line is shorter or there is no such column."""
    return row.cells[place] if place is not None and place < len(row.cells) else ""

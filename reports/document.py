"""What a report says, apart from how it is written: chapters of blocks, written alike as PDF, HTML, DOCX and XLSX.

A builder of `reports.contents` makes one `Document` from the facts and the presenters of the pages; each writer of
`reports.writers` turns it into a file. No writer computes or rounds: the same figures and sentences everywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from explorer.tables import Table


@dataclass(frozen=True)
class Paragraph:
    """A sentence or a few; `source` is quoted apart, `is_note` for what is said in passing."""

    text: str
    source: str = ""
    is_note: bool = False


@dataclass(frozen=True)
class Bullets:
    """Short sentences of equal standing, each with the source that ends it, if any; `intro` says what they are."""

    items: Sequence[Paragraph]
    intro: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """A figure that stands alone: `value` is written with its unit, `note` is its rank or status."""

    label: str
    value: str
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """Figures side by side."""

    figures: Sequence[KeyFigure]


@dataclass(frozen=True)
class Picture:
    """A drawing in vector form (`svg`, whole, without style nor script), with its title and what it says in words.

    `alt` is read in place of the drawing; `table_id` names the block that holds its numbers.
    """

    id: str
    title: str
    svg: str
    alt: str
    subtitle: str = ""
    source: str = ""
    table_id: str = ""
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table of raw cells, written as typed cells in a workbook; `source` is quoted under it.

    Pages and documents show `shown_rows` rows at most and say how many more the workbook holds (None: all; 0: the
    workbook alone has it), and of the columns those of `shown_columns`, by position (None: all).
    """

    table: Table
    subtitle: str = ""
    note: str = ""
    source: str = ""
    shown_rows: int | None = None
    shown_columns: Sequence[int] | None = None

    @property
    def hidden_rows(self) -> int:
        """How many rows the workbook alone holds."""
        return 0 if self.shown_rows is None else max(0, len(self.table.rows) - self.shown_rows)

    def shown_table(self) -> Table:
        """Return the rows and columns that pages and documents show."""
        table, rows = self.table, self.table.rows[: self.shown_rows]
        if self.shown_columns is None:
            return replace(table, rows=rows)
        kept = self.shown_columns
        cells = [[row[position] for position in kept] for row in rows]
        return replace(table, columns=[table.columns[position] for position in kept], rows=cells)


Block = Paragraph | Bullets | KeyFigures | Picture | Sheet


@dataclass(frozen=True)
class Chapter:
    """A chapter; `id` is stable (an anchor, the name of a theme in the workbook), `blocks` are in reading order."""

    id: str
    title: str
    blocks: Sequence[Block]
    starts_page: bool = False

    def sheets(self) -> list[Sheet]:
        """Return its tables in reading order."""
        return [one for one in self.blocks if isinstance(one, Sheet)]


@dataclass(frozen=True)
class SourceLine:
    """A data set that a report quotes."""

    producer: str
    title: str
    vintage: str
    licence: str
    page: str = ""


@dataclass(frozen=True)
class Provenance:
    """What every file carries: the edition, the day it was made, what was asked, where to find it again.

    `asked` are pairs of label and words: activity, project, weights, filters, whatever differs from the defaults or
    settles the figures.
    """

    edition_name: str
    edition_hash: str
    made_on: str
    permalink: str
    licence: str
    attribution: str
    asked: Sequence[tuple[str, str]] = ()
    sources: Sequence[SourceLine] = ()


@dataclass(frozen=True)
class Document:
    """A whole report. `name` is that of its file, without suffix; `language` is `fr` or `en`."""

    name: str
    kind: str
    title: str
    subtitle: str
    language: str
    provenance: Provenance
    summary: Sequence[Block]
    chapters: Sequence[Chapter] = field(default_factory=tuple)
    cover_picture: Picture | None = None

    def blocks(self) -> Iterator[Block]:
        """Yield every block in reading order, the summary first."""
        yield from self.summary
        for chapter in self.chapters:
            yield from chapter.blocks

    def sheets(self) -> list[Sheet]:
        """Return every table in reading order."""
        return [one for one in self.blocks() if isinstance(one, Sheet)]

    def pictures(self) -> list[Picture]:
        """Return every drawing in reading order."""
        return [one for one in self.blocks() if isinstance(one, Picture)]

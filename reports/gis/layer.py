"""A layer apart from the file it is written to: typed columns that say what they are, an outline or point a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Cell = str | int | float | bool | None
TEXT, INTEGER, REAL, BOOLEAN = "text", "integer", "real", "boolean"
KINDS = (TEXT, INTEGER, REAL, BOOLEAN)
POLYGON, POINT = "MultiPolygon", "Point"


@dataclass(frozen=True)
class Field:
    """A column: a name that any system takes, its words, what it holds, of what kind, in which unit.

    `source` quotes the data sets behind, where the column has its own.
    """

    name: str
    label: str
    description: str
    kind: str = TEXT
    unit: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: {self.kind} is none of {KINDS}")


@dataclass(frozen=True)
class Layer:
    """Rows of cells under fields, each with its geometry (EPSG:4326, well-known binary, None where there is none).

    `name` is that of the table, `title` and `description` are what a system shows of it.
    """

    name: str
    title: str
    description: str
    geometry_type: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Cell]]
    geometries: Sequence[bytes | None]

    def column(self, name: str) -> list[Cell]:
        """Return the cells of a column."""
        position = [one.name for one in self.fields].index(name)
        return [row[position] for row in self.rows]


@dataclass(frozen=True)
class Class:
    """A class of a style: from `low`, included, to `high`, excluded (None: no end); `colour` is `#rrggbb`.

    A class that is hatched is that of the rows without a value.
    """

    label: str
    colour: str
    low: float | None = None
    high: float | None = None
    is_hatched: bool = False


@dataclass(frozen=True)
class Style:
    """How a layer is drawn: by the classes of a column of numbers, or all alike where `column` is empty."""

    name: str
    title: str
    column: str
    classes: Sequence[Class]
    outline: str
    is_point: bool = False


@dataclass(frozen=True)
class SideTable:
    """A table without geometry that goes with a layer; every cell is a text."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Package:
    """A layer with what explains it: its style, its side tables, what a catalogue reads of it, the day it was made.

    `made_on` is an ISO date; `metadata` are pairs of words.
    """

    layer: Layer
    style: Style
    made_on: str
    tables: Sequence[SideTable] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

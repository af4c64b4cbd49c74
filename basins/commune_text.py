"""The text of a list of communes, pasted or read from a file: bytes to text, text to cells."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from basins.names import normalised_name

MAX_BYTES = 1_000_000
MAX_LINES = 36_000
SEPARATORS = ("\t", ";", ",")
# The longest that a cell is kept: no commune has a name half as long.
LONGEST_CELL = 120
SAMPLE_LINES = 60

LINE_ENDS = re.compile(r"\r\n|\r|\n")
INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u2060\u00ad]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
CODE = re.compile(r"(\d{2}|2[AB])\d{3}", re.IGNORECASE)
FORMULA_TEXT = re.compile(r'^="(.*?)"?$')
# First bytes of what is no text, by what it is.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
BINARIES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"BZh",
)
MARKED_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
CODE_HEADINGS = frozenset(
    ("code", "codes", "insee", "code insee", "codes insee", "insee code", "code commune", "codes communes", "code com")
    + ("codgeo", "code geo", "codegeo", "com", "depcom", "cog", "code cog", "insee com", "commune code", "citycode")
    + ("code de la commune", "code insee commune", "code insee de la commune", "code officiel geographique")
)
NAME_HEADINGS = frozenset(
    ("nom", "noms", "commune", "communes", "nom commune", "nom de la commune", "nom des communes", "libelle", "name")
    + ("libgeo", "lib geo", "libelle commune", "libelle de la commune", "ncc", "nccenr", "nom com", "ville", "villes")
)


POSTAL_HEADINGS = frozenset(("code postal", "codes postaux", "cp", "postal", "code poste", "zip"))


class Refusal(StrEnum):
    """Why a text is not read at all."""

    EMPTY = "empty"
    TOO_BIG = "too-big"
    TOO_MANY_LINES = "too-many-lines"
    WORKBOOK = "workbook"
    BINARY = "binary"
    NUL = "nul"
    CONTROL = "control"


class ListRefused(ValueError):
    """A list that is not read; `line` is where (from 1), 0 where that says nothing."""

    def __init__(self, refusal: Refusal, line: int = 0) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.line = line


@dataclass(frozen=True)
class Cells:
    """A line that holds something: its number from 1, its cells without quotes nor spaces around."""

    line: int
    cells: tuple[str, ...]


def decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 or UTF-32 by their mark, UTF-16 by its zeros, else Windows-1252.

    Raises `ListRefused`.
    """
    if len(content) > MAX_BYTES:
        raise ListRefused(Refusal.TOO_BIG)
    if content.startswith(WORKBOOKS):
        raise ListRefused(Refusal.WORKBOOK)
    if content.startswith(BINARIES):
        raise ListRefused(Refusal.BINARY)
    encodings = [name for mark, name in MARKED_ENCODINGS if content.startswith(mark)][:1]
    for encoding in encodings or [*wide_encodings(content), "utf-8", "cp1252"]:
        try:
            return checked(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise ListRefused(Refusal.BINARY)


def wide_encodings(content: bytes) -> list[str]:
    """Return the form of UTF-16 that a text without mark is in, by where its zeros stand; none for another text."""
    places = (content[0::2].count(0), content[1::2].count(0))
    if max(places) < len(content) / 8 or min(places):
        return []
    return ["utf-16-le" if places[1] else "utf-16-be"]


def checked(text: str) -> str:
    """Return a text that can be read, without invisible marks; raises `ListRefused`."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise ListRefused(Refusal.TOO_BIG)
    text = INVISIBLE.sub("", text)
    control = CONTROL.search(text)
    if control:
        line = len(LINE_ENDS.findall(text[: control.start()])) + 1
        raise ListRefused(Refusal.NUL if control[0] == "\0" else Refusal.CONTROL, line)
    if not text.strip():
        raise ListRefused(Refusal.EMPTY)
    return text


def rows_of(text: str) -> list[Cells]:
    """Return the lines that hold something, cut at their separator; raises `ListRefused`."""
    lines = LINE_ENDS.split(text)
    if len(lines) > MAX_LINES + 1 or len(lines) > MAX_LINES and lines[-1].strip():
        raise ListRefused(Refusal.TOO_MANY_LINES)
    separator = separator_of(lines)
    cut = [Cells(number, cells_of(line, separator)) for number, line in enumerate(lines, start=1) if line.strip()]
    held = [one for one in cut if any(one.cells)]
    if not held:
        raise ListRefused(Refusal.EMPTY)
    return held


def separator_of(lines: Sequence[str]) -> str:
    """Return what separates the cells: of tabs, semicolons and commas, the first that half of the lines hold.

    Where none is on so many lines, the one on most.
    """
    sample = [line for line in lines if line.strip()][:SAMPLE_LINES]
    holding = {one: sum(one in line for line in sample) for one in SEPARATORS}
    usual = [one for one in SEPARATORS if 2 * holding[one] >= len(sample) > 0]
    return usual[0] if usual else max(SEPARATORS, key=lambda one: holding[one])


def cells_of(line: str, separator: str) -> tuple[str, ...]:
    """Return the cells of a line; codes alone, separated by anything, are a cell each."""
    words = [bare(word) for word in re.split(r"[\s;,]+", line.strip().strip(";,"))]
    if len(words) > 1 and all(CODE.fullmatch(word) for word in words):
        return tuple(words)
    try:
        (cells,) = csv.reader([line], delimiter=separator)
    except (csv.Error, ValueError):
        cells = line.split(separator)
    return tuple(bare(cell) if cell else "" for cell in cells)


def bare(cell: str) -> str:
    """Return a cell without quotes, spaces, apostrophe of a spreadsheet nor `=""` around it, at most so long."""
    text = " ".join(cell.split()).strip('"«»“” ')
    text = FORMULA_TEXT.sub(r"\1", text)
    return text.removeprefix("'").strip()[:LONGEST_CELL]


def is_code_heading(cell: str) -> bool:
    """Whether a cell is the heading of a column of codes."""
    return normalised_name(cell.replace("_", " ")) in CODE_HEADINGS


def is_name_heading(cell: str) -> bool:
    """Whether a cell is the heading of a column of names."""
    return normalised_name(cell.replace("_", " ")) in NAME_HEADINGS


def is_postal_heading(cell: str) -> bool:
    """Whether a cell is the heading of a column of postal codes, which look like codes of communes and are not."""
    return normalised_name(cell.replace("_", " ")) in POSTAL_HEADINGS

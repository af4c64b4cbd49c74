"""Strict readers of the usual file kinds: an unknown layout stops by name, a row never vanishes."""

import csv
import gc
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from sources.numbers import decimal_comma
from sources.recognition import (
    HEAD_BYTES,
    SEPARATORS,
    UNPACKED_BYTES,
    LayoutError,
    encoding_of,
    kind_of,
    open_bytes,
    refuse_other_kinds,
    separator_of,
)
from sources.workbooks import refuse_broken_workbook

__all__ = [
    "LayoutError", "check_header", "csv_layout", "csv_rows", "decimal_comma", "ewkb", "features_of",
    "geojson_features",
    "json_document", "open_text", "parquet_rows", "sheet_rows",
]  # fmt: skip

LONGEST_LINE = 4 << 20
MOST_COLUMNS = 5_000
NAMES_SHOWN = 10
AGAIN = "Téléchargez-le de nouveau."


def check_header(path: Path, found: Sequence[str], expected: Sequence[str], *, open_ended: bool) -> None:
    """Raise `LayoutError` when columns are missing or twice there, or unknown in a layout that is not `open_ended`."""
    there = set(found)
    missing = [name for name in expected if name not in there]
    unknown = [] if open_ended else [name for name in found if name not in set(expected)]
    doubled = [] if len(there) == len(found) else [name for name in expected if list(found).count(name) > 1]
    wrong = (("absentes", missing), ("inconnues", unknown), ("en double", doubled))
    problems = [f"colonnes {what} : {_some(names)}" for what, names in wrong if names]
    if len(found) > MOST_COLUMNS:
        problems = [f"{len(found)} colonnes, plus de {MOST_COLUMNS}"]
    if problems:
        raise LayoutError(
            f"{path.name} : {' ; '.join(problems)}. Vérifiez que le fichier est bien celui du producteur, "
            "non modifié, et son millésime."
        )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(name[:80] for name in names[:NAMES_SHOWN])
    return shown + (f" et {len(names) - NAMES_SHOWN} autres" if len(names) > NAMES_SHOWN else "")


def open_text(path: Path, encoding: str) -> IO[str]:
    """Open a plain or gzipped text file in its encoding, `encoding` where nothing says otherwise; `newline=""`."""
    refuse_other_kinds(
        path, "un fichier texte", "un fichier compressé", fix="Exportez la feuille de données en CSV UTF-8, ou prenez "
        "le fichier du producteur."
    )  # fmt: skip
    with open_bytes(path) as handle:
        found = encoding_of(handle.read(HEAD_BYTES), encoding)
    return io.TextIOWrapper(open_bytes(path), encoding=found, newline="")


class CsvLayout(NamedTuple):
    """How a delimited file is written, and its column names."""

    encoding: str
    delimiter: str
    header: list[str]


def csv_layout(path: Path, columns: Sequence[str], *, delimiter: str, encoding: str = "utf-8-sig") -> CsvLayout:
    """Return how a file is written; its separator is recognised by the columns expected in its header."""
    with _explained(path, encoding), open_text(path, encoding) as handle:
        heading = list(islice(_lines(path, handle), 5))
        separator = separator_of(heading, delimiter, columns)
        header = next(csv.reader(heading, delimiter=separator, strict=True), [])
        return CsvLayout(handle.encoding, separator, [name.strip("\ufeff") for name in header])


def csv_rows(
    path: Path, columns: Sequence[str], *, delimiter: str, encoding: str = "utf-8-sig", open_ended: bool = False
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a delimited file; raises `LayoutError` on header, encoding or ragged rows.

    A byte order mark, a file that is plainly UTF-8 and a separator that finds the header override what is declared.
    """
    layout = csv_layout(path, columns, delimiter=delimiter, encoding=encoding)
    check_header(path, layout.header, columns, open_ended=open_ended)
    with _explained(path, encoding), open_text(path, encoding) as handle:
        reader = csv.reader(_lines(path, handle), delimiter=layout.delimiter, strict=True)
        next(reader)
        for cells in _explained_lines(path, reader):
            if not cells:
                continue
            if len(cells) != len(layout.header):
                raise LayoutError(_ragged(path, reader.line_num, len(cells), len(layout.header), layout.delimiter))
            if cells == layout.header:
                raise LayoutError(
                    f"{path.name}, ligne {reader.line_num} : l'en-tête y revient, deux fichiers ont été collés bout à "
                    "bout. Supprimez cette ligne, ou chargez les fichiers un par un."
                )
            yield reader.line_num, dict(zip(layout.header, cells, strict=True))


def _ragged(path: Path, line: int, found: int, expected: int, delimiter: str) -> str:
    return (
        f"{path.name}, ligne {line} : nombre de champs inattendu, {found} au lieu de {expected}. Une cellule contient "
        f"peut-être le séparateur ({SEPARATORS.get(delimiter, delimiter)}) sans guillemets : corrigez cette ligne."
    )


def _lines(path: Path, handle: IO[str]) -> Iterator[str]:
    """Yield the lines of a text; raises `LayoutError` on a null character and on a line without end."""
    number = 0
    while line := handle.readline(LONGEST_LINE):
        number += 1
        if "\0" in line:
            raise LayoutError(
                f"{path.name}, ligne {number} : caractère nul. Le fichier est abîmé, ou en UTF-16 sans marque : "
                "réenregistrez-le en « CSV UTF-8 »."
            )
        if len(line) == LONGEST_LINE:
            raise LayoutError(f"{path.name}, ligne {number} : ligne de plus de {LONGEST_LINE >> 20} Mo. {AGAIN}")
        yield line


def _explained_lines(path: Path, reader: Any) -> Iterator[list[str]]:
    """Yield the rows of a csv reader, what it refuses being said in words and by line."""
    try:
        yield from reader
    except csv.Error as error:
        raise LayoutError(
            f"{path.name}, ligne {reader.line_num} : fichier illisible ou tronqué, guillemet mal placé ou jamais "
            f"refermé ({error}). Corrigez cette ligne."
        ) from error


@contextmanager
def _explained(path: Path, encoding: str) -> Iterator[None]:
    """Turn what reading a text may raise into a `LayoutError` that says what to do."""
    try:
        yield
    except UnicodeError as error:
        reason = getattr(error, "reason", str(error))
        raise LayoutError(
            f"{path.name} : n'est pas en {encoding} ({reason}{_bad_line(path)}). Il vient sans doute d'un tableur "
            "(Windows-1252) : réenregistrez-le en « CSV UTF-8 »."
        ) from error
    except csv.Error as error:
        raise LayoutError(f"{path.name}, première ligne : en-tête illisible ({error}).") from error
    except (EOFError, OSError, zlib.error) as error:
        raise LayoutError(f"{path.name} : fichier illisible ou tronqué ({error}). {AGAIN}") from error


def _bad_line(path: Path) -> str:
    """Return ", ligne N" for the first line of a file that is not UTF-8, or nothing when it cannot be told."""
    with open_bytes(path) as handle, suppress(EOFError, OSError, zlib.error):
        for number, line in enumerate(iter(lambda: handle.readline(LONGEST_LINE), b""), start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return f", ligne {number}"
    return ""


def sheet_rows(
    path: Path, columns: Sequence[str], *, sheet: str | int = 0, header_line: int = 1, open_ended: bool = False
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number, row) of a spreadsheet (xls, xlsx, ods), the header standing on `header_line`."""
    from python_calamine import CalamineError, CalamineWorkbook

    refuse_other_kinds(
        path,
        "une archive zip",
        "un classeur",
        fix="Prenez le classeur du producteur, ou enregistrez la table en .xlsx.",
    )
    if kind_of(path).startswith("une archive zip"):
        refuse_broken_workbook(path, sheet, first_line=header_line)
    try:
        with path.open("rb") as handle:
            workbook = CalamineWorkbook.from_filelike(handle)
            book_sheet = (
                workbook.get_sheet_by_name(sheet) if isinstance(sheet, str) else workbook.get_sheet_by_index(sheet)
            )
            rows = book_sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise LayoutError(
            f"{path.name} : classeur illisible, ou feuille {sheet!r} absente ({error}). Vérifiez que le fichier est "
            "bien celui du producteur."
        ) from error
    header = [str(cell).strip() for cell in rows[header_line - 1]] if len(rows) >= header_line else []
    check_header(path, [name for name in header if name], columns, open_ended=open_ended)
    for line, cells in enumerate(rows[header_line:], start=header_line + 1):
        if any(cell != "" for cell in cells):
            yield line, dict(zip(header, cells, strict=False))


def parquet_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (row number from 1, row) of the named columns of a Parquet file; other columns are left unread."""
    import pyarrow
    import pyarrow.parquet

    refuse_other_kinds(path, "un fichier Parquet", fix="Prenez le fichier Parquet du producteur.")
    try:
        parquet = pyarrow.parquet.ParquetFile(path)
        check_header(path, parquet.schema_arrow.names, columns, open_ended=True)
        line = 0
        for batch in parquet.iter_batches(columns=list(columns)):
            for row in batch.to_pylist():
                line += 1
                yield line, row
    except (pyarrow.ArrowException, OSError) as error:
        raise LayoutError(f"{path.name} : n'est pas un fichier Parquet lisible ({error}). {AGAIN}") from error


def json_document(path: Path) -> Any:
    """Return the content of a plain or gzipped JSON file."""
    try:
        with open_text(path, "utf-8") as handle:
            content = handle.read(UNPACKED_BYTES)
            if handle.read(1):
                raise LayoutError(f"{path.name} : document de plus de {UNPACKED_BYTES >> 20} Mo.")
            with without_collection():
                return json.loads(content)
    except (ValueError, EOFError, OSError, zlib.error, RecursionError) as error:
        raise LayoutError(f"{path.name} : n'est pas un document JSON lisible ({error}). {AGAIN}") from error


@contextmanager
def without_collection() -> Iterator[None]:
    """Suspend the search for cycles: among the millions of lists of a parsed document it takes most of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def features_of(path: Path, properties: Sequence[str]) -> list[tuple[dict[str, Any], Any]]:
    """Return (properties, parsed geometry) of each feature of a GeoJSON file in EPSG:4326."""
    document = json_document(path)
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise LayoutError(f"{path.name} : n'est pas une FeatureCollection GeoJSON.")
    if not isinstance(document.get("features"), list):
        raise LayoutError(f"{path.name} : liste « features » absente.")
    system = json.dumps(document.get("crs") or "CRS84")
    if "CRS84" not in system and "4326" not in system:
        raise LayoutError(f"{path.name} : coordonnées attendues en degrés (EPSG:4326), trouvé {system}.")
    held = []
    for number, feature in enumerate(document["features"], start=1):
        if not isinstance(feature, dict):
            raise LayoutError(f"{path.name}, objet {number} : n'est pas un objet GeoJSON.")
        found = feature.get("properties") or {}
        check_header(path, list(found), properties, open_ended=True)
        held.append((found, feature.get("geometry")))
    return held


def geojson_features(path: Path, properties: Sequence[str]) -> Iterator[tuple[int, dict[str, Any], Any]]:
    """Yield (feature number, properties, shapely geometry) of a GeoJSON file in EPSG:4326.

    Coordinates are built by shapely from parsed JSON; a `crs` member is never handed to GDAL (security).
    """
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    for number, (found, given) in enumerate(features_of(path, properties), start=1):
        try:
            geometry = shape(given)
        except (ShapelyError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise LayoutError(f"{path.name}, objet {number} : géométrie illisible ({error}).") from error
        yield number, found, geometry


def ewkb(geometry: Any) -> Any:
    """Return a shapely geometry (EPSG:4326), or each of an array, as the hexadecimal EWKB that PostGIS reads."""
    import shapely

    return shapely.to_wkb(shapely.set_srid(geometry, 4326), hex=True, include_srid=True)

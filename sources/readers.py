"""Strict readers of the usual file kinds: an unknown layout stops by name, a row never vanishes."""

import csv
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any


class LayoutError(Exception):
    """A file whose layout is not the one expected; the message says what differs and what to do."""


def check_header(path: Path, found: Sequence[str], expected: Sequence[str], *, open_ended: bool) -> None:
    """Raise `LayoutError` when columns are missing, or unknown ones stand in a layout that is not `open_ended`."""
    missing = [name for name in expected if name not in found]
    unknown = [] if open_ended else [name for name in found if name not in expected]
    problems = []
    if missing:
        problems.append(f"colonnes absentes : {', '.join(missing)}")
    if unknown:
        problems.append(f"colonnes inconnues : {', '.join(unknown)}")
    if problems:
        raise LayoutError(
            f"{path.name} : {' ; '.join(problems)}. Vérifiez que le fichier est bien celui du producteur, "
            "non modifié, et son millésime."
        )


def open_text(path: Path, encoding: str) -> IO[str]:
    """Open a plain or gzipped text file; `newline=""` as the csv module wants."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding=encoding, newline="")
    return path.open(encoding=encoding, newline="")


def csv_header(path: Path, *, delimiter: str, encoding: str = "utf-8-sig") -> list[str]:
    """Return the column names of a delimited file; raises `LayoutError` when its first line cannot be read."""
    with open_text(path, encoding) as handle:
        try:
            return next(csv.reader(handle, delimiter=delimiter, strict=True), [])
        except (UnicodeDecodeError, csv.Error, EOFError, OSError) as error:
            raise LayoutError(f"{path.name} : première ligne illisible ({error}).") from error


def csv_rows(
    path: Path, columns: Sequence[str], *, delimiter: str, encoding: str = "utf-8-sig", open_ended: bool = False
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a delimited file; raises `LayoutError` on header, encoding or ragged rows."""
    with open_text(path, encoding) as handle:
        reader = csv.DictReader(handle, delimiter=delimiter, strict=True)
        try:
            check_header(path, reader.fieldnames or (), columns, open_ended=open_ended)
            for row in reader:
                if None in row or None in row.values():
                    raise LayoutError(f"{path.name}, ligne {reader.line_num} : nombre de champs inattendu.")
                yield reader.line_num, row
        except UnicodeDecodeError as error:
            raise LayoutError(f"{path.name} : n'est pas en {encoding} ({error.reason}). Réenregistrez-le.") from error
        except (csv.Error, EOFError, OSError) as error:
            raise LayoutError(f"{path.name} : fichier illisible ou tronqué ({error}).") from error


def sheet_rows(
    path: Path, columns: Sequence[str], *, sheet: str | int = 0, header_line: int = 1, open_ended: bool = False
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number, row) of a spreadsheet (xls, xlsx, ods), the header standing on `header_line`."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        book_sheet = (
            workbook.get_sheet_by_name(sheet) if isinstance(sheet, str) else workbook.get_sheet_by_index(sheet)
        )
    except (CalamineError, OSError, ValueError) as error:
        raise LayoutError(f"{path.name} : classeur illisible, ou feuille {sheet!r} absente ({error}).") from error
    rows = book_sheet.to_python(skip_empty_area=False)
    header = [str(cell).strip() for cell in rows[header_line - 1]] if len(rows) >= header_line else []
    check_header(path, [name for name in header if name], columns, open_ended=open_ended)
    for line, cells in enumerate(rows[header_line:], start=header_line + 1):
        if any(cell != "" for cell in cells):
            yield line, dict(zip(header, cells, strict=False))


def parquet_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (row number from 1, row) of the named columns of a Parquet file; other columns are left unread."""
    import pyarrow
    import pyarrow.parquet

    try:
        parquet = pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise LayoutError(f"{path.name} : n'est pas un fichier Parquet lisible ({error}).") from error
    check_header(path, parquet.schema_arrow.names, columns, open_ended=True)
    line = 0
    for batch in parquet.iter_batches(columns=list(columns)):
        for row in batch.to_pylist():
            line += 1
            yield line, row


def json_document(path: Path) -> Any:
    """Return the content of a plain or gzipped JSON file."""
    try:
        with open_text(path, "utf-8") as handle:
            return json.load(handle)
    except (ValueError, EOFError, OSError) as error:
        raise LayoutError(f"{path.name} : n'est pas un document JSON lisible ({error}).") from error


def geojson_features(path: Path, properties: Sequence[str]) -> Iterator[tuple[int, dict[str, Any], Any]]:
    """Yield (feature number, properties, shapely geometry) of a GeoJSON file in EPSG:4326.

    Coordinates are built by shapely from parsed JSON; a `crs` member is never handed to GDAL (security).
    """
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    document = json_document(path)
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise LayoutError(f"{path.name} : n'est pas une FeatureCollection GeoJSON.")
    if not isinstance(document.get("features"), list):
        raise LayoutError(f"{path.name} : liste « features » absente.")
    system = json.dumps(document.get("crs") or "CRS84")
    if "CRS84" not in system and "4326" not in system:
        raise LayoutError(f"{path.name} : coordonnées attendues en degrés (EPSG:4326), trouvé {system}.")
    for number, feature in enumerate(document["features"], start=1):
        if not isinstance(feature, dict):
            raise LayoutError(f"{path.name}, objet {number} : n'est pas un objet GeoJSON.")
        found = feature.get("properties") or {}
        check_header(path, list(found), properties, open_ended=True)
        try:
            geometry = shape(feature["geometry"])
        except (ShapelyError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise LayoutError(f"{path.name}, objet {number} : géométrie illisible ({error}).") from error
        yield number, found, geometry


def ewkb(geometry: Any) -> str:
    """Return a shapely geometry (EPSG:4326) as the hexadecimal EWKB that PostGIS reads."""
    import shapely

    return shapely.to_wkb(shapely.set_srid(geometry, 4326), hex=True, include_srid=True)


def decimal_comma(text: str) -> float | None:
    """Return the number written with a decimal comma or point, or None for an empty text."""
    stripped = text.strip().replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    return float(stripped.replace(",", ".")) if stripped else None

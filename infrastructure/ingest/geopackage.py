"""Layers of a GeoPackage, read as the SQLite file it is: no driver guesses what the file might be."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from sources.geometry import ACCEPTED_SRIDS
from sources.readers import LayoutError, check_header

MAGIC = b"SQLite format 3\x00"
MOST_ROWS = 200_000
MOST_STEPS = 200_000_000
"""Instructions of the SQLite engine for one layer: ten times what a whole region needs."""


def is_geopackage(path: Path) -> bool:
    """Tell whether a file is an SQLite file, whatever its name."""
    with path.open("rb") as handle:
        return handle.read(len(MAGIC)) == MAGIC


def layer_rows(
    path: Path, layer: str, columns: Sequence[str]
) -> tuple[list[tuple[int, dict[str, str]]], list[bytes | None], int]:
    """Return (rows as texts, numbered; geometry blobs; EPSG code) of a layer; raises `LayoutError`.

    Opened for reading only; the layer must be a table, not a view, which could hold any query.
    """
    try:
        connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)
        try:
            return _read(connection, path, layer, columns)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise LayoutError(f"{path.name} : GeoPackage illisible ou tronqué ({error}).") from error


def _read(
    connection: sqlite3.Connection, path: Path, layer: str, columns: Sequence[str]
) -> tuple[list[tuple[int, dict[str, str]]], list[bytes | None], int]:
    connection.execute("PRAGMA trusted_schema = OFF")
    steps = iter(range(MOST_STEPS // 10_000))
    connection.set_progress_handler(lambda: int(next(steps, None) is None), 10_000)
    kinds = dict(connection.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')"))
    if kinds.get(layer) != "table" or kinds.get("gpkg_geometry_columns") != "table":
        tables = ", ".join(sorted(name for name in kinds if not name.startswith(("gpkg_", "rtree_", "sqlite_"))))
        raise LayoutError(f"{path.name} : couche « {layer} » absente. Couches du fichier : {tables or 'aucune'}.")
    geometry, srid = _geometry_column(connection, path, layer)
    found = [str(row[1]) for row in connection.execute(f'PRAGMA table_info("{layer}")')]
    check_header(path, found, [*columns, geometry], open_ended=True)
    names = ", ".join(f'"{name}"' for name in (*columns, geometry))
    cells = connection.execute(f'SELECT {names} FROM "{layer}" ORDER BY rowid LIMIT {MOST_ROWS + 1}').fetchall()
    if len(cells) > MOST_ROWS:
        raise LayoutError(f"{path.name} : plus de {MOST_ROWS} lignes dans « {layer} » : découpez le fichier.")
    rows = [
        (number, {name: "" if cell is None else str(cell) for name, cell in zip(columns, row[:-1], strict=True)})
        for number, row in enumerate(cells, start=1)
    ]
    return rows, [row[-1] if isinstance(row[-1], bytes) else None for row in cells], srid


def _geometry_column(connection: sqlite3.Connection, path: Path, layer: str) -> tuple[str, int]:
    """Return the geometry column of a layer and its EPSG code, by the register that every GeoPackage holds."""
    declared = connection.execute(
        "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)
    ).fetchall()
    if len(declared) != 1:
        raise LayoutError(f"{path.name} : la couche « {layer} » ne déclare pas sa géométrie.")
    column, srid = str(declared[0][0]), declared[0][1]
    if srid not in ACCEPTED_SRIDS:
        accepted = ", ".join(f"EPSG:{one}" for one in ACCEPTED_SRIDS)
        raise LayoutError(
            f"{path.name} : projection {srid} non acceptée pour « {layer} ». Acceptées : {accepted}. Reprojetez-la."
        )
    if '"' in column:
        raise LayoutError(f"{path.name} : nom de colonne géométrique inattendu dans « {layer} ».")
    return column, int(srid)

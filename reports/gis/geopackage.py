"""A package as a GeoPackage: the layer by GDAL, then what GDAL does not write, in the same file held in memory.

The words of columns stand twice: as the schema extension says them, for programs, and as a plain table of the file,
for readers. The style is in the table where QGIS looks for its default one.
"""

import io
import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np

from reports.gis.layer import BOOLEAN, INTEGER, REAL, Field, Layer, Package, SideTable
from reports.gis.styles import qml, sld

# Read by every system of the last ten years; nothing here needs a later one.
VERSION = "1.2"
GEOMETRY_COLUMN = "geom"
LONGEST_STYLE_NAME = 30
SCHEMA_EXTENSION = "http://www.geopackage.org/spec120/#extension_schema"
DATA_COLUMNS = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name))
"""
DATA_COLUMN_CONSTRAINTS = """
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))
"""
LAYER_STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
"""


def geopackage(package: Package) -> bytes:
    """Return the file; the same package gives the same bytes."""
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(layer_bytes(package.layer, package.metadata))
        moment = f"{package.made_on}T00:00:00.000Z"
        for table in package.tables:
            add_table(database, table)
        add_data_columns(database, package.layer)
        add_style(database, package, moment)
        for name, column in (("gpkg_contents", "last_change"), ("gpkg_metadata_reference", "timestamp")):
            if has_table(database, name):
                database.execute(f"UPDATE {name} SET {column} = ?", (moment,))  # noqa: S608 - names of this file
        database.commit()
        return database.serialize()
    finally:
        database.close()


def layer_bytes(layer: Layer, metadata: Any) -> bytes:
    """Return the layer as GDAL writes it, with its spatial index; `metadata` are what `ogrinfo` prints."""
    from pyogrio import raw

    columns = list(zip(*layer.rows, strict=True)) or [()] * len(layer.fields)
    data, masks = zip(*(typed(one, cells) for one, cells in zip(layer.fields, columns, strict=True)), strict=True)
    written = io.BytesIO()
    raw.write(
        written,
        np.array([*layer.geometries, None], dtype=object)[:-1],
        list(data),
        [one.name for one in layer.fields],
        field_mask=list(masks),
        layer=layer.name,
        driver="GPKG",
        geometry_type=layer.geometry_type,
        crs="EPSG:4326",
        encoding="UTF-8",
        dataset_options={"VERSION": VERSION},
        layer_options={
            "IDENTIFIER": layer.title,
            "DESCRIPTION": layer.description,
            "GEOMETRY_NAME": GEOMETRY_COLUMN,
            "FID": "fid",
        },
        layer_metadata=dict(metadata) or None,
    )
    return written.getvalue()


def typed(one: Field, cells: Sequence[Any]) -> tuple[np.ndarray, np.ndarray | None]:
    """Return a column as an array of its kind, and which cells are empty where the kind has no value for it."""
    if one.kind == REAL:
        return np.array([np.nan if cell is None else cell for cell in cells], dtype="float64"), None
    if one.kind in (INTEGER, BOOLEAN):
        empty = np.array([cell is None for cell in cells], dtype=bool)
        kept = np.array([cell or 0 for cell in cells], dtype="int32" if one.kind == INTEGER else bool)
        return kept, empty
    return np.array([*cells, None], dtype=object)[:-1], None


def has_table(database: sqlite3.Connection, name: str) -> bool:
    return database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone() is not None


def add_table(database: sqlite3.Connection, table: SideTable) -> None:
    """Add a table of texts, listed among the contents so that any system shows it."""
    columns = ", ".join(f'"{name}" TEXT' for name in table.columns)
    database.execute(f'CREATE TABLE "{table.name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {columns})')
    places = ", ".join("?" * len(table.columns))
    names = ", ".join(f'"{name}"' for name in table.columns)
    database.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', table.rows)  # noqa: S608
    add_contents(database, table.name, table.title)


def add_contents(database: sqlite3.Connection, name: str, title: str) -> None:
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)",
        (name, title, title),
    )


def add_data_columns(database: sqlite3.Connection, layer: Layer) -> None:
    """Add the words of the columns as the schema extension holds them: they become aliases."""
    for name, statement in (
        ("gpkg_data_columns", DATA_COLUMNS),
        ("gpkg_data_column_constraints", DATA_COLUMN_CONSTRAINTS),
    ):
        database.execute(statement)
        database.execute(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', ?, 'read-write')", (name, SCHEMA_EXTENSION)
        )
    database.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) VALUES (?, ?, ?, ?, ?)",
        [(layer.name, one.name, one.label, one.label, described(one)) for one in layer.fields],
    )


def described(one: Field) -> str:
    """Return what a column holds, with its unit and its source."""
    unit = f" [{one.unit}]" if one.unit else ""
    return f"{one.description}{unit}" + (f" ({one.source})" if one.source else "")


def add_style(database: sqlite3.Connection, package: Package, moment: str) -> None:
    """Add the style as the default one of the layer."""
    layer, style = package.layer, package.style
    database.execute(LAYER_STYLES)
    database.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
        "styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) "
        "VALUES ('', '', ?, ?, ?, ?, ?, 1, ?, '', NULL, ?)",
        (
            layer.name,
            GEOMETRY_COLUMN,
            style.name[:LONGEST_STYLE_NAME],
            qml(style, list(layer.fields)),
            sld(style),
            style.title,
            moment,
        ),
    )
    add_contents(database, "layer_styles", "layer_styles")

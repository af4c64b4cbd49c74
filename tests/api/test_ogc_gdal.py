"""GDAL as a client of the served site: every collection read whole, by box, by small pages, in Lambert-93, to a file.

GDAL runs in processes of its own: it would hold the interpreter that has to answer it.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from django.db import connection

from api.ogc.collections import COLLECTIONS
from tests.api.ogc import EACH, MODELS, count, served

pytestmark = pytest.mark.django_db

# Reads a layer with the GDAL of pyogrio and writes ids, shapes and types of columns.
READER = """
import json, sys
import pyogrio
address, layer, options, path = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), sys.argv[4]
if "bbox" in options:
    options["bbox"] = tuple(options["bbox"])
meta, _fids, shapes, columns = pyogrio.raw.read(address, layer=layer, **options)
names = list(meta["fields"])
told = {
    "ids": list(columns[names.index("id")]),
    "shapes": [one and one.hex() for one in shapes],
    "crs": meta["crs"],
    "kind": meta["geometry_type"],
    "types": dict(zip(names, map(str, meta["dtypes"]))),
}
json.dump(told, open(path, "w"))
"""
BOX = (4.5, 45.5, 5.0, 46.0)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of the service as GDAL takes it."""
    with served() as root:
        yield f"OAPIF:{root}/ogc/"


def read(address: str, layer: str, path: Path, **options: Any) -> dict[str, Any]:
    """What GDAL reads of a layer."""
    command = [sys.executable, "-c", READER, address, layer, json.dumps(options), str(path / "read.json")]
    subprocess.run(command, check=True, timeout=300)
    told = json.loads((path / "read.json").read_text(encoding="utf-8"))
    shapes = [one and shapely.from_wkb(bytes.fromhex(one)) for one in told["shapes"]]
    return {**told, "shapes": dict(zip(told["ids"], shapes, strict=True))}


def shapes_of(name: str, srid: int = 4326, where: str = "true") -> dict[str, Any]:
    """The shapes of the database itself, by id."""
    place = "point" if name in ("brownfields", "logistics_nodes") else "geom"
    about = COLLECTIONS[name]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {about.key}, ST_AsBinary(ST_Transform({place}::geometry, {srid})) FROM {about.table} "
            f"WHERE {where.format(place=f'{place}::geometry')}"
        )
        return {key: shape and shapely.from_wkb(bytes(shape)) for key, shape in cursor.fetchall()}


def assert_same(found: dict[str, Any], expected: dict[str, Any], tolerance: float) -> None:
    """Every shape has the vertices of the database, in order, to the decimals that are served."""
    assert found.keys() == expected.keys()
    for key, shape in expected.items():
        assert (shape is None) == (found[key] is None)
        if shape is not None:
            mine, theirs = shapely.get_coordinates(found[key]), shapely.get_coordinates(shape)
            assert found[key].geom_type == shape.geom_type and mine.shape == theirs.shape
            assert np.abs(mine - theirs).max() <= tolerance


@EACH
def test_every_collection_is_read_whole_with_its_shapes_and_types(address: str, name: str, tmp_path: Path) -> None:
    told = read(address, name, tmp_path, PAGE_SIZE="1000")
    assert len(told["ids"]) == len(set(told["ids"])) == count(name)
    assert_same(told["shapes"], shapes_of(name), 5.1e-7)
    assert told["kind"] == COLLECTIONS[name].geometry_type
    kinds = {"integer": "int32", "number": "float64", "boolean": "bool", "string": "object", "array": "list(str)"}
    for about in COLLECTIONS[name].properties:
        assert told["types"][about.name] == kinds[about.json_type], about.name


@pytest.mark.parametrize("name", ["basins", "logistics_nodes"])
def test_small_pages_lose_nothing(address: str, name: str, tmp_path: Path) -> None:
    options = {"PAGE_SIZE": "97", "INITIAL_REQUEST_PAGE_SIZE": "3"}
    assert len(set(read(address, name, tmp_path, **options)["ids"])) == count(name)


@EACH
def test_a_box_brings_what_touches_it(address: str, name: str, tmp_path: Path) -> None:
    envelope = f"ST_MakeEnvelope({', '.join(map(str, BOX))}, 4326)"
    expected = shapes_of(name, where=f"ST_Intersects({{place}}, {envelope})")
    assert_same(read(address, name, tmp_path, bbox=BOX)["shapes"], expected, 5.1e-7)
    assert 0 < len(expected) < count(name)


@pytest.mark.parametrize("name", ["basins", "brownfields"])
def test_lambert_93_is_read_in_metres_the_east_first(address: str, name: str, tmp_path: Path) -> None:
    told = read(address, name, tmp_path, CRS="EPSG:2154", PAGE_SIZE="1000")
    assert told["crs"] == "EPSG:2154"
    assert_same(told["shapes"], shapes_of(name, 2154), 5.1e-3)
    box = (840_000, 6_500_000, 880_000, 6_560_000)
    near = read(address, name, tmp_path, CRS="EPSG:2154", bbox=box)
    envelope = f"ST_MakeEnvelope({', '.join(map(str, box))}, 2154)"
    expected = shapes_of(name, 2154, f"ST_Intersects(ST_Transform({{place}}, 2154), {envelope})")
    assert_same(near["shapes"], expected, 5.1e-3)


def test_latitude_first_is_put_back_in_order(address: str, tmp_path: Path) -> None:
    told = read(address, "basins", tmp_path, CRS="EPSG:4326")
    assert_same(told["shapes"], shapes_of("basins"), 5.1e-7)


@pytest.mark.skipif(shutil.which("ogr2ogr") is None, reason="the programs of GDAL are not installed")
def test_ogr2ogr_brings_the_same_count_and_shapes(address: str, tmp_path: Path) -> None:
    path = tmp_path / "bassins.gpkg"
    wanted = ["basins", "logistics_nodes", "perimeters"]
    subprocess.run(
        ["ogr2ogr", "-q", "-f", "GPKG", path, address, "-oo", "PAGE_SIZE=1000", *wanted], check=True, timeout=300
    )
    listed = subprocess.run(["ogrinfo", "-ro", "-q", path], check=True, capture_output=True, text=True).stdout
    assert all(name in listed for name in wanted)
    for name in wanted:
        assert_same(read(str(path), name, tmp_path)["shapes"], shapes_of(name), 5.1e-7)
    assert sum(MODELS[name].objects.count() for name in wanted) > 10_000

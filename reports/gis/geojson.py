"""A layer as GeoJSON (RFC 7946): WGS 84, right-hand rule, a box, where it comes from as foreign members."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from reports.gis.layer import Package

Box = tuple[float, float, float, float]


def geojson(package: Package, outlines: Mapping[str, str], boxes: Mapping[str, Box]) -> str:
    """Return the text of the collection; `outlines` and `boxes` are by code, the first cell of each row.

    Outlines are texts of geometries already turned: they never pass through Python objects.
    """
    layer = package.layer
    names = [one.name for one in layer.fields]
    codes = [str(row[0]) for row in layer.rows]
    features = ",\n".join(
        feature(code, outlines[code], boxes[code], dict(zip(names, row, strict=True)))
        for code, row in zip(codes, layer.rows, strict=True)
    )
    head: dict[str, Any] = {"type": "FeatureCollection", "name": layer.name, "title": layer.title}
    if codes:
        head["bbox"] = around([boxes[code] for code in codes])
    head["provenance"] = dict(package.metadata)
    head["tables"] = {
        one.name: [dict(zip(one.columns, row, strict=True)) for row in one.rows] for one in package.tables
    }
    # The features last: what they are is read first.
    return f'{written(head)[:-1]},"features":[\n{features}\n]}}\n'


def feature(code: str, outline: str, box: Box, properties: Mapping[str, Any]) -> str:
    """Return the text of a feature around that of its geometry."""
    return (
        f'{{"type":"Feature","id":{written(code)},"bbox":{written(list(box))},'
        f'"properties":{written(properties)},"geometry":{outline}}}'
    )


def around(boxes: Sequence[Box]) -> list[float]:
    """Return the box that holds all the boxes: west, south, east, north."""
    west, south, east, north = zip(*boxes, strict=True)
    return [min(west), min(south), max(east), max(north)]


def written(value: Any) -> str:
    """Return JSON without spaces nor numbers that are not numbers."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

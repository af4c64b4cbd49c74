"""Substations and rail lines: voltages read, duplicates merged, lines drawn once by name."""

import doctest
from pathlib import Path

import pandas as pd
import pytest
import shapely

from infrastructure.derive import grid
from infrastructure.ingest.grid import COLUMNS, parse_substations
from infrastructure.ingest.rail import parse_lines
from sources.readers import LayoutError, ewkb
from tests.infrastructure.test_ingest import split
from tests.infrastructure.worlds import build_of

HEADER = ";".join(COLUMNS)


def line(code: str, *, kind: str = "Poste de transformation", voltage: str = "225kV", lat: str = "48.5") -> str:
    return f"{code};BÉTHUNE;{kind};EN EXPLOITATION;{voltage};2.5;{lat};{lat}, 2.5"


def test_the_latin_1_file_is_read_and_unknown_labels_refused(tmp_path: Path) -> None:
    path = tmp_path / "postes.csv"
    rows = (line("A"), line("B", kind="Tour"), line("C", voltage="12kV"), line("D", lat=""), line(""))
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="latin-1")
    records, refused = split(list(parse_substations(path)))
    assert [tuple(record) for record in records] == [
        ("A", "BÉTHUNE", "Poste de transformation", "EN EXPLOITATION", "225kV", 2.5, 48.5)
    ]
    assert refused == [(3, "FONCTION"), (4, "Tension (kV)"), (5, "Longitude, Latitude"), (6, "Code poste")]
    path.write_text(HEADER.replace("Etat", "État du poste") + "\n", encoding="latin-1")
    with pytest.raises(LayoutError, match="Etat"):
        list(parse_substations(path))


def test_a_code_given_twice_keeps_its_highest_voltage() -> None:
    facts = ("EN EXPLOITATION", 2.5, 48.0)
    rows = pd.DataFrame(
        [
            ("A", "Alpha", "Poste de transformation", "90kV", *facts),
            ("A", "Alpha", "Poste de transformation", "400kV", *facts),
            ("B", "Beta", "Point de piquage", "HORS TENSION", *facts),
            ("C", "Gamma", "Poste de transformation", "<45kV", *facts),
        ],
        columns=["code", "name", "function", "voltage", "state", "lon", "lat"],
    )
    table = grid.substations(build_of(rte_substations=rows)).set_index("code")
    assert table["highest_kv"].astype("Int64").fillna(0).to_dict() == {"A": 400, "B": 0, "C": 20}
    assert table["function"].to_dict() == {"A": "substation", "B": "tap_point", "C": "substation"}
    assert set(table["land_mass"]) == {"mainland"}
    assert doctest.run_docstring_examples(grid.highest_kv, {"highest_kv": grid.highest_kv}) is None


def test_lines_are_light_and_their_pieces_together(tmp_path: Path) -> None:
    # A detour of 0.001 degree is below the tolerance; a piece of 0.00001 is shorter than the grid.
    long = shapely.LineString([(2.0, 48.0), (2.1, 48.001), (2.2, 48.0)])
    tiny = shapely.LineString([(2.0, 48.0), (2.00001, 48.0)])
    other = shapely.LineString([(3.0, 48.0), (3.0, 48.5)])
    shapes = {"name": ["Nord", "Nord", "Bout", "Nord"], "geom": [ewkb(one) for one in (long, other, tiny, other)]}
    rows = pd.DataFrame(shapes)
    table = grid.rail_lines(build_of(sncf_lines=rows))
    assert table["name"].tolist() == ["Nord"]
    shape = shapely.from_wkb(table["geom"][0])
    assert shape.geom_type == "MultiLineString" and len(shape.geoms) == 3
    assert shapely.get_num_coordinates(shape) == 6
    assert shapely.hausdorff_distance(shape, shapely.union(long, other)) < 0.003


def test_only_plain_lines_of_metropolitan_france_pass(tmp_path: Path) -> None:
    def feature(kind: str, coordinates: str) -> str:
        geometry = f'{{"type": "{kind}", "coordinates": {coordinates}}}'
        return f'{{"type": "Feature", "properties": {{"nom": "Nord"}}, "geometry": {geometry}}}'

    features = ",".join(
        (
            feature("LineString", "[[2, 48], [3, 48]]"),
            feature("Point", "[2, 48]"),
            feature("LineString", "[[48, 2], [48, 3]]"),
        )
    )
    path = tmp_path / "lignes.geojson"
    path.write_text(f'{{"type": "FeatureCollection", "features": [{features}]}}', encoding="utf-8")
    records, refused = split(list(parse_lines(path)))
    assert [record.name for record in records] == ["Nord"]
    assert refused == [(2, "geometry"), (3, "geometry")]

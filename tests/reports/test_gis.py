"""Files for geographic information systems hold the page's figures, open in GDAL, and are drawn as the page is."""

import io
import json
import sqlite3
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from django.http import HttpResponse
from django.test import Client
from pyogrio import raw

from explorer.maps import score_legend
from reports.drawings.colours import class_fill
from reports.gis.geopackage import geopackage, typed
from reports.gis.layer import BOOLEAN, INTEGER, POINT, REAL, TEXT, Class, Field, Layer, Package, SideTable, Style
from reports.gis.ranking_layer import score_style
from reports.gis.styles import expression, qml, sld
from scoring import service
from scoring.question import Question
from scoring.ranking import Ranking

pytestmark = pytest.mark.django_db

GLASSES = "/classement/classement.{}?activite=32.50B"
OGC = "{http://www.opengis.net/ogc}"
SLD = "{http://www.opengis.net/sld}"


def asked(client: Client, address: str, **headers: str) -> HttpResponse:
    return client.get(address, headers={"accept-language": "fr", **headers})


def glasses(**edits: object) -> Ranking:
    return service.rank(service.current_facts(), Question("32.50B", "subclass", **edits))  # type: ignore[arg-type]


@pytest.fixture
def package_file(client: Client, tmp_path: Path) -> Path:
    """Return the GeoPackage of a ranking, on disk."""
    response = asked(client, GLASSES.format("gpkg"))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/geopackage+sqlite3"
    assert 'filename="classement-3250b.gpkg"' in response.headers["Content-Disposition"]
    path = tmp_path / "classement.gpkg"
    path.write_bytes(response.content)
    return path


def ogr(*arguments: str) -> str:
    """Return what a program of GDAL prints; its warnings fail the test."""
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return done.stdout


def test_gdal_reads_every_basin_with_the_figures_of_the_ranking(package_file: Path, tmp_path: Path) -> None:
    told = ogr("ogrinfo", "-so", str(package_file), "classement")
    assert "Feature Count: 306" in told and "Multi Polygon" in told and 'ID["EPSG",4326]' in told
    assert "edition=2026.3" in told and "permalink=http://testserver/classement/?activite=32.50B" in told
    copied = tmp_path / "copied.geojson"
    ogr("ogr2ogr", str(copied), str(package_file), "classement")
    rows = [one["properties"] for one in json.loads(copied.read_text())["features"]]
    ranking = glasses()
    basins = ranking.rows(0, ranking.count)
    assert [row["code"] for row in rows] == [one.zone.code for one in basins]
    for row, one in zip(rows, basins, strict=True):
        assert (row["rang"], row["nom"], row["ecarte"]) == (one.rank, one.zone.name, False)
        assert (row["score"], row["score_bas"]) == pytest.approx((one.score, one.score_low), abs=1e-6)
        assert one.interval is not None
        assert (row["rang_p05"], row["rang_p95"]) == (one.interval.p05, one.interval.p95)
        points = [row[f"{part.criterion.replace('.', '_')}_pts"] for part in one.contributions]
        assert sum(points) == pytest.approx(row["score"], abs=2e-5)
        for part in one.contributions:
            name = part.criterion.replace(".", "_")
            assert row[f"{name}_statut"] == part.status
            value = row[f"{name}_val"]
            assert value is None if part.value is None else value == pytest.approx(part.value, abs=1e-6)


def test_outlines_are_whole_and_valid(package_file: Path) -> None:
    _meta, _fids, geometries, _fields = raw.read(package_file, layer="classement", columns=[])
    shapes = shapely.from_wkb(geometries)
    assert shapely.is_valid(shapes).all() and set(shapely.get_type_id(shapes)) == {6}
    # Overseas is there, in its own place.
    west, south, east, north = shapely.total_bounds(shapes)
    assert west < -61 and south < -21 and east > 55 and north > 51


def test_the_package_says_what_its_columns_are_and_where_they_come_from(package_file: Path) -> None:
    with sqlite3.connect(package_file) as database:
        layers = dict(database.execute("SELECT table_name, data_type FROM gpkg_contents"))
        columns = [
            row[1] for row in database.execute("PRAGMA table_info(classement)") if row[1] not in ("fid", "geom")
        ]
        words = dict(database.execute("SELECT column_name, description FROM gpkg_data_columns"))
        listed = [row[0] for row in database.execute("SELECT colonne FROM dictionnaire ORDER BY fid")]
        extensions = {row[0] for row in database.execute("SELECT extension_name FROM gpkg_extensions")}
        told = dict(database.execute("SELECT quoi, texte FROM provenance"))
        producers = {row[0] for row in database.execute("SELECT producteur FROM sources")}
        check = database.execute("PRAGMA integrity_check").fetchone()
    database.close()
    assert layers["classement"] == "features" and {"dictionnaire", "provenance", "sources"} <= set(layers)
    assert listed == columns == list(words) and all(words.values())
    assert {"gpkg_schema", "gpkg_metadata", "gpkg_rtree_index"} <= extensions
    assert told["Activité"].startswith("32.50B") and told["Adresse"].startswith("http://testserver/classement/")
    assert "ODbL" in told["Licence"] and "Insee" in producers and "Urssaf" in producers
    assert check == ("ok",)


def test_the_default_style_of_the_layer_draws_the_classes_of_the_page(package_file: Path) -> None:
    ranking = glasses()
    with sqlite3.connect(package_file) as database:
        [(schema, catalogue, is_default, text, descriptor)] = database.execute(
            "SELECT f_table_schema, f_table_catalog, useAsDefault, styleQML, styleSLD FROM layer_styles "
            "WHERE f_table_name = 'classement' AND f_geometry_column = 'geom'"
        )
        rules = ElementTree.fromstring(text).findall(".//rule")
        drawn = {}
        for position, rule in enumerate(rules):
            # The conditions of QGIS are those of SQL.
            for (code,) in database.execute(f"SELECT code FROM classement WHERE {rule.attrib['filter']}"):
                assert code not in drawn
                drawn[code] = position
    database.close()
    assert (schema, catalogue, is_default) == ("", "", 1)
    assert drawn == ranking.map_classes
    assert [rule.attrib["label"] for rule in rules[:-1]] == [one["label"] for one in score_legend()]
    colours = [
        fill.attrib["v"]
        for fill in ElementTree.fromstring(text).findall(".//layer[@class='SimpleFill']/prop[@k='color']")
    ]
    assert len(set(colours)) == 8 and len(rules) == 8
    assert ElementTree.fromstring(descriptor).findall(f".//{SLD}Rule")


def test_a_style_has_the_same_rules_in_both_forms_and_hatches_what_is_not_known() -> None:
    style = score_style()
    rules = ElementTree.fromstring(sld(style)).findall(f".//{SLD}Rule")
    assert len(rules) == len(style.classes) == 8
    for one, rule in zip(style.classes[:-1], rules[:-1], strict=True):
        fill = rule.find(f".//{SLD}Fill/{SLD}CssParameter[@name='fill']")
        assert fill is not None and fill.text == one.colour
        ends = [float(literal.text or "") for literal in rule.iter(f"{OGC}Literal")]
        assert ends == [end for end in (one.low, one.high) if end is not None]
    assert rules[-1].find(f".//{OGC}PropertyIsNull") is not None
    assert rules[-1].find(f".//{SLD}GraphicFill") is not None
    assert 'class="LinePatternFill"' in qml(style, [])
    assert expression(style, style.classes[-1]) == '"score" IS NULL'
    assert [one.colour for one in style.classes[:-1]] == [class_fill(f"q{step}") for step in range(7)]


def test_geojson_is_as_rfc_7946_asks(client: Client) -> None:
    response = asked(client, GLASSES.format("geojson"))
    assert response.headers["Content-Type"] == "application/geo+json"
    collection = json.loads(response.content)
    assert collection["type"] == "FeatureCollection" and "crs" not in collection
    assert len(collection["features"]) == 306
    shapes = shapely.from_geojson([json.dumps(one["geometry"]) for one in collection["features"]])
    assert shapely.is_valid(shapes).all()
    for part in shapely.get_parts(shapes):
        assert shapely.is_ccw(shapely.get_exterior_ring(part))
        assert not any(shapely.is_ccw(hole) for hole in shapely.get_rings(part)[1:])
    assert collection["bbox"] == pytest.approx(list(shapely.total_bounds(shapes)), abs=1e-4)
    boxes = np.array([one["bbox"] for one in collection["features"]])
    assert boxes == pytest.approx(shapely.bounds(shapes), abs=1e-4)
    assert [one["id"] for one in collection["features"]] == [
        one["properties"]["code"] for one in collection["features"]
    ]
    assert collection["provenance"]["edition"] == "2026.3"
    assert [one["colonne"] for one in collection["tables"]["dictionnaire"]] == list(
        collection["features"][0]["properties"]
    )


def test_both_forms_hold_the_same_figures(client: Client, package_file: Path) -> None:
    features = json.loads(asked(client, GLASSES.format("geojson")).content)["features"]
    meta, _fids, _geometries, columns = raw.read(package_file, layer="classement", read_geometry=False)
    names = list(meta["fields"])
    assert list(features[0]["properties"]) == names
    for name, cells in zip(names, columns, strict=True):
        for one, cell in zip(features, cells, strict=True):
            told = one["properties"][name]
            # An empty cell is none of these; a column of whole numbers with one is read as numbers that are none.
            is_empty = cell is None or isinstance(cell, float) and np.isnan(cell)
            assert told is None if is_empty else told == cell


def test_the_zip_holds_the_style_beside_the_layer(client: Client) -> None:
    with zipfile.ZipFile(io.BytesIO(asked(client, GLASSES.format("zip")).content)) as archive:
        assert archive.namelist() == ["classement.geojson", "classement.qml", "classement.sld"]
        aliases = ElementTree.fromstring(archive.read("classement.qml")).findall(".//alias")
        properties = json.loads(archive.read("classement.geojson"))["features"][0]["properties"]
        assert [one.attrib["field"] for one in aliases] == list(properties)


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "zip"])
def test_the_same_question_gives_the_same_bytes_and_is_sent_once(client: Client, suffix: str) -> None:
    first = asked(client, GLASSES.format(suffix))
    assert asked(client, GLASSES.format(suffix)).content == first.content
    again = asked(client, GLASSES.format(suffix), **{"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    other = asked(client, GLASSES.format(suffix) + "&weights=access:60", **{"if-none-match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_filter_keeps_the_basins_of_the_page_and_vetoed_ones_have_no_rank(client: Client) -> None:
    address = "/classement/classement.geojson?activite=20.16Z&region=44&require=sites.10ha"
    page = client.get("/classement/?activite=20.16Z&region=44")
    assert page.status_code == 200
    collection = json.loads(asked(client, "/classement/classement.geojson?activite=20.16Z&region=44").content)
    ranking = service.rank(service.current_facts(), Question("20.16Z", "subclass", region="44"))
    assert len(collection["features"]) == ranking.count < 306
    assert [one["properties"]["rang_filtre"] for one in collection["features"]] == list(range(1, ranking.count + 1))
    assert "Grand Est" in collection["provenance"]["asked"]
    assert asked(client, address).status_code == 400
    veto = "/classement/classement.geojson?activite=27.20Z&require=battery-site"
    vetoed = json.loads(asked(client, veto).content)
    out = [one["properties"] for one in vetoed["features"] if one["properties"]["ecarte"]]
    assert out and all(one["rang"] is None and one["rang_p05"] is None and one["score"] >= 0 for one in out)
    assert vetoed["features"][-1]["properties"]["ecarte"]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/classement/classement.shp?activite=32.50B", 404, "gpkg, geojson, zip"),
        ("/classement/classement.gpkg", 400, "activite=32.50B"),
        ("/classement/classement.gpkg?activite=99.99Z", 404, "99.99Z"),
        ("/classement/classement.geojson?activite=32.50B&weights=lune:3", 400, "lune"),
        ("/classement/classement.geojson?activite=32.50B&couleur=bleu", 400, "couleur"),
    ],
)
def test_a_wrong_address_is_answered_in_words(client: Client, address: str, status: int, words: str) -> None:
    response = asked(client, address)
    assert response.status_code == status
    assert words in response.content.decode()


def test_kinds_of_columns_keep_what_is_not_known_apart_from_zero(tmp_path: Path) -> None:
    cells, empty = typed(Field("a", "A", "a", INTEGER), [0, None, 3])
    assert empty is not None and (cells.tolist(), empty.tolist()) == ([0, 0, 3], [False, True, False])
    fields = [
        Field("t", "T", "t", TEXT),
        Field("i", "I", "i", INTEGER),
        Field("r", "R", "r", REAL),
        Field("b", "B", "b", BOOLEAN),
    ]
    point = shapely.to_wkb(shapely.Point(2, 48))
    layer = Layer("points", "Points", "d", POINT, fields, [["=1+1", 0, -1.5, False], [None] * 4], [point, None])
    style = Style("points", "Points", "", [Class("tous", "#0b5658")], "#ffffff", is_point=True)
    made = geopackage(Package(layer, style, "2026-11-25", [SideTable("notes", "Notes", ("a", "b"), [("1", "2")])]))
    path = tmp_path / "points.gpkg"
    path.write_bytes(made)
    with sqlite3.connect(path) as database:
        assert list(database.execute("SELECT t, i, r, b FROM points")) == [("=1+1", 0, -1.5, 0), (None,) * 4]
        assert list(database.execute("SELECT a, b FROM notes")) == [("1", "2")]
        moments = {row[0] for row in database.execute("SELECT last_change FROM gpkg_contents")}
    database.close()
    assert moments == {"2026-11-25T00:00:00.000Z"}
    assert "Feature Count: 2" in ogr("ogrinfo", "-so", str(path), "points")


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="date"):
        Field("a", "A", "a", "date")

import json

import openpyxl
import pandas as pd
import pytest
import shapely

from sources.readers import LayoutError, csv_rows, decimal_comma, ewkb, geojson_features, parquet_rows, sheet_rows


def csv_file(folder, content, encoding="utf-8"):
    path = folder / "lignes.csv"
    path.write_bytes(content.encode(encoding))
    return path


def test_csv_gives_line_numbers_and_ignores_the_order_of_columns(tmp_path):
    path = csv_file(tmp_path, 'b;a\n1;"x\ny"\n2;z\n')
    rows = [(line, row["a"], row["b"]) for line, row in csv_rows(path, ("a", "b"), delimiter=";")]
    assert rows == [(3, "x\ny", "1"), (4, "z", "2")]


def test_csv_open_ended_accepts_unknown_columns_only(tmp_path):
    path = csv_file(tmp_path, "a;c\n1;2\n")
    assert [row["a"] for _line, row in csv_rows(path, ("a",), delimiter=";", open_ended=True)] == ["1"]
    with pytest.raises(LayoutError, match="inconnues : c"):
        list(csv_rows(path, ("a",), delimiter=";"))
    with pytest.raises(LayoutError, match="absentes : b"):
        list(csv_rows(path, ("a", "b"), delimiter=";", open_ended=True))


@pytest.mark.parametrize("content", ["a;b\n1\n", "a;b\n1;2;3\n", 'a;b\n1;"2\n', ""])
def test_ragged_unclosed_or_empty_csv_is_refused(tmp_path, content):
    with pytest.raises(LayoutError, match=r"lignes\.csv"):
        list(csv_rows(csv_file(tmp_path, content), ("a", "b"), delimiter=";"))


def test_latin_1_must_be_asked_for(tmp_path):
    path = csv_file(tmp_path, "a\nété\n", encoding="latin-1")
    assert [row["a"] for _line, row in csv_rows(path, ("a",), delimiter=";", encoding="latin-1")] == ["été"]
    with pytest.raises(LayoutError, match="n'est pas en utf-8"):
        list(csv_rows(path, ("a",), delimiter=";"))


def test_sheet_with_title_lines_above_the_header(tmp_path):
    book = openpyxl.Workbook()
    for row in (("Titre",), (), ("code", "nom"), ("01", "Ain"), (), ("02", "Aisne")):
        book.active.append(row)
    book.active.title = "Feuille"
    book.save(tmp_path / "classeur.xlsx")
    rows = list(sheet_rows(tmp_path / "classeur.xlsx", ("code", "nom"), sheet="Feuille", header_line=3))
    assert rows == [(4, {"code": "01", "nom": "Ain"}), (6, {"code": "02", "nom": "Aisne"})]
    with pytest.raises(LayoutError, match="Autre"):
        list(sheet_rows(tmp_path / "classeur.xlsx", ("code",), sheet="Autre"))


def test_parquet(tmp_path):
    path = tmp_path / "t.parquet"
    pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [0, 0]}).to_parquet(path)
    assert list(parquet_rows(path, ("a", "b"))) == [(1, {"a": 1, "b": "x"}), (2, {"a": 2, "b": None})]
    with pytest.raises(LayoutError, match="absentes : d"):
        list(parquet_rows(path, ("d",)))
    path.write_bytes(b"PAR1 nothing")
    with pytest.raises(LayoutError, match="Parquet"):
        list(parquet_rows(path, ("a",)))


def collection(properties):
    feature = {"type": "Feature", "properties": properties, "geometry": None}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "JSON"),
        ("[]", "FeatureCollection"),
        (json.dumps({"type": "FeatureCollection"}), "features"),
        (json.dumps({"type": "FeatureCollection", "features": ["x"]}), "objet 1"),
        (json.dumps({"type": "FeatureCollection", "features": [], "crs": {"name": "EPSG:2154"}}), "2154"),
        (collection({"a": 1}), "objet 1"),
        (collection({}), "absentes : a"),
    ],
)
def test_broken_geojson_is_refused(tmp_path, content, message):
    path = tmp_path / "c.geojson"
    path.write_text(content)
    with pytest.raises(LayoutError, match=message):
        list(geojson_features(path, ("a",)))


def test_ewkb_carries_its_reference_system():
    geometry = shapely.from_wkb(ewkb(shapely.Point(2.5, 48.5)))
    assert shapely.get_srid(geometry) == 4326
    assert (geometry.x, geometry.y) == (2.5, 48.5)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,5", 1.5), ("1 234,5", 1234.5), ("1\u202f234", 1234), ("-2.5", -2.5), ("  ", None), ("0", 0)],
)
def test_decimal_comma(text, number):
    assert decimal_comma(text) == number

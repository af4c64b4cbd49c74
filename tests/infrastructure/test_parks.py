"""Business parks: CSV and GeoPackage of the CNIG standard, strict on lists and places; what they offer."""

import json
import sqlite3
import struct
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from infrastructure.derive import parks
from infrastructure.ingest.geopackage import is_geopackage
from infrastructure.ingest.park_layout import PARK_COLUMNS, PLOT_COLUMNS
from infrastructure.ingest.parks import parse_park_plots, parse_parks
from sources.editions import BuildError
from sources.models import Release
from sources.readers import LayoutError, ewkb
from sources.registry import Rejected
from tests.infrastructure.test_brownfields import COMMUNES, MOVES
from tests.infrastructure.worlds import build_of

# A square of 400 m at the origin of Lambert-93 (3 E, 46.5 N): 16 ha.
RING = [[700000, 6600000], [700400, 6600000], [700400, 6600400], [700000, 6600400], [700000, 6600000]]
SURFACE = json.dumps({"type": "Polygon", "coordinates": [RING]})
PARK = {
    "site_id": "03001_SITE-ECO_1", "site_nom": "Les Bornes", "site_type": "zone d'activité économique",
    "site_vocadomi": "entrepôts, logistique", "site_etat": "existant et actif", "site_surf_brute": "16",
    "site_surf_comm_dispo": "5,7", "site_comm_insee": "03001", "site_actu_date": "2023-08-29",
    "site_geomsurf": SURFACE, "site_geompoint": "3.0, 46.5", "site_voca_industrielle": "non", "reseau_gaz": "oui",
    "reseau_fret_ferroviaire": "oui", "reseau_electrique": "non",
}  # fmt: skip
PLOT = {
    "terr_id": "03001_TERRAIN-ECO_1", "site_id": "03001_SITE-ECO_1", "terr_surf_brute": "16",
    "terr_stade_amngt": "viabilisé et aménagé", "terr_stade_comm": "en vente", "terr_cle_en_main": "oui",
    "terr_geomsurf": SURFACE,
}  # fmt: skip


def file_of(folder: Path, columns: tuple[str, ...], *rows: dict[str, str]) -> Path:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    lines = [";".join(columns)] + [";".join(cell(row.get(name, "NA")) for name in columns) for row in rows]
    path = folder / "table.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def parsed(folder: Path, **changes: str) -> object:
    (found,) = parse_parks(file_of(folder, PARK_COLUMNS, PARK | changes))
    return found


def test_a_park_is_read_with_its_outline_in_degrees(tmp_path: Path) -> None:
    found = parsed(tmp_path)
    assert (found.name, found.stage, found.gross_ha, found.available_ha) == (
        "Les Bornes",
        "existant et actif",
        16,
        5.7,
    )
    assert (found.is_industrial, found.networks, str(found.updated_on)) == (False, "gas,rail_siding", "2023-08-29")
    west, south, _east, _north = shapely.from_wkb(found.geom).bounds
    assert (west, south) == pytest.approx((3.0, 46.5), abs=1e-6)


def test_overseas_outlines_are_in_the_projection_of_their_territory(tmp_path: Path) -> None:
    # The central meridian of UTM zone 40 is 57 E; x is 500 km there. 340 km lies in La Réunion.
    ring = [[340000, 7650000], [340400, 7650000], [340400, 7650400], [340000, 7650400], [340000, 7650000]]
    surface = json.dumps({"type": "Polygon", "coordinates": [ring]})
    here = parsed(tmp_path, site_geomsurf=surface, site_comm_insee="97411", site_geompoint="NA")
    lon, lat = shapely.from_wkb(here.geom).representative_point().coords[0]
    assert 55.2 < lon < 55.8 and -21.4 < lat < -20.8
    away = parsed(tmp_path, site_geomsurf=surface, site_geompoint="NA")
    assert isinstance(away, Rejected) and "EPSG:2975" in away.reason


# From 3.0 E 46.5 N to 3.98 E 49.25 N: 306 km of latitude and 73 of longitude, 315 in all.
BAD = {
    "a semicolon that was not quoted": ({"site_etat": "logistique"}, "site_etat", "hors de la liste"),
    "another vocation": ({"site_vocadomi": "agricole"}, "site_vocadomi", "hors de la liste"),
    "neither yes nor no": ({"reseau_gaz": "1"}, "reseau_gaz", "ni oui ni non"),
    "no surface": ({"site_surf_brute": "NA"}, "site_surf_brute", "nombre absent"),
    "square metres": ({"site_surf_brute": "160000"}, "site_surf_brute", "intervalle"),
    "another size than its outline": ({"site_surf_brute": "1600"}, "site_geomsurf", "hectares et mètres carrés"),
    "more free than there is": ({"site_surf_comm_dispo": "20"}, "site_surf_comm_dispo", "plus grande"),
    "no outline": ({"site_geomsurf": "NA"}, "site_geomsurf", "absente"),
    "an outline that is no JSON": ({"site_geomsurf": "POLYGON"}, "site_geomsurf", "GeoJSON"),
    "degrees": ({"site_geomsurf": SURFACE.replace("700", "3.0").replace("6600", "46.5")}, "site_geomsurf", ""),
    "a point of another place": ({"site_geompoint": "3.9815, 49.2527"}, "site_geompoint", "315 km"),
    "a point in metres": ({"site_geompoint": "700000, 6600000"}, "site_geompoint", "mètres"),
    "another date": ({"site_actu_date": "29/08/2023"}, "site_actu_date", "AAAA-MM-JJ"),
    "no name": ({"site_nom": ""}, "site_nom", "vide"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_park_is_refused_by_its_column(tmp_path: Path, name: str) -> None:
    change, column, reason = BAD[name]
    found = parsed(tmp_path, **change)
    assert isinstance(found, Rejected), found
    assert (found.line, found.column) == (2, column)
    assert reason in found.reason and len(found.reason) <= 300


def test_plots_are_read_and_another_layout_stops_by_name(tmp_path: Path) -> None:
    (plot,) = parse_park_plots(file_of(tmp_path, PLOT_COLUMNS, PLOT))
    assert (plot.code, plot.park_code, plot.gross_ha, plot.sale_stage, plot.is_turnkey) == (
        "03001_TERRAIN-ECO_1", "03001_SITE-ECO_1", 16, "en vente", True,
    )  # fmt: skip
    with pytest.raises(LayoutError, match="terr_id"):
        list(parse_park_plots(file_of(tmp_path, PARK_COLUMNS, PARK)))


def geopackage(path: Path, *rows: dict[str, str], srid: int = 2154, as_view: bool = False) -> Path:
    """Write a GeoPackage with one layer of parks, geometry blobs made by hand."""
    names = [name for name in PARK_COLUMNS if name not in ("site_geomsurf", "site_geompoint")]
    columns = ", ".join(f'"{name}" TEXT' for name in names)
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)")
        file.execute("INSERT INTO gpkg_geometry_columns VALUES ('site_eco', 'geom', ?)", (srid,))
        table = "hidden" if as_view else "site_eco"
        file.execute(f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY, geom BLOB, {columns})")
        if as_view:
            file.execute("CREATE VIEW site_eco AS SELECT * FROM hidden")
        for row in rows:
            shape = shapely.geometry.shape(json.loads(row["site_geomsurf"]))
            blob = b"GP\x00\x01" + struct.pack("<i", srid) + shapely.to_wkb(shape)
            marks = ", ".join("?" * (len(names) + 1))
            listed = ", ".join(f'"{name}"' for name in names)
            cells = [row.get(name) for name in names]
            file.execute(f"INSERT INTO {table} (geom, {listed}) VALUES ({marks})", [blob, *cells])
    file.close()
    return path


def test_a_geopackage_gives_the_very_records_of_the_csv(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "parks.gpkg", PARK | {"site_surf_comm_dispo": "5.7"})
    assert is_geopackage(path)
    assert list(parse_parks(path)) == list(parse_parks(file_of(tmp_path, PARK_COLUMNS, PARK)))


def test_a_geopackage_that_is_not_what_it_says_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="27572"):
        list(parse_parks(geopackage(tmp_path / "old.gpkg", PARK, srid=27572)))
    with pytest.raises(LayoutError, match="site_eco"):
        list(parse_parks(geopackage(tmp_path / "view.gpkg", PARK, as_view=True)))
    with pytest.raises(LayoutError, match="terrain_eco"):
        list(parse_park_plots(geopackage(tmp_path / "parks.gpkg", PARK)))
    cut = tmp_path / "cut.gpkg"
    cut.write_bytes((tmp_path / "parks.gpkg").read_bytes()[:3000])
    with pytest.raises(LayoutError, match="illisible ou tronqué"):
        list(parse_parks(cut))


def park(code: str, **changes: object) -> dict:
    square = ewkb(shapely.MultiPolygon([shapely.box(2.5, 48.0, 2.504, 48.003)]))
    plain = {
        "code": code, "name": code, "park_type": "zone d'activité économique", "vocation": "industrielle",
        "stage": "existant et actif", "gross_ha": 10.0, "available_ha": 4.0, "insee_code": "11001",
        "is_industrial": None, "networks": "gas,fibre", "updated_on": None, "geom": square, "repair": "",
    }  # fmt: skip
    return plain | changes


def fed(*rows: dict, part: str = "", plots: pd.DataFrame | None = None) -> object:
    given = {"cnig_business_parks": pd.DataFrame(rows).assign(release="parks@local")}
    releases = {"cnig-business-parks": (Release(key="parks@local", part=part),)}
    if plots is not None:
        given["cnig_park_plots"] = plots
        releases["cnig-park-plots"] = (Release(key="plots@local", part=part),)
    build = build_of(insee_communes=COMMUNES, insee_commune_moves=MOVES, **given)
    build.releases = releases
    return build


def test_without_any_inventory_the_table_is_empty_and_says_nothing() -> None:
    build = build_of(insee_communes=COMMUNES, insee_commune_moves=MOVES)
    assert parks.business_parks(build).empty
    assert parks.park_values(build).empty


def test_a_park_is_usable_when_open_to_production() -> None:
    table = parks.business_parks(
        fed(
            park("factory"),
            park("shops", vocation="commerciale"),
            park("shops and a workshop", vocation="commerciale", is_industrial=True),
            park("one day", stage="en projet"),
            park("soon", stage="création"),
            park("over", stage="déclassé"),
        )
    ).set_index("code")
    assert table["is_usable"].to_dict() == {
        "factory": True, "shops": False, "shops and a workshop": True, "one day": False, "soon": True, "over": False,
    }  # fmt: skip
    assert table.loc["factory", "networks"] == ["gas", "fibre"]
    assert set(table["zone"]) == {"1101"}


def test_the_largest_plot_for_sale_is_what_a_park_offers_in_one_piece() -> None:
    plots = pd.DataFrame(
        [("a", 2.0, "en vente"), ("a", 3.0, "en vente avec contraintes"), ("a", 9.0, "non commercialisé"),
         ("b", 9.0, "vendu, commercialisation achevée")],
        columns=["park_code", "gross_ha", "sale_stage"],
    )  # fmt: skip
    table = parks.business_parks(fed(park("a"), park("b"), park("c"), plots=plots)).set_index("code")
    assert table["largest_plot_ha"].fillna(-1).to_dict() == {"a": 3.0, "b": 0.0, "c": -1.0}
    assert np.isnan(parks.business_parks(fed(park("a")))["largest_plot_ha"]).all()


def test_a_park_far_from_its_commune_stops_the_edition() -> None:
    with pytest.raises(BuildError, match="lost"):
        parks.business_parks(fed(park("lost", insee_code="2A001")))


def test_a_declared_territory_is_told_by_zone() -> None:
    made = parks.park_values(fed(park("a"), part="200000001")).set_index("zone")
    assert made["value"].to_dict() == {"1101": 100.0, "1102": 0.0, "9401": 0.0, "0401": 0.0}
    assert set(made["release"]) == {"parks@local"}
    assert set(parks.park_values(fed(park("a")))["value"]) == {0.0}

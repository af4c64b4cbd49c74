"""The real inventories and lists at hand against what their producers say of them; needs the data directory."""

import csv
import json
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from infrastructure.derive import brownfields, grid, values
from infrastructure.ingest.local_brownfields import (
    parse_ardennes_brownfields,
    parse_ardennes_outlines,
    parse_cnig_brownfields,
)
from infrastructure.ingest.local_cells import area_m2
from infrastructure.ingest.parks import parse_park_plots, parse_parks
from sources.geometry import check_surfaces
from sources.geometry_reading import geojson_srid, read_geojson
from sources.models import Release
from sources.readers import sheet_rows
from sources.registry import DATASETS, Rejected
from tests.basins.worlds import FedBuild
from tests.infrastructure.test_published_figures import DATA, Files, build, parsed, pytestmark

__all__ = ["build", "pytestmark"]


def file(name: str) -> Path:
    (found,) = Path(DATA).rglob(name)
    return found


@pytest.fixture(scope="module")
def ardennes(build: FedBuild) -> FedBuild:
    """The national sites, and the inventory of the Ardennes declared complete for the department."""
    key = "ardennes@test"
    sites = pd.DataFrame(parse_ardennes_brownfields(file("ddt08_friches_ardennes_*.csv")))
    outlines = pd.DataFrame(parse_ardennes_outlines(file("ddt08_friches_ardennes_*.geojson")))
    raw = Files({"ardennes-brownfields": sites.assign(release=key), "ardennes-brownfield-outlines": outlines})
    made = FedBuild(releases={}, raw=raw, tables=dict(build.tables))
    made.releases = {slug: (Release(source_id=slug, key=key, part="08"),) for slug in raw}
    made.tables["infrastructure.BrownfieldSite"] = brownfields.brownfield_sites(made)
    return made


def test_the_inventory_of_the_ardennes_is_whole(ardennes: FedBuild) -> None:
    sites = ardennes.tables["infrastructure.BrownfieldSite"]
    local = sites[sites["inventory"] == "local"]
    # 164 sites, one of them only potential.
    assert len(ardennes.raw["ardennes-brownfields"]) == len(ardennes.raw["ardennes-brownfield-outlines"]) == 164
    assert len(local) == 163
    assert (ardennes.raw["ardennes-brownfields"]["site_type"] == "friche industrielle").sum() == 75
    statuses = local["site_status"].value_counts().to_dict()
    assert statuses == {"without_project": 80, "with_project": 51, "reconverted": 32}
    assert set(local["insee_code"].str[:2]) == {"08"}
    assert local["zone"].value_counts().to_dict() == {"4403": 96, "4421": 46, "4413": 21}
    shapes = shapely.from_wkb(local["outline"].to_numpy(object))
    assert shapely.is_valid(shapes).all()


def test_the_surface_measured_is_that_of_the_outline(ardennes: FedBuild) -> None:
    outlines = ardennes.raw["ardennes-brownfield-outlines"]
    drawn = np.array([area_m2(shapely.from_wkb(geom)) for geom in outlines["geom"]])
    assert np.median(np.abs(drawn - outlines["surface_m2"])) < 10
    assert drawn.sum() / 10_000 == pytest.approx(291, rel=0.01)


def test_the_local_inventory_stands_before_the_national_one(ardennes: FedBuild, build: FedBuild) -> None:
    before, after = (one.tables["infrastructure.BrownfieldSite"] for one in (build, ardennes))
    there = after[after["insee_code"].str.startswith("08")]
    assert not there.loc[there["inventory"] == "unconfirmed", "is_usable"].any()
    assert "national" not in set(there["inventory"])
    elsewhere = ~before["insee_code"].str.startswith("08")
    assert (after["inventory"] == "national").sum() == elsewhere.sum()
    made = values.land_values(ardennes).set_index(["indicator", "zone"])
    share = made.loc["land.local_covered_pct"]["value"]
    assert share["4403"] == 100 and 80 <= share["4421"] < 100 and share["4413"] < 20
    assert made.loc[("land.usable_sites", "4403"), "release"] == "ardennes@test"
    assert made.loc[("land.usable_sites", "4413"), "release"] == "cerema-cartofriches@test"


def test_the_sample_of_the_exchange_layout_is_read_whole() -> None:
    rows = list(parse_cnig_brownfields(file("cartofriches_standard_sample_2594.csv")))
    assert len(rows) == 2594 and not any(isinstance(row, Rejected) for row in rows)
    assert sum(not row.is_checked for row in rows) == 1544
    national = parsed("cerema-cartofriches")[0].set_index("code")
    known = national.loc[[row.code for row in rows]]
    apart = np.hypot(known["lon"] - [row.lon for row in rows], known["lat"] - [row.lat for row in rows])
    assert np.median(apart) < 1e-4
    assert all(len(row.insee_code) == 5 for row in rows)


def test_the_examples_of_the_parks_standard_are_refused_for_what_is_wrong_in_them() -> None:
    """One row lost a quotation mark, the other draws a plot of 9.9 ha on a hundred square metres."""
    (park,) = parse_parks(file("exemple_site-eco.csv"))
    assert (park.column, park.value) == ("site_etat", "logistique")
    (plot,) = parse_park_plots(file("exemple_terrain-eco.csv"))
    assert plot.column == "terr_geomsurf" and "9.9" in plot.reason
    template = file("modele_vide_sites_economiques.gpkg")
    assert list(parse_parks(template)) == list(parse_park_plots(template)) == []


def test_outlines_without_any_attribute_pass_the_same_check() -> None:
    document = json.loads(file("auran_zae_nantes_metropole_2024.geojson").read_text(encoding="utf-8"))
    shapes, reasons = read_geojson([one["geometry"] for one in document["features"]])
    found = check_surfaces(shapes, geojson_srid(document, "auran"), reasons)
    assert len(found.shapes) == 191 and not any(found.reasons) and not any(found.repairs)
    assert sum(area_m2(shape) for shape in found.shapes) / 10_000 == pytest.approx(4472, rel=0.005)


def test_counts_by_commune_agree_with_those_of_departments_a_year_before(build: FedBuild) -> None:
    """Another file of the same base, February 2025: the same order of departments, and little less in all."""
    table = values.commune_brownfields(build)
    codes = table["commune"].str[:2].where(~table["commune"].str.startswith("97"), table["commune"].str[:3])
    newer = table.groupby(codes)["site_count"].sum()
    with file("cartofriches_departements_2025-02.csv").open(encoding="utf-8") as handle:
        older = {
            row["code"]: sum(int(cell) for name, cell in row.items() if name.startswith("n_friches"))
            for row in csv.DictReader(handle)
        }
    pairs = pd.DataFrame({"newer": newer, "older": pd.Series(older)}).dropna()
    assert len(pairs) == 101
    assert pairs.corr(method="spearman").loc["newer", "older"] > 0.95
    assert table["site_count"].sum() == 27_981  # 27,983 less Saint-Pierre-et-Miquelon and Saint-Barthélemy
    assert 1.0 <= pairs["newer"].sum() / pairs["older"].sum() < 1.25


def test_terminals_are_those_of_the_official_list(build: FedBuild) -> None:
    """Towns of the address list of May 2025 against the platforms of March 2026: nearly all are known to both."""

    def plain(text: str) -> str:
        letters = unicodedata.normalize("NFD", text.lower().replace("-", " ").replace("st ", "saint "))
        return "".join(one for one in letters if not unicodedata.combining(one)).strip()

    columns = ("Exploitant du site", "Site", "Ville")
    rows = sheet_rows(file("gntc_plateformes_multimodales_2025-05.xlsx"), columns, header_line=4, open_ended=True)
    official = {plain(str(row["Ville"])) for _line, row in rows if row["Ville"]}
    document = json.loads(file("gntc_transport_combine_2026-03.json").read_text(encoding="utf-8"))
    ours = {plain(one[key]) for one in document["platforms"] if one["pays"] == "France" for key in ("ville", "site")}
    lost = {town for town in official if not any(town in one or one in town for one in ours)}
    assert len(lost) / len(official) < 0.2, sorted(lost)


def test_substations_are_those_that_the_grid_operator_lists(build: FedBuild) -> None:
    assert len(parsed("rte-substations")[0]) == 5079 and not parsed("rte-substations")[1]
    table = grid.substations(build)
    assert len(table) == 5076  # three codes stand twice
    assert (table["land_mass"] == "mainland").all()
    assert DATASETS["rte-substations"].vintage == "2024-09"

"""Living conditions of the real files against published totals and independent aggregates; needs the data directory.

The aggregates by zone and the outlines and compositions read here feed no table: they are somebody else's road to the
same figures.
"""

import json
from functools import cache
from pathlib import Path

import geopandas
import pandas as pd
import pytest
import shapely

from basins.commune_codes import code_translation
from basins.derive import commune_counts, living, market, people, periods, surroundings
from sources.readers import sheet_rows
from sources.registry import DATASETS, Rejected
from tests.basins.test_published_figures import DATA, build, parsed, pytestmark

__all__ = ["build", "pytestmark"]


def by_zone(frame: pd.DataFrame, indicator: str) -> pd.Series:
    return frame[frame["indicator"] == indicator].set_index("zone")["value"]


def data_file(name: str) -> Path:
    [path] = Path(DATA).rglob(name)
    return path


@cache
def aggregates() -> pd.DataFrame:
    """Figures of the 287 metropolitan zones computed by somebody else from the same producers."""
    return pd.DataFrame(json.loads(data_file("otd_agg_logement_ze.json").read_text())).set_index("code").drop("00FR")


def test_unemployment_of_known_zones_and_quarters(build):
    last = people.unemployment(build).set_index("zone")
    assert last["status"].value_counts().to_dict() == {"observed": 302, "missing": 4}
    # Insee, taux de chômage localisés, 2025-T4 and 2021-T1: Alençon, Avignon.
    assert last.loc[["0051", "0053"], "value"].tolist() == [7.2, 10.8]
    series = periods.unemployment_quarters(build).set_index(["zone", "period"])["value"]
    assert len(series) == 302 * 20
    assert (series["0051", "2021-T1"], series["0053", "2021-T1"]) == (7.4, 10.5)


def test_the_older_vintage_of_unemployment_is_read_and_differs_from_the_new_one():
    rows = list(DATASETS["insee-zone-unemployment"].parse(data_file("chomage-zone-t1-2003-t3-2023.xlsx")))
    assert not [row for row in rows if isinstance(row, Rejected)]
    older = pd.DataFrame(rows).set_index(["zone", "quarter"])["rate_pct"]
    # 302 zones x 83 quarters, but for the 15 overseas zones that begin in 2014.
    assert len(older) == 302 * 83 - 15 * 44
    newer = parsed("insee-zone-unemployment").set_index(["zone", "quarter"])["rate_pct"]
    gap = (newer - older).dropna().abs()
    assert 0.03 < gap.mean() < 0.10 and gap.max() > 0.5, "revised: not to be spliced"


def test_counts_of_communes_add_up_to_the_totals_published(build):
    counts = commune_counts.commune_counts(build).set_index("commune")
    assert len(counts) == 34_875
    # Insee, dénombrement des équipements 2024.
    published = {
        "general_practitioners": 60_573,
        "nurses": 103_023,
        "pharmacies": 20_725,
        "nurseries": 15_319,
        "primary_schools": 34_032,
        "middle_schools": 7_509,
        "high_schools": 4_212,
        "large_stores": 14_871,
        "stations": 2_941,
    }
    assert counts[list(published)].sum().to_dict() == published
    unknown = counts.index[counts["dwellings"].isna()]
    assert (unknown.str[:3] == "976").sum() == 17 and len(unknown) < 50
    # Paris, Lyon and Marseille stand in the file twice, whole and by arrondissement.
    census = parsed("insee-census-dwellings")
    is_part = census["insee_code"].str.fullmatch(r"751\d\d|6938\d|132\d\d")
    assert is_part.sum() == 20 + 9 + 16
    assert counts["dwellings"].sum() == census.loc[~is_part, "dwellings"].sum() == 37_153_192
    departments = build.table("basins.Commune").set_index("insee_code")["department"]
    assert set(departments[counts["sales"].isna()]) == {"57", "67", "68", "971", "972", "973", "974", "976"}


@pytest.mark.parametrize(
    ("provider", "indicator", "column", "least"),
    [
        (living.flat_rents, "living.rent_flat", "logl_app_m2_25", 0.99),
        (living.house_rents, "living.rent_house", "logl_mai_m2_25", 0.99),
        (living.vacancy, "living.vacancy_pct", "log_vac_pct_22", 0.98),
        (living.long_vacancy, "living.long_vacancy_pct", "logv_vac2ans_pct_24", 0.85),
        (market.prices, "living.price_eur_m2", "logd_px2_global_24", 0.99),
        (market.flat_prices, "living.flat_price_eur_m2", "logd_px2q2_appt_24", 0.98),
        (market.price_change, "living.price_change_pct", "logd_px2_global_vevol_1624", 0.88),
        (market.permits, "living.permits_per_1000", "logs_logaut_tx1000_2224", 0.88),
    ],
)
def test_our_figures_go_with_an_independent_aggregate(build, provider, indicator, column, least):
    ours = by_zone(provider(build), indicator)
    assert ours.corr(aggregates()[column]) > least


def test_permits_go_with_the_independent_series_a_tenth_lower(build):
    """The other aggregate is higher by the same order every year; which dwellings it adds is in neither file."""
    theirs = pd.read_parquet(data_file("otd_series_logement_ze.parquet")).query("2013 <= annee <= 2024")
    theirs = theirs.pivot(index="code", columns="annee", values="logaut")
    long = periods.permits_years(build)
    ours = long.assign(period=long["period"].astype(int)).pivot(index="zone", columns="period", values="value")
    for year in theirs.columns:
        assert ours[year].corr(theirs[year]) > 0.99, year
        assert 0.85 < ours[year].sum() / theirs[year].sum() < 0.96, year


def test_incomes_estimated_from_communes_are_close_to_those_published(build):
    published = parsed("insee-zone-profile").set_index("zone")["median_income_eur"]
    both = pd.concat([published, people.income_of_communes(build)["mean"]], axis=1).dropna()
    assert len(both) == 287
    assert both.corr().iloc[0, 1] > 0.97
    assert (both["mean"] / both["median_income_eur"] - 1).abs().median() < 0.03
    statuses = people.income(build)["status"].value_counts().to_dict()
    assert statuses == {"observed": 287, "estimated": 10, "missing": 9}


def test_every_zone_is_known_to_the_density_grid_and_the_equipment_base(build):
    for frame in (surroundings.density_levels(build), surroundings.equipment(build), surroundings.disasters(build)):
        assert frame["value"].notna().all()
    rural = by_zone(surroundings.density_levels(build), "population.rural_pct")
    population = build.table("basins.EmploymentZone").set_index("code")["population"]
    # Insee: a third of the population lives in a rural commune.
    assert (rural * population).sum() / population.sum() == pytest.approx(33, abs=1.5)


@pytest.mark.parametrize("name", ["insee_ZE2020_au_01-01-2022.xlsx", "ZE2020_au_01-01-2023.xlsx"])
def test_official_compositions_put_communes_in_our_zones(build, name):
    columns = ("CODGEO", "ZE2020")
    rows = sheet_rows(data_file(name), columns, sheet="Composition_communale", header_line=6, open_ended=True)
    official = pd.DataFrame([row for _line, row in rows]).set_index("CODGEO")["ZE2020"].astype(str).str.zfill(4)
    zone = build.table("basins.Commune").set_index("insee_code")["zone"]
    current = pd.Series(official.index.map(code_translation(build)), index=official.index)
    assert official.nunique() == 306
    # Mergers since then that join communes of two zones.
    merged = {"17268", "25223", "28319", "32365", "50272", "61275", "85076"}
    assert set(current[current.map(zone) != official]) <= merged


def test_communes_of_a_zone_cover_its_official_outline(build):
    official = geopandas.read_file(data_file("nodom_zones-emploi_2025.topojson")).set_index("ze2020")
    areas = official.geometry.set_crs("EPSG:4326", allow_override=True).to_crs("EPSG:2154").area
    communes = build.table("basins.Commune").dropna(subset="geom")
    surfaces = geopandas.GeoSeries(shapely.from_wkb(communes["geom"].to_numpy(object)), crs="EPSG:4326")
    ours = surfaces.to_crs("EPSG:2154").area.groupby(communes["zone"].to_numpy()).sum()
    ratio = ours.reindex(areas.index) / areas
    assert len(ratio) == 287
    assert ratio.median() == pytest.approx(1, abs=0.01)
    assert ratio.between(0.85, 1.20).all(), "the two sources draw estuaries otherwise"

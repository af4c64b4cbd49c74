"""The producers' whole files, against tables computed by others and totals that they publish."""

import csv
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from economy.derive.communes import jobs_by_commune
from economy.derive.flows import branch_of_industry, folded_flows
from economy.derive.subclasses import covered_zones
from economy.derive.support import commune_places
from economy.ingest.establishments import PROFILE_COLUMNS
from economy.nomenclature import A38
from measures.quotient import krugman_index
from sources.registry import Rejected
from tests.economy.worlds import DATA_DIR, FullBuild, needs_full_data

pytestmark = needs_full_data
NEW = (
    *("insee-flores-establishments", "insee-zone-economic-profile", "wiod-france-io"),
    *("urssaf-commune-series", "relance-industry-aid", "inpi-industrial-indications"),
)


@pytest.fixture(scope="module")
def build():
    return FullBuild()


def other_table(pattern):
    return next(iter(sorted(Path(DATA_DIR).rglob(pattern))))


def test_no_row_is_refused(build):
    for slug in NEW:
        assert not [one for one in build.records(slug) if isinstance(one, Rejected)], slug


def test_industries_fold_as_the_published_correspondence_says():
    with other_table("wiod_a38.csv").open(encoding="utf-8") as handle:
        pairs = {row["wiod"]: row["a38"] for row in csv.DictReader(handle)}
    assert len(pairs) == 56
    assert {code: branch_of_industry(code) for code in pairs} == pairs


def test_flows_are_those_of_an_independent_folding(build):
    ours = folded_flows(build.rows("wiod-france-io")).set_index(["supplier", "customer"])
    theirs = pd.read_csv(other_table("wiod2014_france_a38_flux_coefficients.csv"))
    theirs = theirs.set_index(["fournisseur_a38", "client_a38"]).rename_axis(["supplier", "customer"])
    traded = theirs[theirs["flux_domestique_musd"] + theirs["flux_importe_musd"] > 0.001]
    both = traded.join(ours, how="left")
    assert both["total_musd"].notna().all()
    total = both["flux_domestique_musd"] + both["flux_importe_musd"]
    np.testing.assert_allclose(both["total_musd"], total, rtol=1e-4, atol=2e-3)
    np.testing.assert_allclose(both["input_coefficient"], both["coef_technique_total"], rtol=1e-4, atol=2e-6)
    read = both["imported_musd"].notna()
    assert set(both.index.get_level_values(0)[~read]) == {"CB", "CI"}
    np.testing.assert_allclose(both["imported_musd"][read], both["flux_importe_musd"][read], rtol=1e-4, atol=2e-3)


def test_outputs_are_the_published_ones(build):
    rows = build.rows("wiod-france-io")
    outputs = rows[rows["buyer"] == "GO"].assign(branch=lambda table: table["supplier"].map(branch_of_industry))
    published = pd.read_csv(other_table("wiod2014_france_a38_totaux.csv")).set_index("a38")["production_musd"]
    ours = outputs.groupby("branch")["amount_musd"].sum()
    np.testing.assert_allclose(ours, published[published > 0].reindex(ours.index), rtol=1e-4)


def test_establishments_add_up_to_the_published_total(build):
    rows = build.rows("insee-flores-establishments")
    assert rows["zone_code"].nunique() == 306
    assert rows["establishments"].sum() == 2_411_570
    assert rows.loc[rows["a17"].isin(("C1", "C2", "C3", "C4", "C5")), "establishments"].sum() == 133_863


def test_no_zone_has_jobs_in_an_activity_without_an_establishment(build):
    counts = build.rows("insee-flores-establishments").set_index(["zone_code", "a17"])["establishments"]
    a17 = {one.code: one.a17 for one in A38}
    jobs = build.rows("insee-flores-zone-a38").query("year == 2023")
    by_activity = jobs.assign(a17=jobs["a38"].map(a17)).groupby(["zone_code", "a17"])["jobs"].sum()
    assert (counts.reindex(by_activity[by_activity > 0].index) > 0).all()


def test_krugman_is_near_the_one_published_for_metropolitan_zones(build):
    jobs = build.rows("insee-flores-zone-a38").query("year == 2023")
    table = jobs.pivot(index="zone_code", columns="a38", values="jobs").astype("float64")
    published = build.rows("insee-zone-economic-profile").set_index("zone_code")["krugman_pct"].dropna()
    ours = pd.Series(100 * krugman_index(table.fillna(0).to_numpy()), index=table.index).reindex(published.index)
    # Theirs is the whole sum of gaps, ours its half; which blank cells they count as zero is not said.
    assert len(published) == 287
    assert (2 * ours - published).abs().median() < 0.5
    assert ours.corr(published) > 0.995


def test_communes_sum_to_the_national_series_every_year(build):
    table = jobs_by_commune(build.rows("urssaf-commune-series"))
    assert set(table["first_year"]) == {2014}
    totals = np.sum(table["jobs"].tolist(), axis=0)
    every = pd.read_parquet(build.newest_file("urssaf-commune-series"))
    france = every[every["echelon"] == "france"].sort_values("year")["eff_total"]
    assert totals.tolist() == france.tolist()


def test_commune_series_sum_to_the_zone_by_activity_table(build):
    zones = build.rows("urssaf-zone-a38").groupby("year")["jobs"].sum()
    table = jobs_by_commune(build.rows("urssaf-commune-series"))
    totals = dict(zip(range(2014, 2025), np.sum(table["jobs"].tolist(), axis=0).tolist(), strict=True))
    assert {year: totals[year] for year in zones.index} == zones.to_dict()


def test_aid_adds_up_to_the_published_total_and_a_rate_follows_size_less_than_a_number(build):
    table = build.table("economy.DepartmentAid").set_index("department").astype({"industrial_jobs": "float64"})
    assert table["firms"].sum() == 9_640
    assert table["industrial_jobs"].sum() == pytest.approx(2_805_329, rel=1e-3)
    jobs = table["industrial_jobs"]
    rate = table["firms"] / jobs
    assert table["firms"].corr(jobs, method="spearman") > 0.9
    assert abs(rate.corr(jobs, method="spearman")) < 0.4


def test_the_rouen_file_covers_its_zone_only_in_part(build):
    """85.6 % of the private jobs of the zone: its communes of the Eure are not in the file."""
    communes = build.rows("commune-zones").set_index("insee_code")["zone"]
    latest = jobs_by_commune(build.rows("urssaf-commune-series")).set_index("commune")["jobs"].map(lambda one: one[-1])
    found = set(
        pd.read_csv(other_table("urssaf_commune_x_ape_rouen*.csv.gz"), sep=";", dtype=str, encoding="utf-8-sig")[
            "Code commune"
        ]
    )
    inside = latest[latest.index.map(communes) == "2815"]
    assert inside[inside.index.isin(found)].sum() / inside.sum() == pytest.approx(0.856, abs=0.01)
    assert "2815" not in covered_zones(found, communes, latest[latest.index.isin(communes.index)])


def test_coarser_tables_of_the_same_author_are_sums_of_ours(build):
    """A21, A5 and France: not read, since they add nothing; they check what is read."""
    section = {one.code: one.code[0] for one in A38}
    for slug, year in (("urssaf", 24), ("flores", 23)):
        rows = build.rows(f"{'urssaf' if slug == 'urssaf' else 'insee-flores'}-zone-a38").query(f"year == 20{year}")
        ours = rows.assign(a21=rows["a38"].map(section)).groupby(["zone_code", "a21"])["jobs"].sum()
        table = pd.read_parquet(other_table(f"exdeco_pivot_{slug}_a21.parquet"))
        theirs = table.set_index(["code_ze", "a21"])[f"eff_{year}"].dropna()
        assert len(theirs) > 5_000
        np.testing.assert_allclose(ours.reindex(theirs.index).fillna(0), theirs, atol=0.5)
        france = pd.read_parquet(other_table(f"exdeco_pivot_{slug}_a5.parquet"))[f"eff_{year}"].sum()
        assert france == ours.sum()


def test_departments_industry_follows_the_published_structure_of_jobs(build):
    """INSEE's structure of jobs by department (2019, five sectors) checks the jobs apportioned to departments."""
    rows = CalamineWorkbook.from_path(str(other_table("TCRD_027.xlsx"))).get_sheet_by_name("DEP").to_python()
    assert rows[3][3] == "Industrie"
    shares = {str(row[0]): row[3] for row in rows[4:] if row[0] and isinstance(row[3], float)}
    table = build.table("economy.DepartmentAid").set_index("department")["industrial_jobs"].astype("float64")
    private = commune_places(build).groupby("department")["jobs"].sum()
    ours = (100 * table / private).dropna()
    common = [code for code in ours.index if code in shares]
    assert len(common) > 90
    assert ours[common].corr(pd.Series(shares)[common].astype(float), method="spearman") > 0.85


def test_profile_columns_are_those_of_the_file():
    rows = json.loads(other_table("agg_ze_exdeco.json").read_text(encoding="utf-8"))
    assert set(PROFILE_COLUMNS.values()) <= set(rows[0])

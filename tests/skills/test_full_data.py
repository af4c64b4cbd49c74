"""The producers' whole files: margins of the estimated stock, hires shared out without loss."""

import pytest

from skills.derive.stock import estimated_stock, latest_zone_jobs, published_shares, usable_regions
from tests.economy.worlds import FullBuild, needs_full_data

pytestmark = needs_full_data


@pytest.fixture(scope="module")
def build():
    return FullBuild()


def test_every_table_has_its_rows(build):
    assert len(build.table("skills.OccupationFamily")) == 87
    assert len(build.table("skills.Occupation")) == 532
    hires = build.table("skills.ActivityHire")
    assert (len(hires), hires["naf_code"].nunique(), hires["occupation"].nunique()) == (11_210, 692, 517)


def test_hires_are_shared_without_loss(build):
    by_family = build.table("skills.ActivityFamilyHire").groupby("naf_code")["hires"].sum()
    by_occupation = build.table("skills.ActivityHire").groupby("naf_code")["hires"].sum()
    assert by_family.to_numpy() == pytest.approx(by_occupation.to_numpy(), abs=0.2)


def test_regions_sum_to_the_figures_of_the_dares(build):
    table = build.table("skills.ZoneOccupation")
    region = build.table("basins.EmploymentZone").set_index("code")["region_codes"].str[0]
    sums = table.groupby([table["zone"].map(region).rename("region"), "family"])["value"].sum().unstack()
    published = usable_regions(build.rows("dares-fap-regions"))
    assert len(published) == 17
    ratio = sums.loc[published.index, published.columns] / published
    assert ratio.min(axis=None) > 0.99
    assert ratio.max(axis=None) < 1.01


def test_zones_sum_to_about_their_jobs_and_mayotte_is_missing(build):
    stock = estimated_stock(build)
    population = build.table("basins.EmploymentZone").set_index("code")["population"]
    salaried = latest_zone_jobs(build, population).drop(columns="TZ").sum(axis=1, min_count=1)
    ratio = (stock.jobs.sum(axis=1, min_count=1) / salaried).dropna()
    assert len(ratio) == 305
    # Self-employed are more, and workers of a zone straddling regions move with the larger one.
    assert 0.95 < ratio.median() < 1.10
    assert ratio.between(0.75, 1.5).all()
    assert set(build.table("skills.ZoneOccupation").query("zone == '0601'")["status"]) == {"missing"}


def test_errors_are_at_least_thirty_percent(build):
    assert build.table("skills.ZoneOccupation")["error_share"].min() >= 0.30


def test_known_cells_cover_half_of_manufacturing_jobs(build):
    family_jobs = usable_regions(build.rows("dares-fap-regions")).sum()
    zone_jobs = latest_zone_jobs(build, build.table("basins.EmploymentZone").set_index("code")["population"])
    shares = published_shares(build.rows("dares-fap-sectors"), family_jobs.index, zone_jobs.columns)
    known = shares.mul(family_jobs, axis=0).filter(regex="^C").sum().sum()
    salaried = zone_jobs.filter(regex="^C").sum().sum()
    assert 0.45 < known / salaried < 0.60


def test_the_survey_keeps_its_projects(build):
    table = build.table("skills.ZoneHiring")
    everything = table[table["trade"] == "all"].groupby("year")
    # Published numbers sum to 3,013,134 and 2,401,105; 8,967 and 12,948 are in basins that no commune is known of.
    low, high = everything["low"].sum(), everything["high"].sum()
    value = everything["value"].sum()
    assert value[2023] == pytest.approx(3_013_134 - 8_967 + 2.5 * 9_196, rel=0.002)
    assert value[2025] == pytest.approx(2_401_105 - 12_948 + 2.5 * 11_452, rel=0.002)
    assert (low < value).all()
    assert (value < high).all()
    missing = table[(table["trade"] == "all") & table["value"].isna()]
    # Ussel's main survey basin stands in neither survey.
    assert sorted(missing["zone"]) == ["0063", "0063"]


def test_schools_keep_their_candidates_and_courses(build):
    table = build.table("skills.TrainingPlace")
    sums = table.groupby("kind")[["candidates", "courses"]].sum()
    # 66,006 candidates in production in all, two lycées lying outside every zone.
    assert sums.loc["lycee_pro", "candidates"] == pytest.approx(66_006, abs=150)
    assert sums.loc["bts", "courses"] == pytest.approx(1_523, abs=5)
    assert table["zone"].nunique() >= 302

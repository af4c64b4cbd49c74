"""The producers' whole files: margins of the estimated stock, hires shared out without loss."""

import pytest

from skills.derive.levels import recent_jobs
from skills.derive.stock import estimated_stock, latest_zone_jobs, published_shares, usable_regions
from skills.families import industrial_families
from skills.trades import trades
from skills.training import supplies
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


def test_tightness_repeats_a_wider_figure_exactly_where_its_categories_are_not_published(build):
    """What lets the edition keep only the cells that an area publishes for itself."""
    rows = build.rows("dares-tightness")
    rows = rows[rows["fap_code"].str.len() == 3]
    departments = build.table("basins.Department").set_index("code")["region"]
    index = {(one.grain, one.area_code, one.fap_code): one.index for one in rows.itertuples(index=False)}
    wider = {"department": lambda area: ("region", departments[area]), "region": lambda area: ("country", "")}
    silent = rows[rows["category"].isna()]
    assert len(silent) == 2_098 + 71
    for grain, area, family, value in silent[["grain", "area_code", "fap_code", "index"]].itertuples(index=False):
        assert value == pytest.approx(index[*wider[grain](area), family]), (grain, area, family)


def test_tightness_keeps_what_is_published(build):
    table = build.table("skills.Tightness")
    assert table["grain"].value_counts().to_dict() == {
        "department": 5_602 + 7_504, "region": 1_238 + 2_536, "country": 77 + 186
    }  # fmt: skip
    assert table["value"].notna().all()
    assert table["category"].between(1, 5).all()


def test_zones_lie_whole_in_departments(build):
    shares = build.table("skills.ZoneDepartment").groupby("zone")["jobs_share"].sum()
    assert len(shares) == 306
    assert shares.to_numpy() == pytest.approx(1, abs=1e-4)


def test_levels_keep_the_jobs_of_the_families(build):
    levels = build.table("skills.FamilyLevel")
    assert set(levels["family"]) == set(industrial_families())
    stock = build.table("skills.ZoneOccupation")
    jobs = stock[stock["family"].isin(industrial_families())].groupby("zone")["value"].sum(min_count=1)
    by_level = build.table("skills.ZoneLevel").groupby("zone")["value"].sum(min_count=1)
    gap = (by_level - jobs).abs()
    assert gap.max() < 3
    assert gap.isna().sum() == 1


def test_published_shares_of_projects_hard_to_fill_are_those_of_the_survey(build):
    raw = build.rows("hiring-intentions-2025")
    both = raw.dropna(subset=["projects", "hard"])
    stars = raw["hard"].isna() & raw["projects"].notna()
    known = raw[raw["projects"].notna()]["projects"].sum()
    low, high = 100 * both["hard"].sum() / known, 100 * (both["hard"].sum() + 4 * stars.sum()) / known
    table = build.table("skills.ZoneHiring").query("trade == 'all' and year == 2025").dropna(subset=["hard_pct"])
    mean = (table["hard_pct"] * table["value"]).sum() / table["value"].sum()
    assert low < mean < high


def test_no_engineering_school_is_counted_twice(build):
    places = build.table("skills.TrainingPlace").query("kind == 'engineering'")
    uai = places["code"].str.split("-").str[0]
    assert uai.is_unique
    assert places["release"].value_counts().to_dict() == {
        "parcoursup-industrial-courses@test": 224, "esr-higher-education@test": 22
    }  # fmt: skip


def test_half_of_the_people_trained_for_production_name_a_domain_of_the_trade(build):
    """The judgement of `training_supply.toml` against the specialities that people in the trade hold."""
    held = build.rows("dares-family-specialities")
    domain = {"20": "general", "22": "transformation", "23": "civil_wood", "24": "soft_materials"}
    held = held.assign(domain=held["speciality_code"].str[:2].map(domain | {"25": "mechanics_electricity"}))
    jobs = recent_jobs(build.rows("dares-family-jobs"))
    for code, supply in supplies().items():
        if "engineering" in supply.kinds:
            continue
        rows = held[held["fap_code"].isin(trades()[code].codes["fap2009"])].dropna(subset=["domain"])
        people = (rows["share_pct"] * rows["fap_code"].map(jobs)).groupby(rows["domain"]).sum()
        half = people[people > people.sum() / 2].index
        assert set(half) <= set(supply.domains), (code, people.to_dict())


def test_titles_lead_to_hired_occupations(build):
    titles = build.table("skills.JobTitle")
    assert set(titles["occupation"]) <= set(build.table("skills.ActivityHire")["occupation"])
    assert 10_900 < len(titles) < 11_118

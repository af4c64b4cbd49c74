"""The producers' whole files: counts and totals they publish, identities that must hold."""

import pytest

from economy.nomenclature import A38
from sources.registry import Rejected
from tests.economy.worlds import FullBuild, needs_full_data

pytestmark = needs_full_data


@pytest.fixture(scope="module")
def build():
    return FullBuild()


def test_nomenclature_is_complete_and_every_sub_class_has_its_whole_chain(build):
    table = build.table("economy.Sector")
    assert table["level"].value_counts().to_dict() == {
        "subclass": 732, "class": 615, "group": 272, "division": 88, "a38": 38, "section": 21, "a17": 17
    }  # fmt: skip
    by_key = table.set_index("key")
    chain = ["subclass", "class", "group", "division", "a38", "section"]
    for key in by_key.index[by_key["level"] == "subclass"]:
        levels = [by_key.loc[key, "level"]]
        while isinstance(by_key.loc[key, "parent"], str):
            key = by_key.loc[key, "parent"]
            levels.append(by_key.loc[key, "level"])
        assert levels == chain


def test_divisions_stand_in_the_section_their_a38_says(build):
    sections = build.rows("insee-naf-hierarchy").groupby("division_code")["section_code"].first()
    for division, section in sections.items():
        holder = next(one for one in A38 if one.first_division <= int(division) <= one.last_division)
        assert holder.code[0] == section


def test_private_jobs_keep_every_published_figure(build):
    table = build.table("economy.ZoneSectorJobs").query("scope == 'private'")
    observed = table[table["status"] == "observed"].groupby("year")["value"].sum()
    published = build.rows("urssaf-zone-a38").groupby("year")["jobs"].sum()
    assert observed.to_dict() == published.to_dict()
    estimated = table[table["status"] == "estimated"].groupby("year")["value"].sum()
    assert (estimated < 1000).all()


def test_manufacturing_totals_are_the_published_ones(build):
    rows = build.rows("urssaf-zone-a38")
    totals = rows[rows["a38"].str.startswith("C")].groupby("year")["jobs"].sum()
    # Urssaf, private manufacturing jobs of the file, end of 2019 and 2024.
    assert (totals[2019], totals[2024]) == (2_744_185, 2_805_329)


def test_grid_is_complete_and_mayotte_missing(build):
    table = build.table("economy.ZoneSectorJobs")
    assert len(table) == 306 * 38 * 6
    assert set(table.query("zone == '0601'")["status"]) == {"missing"}
    assert set(table.query("scope == 'private' and a38 == 'AZ'")["status"]) == {"missing"}


def test_zones_sum_to_the_nation(build):
    table = build.table("economy.ZoneSectorJobs").query("scope == 'all'").groupby("year")["value"].sum()
    assert table.to_dict() == build.rows("insee-flores-zone-a38").groupby("year")["jobs"].sum().to_dict()


def test_long_series_counts_nobody_twice(build):
    table = build.table("economy.ZoneJobs")
    assert table["zone"].nunique() == 306
    # 27.0 million without the regional parts of zones, 27.6 with them (INSEE, 2023).
    assert table.query("year == 2023")["value"].sum() == pytest.approx(27.0e6, abs=0.05e6)


def test_plants_all_find_a_zone(build):
    refused = {
        slug: [r for r in build.records(slug) if isinstance(r, Rejected)]
        for slug in ("epv-firms", "irep-large-plants")
    }
    assert {slug: len(rows) for slug, rows in refused.items()} == {"epv-firms": 2, "irep-large-plants": 17}
    table = build.table("economy.Plant")
    # 1,298 listed, 2 of an older nomenclature, 4 listed twice; 2,552 plants, 17 without activity.
    assert table["kind"].value_counts().to_dict() == {"large_plant": 2535, "epv": 1292}
    assert not table["code"].duplicated().any()

"""The derived tables of the skills on a world that can be checked by hand."""

import pandas as pd
import pytest

from skills.derive.hires import hires_by_family, hires_by_occupation
from skills.derive.nomenclatures import occupation_families
from skills.derive.stock import latest_zone_jobs, published_shares, usable_regions, zone_occupations
from sources.editions import BuildError
from tests.economy.worlds import PaperBuild, two_zones

REGIONS = pd.DataFrame(
    [
        ("11", "D1Z", 30_000.0),
        ("11", "E0Z", 10_000.0),
        ("24", "D1Z", 5_000.0),
        ("24", "E0Z", 15_000.0),
        ("06", "D1Z", 9.0),
    ],
    columns=["region_code", "fap_code", "jobs"],
)
SECTORS = pd.DataFrame(
    [
        ("D1Z", "Ouvriers", "CA", 40.0),
        ("D1Z", "Ouvriers", "AU", 60.0),
        ("E0Z", "Process", "ZZ", 9.0),
        ("ENS", "Tous", "CA", 5.0),
    ],
    columns=["fap_code", "label", "a38", "share_pct"],
)
HIRES = pd.DataFrame(
    [("H1001", "10.11Z", 10), ("H1002", "13.10Z", 20), ("X9999", "13.10Z", 3)],
    columns=["rome_code", "naf_code", "hires"],
)
LINKS = pd.DataFrame([("D1Z40", "H1001"), ("E0Z20", "H1002")], columns=["fap_code", "rome_code"])
CELLS = pd.DataFrame(
    [(zone, a38, year, scope, jobs, "observed")
     for zone, of_zone in {"1001": (60.0, 40.0), "1002": (10.0, 90.0)}.items()
     for a38, jobs in zip(("CA", "CB"), of_zone, strict=True)
     for year in (2022, 2023) for scope in ("all", "private")]
    + [("0601", a38, 2023, "all", None, "missing") for a38 in ("CA", "CB", "UZ")],
    columns=["zone", "a38", "year", "scope", "value", "status"],
)  # fmt: skip


def build():
    rows = {
        "dares-fap-regions": REGIONS,
        "dares-fap-sectors": SECTORS,
        "dares-fap-rome": LINKS,
        "hires-naf-rome": HIRES,
    }
    subclasses = pd.DataFrame({"level": "subclass", "code": ["10.11Z", "13.10Z"], "a38": ["CA", "CB"]})
    tables = {"basins.EmploymentZone": two_zones(), "economy.Sector": subclasses, "economy.ZoneSectorJobs": CELLS}
    return PaperBuild(rows, tables)


def test_families_take_their_label_from_the_sector_table():
    assert occupation_families(build()).to_numpy().tolist() == [["D1Z", "Ouvriers"], ["E0Z", "Process"]]
    nameless = build()
    nameless.paper_rows["dares-fap-sectors"] = SECTORS[SECTORS["fap_code"] != "E0Z"]
    with pytest.raises(BuildError, match="E0Z"):
        occupation_families(nameless)


def test_hires_by_occupation_and_by_family():
    assert hires_by_occupation(build())["hires"].sum() == 33
    # The occupation that belongs to no family is left out.
    assert hires_by_family(build()).to_numpy().tolist() == [["10.11Z", "D1Z", 10.0], ["13.10Z", "E0Z", 20.0]]


def test_a_region_with_a_broken_sample_is_left_out():
    assert usable_regions(REGIONS).index.tolist() == ["11", "24"]


def test_blocks_and_unknown_sectors_are_no_known_cell():
    shares = published_shares(SECTORS, pd.Index(["D1Z", "E0Z"]), pd.Index(["CA", "CB"]))
    assert shares.loc["D1Z", "CA"] == 0.4
    assert shares.notna().sum().sum() == 1


def test_zone_jobs_hold_the_population_for_households():
    table = latest_zone_jobs(build(), pd.Series({"1001": 1000, "1002": 3000, "0601": 500}))
    assert table.columns.tolist() == ["CA", "CB", "TZ"]
    assert table.loc["1002"].tolist() == [10, 90, 3000]
    assert table.loc["0601"].isna().all()


def test_stock_sums_to_the_regions_and_says_what_it_does_not_know():
    table = zone_occupations(build()).set_index(["zone", "family"])
    # 1001 lies in region 11; 1002 lies mostly in region 24, and counts there whole.
    assert table.loc["1001", "value"].to_dict() == pytest.approx({"D1Z": 30_000, "E0Z": 10_000})
    assert table.loc["1002", "value"].to_dict() == pytest.approx({"D1Z": 5_000, "E0Z": 15_000})
    assert set(table.loc["0601", "status"]) == {"missing"}
    assert set(table.drop("0601")["status"]) == {"estimated"}
    assert (table["error_share"] >= 0.30).all()

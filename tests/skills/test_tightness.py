"""Tightness: its file read as published, and how it reaches the zones, worked out by hand and by another road."""

import math
import random

import numpy as np
import pandas as pd
import pytest

from skills.derive.tightness import tightness, zone_departments
from skills.ingest.tightness import CATEGORY_COLUMNS, COLUMNS, parse_family_tightness, parse_tightness
from skills.tightness import COUNTRY, DEPARTMENT, REGION, zone_tightness
from sources.readers import LayoutError
from tests.economy.worlds import PaperBuild, refused

LEVELS = "5.0,3.0,4.0,1.0,2.0,5.0,4.0"
NONE = "," * 6


def written(path, rows, header=COLUMNS):
    path.write_text("\n".join([",".join(header), *rows]) + "\n", encoding="utf-8")
    return path


def test_grains_regions_without_their_zero_and_blanks(tmp_path):
    rows = [
        f"D1Z,105600,1.59,{LEVELS},2019,nat,fap 87,,",
        f"D1Z,200,1.8,{LEVELS},2019,reg ,fap 87,4.0,",
        f"D1Z,300,-0.2,{LEVELS},2019,reg,fap 87,84.0,",
        f"D1Z41,0,1.8,{NONE},2019,dep,fap 225,,2A",
        f"D1Z41,40,,{NONE},2019,dep,fap 225,,01",
    ]
    records = list(parse_tightness(written(tmp_path / "t.csv", rows)))
    assert records[0] == ("country", "", "D1Z", 105_600, 1.59, 5, 3, 4, 1, 2, 5, 4, 2019)
    assert [record[:3] for record in records[1:]] == [
        ("region", "04", "D1Z"), ("region", "84", "D1Z"), ("department", "2A", "D1Z41"), ("department", "01", "D1Z41"),
    ]  # fmt: skip
    assert records[2].index == -0.2
    assert records[3][4:] == (1.8, *[None] * 7, 2019)
    assert records[4].index is None


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (f"D1,1,1.0,{LEVELS},2019,nat,fap 87,,", "fap"),
        (f"D1Z40,1,1.0,{LEVELS},2019,nat,fap 87,,", "fap"),
        (f"D1Z,1,1.0,{LEVELS},2019,dep,fap 87,84.0,01", "niveau_geo"),
        (f"D1Z,1,1.0,{LEVELS},2019,bassin,fap 87,,", "niveau_geo"),
        ("D1Z,1,1.0,6.0,3.0,4.0,1.0,2.0,5.0,4.0,2019,nat,fap 87,,", CATEGORY_COLUMNS[0]),
        (f"D1Z,1,inf,{LEVELS},2019,nat,fap 87,,", "Tension "),
        (f"D1Z,-1,1.0,{LEVELS},2019,nat,fap 87,,", "Emploi moyen"),
        (f"D1Z,1,1.0,{LEVELS},,nat,fap 87,,", "Emploi moyen"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(tmp_path, row, column):
    assert refused(parse_tightness(written(tmp_path / "t.csv", [row]))) == [(2, column)]


def test_a_header_without_its_trailing_space_is_another_layout(tmp_path):
    header = [name.strip() for name in COLUMNS]
    with pytest.raises(LayoutError, match="Tension "):
        list(parse_tightness(written(tmp_path / "t.csv", [], header)))


def test_tightness_by_year(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text("fap,Tension ,Année\nD1Z,-0.5,2011\nD1Z,NA,2012\nD,1,2012\n", encoding="utf-8")
    records = list(parse_family_tightness(path))
    assert records[0] == ("D1Z", "2011", -0.5)
    assert refused(records) == [(3, "Tension "), (4, "fap")]


CATEGORIES = ("category", "hiring_intensity", "training_link", "labour_scarcity", "job_instability")
OTHERS = ("demanding_conditions", "geographic_mismatch")


def test_only_what_is_published_for_the_area_itself_is_kept():
    names = ["grain", "area_code", "fap_code", "jobs", "index", *CATEGORIES, *OTHERS, "year"]
    rows = pd.DataFrame(
        [
            ("department", "01", "D1Z", 900, 1.23456, *[4] * 7, 2019),
            ("department", "05", "D1Z", 0, 0.9, *[None] * 7, 2019),
        ],
        columns=names,
    )
    table = tightness(PaperBuild({"dares-tightness": rows}, {}))
    assert table[["area_code", "value", "status", "category"]].to_numpy().tolist() == [["01", 1.235, "observed", 4]]


def test_a_zone_lies_in_departments_by_its_jobs_and_by_its_people_without_any():
    rows = {
        "insee-communes": pd.DataFrame(
            [(code, "COM", "", "") for code in ("01001", "39001", "97601")],
            columns=["insee_code", "kind", "department", "parent"],
        ),
        "insee-commune-moves": pd.DataFrame(columns=["code_before", "code_after", "effective_on", "kind"]),
        "urssaf-commune-jobs": pd.DataFrame(
            [("01001", 2024, 60), ("39001", 2024, 20)], columns=["insee_code", "year", "jobs"]
        ),
    }
    communes = pd.DataFrame(
        [("01001", "1001", "01", 500), ("39001", "1001", "39", 500), ("97601", "0601", "976", 70)],
        columns=["insee_code", "zone", "department", "population"],
    )
    table = zone_departments(PaperBuild(rows, {"basins.Commune": communes}))
    found = table.set_index(["zone", "department"])["jobs_share"].to_dict()
    assert found == {("0601", "976"): 1.0, ("1001", "01"): 0.75, ("1001", "39"): 0.25}


REGION_OF = pd.Series({"01": "84", "39": "27", "05": "93", "976": "06"})
SHARES = pd.DataFrame(
    [("1001", "01", 0.75), ("1001", "39", 0.25), ("1002", "05", 1.0), ("0601", "976", 1.0)],
    columns=["zone", "department", "jobs_share"],
)
ROWS = pd.DataFrame(
    [
        (COUNTRY, "", "D1Z", 1.6),
        (COUNTRY, "", "H0Z", 1.2),
        (REGION, "84", "D1Z", 1.5),
        (REGION, "27", "D1Z", 2.0),
        (REGION, "93", "H0Z", 0.4),
        (DEPARTMENT, "01", "D1Z", 1.0),
    ],
    columns=["grain", "area_code", "family_code", "value"],
)


def test_a_department_without_a_figure_takes_its_region_s_and_a_region_without_one_the_country_s():
    regions_all = pd.concat([ROWS, pd.DataFrame([(REGION, "06", "X", math.nan)], columns=ROWS.columns)])
    found = zone_tightness(ROWS, REGION_OF, SHARES)
    # Three quarters of the zone with the department's own index, a quarter with the region's.
    assert found.index.loc["1001", "D1Z"] == pytest.approx(0.75 * 1.0 + 0.25 * 2.0)
    assert found.own_share.loc["1001", "D1Z"] == pytest.approx(0.75)
    assert found.own_share.loc["1002", "H0Z"] == 0
    assert found.index.loc["1002"].tolist() == pytest.approx([1.6, 0.4])
    assert found.national.to_dict() == {"D1Z": 1.6, "H0Z": 1.2}
    # No region in the file: unknown, not the country's.
    assert found.index.loc["0601"].isna().all()
    assert set(zone_tightness(regions_all, REGION_OF, SHARES).index.columns) == {"D1Z", "H0Z", "X"}


def slow_index(rows, region_of, shares, zone, family):
    """The same, one cell at a time."""
    cells = {(grain, area): value for grain, area, code, value in rows.itertuples(index=False) if code == family}
    total = 0.0
    for where, department, share in shares.itertuples(index=False):
        if where != zone:
            continue
        region = region_of[department]
        if region not in set(rows.loc[rows["grain"] == REGION, "area_code"]):
            return None
        ladder = ((DEPARTMENT, department), (REGION, region), (COUNTRY, ""))
        known = [cells[step] for step in ladder if step in cells]
        if not known:
            return None
        total += share * known[0]
    return total


@pytest.mark.parametrize("seed", range(5))
def test_another_road_gives_the_same_index(seed):
    draw = random.Random(seed)
    departments = [f"{number:02d}" for number in range(8)]
    region_of = pd.Series({code: f"R{draw.randrange(3)}" for code in departments})
    areas = [(COUNTRY, ""), *[(REGION, f"R{i}") for i in range(3)], *[(DEPARTMENT, code) for code in departments]]
    rows = pd.DataFrame(
        [
            (*area, family, draw.gauss(0, 1))
            for area in areas
            for family in ("A0Z", "B0Z", "C0Z")
            if draw.random() < 0.7
        ],
        columns=ROWS.columns,
    )
    cuts = {f"100{i}": draw.sample(departments, 3) for i in range(5)}
    shares = pd.DataFrame(
        [
            (zone, code, share)
            for zone, codes in cuts.items()
            for code, share in zip(codes, (0.5, 0.3, 0.2), strict=True)
        ],
        columns=SHARES.columns,
    )
    found = zone_tightness(rows, region_of, shares)
    for zone in cuts:
        for family in found.index.columns:
            expected = slow_index(rows, region_of, shares, zone, family)
            value = found.index.loc[zone, family]
            assert (expected is None and np.isnan(value)) or value == pytest.approx(expected)

"""The data files of activity profiles: complete, summing to 100, with the figures published and decided."""

import re
import tomllib
from pathlib import Path

import pytest

from infrastructure.reference import GRID_KV

DATA = Path(__file__).parents[2] / "scoring" / "data"
DEFAULTS = tomllib.loads((DATA / "profile_defaults.toml").read_text(encoding="utf-8"))
FAMILIES = tomllib.loads((DATA.parents[1] / "skills" / "data" / "families.toml").read_text(encoding="utf-8"))[
    "families"
]
REQUIREMENTS_FILE = tomllib.loads((DATA / "requirements.toml").read_text(encoding="utf-8"))
REQUIREMENTS = REQUIREMENTS_FILE["requirements"]

MODES = ["road", "rail", "sea", "inland", "air"]
A38 = set(
    re.findall(
        r"\w\w",
        """AZ BZ CA CB CC CD CE CF CG CH CI CJ CK CL CM DZ EZ FZ GZ
        HZ IZ JA JB JC KZ LZ MA MB MC NZ OZ PZ QA QB RZ SZ TZ UZ""",
    )
)
FIELDS = {"land_m2_per_job", "kw_per_job", "kw_evidence", "mode_shares_pct", "project_jobs"}
BLOCKS = {**DEFAULTS["branches"], **DEFAULTS["overrides"], "several": DEFAULTS["several_branches"]}


def test_every_branch_has_a_complete_default():
    assert set(DEFAULTS["branches"]) == A38
    assert all(set(branch) == FIELDS for branch in DEFAULTS["branches"].values())
    assert set(DEFAULTS["several_branches"]) == FIELDS


def test_overrides_are_naf_prefixes_that_state_only_known_fields():
    for prefix, fields in DEFAULTS["overrides"].items():
        assert re.fullmatch(r"\d\d(\.\d{1,2}[A-Z]?)?", prefix)
        assert fields
        assert set(fields) <= FIELDS
        assert ("kw_per_job" in fields) == ("kw_evidence" in fields)


@pytest.mark.parametrize("name", BLOCKS)
def test_figures_are_plausible(name):
    block = BLOCKS[name]
    if shares := block.get("mode_shares_pct"):
        assert list(shares) == MODES
        assert sum(shares.values()) == 100
        assert min(shares.values()) >= 0
    if jobs := block.get("project_jobs"):
        assert 0 < jobs["small"] < jobs["medium"] < jobs["large"]
    if land := block.get("land_m2_per_job"):
        assert 0 < land[0] <= land[1]
    assert block.get("kw_per_job", 1) > 0
    assert block.get("kw_evidence", "E") in {"P", "E"}


@pytest.mark.parametrize(
    ("code", "land", "kw", "evidence", "shares", "jobs"),
    [
        ("CA", [350, 350], 6, "P", [90, 3, 4, 2, 1], [20, 80, 300]),
        ("CB", [150, 150], 2, "P", [92, 1, 4, 0, 3], [15, 50, 150]),
        ("CE", [700, 700], 23, "P", [60, 18, 14, 8, 0], [30, 100, 400]),
        ("CG", [300, 600], 11, "P", [85, 6, 4, 5, 0], [20, 70, 250]),
        ("CH", [250, 250], 12, "P", [82, 9, 5, 3, 1], [20, 70, 400]),
        ("CL", [350, 350], 5, "E", [78, 12, 6, 1, 3], [50, 200, 1000]),
        ("CM", [250, 250], 2, "E", [90, 2, 4, 1, 3], [10, 40, 150]),
    ],
)
def test_manufacturing_branches_hold_the_decided_figures(code, land, kw, evidence, shares, jobs):
    branch = DEFAULTS["branches"][code]
    assert branch["land_m2_per_job"] == land
    assert (branch["kw_per_job"], branch["kw_evidence"]) == (kw, evidence)
    assert list(branch["mode_shares_pct"].values()) == shares
    assert list(branch["project_jobs"].values()) == jobs


def test_batteries_ask_for_much_more_than_their_branch():
    batteries = DEFAULTS["overrides"]["27.20"]
    assert batteries["land_m2_per_job"] == [200, 670]
    assert (batteries["kw_per_job"], batteries["kw_evidence"]) == (40, "E")
    assert list(batteries["mode_shares_pct"].values()) == [60, 18, 18, 4, 0]
    assert list(batteries["project_jobs"].values()) == [400, 1200, 2500]


def test_only_manufacturing_power_is_published():
    published = {code for code, branch in DEFAULTS["branches"].items() if branch["kw_evidence"] == "P"}
    assert published == {"CA", "CB", "CC", "CE", "CF", "CG", "CH"}


def test_the_eighty_seven_families_stand_once():
    codes = [family["code"] for family in FAMILIES]
    assert len(codes) == 87
    assert len(set(codes)) == 87
    assert all(re.fullmatch(r"[A-X]\d[ZAB]", code) for code in codes)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family["code"])
def test_each_family_is_well_formed(family):
    assert set(family) - {"why"} == {"code", "is_scored", "role", "level", "label"}
    assert family["role"] in {"production", "maintenance", "craft", "logistics", "support"}
    assert family["is_scored"] == (family["role"] != "support")
    assert family["level"] in {"worker", "technician", "engineer", "other"}
    assert set(family["label"]) == {"fr", "en"}
    assert not family["is_scored"] or family["level"] != "other"


def test_sales_office_and_driving_are_support_and_the_workshop_is_scored():
    scored = {family["code"] for family in FAMILIES if family["is_scored"]}
    assert scored >= {"C1Z", "D1Z", "D2Z", "D4Z", "D6Z", "E1Z", "F1Z", "F3Z", "G0A", "G1Z", "H0Z", "J1Z", "K0Z", "S0Z"}
    assert not scored & {"R1Z", "R2Z", "R4Z", "L0Z", "L2Z", "J3Z", "S2Z", "T4Z", "M2Z", "W0Z"}


def check_names(check):
    """Every rule of a check, those nested in any_of included, after the parameters of each are verified."""
    parameters = {
        "mode_within_km": {"mode", "km"},
        "grid_within_km": {"kv", "km"},
        "sites_min_ha": {"ha", "km"},
        "any_of": {"checks"},
    }
    assert set(check) - {"rule"} == parameters[check["rule"]]
    assert check.get("mode", "road") in MODES
    assert check.get("km", 1) > 0
    assert check.get("kv", 225) in GRID_KV.values()
    return [check["rule"], *(name for inner in check.get("checks", []) for name in check_names(inner))]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement["id"])
def test_each_requirement_is_checked_or_to_be_verified_with_somebody(requirement):
    assert requirement["kind"] in {"must", "should", "to_verify"}
    assert all(re.fullmatch(r"\d\d(\.\d{1,2}[A-Z]?)?", prefix) for prefix in requirement["applies_to"])
    assert set(requirement["label"]) == set(requirement["sentence"]) == {"fr", "en"}
    if requirement["kind"] == "to_verify":
        assert "check" not in requirement
        assert set(requirement["verify_with"]) == {"fr", "en"}
    else:
        assert "verify_with" not in requirement
        assert check_names(requirement["check"])


def test_requirement_ids_are_unique():
    ids = [requirement["id"] for requirement in REQUIREMENTS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("prefix", "kinds"),
    [
        ("27.20", {"must", "to_verify"}),
        ("20.1", {"to_verify"}),
        ("21.10", {"to_verify"}),
        ("24.10", {"must", "to_verify"}),
        ("19.10", {"must"}),
        ("19.20", {"must", "to_verify"}),
        ("30.11", {"must", "to_verify"}),
        ("30.12", {"should"}),
        ("30.20", {"must", "to_verify"}),
        ("30.30", {"to_verify"}),
        ("33.15", {"must", "to_verify"}),
        ("33.16", {"should", "to_verify"}),
        ("33.17", {"must", "to_verify"}),
        ("23.51", {"to_verify"}),
        ("20.13A", {"to_verify"}),
        ("24.46", {"to_verify"}),
        ("11.07A", {"to_verify"}),
        ("10.81", {"to_verify"}),
        ("16.10", {"to_verify"}),
        ("10.51", {"to_verify"}),
        ("17.1", {"to_verify"}),
    ],
)
def test_demanding_activities_have_their_requirements(prefix, kinds):
    assert {one["kind"] for one in REQUIREMENTS if prefix in one["applies_to"]} == kinds


@pytest.mark.parametrize(("built", "repaired"), [("30.11", "33.15"), ("30.20", "33.17")])
def test_what_is_repaired_needs_the_way_by_which_what_is_built_leaves(built, repaired):
    asked = [{one["id"] for one in REQUIREMENTS if code in one["applies_to"]} for code in (built, repaired)]
    assert asked[0] and asked[0] == asked[1]
    assert DEFAULTS["overrides"][built]["mode_shares_pct"] == DEFAULTS["overrides"][repaired]["mode_shares_pct"]


@pytest.mark.parametrize(
    ("code", "mode", "times"),
    [("33.15", "sea", 5), ("30.12", "sea", 2), ("33.16", "air", 5), ("33.17", "rail", 5), ("30.20", "rail", 2)],
)
def test_a_thing_that_moves_by_itself_weighs_its_own_mode_well_above_its_branch(code, mode, times):
    branch = DEFAULTS["branches"]["CM" if code.startswith("33") else "CL"]
    assert DEFAULTS["overrides"][code]["mode_shares_pct"][mode] >= times * branch["mode_shares_pct"][mode]


@pytest.mark.parametrize("table", [DEFAULTS, REQUIREMENTS_FILE], ids=["defaults", "requirements"])
def test_judgements_are_signed_and_dated(table):
    assert table["author"] and table["reviewed"].year >= 2026

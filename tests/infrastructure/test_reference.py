"""The project's own tables: complete, and refused when they are not."""

import copy
import tomllib

import pytest

from basins.models import EmploymentZone
from infrastructure.reference import (
    ACCESS_KINDS,
    FOLDER,
    ReferenceTableError,
    checked_coverage,
    coverage,
    road_rules,
    seaports,
)

TABLE = tomllib.loads((FOLDER / "coverage.toml").read_text(encoding="utf-8"))


def test_every_kind_is_decided_on_every_land_mass() -> None:
    assert set(coverage()) == {(kind, mass) for kind in ACCESS_KINDS for mass in EmploymentZone.LandMass.values}
    assert all(coverage()[kind, "mainland"] == "covered" for kind in ACCESS_KINDS)


def test_what_is_known_not_to_exist_is_not_what_nobody_lists() -> None:
    assert coverage()["siding", "reunion"] == "absent"
    assert coverage()["freight_station", "corsica"] == "absent"
    assert coverage()["motorway", "corsica"] == "missing"
    assert coverage()["airport", "reunion"] == "missing"
    assert coverage()["seaport", "mayotte"] == "missing"


@pytest.mark.parametrize(
    ("kind", "mass", "word"),
    [("siding", "reunion", None), ("siding", "reunion", "perhaps"), ("siding", "atlantis", "covered")],
)
def test_an_incomplete_or_strange_table_is_refused(kind: str, mass: str, word: str | None) -> None:
    table = copy.deepcopy(TABLE)
    table[kind].pop(mass, None)
    if word:
        table[kind][mass] = word
    with pytest.raises(ReferenceTableError, match=f"{kind}/{mass}"):
        checked_coverage(table)


def test_a_kind_that_has_no_access_is_refused() -> None:
    with pytest.raises(ReferenceTableError, match="marshalling_yard"):
        checked_coverage(TABLE | {"marshalling_yard": TABLE["siding"]})


def test_ports_of_commerce_are_listed_once_with_a_country_code() -> None:
    ports = seaports()
    assert len({port.name for port in ports}) == len(ports) == len({(port.index, port.country) for port in ports})
    assert {port.iso for port in ports} == {"FR", "BE", "NL", "IT", "ES"}


def test_roads_listed_as_dual_name_their_departments() -> None:
    assert all(departments for departments in road_rules().dual.values())

"""How far an activity is from the fabric of a basin: classes by hand, and the same facts by a slow road."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy.models import Plant
from scoring import service
from scoring.fabric_distance import DISTANCES, FAR, NEAR, PRESENT, UNKNOWN, FabricDistance, fabric_distances
from scoring.question import Question

ORDER = (FAR, NEAR, PRESENT)


def distance(**changes: Any) -> FabricDistance:
    """Nothing there, a branch at half its share, related activities in the last basin of three hundred."""
    plain = {
        "same_class": 0,
        "same_group": 0,
        "own_jobs": None,
        "branch_jobs": 40.0,
        "quotient": 0.5,
        "related_rank": 300,
        "basins": 300,
    }
    return FabricDistance(**(plain | changes))


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, FAR),
        ({"same_class": 1, "same_group": 1}, PRESENT),
        ({"own_jobs": 20.0}, PRESENT),
        ({"own_jobs": 19.0}, FAR),
        ({"same_group": 1}, NEAR),
        ({"same_group": 1, "quotient": 3.0, "branch_jobs": 200.0}, PRESENT),
        ({"same_group": 1, "quotient": 2.9, "branch_jobs": 200.0}, NEAR),
        ({"quotient": 9.0, "branch_jobs": 5000.0}, NEAR),  # a branch alone does not say which of its activities
        ({"quotient": 1.5, "branch_jobs": 50.0}, NEAR),
        ({"quotient": 1.5, "branch_jobs": 49.0}, FAR),  # a workshop in a small basin
        ({"related_rank": 45}, NEAR),
        ({"related_rank": 46}, FAR),
        ({"quotient": None, "branch_jobs": None, "related_rank": None}, UNKNOWN),
        ({"quotient": None, "branch_jobs": None, "related_rank": None, "same_class": 1, "same_group": 1}, PRESENT),
    ],
)
def test_a_distance_follows_what_is_known(changes: dict[str, Any], kind: str) -> None:
    assert distance(**changes).kind == kind


@given(
    st.integers(0, 3), st.integers(0, 3), st.floats(0, 20), st.floats(0, 5000), st.integers(1, 300), st.integers(0, 2)
)
def test_more_evidence_never_takes_an_activity_away(
    same_class: int, more_group: int, quotient: float, jobs: float, rank: int, added: int
) -> None:
    given_ = {
        "same_class": same_class,
        "same_group": same_class + more_group,
        "branch_jobs": jobs,
        "related_rank": rank,
    }
    before = distance(**given_, quotient=quotient)
    more = given_ | {"same_group": given_["same_group"] + added, "related_rank": max(1, rank - added)}
    after = distance(**more, quotient=quotient + added)
    assert ORDER.index(after.kind) >= ORDER.index(before.kind)


def test_counts_and_quotients_are_those_of_the_lists_and_of_the_criterion(real: Any) -> None:
    cube = service.level_cube(real, "group")
    chance = np.random.default_rng(3)
    for index in chance.choice(len(real.zones), 3, replace=False):
        code = real.zones[index].code
        plants = list(Plant.objects.filter(zone__code=code).values_list("naf_code", flat=True))
        found = fabric_distances(real, cube, int(index))
        assert {one.kind for one in found} <= set(DISTANCES)
        for place in chance.choice(len(found), 12, replace=False):
            node, one = cube.nodes[place], found[place]
            assert one.same_group == sum(plant[:4] == node.code for plant in plants)
            assert one.same_class == one.same_group  # the classes of a group are all its establishments
            assessment = service.assess(real, Question(node.code, node.level))
            columns = {used.id: column for column, used in enumerate(assessment.used)}
            related = assessment.normalised[:, columns["fabric.related"]]
            assert one.related_rank == int((related > related[index]).sum()) + 1
            if "fabric.specialisation" not in columns:
                assert one.quotient is None  # agriculture is not among the private jobs
                continue
            measured = assessment.cells[columns["fabric.specialisation"]].measured
            if not measured.facts["is_fine"][index]:
                assert one.quotient == pytest.approx(measured.value[index], nan_ok=True)
                assert one.branch_jobs == pytest.approx(measured.facts["jobs"][index], nan_ok=True)


def test_a_basin_of_unknown_jobs_has_unknown_distances_unless_somebody_is_there(real: Any) -> None:
    cube = service.level_cube(real, "group")
    found = fabric_distances(real, cube, real.zone("0601"))  # Mayotte
    assert {one.kind for one in found if not one.same_group} == {UNKNOWN}

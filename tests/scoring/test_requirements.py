"""Requirements of an activity: whom they cover, and what a basin is known to lack, as the ranking says it."""

from typing import Any

import numpy as np
import pytest

from explorer.presenters.rows import unmet
from explorer.presenters.unmet import unmet_of
from scoring import service
from scoring.question import Question
from scoring.requirements import lacking, requirements, requirements_of


def node(real: Any, code: str, level: str = "subclass") -> Any:
    return real.nomenclature.find(code, level)


def test_each_prefix_covers_an_activity_of_the_nomenclature(real: Any) -> None:
    codes = [one.code for one in real.nomenclature.nodes.values() if one.level == "subclass"]
    lost = [
        prefix for one in requirements() for prefix in one.prefixes if not any(c.startswith(prefix) for c in codes)
    ]
    assert not lost


@pytest.mark.parametrize(
    ("group", "narrow", "covered"),
    [
        ("27.2", "27.20Z", True),
        ("30.2", "30.20Z", True),
        ("24.1", "24.10Z", True),
        ("30.1", "30.11Z", False),
        ("33.1", "33.15Z", False),
    ],
)
def test_a_group_requires_what_all_of_it_requires(real: Any, group: str, narrow: str, covered: bool) -> None:
    """27.2 is 27.20Z under another name; 30.1 builds ships and pleasure boats, of which one only needs a port."""
    assert requirements_of(node(real, narrow))
    assert (requirements_of(node(real, group, "group")) == requirements_of(node(real, narrow))) == covered


def test_ships_are_repaired_where_they_float_and_trains_where_there_is_a_track(real: Any) -> None:
    """Against the distances themselves: no port of commerce within 20 km nor inland port within 10; no rail in 15."""
    km = {kind: real.access.distances(kind) for kind in real.access.kinds}
    dry = (km["seaport"] > 20) & (km["inland_port"] > 10)
    for code in ("30.11Z", "33.15Z"):
        found = np.array([bool(lacking(real, node(real, code), index)) for index in range(len(real.zones))])
        assert dry.sum() > 200 and found[dry].all()
        assert not found[(km["seaport"] <= 20) | (km["inland_port"] <= 10)].any()
    far = (km["siding"] > 15) & (km["combined_terminal"] > 15)
    for code in ("30.20Z", "33.17Z"):
        found = np.array([bool(lacking(real, node(real, code), index)) for index in range(len(real.zones))])
        assert far.any() and found[far].all() and not found[km["siding"] <= 15].any()


@pytest.mark.parametrize("code", ["27.20Z", "33.15Z", "30.20Z", "19.10Z", "19.20Z", "24.10Z", "32.50B"])
def test_what_a_suggestion_lacks_is_what_the_ranking_of_its_activity_says(real: Any, code: str) -> None:
    ranking = service.compute_ranking(real, Question(code, "subclass"))
    told = {zone.code: unmet_of(real, zone.code, node(real, code)) for zone in real.zones}
    assert told == {zone.code: unmet(ranking.basin(zone.code)) for zone in real.zones}
    assert any(told.values()) == (code != "32.50B")

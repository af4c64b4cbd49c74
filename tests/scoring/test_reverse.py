"""What fits a basin: the rankings' own numbers, neighbours folded, chains and distances beside them."""

from typing import Any

import numpy as np
import pytest

from economy.value_chains import chain_of_code, value_chains
from scoring import service
from scoring.question import Question
from scoring.rank_intervals import RankInterval
from scoring.reverse import folded, rank_intervals, suggestions

WEIGHTS = (("land", 40.0), ("skills", 20.0))


@pytest.mark.parametrize("weights", [(), WEIGHTS])
def test_a_suggestion_says_what_the_ranking_of_its_activity_says(real: Any, weights: Any) -> None:
    chance = np.random.default_rng(1)
    code = real.zones[int(chance.integers(len(real.zones)))].code
    rows = suggestions(real, code, "subclass", weights=weights)
    assert len(rows) == 732 and [one.fit.rank_among_basins for one in rows] == sorted(
        one.fit.rank_among_basins for one in rows
    )
    some = [rows[place] for place in chance.choice(len(rows), 4, replace=False)]
    drawn = rank_intervals(real, code, [one.node for one in some], weights=weights, seconds=None)
    for one, interval in zip(some, drawn, strict=True):
        ranking = service.compute_ranking(real, Question(one.node.code, one.node.level, weights))
        row = ranking.basin(code)
        assert (row.rank, row.score) == (one.fit.rank_among_basins, pytest.approx(one.fit.score, abs=1e-9))
        spread, index = ranking.robustness, real.zone(code)
        expected = (spread.rank_median[index], spread.rank_p05[index], spread.rank_p95[index])
        assert interval == RankInterval(*(int(rank) for rank in expected))
        assert one.chain == chain_of_code(one.node.code)


def test_neighbours_make_one_line_led_by_the_best_and_none_is_lost(real: Any) -> None:
    rows = suggestions(real, real.zones[5].code, "subclass")
    lines = folded(rows)
    assert sum(map(len, lines)) == len(rows) and {one.node.code for line in lines for one in line} == {
        one.node.code for one in rows
    }
    places = {one.node.code: place for place, one in enumerate(rows)}
    firsts = [places[line[0].node.code] for line in lines]
    assert firsts == sorted(firsts)
    for line in lines:
        assert [places[one.node.code] for one in line] == sorted(places[one.node.code] for one in line)
        assert len({(one.node.code[:4], one.chain) for one in line}) == 1


def test_spectacles_and_medical_devices_are_not_variants_of_each_other(real: Any) -> None:
    families = {one.node.code: one.family for one in suggestions(real, real.zones[0].code, "subclass")}
    assert families["32.50A"] != families["32.50B"]
    assert families["22.29A"] == families["22.29B"] == families["22.22Z"]


def test_a_wide_activity_of_several_chains_has_none(real: Any) -> None:
    chains = {one.node.code: one.chain for one in suggestions(real, real.zones[0].code, "division")}
    assert chains["32"] is None and chains["14"] == value_chains()["fashion"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Oyonnax", "22.22Z"),
        ("Oyonnax", "32.50B"),
        ("Saint-Claude", "32.50B"),
        ("Saint-Claude", "32.40Z"),
        ("La Vallée de l'Arve", "25.62A"),
        ("Grenoble", "26.11Z"),
        ("Roanne", "14.39Z"),
        ("Limoges", "23.41Z"),
        ("Cholet", "14.13Z"),
        ("Creusot-Montceau", "24.10Z"),
    ],
)
def test_what_people_of_a_place_would_say_first_is_there_and_among_the_first_lines(
    real: Any, name: str, code: str
) -> None:
    zone = next(one for one in real.zones if one.name == name)
    manufacturing = set(real.nomenclature.manufacturing)
    rows = [one for one in suggestions(real, zone.code, "subclass") if set(one.node.a38) <= manufacturing]
    lines = folded(rows)
    place = next(i for i, line in enumerate(lines) if code in {one.node.code for one in line})
    assert place < 10
    assert next(one for one in rows if one.node.code == code).distance.kind == "present"

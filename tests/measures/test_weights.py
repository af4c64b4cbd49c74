import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from measures.weights import resolve_weights
from tests.measures import slow
from tests.measures.worlds import quickly

DEFAULT = {"skills.quotient": 30.0, "skills.depth": 10.0, "land.sites": 40.0, "access.modes": 20.0}
PILLARS = {"skills.quotient": "skills", "skills.depth": "skills", "land.sites": "land", "access.modes": "access"}


def test_without_edits_the_defaults_are_shares() -> None:
    assert resolve_weights(DEFAULT, PILLARS, {}) == pytest.approx(
        {"skills.quotient": 0.3, "skills.depth": 0.1, "land.sites": 0.4, "access.modes": 0.2}
    )


def test_an_edited_criterion_changes_the_sum_of_its_pillar() -> None:
    # 30 + 60 + 40 + 20 = 150.
    found = resolve_weights(DEFAULT, PILLARS, {"skills.depth": 60})
    assert found == pytest.approx(
        {"skills.quotient": 0.2, "skills.depth": 0.4, "land.sites": 40 / 150, "access.modes": 20 / 150}
    )


def test_an_edited_pillar_keeps_the_proportions_inside() -> None:
    # 140 for skills, 3 to 1, beside 40 and 20: 200 in all.
    found = resolve_weights(DEFAULT, PILLARS, {"skills": 140})
    assert found == pytest.approx(
        {"skills.quotient": 0.525, "skills.depth": 0.175, "land.sites": 0.2, "access.modes": 0.1}
    )


def test_an_edited_pillar_with_an_edited_criterion_shares_by_the_edit() -> None:
    # 40 for skills as before, now half and half.
    found = resolve_weights(DEFAULT, PILLARS, {"skills": 40, "skills.depth": 30})
    assert found["skills.quotient"] == pytest.approx(0.2)
    assert found["skills.depth"] == pytest.approx(0.2)


def test_an_edited_pillar_whose_criteria_are_all_zero_is_shared_equally() -> None:
    found = resolve_weights(DEFAULT, PILLARS, {"skills": 40, "skills.depth": 0, "skills.quotient": 0})
    assert found["skills.quotient"] == found["skills.depth"] == pytest.approx(0.2)


def test_a_pillar_at_zero_leaves_everything_to_the_others() -> None:
    found = resolve_weights(DEFAULT, PILLARS, {"skills": 0, "access": 0})
    assert found == {"skills.quotient": 0.0, "skills.depth": 0.0, "land.sites": 1.0, "access.modes": 0.0}


def test_the_order_of_the_criteria_is_kept() -> None:
    assert list(resolve_weights(DEFAULT, PILLARS, {"access": 5, "skills": 1})) == list(DEFAULT)


weights = st.integers(0, 50).map(float)


@given(
    st.fixed_dictionaries(dict.fromkeys(DEFAULT, weights)),
    st.dictionaries(st.sampled_from([*DEFAULT, "skills", "land", "access"]), weights),
)
@quickly
def test_weights_sum_to_one_and_agree_with_the_slow_ones(default: dict[str, float], edits: dict[str, float]) -> None:
    own = {key: edits.get(key, weight) for key, weight in default.items()}
    assume(any(edits.get(PILLARS[key], weight) for key, weight in own.items()))
    found = resolve_weights(default, PILLARS, edits)
    assert sum(found.values()) == pytest.approx(1.0)
    assert found == pytest.approx(slow.resolve_weights(default, PILLARS, edits))


@given(st.fixed_dictionaries(dict.fromkeys(DEFAULT, st.integers(1, 50).map(float))), st.floats(0.01, 100))
@quickly
def test_the_unit_of_the_weights_does_not_matter(default: dict[str, float], unit: float) -> None:
    edits = {"skills": 20.0, "land.sites": 3.0}
    in_unit = resolve_weights(
        {key: weight * unit for key, weight in default.items()},
        PILLARS,
        {key: weight * unit for key, weight in edits.items()},
    )
    assert in_unit == pytest.approx(resolve_weights(default, PILLARS, edits))


def test_enormous_weights_do_not_overflow() -> None:
    found = resolve_weights(DEFAULT, PILLARS, {"skills.depth": 1e308, "skills.quotient": 1e308, "land": 1e308})
    assert sum(found.values()) == pytest.approx(1.0)


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"'skill' is neither a criterion nor a pillar\."):
        resolve_weights(DEFAULT, PILLARS, {"skill": 3})


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
@pytest.mark.parametrize("key", ["skills", "land.sites"])
def test_a_weight_that_makes_no_sense_is_refused_by_name(key: str, wrong: float) -> None:
    with pytest.raises(ValueError, match=f"the weight of '{key}' must be a finite number that is not negative"):
        resolve_weights(DEFAULT, PILLARS, {key: wrong})


def test_a_default_that_makes_no_sense_is_refused_even_when_edited() -> None:
    with pytest.raises(ValueError, match=r"'land\.sites'"):
        resolve_weights(DEFAULT | {"land.sites": -1.0}, PILLARS, {"land.sites": 4})


def test_nothing_left_to_weigh_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one weight must be positive"):
        resolve_weights(DEFAULT, PILLARS, {"skills": 0, "land": 0, "access": 0})
    with pytest.raises(ValueError, match="at least one weight must be positive"):
        resolve_weights({}, {}, {})


def test_names_must_tell_criteria_from_pillars() -> None:
    with pytest.raises(ValueError, match="the criterion 'alone' has no pillar"):
        resolve_weights({"alone": 1.0}, {}, {})
    with pytest.raises(ValueError, match="'land' is the name of both"):
        resolve_weights({"land": 1.0}, {"land": "land"}, {})

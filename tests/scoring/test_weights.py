"""From what the reader sets to the weight of each criterion."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.definitions import PILLARS, PRESETS, loaded_criteria
from scoring.errors import BadQuestion
from scoring.question import default_weights
from scoring.weights import BRANCH_CRITERIA, FINE_EVIDENCE, POWER, resolve, shift_to_fine_evidence, without_void

USED = loaded_criteria()
IDS = [one.id for one in USED]
KEYS = [*(one.id for one in PILLARS), *IDS]
quickly = settings(max_examples=100, deadline=None, database=None)
amounts = st.floats(0, 1000, allow_nan=False).map(lambda one: round(one, 2))
edits = st.dictionaries(st.sampled_from(KEYS), amounts)


def of_pillar(weights: dict[str, float], pillar: str) -> float:
    return sum(weight for key, weight in weights.items() if key.startswith(pillar + "."))


def test_without_edit_the_weights_are_the_defaults():
    assert resolve(USED, {}) == pytest.approx({key: default_weights()[key] / 100 for key in IDS})
    assert sum(default_weights()[one.id] for one in PILLARS) == pytest.approx(100)


def test_a_pillar_takes_what_is_set_and_shares_it_as_before():
    found = resolve(USED, {"skills": 100 - (default := default_weights())["skills"]})
    assert of_pillar(found, "skills") == pytest.approx(0.5)
    assert found["skills.quotient"] / found["skills.depth"] == pytest.approx(10 / 6)
    assert found["land.sites"] / found["access.modes"] == pytest.approx(
        default["land.sites"] / default["access.modes"]
    )


def test_a_criterion_set_to_zero_leaves_its_share_to_all_the_others():
    found = resolve(USED, {"land.sites": 0.0})
    assert found["land.sites"] == 0
    assert sum(found.values()) == pytest.approx(1)


def test_an_edit_on_a_criterion_without_data_changes_nothing():
    some = tuple(one for one in USED if one.pillar != "land")
    assert resolve(some, {"land.sites": 500.0, "land": 500.0}) == pytest.approx(resolve(some, {}))


@pytest.mark.parametrize("zeros", [dict.fromkeys(IDS, 0.0), {one.id: 0.0 for one in PILLARS}])
def test_nothing_left_is_refused(zeros):
    with pytest.raises(BadQuestion) as refusal:
        resolve(USED, zeros)
    assert refusal.value.parameter == "weights"


@quickly
@given(edits)
def test_weights_always_sum_to_one_and_are_never_negative(changes):
    try:
        found = resolve(USED, changes)
    except BadQuestion:
        assert not any(changes.values())
        return
    assert sum(found.values()) == pytest.approx(1)
    assert min(found.values()) >= 0


@quickly
@given(st.fixed_dictionaries({one.id: amounts.filter(bool) for one in PILLARS}), st.floats(0.01, 100))
def test_scaling_every_weight_changes_nothing(pillars, factor):
    scaled = {key: value * factor for key, value in pillars.items()}
    assert resolve(USED, scaled) == pytest.approx(resolve(USED, pillars))


@quickly
@given(edits, st.sampled_from(KEYS), st.floats(0.5, 500))
def test_raising_a_weight_never_lowers_its_own_share(changes, key, more):
    before = {**changes, key: changes.get(key, default_weights()[key])}
    try:
        low, high = resolve(USED, before), resolve(USED, before | {key: before[key] + more})
    except BadQuestion:
        return
    raised = [one for one in IDS if one == key or one.startswith(key + ".")]
    assert sum(high[one] for one in raised) >= sum(low[one] for one in raised) - 1e-12


DEFAULT = resolve(USED, {})


@quickly
@given(edits, st.sampled_from([0.0, 0.25, 0.5]))
def test_a_wide_branch_moves_its_share_to_fine_evidence_and_no_more(changes, share):
    try:
        chosen = resolve(USED, changes)
    except BadQuestion:
        return
    moved = shift_to_fine_evidence(chosen, share, DEFAULT)
    assert sum(moved.values()) == pytest.approx(1)
    branch, fine = sum(chosen[key] for key in BRANCH_CRITERIA), chosen[FINE_EVIDENCE]
    if not fine or not branch:
        assert moved == chosen
        return
    by_default = DEFAULT[FINE_EVIDENCE] / sum(DEFAULT[key] for key in BRANCH_CRITERIA)
    wanted = min(1, fine / branch / by_default)
    for key in IDS:
        if key in BRANCH_CRITERIA:
            assert moved[key] == pytest.approx(chosen[key] * (1 - share * wanted))
        elif key != FINE_EVIDENCE:
            assert moved[key] == chosen[key]


def test_all_of_the_share_moves_by_default_and_with_more_fine_evidence():
    for value in (None, 50.0):
        chosen = resolve(USED, {} if value is None else {FINE_EVIDENCE: value})
        moved = shift_to_fine_evidence(chosen, 0.5, DEFAULT)
        assert [moved[key] for key in BRANCH_CRITERIA] == pytest.approx([chosen[key] / 2 for key in BRANCH_CRITERIA])


def test_a_reader_who_wants_hardly_any_fine_evidence_gets_hardly_any():
    """No jump: weights used hardly change from none to a hundredth, and grow with what is asked."""
    used = [
        shift_to_fine_evidence(resolve(USED, {FINE_EVIDENCE: value}), 0.5, DEFAULT)[FINE_EVIDENCE]
        for value in (0.0, 0.01, 1.0, 5.0, 10.0, 20.0)
    ]
    assert used[0] == 0 and used[1] < 0.001 and used == sorted(used)


def test_fine_evidence_that_the_reader_refused_stays_refused():
    chosen = resolve(USED, {FINE_EVIDENCE: 0.0})
    assert shift_to_fine_evidence(chosen, 0.5, DEFAULT) == chosen


def test_without_fine_evidence_nothing_moves():
    some = dict.fromkeys(BRANCH_CRITERIA, 0.25) | {"skills.depth": 0.25}
    assert shift_to_fine_evidence(some, 0.5, DEFAULT) == some


@quickly
@given(edits)
def test_a_void_criterion_leaves_its_weight_to_all_the_others_in_proportion(changes):
    try:
        chosen = resolve(USED, changes)
    except BadQuestion:
        return
    left = without_void(chosen, POWER)
    assert sum(left.values()) == pytest.approx(1)
    if chosen[POWER] < 1:
        assert left[POWER] == 0
        # As if it had never been there.
        rest = {key: weight for key, weight in chosen.items() if key != POWER}
        for key, weight in rest.items():
            assert left[key] == pytest.approx(weight / sum(rest.values()))


def test_a_void_criterion_that_the_reader_asked_for_alone_stays():
    alone = dict.fromkeys(IDS, 0.0) | {POWER: 1.0}
    assert without_void(alone, POWER) == alone


@pytest.mark.parametrize("preset", PRESETS, ids=lambda one: one.id)
def test_presets_name_known_keys_and_leave_something(preset):
    assert set(preset.weights) <= set(KEYS)
    assert sum(resolve(USED, preset.weights).values()) == pytest.approx(1)

"""What is unknown stays between zero and one, what is absent is worth zero, what is zero is known."""

import numpy as np
import pytest

from scoring.cells import Measured
from scoring.definitions import Criterion, loaded_criteria
from scoring.normalising import normalise
from scoring.question import NORMALISATIONS, Question
from scoring.service import compute_ranking
from tests.scoring.world import ALPHA, CODES, DELTA, GAMMA, MAYO, SIGMA, altered, with_value

CARE = next(one for one in loaded_criteria() if one.id == "living.care")
SITES = next(one for one in loaded_criteria() if one.id == "land.sites")
COMPONENTS = Question("26.11Z", "subclass")


def measured(values: list[float], status: list[str], low: list[float] | None = None, high: list[float] | None = None):
    given = np.array(values, dtype=float)
    return Measured(
        given,
        given if low is None else np.array(low, dtype=float),
        given if high is None else np.array(high, dtype=float),
        np.array(status),
    )


def ends(criterion: Criterion, cells: Measured, normalisation: str = "bounds") -> list[tuple[float, float, float]]:
    found = normalise(criterion, cells, normalisation=normalisation)
    return list(zip(found.low.tolist(), found.normalised.tolist(), found.high.tolist(), strict=True))


def test_cells_stand_between_the_quantiles_frozen_over_all_zones():
    found = ends(CARE, measured([8, 0, 6, 10], ["observed"] * 4))
    # Sorted 0, 6, 8, 10: quantiles 2 % and 98 % at 0.06 and 2.94 steps of three.
    low, high = 6 * 0.06, 8 + 2 * 0.94
    assert found[0] == pytest.approx([(8 - low) / (high - low)] * 3)
    assert found[1] == (0, 0, 0)
    assert found[3] == (1, 1, 1)


@pytest.mark.parametrize("normalisation", NORMALISATIONS)
@pytest.mark.parametrize("status", ["missing", "suppressed"])
def test_an_unknown_cell_is_open_from_zero_to_one(normalisation, status):
    cells = measured([1, 2, np.nan], ["observed", "observed", status])
    assert ends(CARE, cells, normalisation)[2] == (0, 0.5, 1)


@pytest.mark.parametrize("normalisation", NORMALISATIONS)
def test_an_unknown_cell_is_open_even_when_its_measure_was_bounded(normalisation):
    cells = measured([10, 90, np.nan], ["observed", "observed", "missing"], low=[10, 90, 0], high=[10, 90, 100])
    assert ends(CARE, cells, normalisation)[2] == (0, 0.5, 1)


@pytest.mark.parametrize("normalisation", NORMALISATIONS)
def test_an_absent_cell_is_worth_nothing_for_certain(normalisation):
    cells = measured([1, 2, np.nan], ["observed", "observed", "absent"])
    assert ends(CARE, cells, normalisation)[2] == (0, 0, 0)


@pytest.mark.parametrize("normalisation", NORMALISATIONS)
def test_a_criterion_that_tells_nobody_apart_is_worth_half_for_everybody(normalisation):
    for value in (0.0, 0.1, 7.3):
        found = ends(CARE, measured([value] * 3, ["observed"] * 3), normalisation)
        assert found == [(0.5, 0.5, 0.5)] * 3, value


def test_an_estimate_is_worth_the_middle_of_its_bar():
    cells = measured([0, 5, 10], ["observed", "estimated", "observed"], low=[0, 3, 10], high=[0, 6, 10])
    low, normalised, high = ends(CARE, cells)[1]
    assert low < normalised < high
    assert normalised == pytest.approx((low + high) / 2)


def test_percentile_counts_equal_values_for_half():
    found = ends(CARE, measured([1, 2, 2, 5], ["observed"] * 4), "percentile")
    assert [one[1] for one in found] == [0.125, 0.5, 0.5, 0.875]


def test_zscore_places_the_mean_in_the_middle_and_three_deviations_at_the_ends():
    found = ends(CARE, measured([0, 10], ["observed"] * 2), "zscore")
    assert [one[1] for one in found] == pytest.approx([0.5 - 1 / 6, 0.5 + 1 / 6])


def test_one_outlier_does_not_crush_the_others():
    """A hundred zones from 1 to 100 and one at a billion: the outlier is held at 1, the others keep their spread."""
    values = [float(one) for one in range(1, 101)] + [1e9]
    found = [one[1] for one in ends(CARE, measured(values, ["observed"] * 101))]
    assert found[-1] == 1
    assert found[49] == pytest.approx(0.49, abs=0.02)


def test_the_first_sites_matter_and_the_hundredth_does_not():
    found = ends(SITES, measured([0, 3, 300], ["observed"] * 3))
    assert [one[1] for one in found] == pytest.approx([0, 1 - np.exp(-1), 1])


def test_a_zone_that_knows_nothing_of_itself_is_in_the_middle_with_wide_bounds(tiny):
    ranking = compute_ranking(tiny, COMPONENTS)
    mayo = ranking.basin(CODES[MAYO])
    known = [one for one in mayo.contributions if one.value is not None or one.status == "absent"]
    # That no zone and no school lie around is all that is known of it.
    assert "fabric.neighbours" in {one.criterion for one in known} <= {"fabric.neighbours", "skills.training"}
    assert mayo.coverage == pytest.approx(sum(one.weight for one in known))
    assert mayo.coverage < 0.25
    assert mayo.score_low == pytest.approx(100 * sum(one.weight * one.low for one in known))
    assert mayo.score_high == pytest.approx(100 * (1 - sum(one.weight * (1 - one.high) for one in known)))
    assert mayo.score == pytest.approx((mayo.score_low + mayo.score_high) / 2)
    assert ranking.rank[MAYO] > 1


# What the tiny world does not tell, among the criteria whose tables are all filled by hand.
UNKNOWN = {
    ALPHA: set(),
    GAMMA: {"land.parks"},  # none found, under an inventory of four fifths less a hair
    DELTA: {"land.sites", "land.parks", "land.power"},  # its absent migration is known
    SIGMA: {
        "fabric.specialisation",
        "fabric.fine_presence",
        "land.sites",
        "access.market",
        "living.care",
        "dynamics.local",
    },
}


@pytest.mark.parametrize("index", UNKNOWN)
def test_absent_and_zero_carry_information_and_unknown_does_not(tiny, index):
    row = compute_ranking(tiny, COMPONENTS).basin(CODES[index])
    unknown = {one.criterion for one in row.contributions if one.status in ("missing", "suppressed")}
    assert unknown - {"skills.bmo"} == UNKNOWN[index]
    assert row.coverage == pytest.approx(1 - sum(one.weight for one in row.contributions if one.criterion in unknown))
    assert all((one.low, one.high) == (0, 1) for one in row.contributions if one.criterion in unknown)


def test_an_absent_thing_costs_its_whole_weight_and_an_unknown_one_half(tiny):
    absent = compute_ranking(tiny, COMPONENTS)
    unknown = compute_ranking(with_value(tiny, "living.net_migration_pct", DELTA, np.nan, "missing"), COMPONENTS)
    weight = {one.id: absent.weights[column] for column, one in enumerate(absent.used)}["living.migration"]
    assert unknown.score[DELTA] - absent.score[DELTA] == pytest.approx(100 * weight / 2)
    assert unknown.score_low[DELTA] == pytest.approx(absent.score_low[DELTA])
    assert unknown.coverage[DELTA] == pytest.approx(absent.coverage[DELTA] - weight)


def test_an_unknown_zone_is_never_first_because_it_is_unknown(tiny):
    """Nobody known in France: every other zone at its worst would still tie, never lose, on that criterion."""
    ranking = compute_ranking(tiny, COMPONENTS)
    for cell in ranking.cells:
        known = ~np.isnan(cell.measured.value)
        assert cell.normalised[~known].max(initial=0) <= max(cell.normalised[known].max(initial=0), 0.5)


def test_a_criterion_that_nobody_knows_weighs_nothing_for_anybody(tiny):
    crops = compute_ranking(tiny, Question("01.11Z", "subclass"))
    used = {one.id for one in crops.used}
    assert not used & {"fabric.specialisation", "fabric.neighbours", "dynamics.local"}
    assert crops.weights.sum() == pytest.approx(1)
    assert "Spécialisation dans l'activité" in crops.not_loaded


def test_a_criterion_that_the_edition_has_no_data_set_for_is_not_loaded_and_weighs_nothing(tiny):
    held = {slug: one for slug, one in tiny.vintages.items() if slug != "cnig-business-parks"}
    without = compute_ranking(altered(tiny, vintages=held), COMPONENTS)
    assert without.not_loaded == ("Parcs d'activité capables d'accueillir le besoin",)
    assert sum(one.default_pct for one in without.pillars) == pytest.approx(100)
    assert sum(one.value for one in without.pillars) == pytest.approx(100)
    assert not compute_ranking(tiny, COMPONENTS).not_loaded

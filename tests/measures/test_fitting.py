import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.arrays import Floats
from measures.fitting import FitResult, fit_margins
from tests.measures import slow
from tests.measures.worlds import jobs, quickly

NAN = float("nan")


def fit(seed: object, rows: object, columns: object, pinned: Floats | None = None) -> FitResult:
    return fit_margins(
        np.array(seed), np.array(rows), np.array(columns), pinned=pinned, tolerance=1e-9, max_iterations=5000
    )


def test_a_flat_seed_gives_independence_by_hand() -> None:
    # 30 of 100 jobs in the first row, 40 of 100 in the first column: 30 x 40 / 100 = 12.
    found = fit([[1.0, 1.0], [1.0, 1.0]], [30.0, 70.0], [40.0, 60.0])
    assert found.values == pytest.approx(np.array([[12.0, 18.0], [28.0, 42.0]]))
    assert found.is_converged
    assert found.column_factor == 1.0


def test_one_pinned_cell_of_a_two_by_two_decides_everything() -> None:
    pinned = np.array([[5.0, NAN], [NAN, NAN]])
    found = fit([[1.0, 1.0], [1.0, 1.0]], [30.0, 70.0], [40.0, 60.0], pinned)
    assert found.values == pytest.approx(np.array([[5.0, 25.0], [35.0, 35.0]]))


@given(jobs(3, 4, at_least=1), jobs(3, 4, at_least=1))
@quickly
def test_margins_are_met_and_the_odds_ratios_of_the_seed_kept(seed: Floats, target: Floats) -> None:
    found = fit(seed, target.sum(axis=1), target.sum(axis=0))
    assert found.is_converged
    assert found.values.sum(axis=1) == pytest.approx(target.sum(axis=1))
    assert found.values.sum(axis=0) == pytest.approx(target.sum(axis=0))
    assert odds_ratios(found.values) == pytest.approx(odds_ratios(seed), rel=1e-6)


def odds_ratios(table: Floats) -> Floats:
    """What scaling rows and columns cannot change."""
    ratios: Floats = table[1:, 1:] * table[0, 0] / (table[1:, :1] * table[:1, 1:])
    return ratios


@given(jobs(3, 3, at_least=1), jobs(3, 3, at_least=1), st.integers(0, 2), st.integers(0, 2))
@quickly
def test_pinned_cells_stay_and_the_rest_agrees_with_the_slow_fit(seed: Floats, target: Floats, i: int, j: int) -> None:
    pinned = np.full((3, 3), NAN)
    pinned[i, j] = target[i, j]
    rows, columns = target.sum(axis=1), target.sum(axis=0)
    found = fit_margins(seed, rows, columns, pinned=pinned, tolerance=1e-9, max_iterations=40)
    assert found.values[i, j] == target[i, j]
    turns = found.iterations
    alone = slow.fit_margins(seed.tolist(), rows.tolist(), columns.tolist(), pinned.tolist(), turns)
    assert found.values == pytest.approx(np.array(alone), rel=1e-6, abs=1e-6)


def test_a_table_that_already_fits_is_returned() -> None:
    table = np.array([[3.0, 0.0], [1.0, 6.0]])
    found = fit(table, table.sum(axis=1), table.sum(axis=0))
    assert found.values == pytest.approx(table)
    assert found.iterations == 1


def test_a_zero_of_the_seed_stays_zero() -> None:
    found = fit([[0.0, 1.0, 1.0], [1.0, 1.0, 1.0]], [10.0, 20.0], [5.0, 12.0, 13.0])
    assert found.values[0, 0] == 0.0
    assert found.values[1, 0] == pytest.approx(5.0)


def test_a_zero_total_empties_its_row() -> None:
    found = fit([[1.0, 1.0], [1.0, 1.0]], [0.0, 10.0], [4.0, 6.0])
    assert found.values.tolist() == [[0.0, 0.0], [4.0, 6.0]]


def test_columns_that_do_not_sum_to_the_rows_are_rescaled_and_the_factor_said() -> None:
    found = fit([[1.0, 1.0], [1.0, 1.0]], [30.0, 70.0], [80.0, 120.0])
    assert found.column_factor == 0.5
    assert found.values.sum(axis=0) == pytest.approx([40.0, 60.0])
    assert found.max_column_gap < 1e-9


def test_a_pattern_without_solution_says_by_how_much_it_misses() -> None:
    # The first row may only use the first column, which asks for less than it has.
    found = fit([[1.0, 0.0], [1.0, 1.0]], [8.0, 2.0], [5.0, 5.0])
    assert not found.is_converged
    assert found.iterations == 5000
    assert found.max_row_gap == pytest.approx(3.0, abs=0.01)
    assert np.isfinite(found.values).all()


def test_scale_of_the_seed_does_not_matter() -> None:
    seed = np.array([[1.0, 2.0], [3.0, 1.0]])
    small, large = fit(seed * 1e-250, [30.0, 70.0], [40.0, 60.0]), fit(seed * 1e250, [30.0, 70.0], [40.0, 60.0])
    assert small.values == pytest.approx(large.values)


def test_a_total_with_nothing_to_carry_it_is_refused_by_position() -> None:
    with pytest.raises(ValueError, match="a row has a total to reach but no free cell with a seed: at position 1"):
        fit([[1.0, 1.0], [0.0, 0.0]], [10.0, 5.0], [7.0, 8.0])
    with pytest.raises(ValueError, match="a column has a total to reach but no free cell with a seed: at position 0"):
        fit([[0.0, 1.0], [0.0, 1.0]], [10.0, 5.0], [7.0, 8.0])


def test_a_row_wholly_pinned_short_of_its_total_is_refused() -> None:
    with pytest.raises(ValueError, match="a row has a total to reach"):
        fit(np.ones((2, 2)), [10.0, 10.0], [10.0, 10.0], np.array([[2.0, 3.0], [NAN, NAN]]))


def test_pinned_cells_above_a_total_are_refused_by_position() -> None:
    with pytest.raises(ValueError, match="the pinned cells of a row sum to more than its total: at position 1"):
        fit(np.ones((2, 2)), [10.0, 10.0], [10.0, 10.0], np.array([[NAN, NAN], [11.0, NAN]]))
    with pytest.raises(ValueError, match="the pinned cells of a column sum to more than its total: at position 1"):
        fit(np.ones((2, 2)), [50.0, 50.0], [90.0, 10.0], np.array([[NAN, 6.0], [NAN, 6.0]]))


def test_totals_that_no_factor_reconciles_are_refused() -> None:
    with pytest.raises(ValueError, match="row totals sum to 3, column totals to 0"):
        fit(np.ones((1, 1)), [3.0], [0.0])


@pytest.mark.parametrize("wrong", [NAN, -1.0, float("inf")])
def test_unknown_negative_or_infinite_input_is_refused_by_name(wrong: float) -> None:
    with pytest.raises(ValueError, match="seed must be known, finite and not negative"):
        fit([[wrong]], [1.0], [1.0])
    with pytest.raises(ValueError, match="row_totals must be known"):
        fit([[1.0]], [wrong], [1.0])
    with pytest.raises(ValueError, match="column_totals must be known"):
        fit([[1.0]], [1.0], [wrong])


def test_pins_and_shapes_and_tolerance_are_checked() -> None:
    with pytest.raises(ValueError, match="pinned cells must be finite and not negative"):
        fit([[1.0]], [1.0], [1.0], np.array([[-1.0]]))
    with pytest.raises(ValueError, match=r"pinned has shape \(1, 2\), the seed \(1, 1\)"):
        fit([[1.0]], [1.0], [1.0], np.array([[1.0, 1.0]]))
    with pytest.raises(ValueError, match=r"the totals ask for \(2, 1\)"):
        fit([[1.0]], [1.0, 1.0], [2.0])
    with pytest.raises(ValueError, match="tolerance must be positive"):
        fit_margins(np.ones((1, 1)), np.ones(1), np.ones(1), tolerance=0.0, max_iterations=5)

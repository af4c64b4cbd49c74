import numpy as np
import pytest
from hypothesis import given

from measures.arrays import Floats
from measures.normalisation import Bounds, Direction, mid_ranks, percentile, quantile_bounds, scale, zscore_to_unit
from tests.measures import slow
from tests.measures.worlds import quickly, values

NAN = float("nan")


def same(found: Floats, expected: list[float]) -> bool:
    return bool(found == pytest.approx(expected, nan_ok=True))


def test_quantile_bounds_by_hand() -> None:
    # Quarter points of 0, 10, 20, 30, 40 are 10 and 30; the unknown one is nobody.
    bounds = quantile_bounds(np.array([40.0, NAN, 0.0, 30.0, 10.0, 20.0]), low_quantile=0.25, high_quantile=0.75)
    assert (bounds.low, bounds.high) == (10.0, 30.0)


def test_bounds_of_a_table_are_those_of_its_columns() -> None:
    table = np.array([[1.0, 5.0, NAN, 0.0], [3.0, 5.0, NAN, 0.0], [NAN, 5.0, NAN, 0.0], [2.0, 5.0, NAN, 9.0]])
    bounds = quantile_bounds(table, low_quantile=0.0, high_quantile=0.5)
    for column in range(4):
        alone = quantile_bounds(table[:, column], low_quantile=0.0, high_quantile=0.5)
        assert same(np.array([alone.low, alone.high]), [np.array(bounds.low)[column], np.array(bounds.high)[column]])


def test_a_column_nearly_all_zeros_is_bounded_by_its_extremes() -> None:
    bounds = quantile_bounds(np.array([0.0] * 99 + [7.0]), low_quantile=0.01, high_quantile=0.9)
    assert (bounds.low, bounds.high) == (0.0, 7.0)


def test_no_zone_at_all_has_unknown_bounds() -> None:
    assert np.isnan(quantile_bounds(np.array([]), low_quantile=0.01, high_quantile=0.99).low)


@pytest.mark.parametrize(("low", "high"), [(0.9, 0.1), (0.5, 0.5), (-0.1, 0.9), (0.1, 1.1), (NAN, 0.9)])
def test_quantiles_out_of_order_are_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="0 <= low < high <= 1"):
        quantile_bounds(np.array([1.0]), low_quantile=low, high_quantile=high)


def test_an_infinite_value_is_refused() -> None:
    with pytest.raises(ValueError, match="values must be finite or NaN: at position 1"):
        quantile_bounds(np.array([1.0, np.inf]), low_quantile=0.0, high_quantile=1.0)


def test_bounds_upside_down_are_refused() -> None:
    with pytest.raises(ValueError, match="low bound must not exceed"):
        Bounds(2.0, 1.0)


def test_scale_by_hand() -> None:
    values = np.array([0.0, 10.0, 15.0, 20.0, 99.0, NAN])
    assert same(scale(values, Bounds(10.0, 20.0), direction="more"), [0.0, 0.0, 0.5, 1.0, 1.0, NAN])
    assert same(scale(values, Bounds(10.0, 20.0), direction="less"), [1.0, 1.0, 0.5, 0.0, 0.0, NAN])


def test_ideal_by_hand() -> None:
    # Long vacancy: 6 to 8 % is healthy, 2 % is a closed market, 16 % a decline.
    found = scale(
        np.array([1.0, 4.0, 6.0, 7.0, 8.0, 12.0, 20.0, NAN]),
        Bounds(2.0, 16.0),
        direction="ideal",
        ideal=Bounds(6.0, 8.0),
    )
    assert same(found, [0.0, 0.5, 1.0, 1.0, 1.0, 0.5, 0.0, NAN])


def test_an_ideal_beyond_a_bound_has_no_decline_on_that_side() -> None:
    found = scale(np.array([0.0, 5.0, 10.0]), Bounds(0.0, 10.0), direction="ideal", ideal=Bounds(10.0, 12.0))
    assert found.tolist() == [0.0, 0.5, 1.0]


@given(values(unknown=False))
@quickly
def test_scale_agrees_with_the_slow_one(cells: Floats) -> None:
    bounds = quantile_bounds(cells, low_quantile=0.1, high_quantile=0.9)
    low, high = float(bounds.low), float(bounds.high)
    directions: tuple[Direction, ...] = ("more", "less")
    for direction in directions:
        expected = [slow.position(cell, low, high, direction) for cell in cells.tolist()]
        assert scale(cells, bounds, direction=direction) == pytest.approx(expected)
    found = scale(cells, Bounds(-10.0, 15.0), direction="ideal", ideal=Bounds(1.0, 3.0))
    expected = [slow.ideal_position(cell, -10.0, 1.0, 3.0, 15.0) for cell in cells.tolist()]
    assert found == pytest.approx(expected)


@given(values(unknown=True))
@quickly
def test_every_normalisation_stays_in_the_unit_and_keeps_the_unknown_unknown(cells: Floats) -> None:
    bounds = quantile_bounds(cells, low_quantile=0.05, high_quantile=0.95)
    for found in (
        scale(cells, bounds, direction="more"),
        scale(cells, bounds, direction="less"),
        scale(cells, bounds, direction="ideal", ideal=Bounds(0.0, 1.0)),
        percentile(cells),
        zscore_to_unit(cells, limit=3.0),
    ):
        assert np.isnan(found).tolist() == np.isnan(cells).tolist()
        known = found[~np.isnan(found)]
        assert ((known >= 0) & (known <= 1)).all()


@given(values(unknown=False))
@quickly
def test_more_and_less_are_mirrors_unless_neutral(cells: Floats) -> None:
    bounds = quantile_bounds(cells, low_quantile=0.0, high_quantile=1.0)
    total = scale(cells, bounds, direction="more") + scale(cells, bounds, direction="less")
    assert total == pytest.approx(np.ones(cells.size))


def test_a_table_is_scaled_column_by_column() -> None:
    table = np.array([[1.0, 10.0, 4.0], [2.0, 30.0, 4.0], [NAN, 20.0, 4.0]])
    bounds = quantile_bounds(table, low_quantile=0.0, high_quantile=1.0)
    found = scale(table, bounds, direction="more")
    assert same(found[:, 0], [0.0, 1.0, NAN])
    assert same(found[:, 1], [0.0, 1.0, 0.5])
    assert same(found[:, 2], [0.5, 0.5, 0.5])


def test_a_value_changed_by_hand_in_a_column_nobody_knows_is_neutral() -> None:
    assert scale(np.array([3.0]), Bounds(NAN, NAN), direction="more").tolist() == [0.5]


def test_an_outlier_over_a_tiny_width_does_not_overflow() -> None:
    assert scale(np.array([1e300, 0.0]), Bounds(0.0, 5e-324), direction="more").tolist() == [1.0, 0.0]


def test_directions_are_checked() -> None:
    with pytest.raises(ValueError, match="direction must be more, less or ideal, not 'best'"):
        scale(np.array([1.0]), Bounds(0.0, 1.0), direction="best")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="only with it, not with 'ideal'"):
        scale(np.array([1.0]), Bounds(0.0, 1.0), direction="ideal")
    with pytest.raises(ValueError, match="only with it, not with 'less'"):
        scale(np.array([1.0]), Bounds(0.0, 1.0), direction="less", ideal=Bounds(0.0, 1.0))


def test_mid_ranks_by_hand() -> None:
    assert same(mid_ranks(np.array([7.0, 5.0, NAN, 5.0, 9.0, 5.0])), [4.0, 2.0, NAN, 2.0, 5.0, 2.0])


@given(values(unknown=False))
@quickly
def test_mid_ranks_sum_as_ranks_without_ties_would(cells: Floats) -> None:
    assert mid_ranks(cells).sum() == pytest.approx(cells.size * (cells.size + 1) / 2)


@given(values(unknown=False))
@quickly
def test_percentile_agrees_with_counting(cells: Floats) -> None:
    assert percentile(cells) == pytest.approx(slow.percentile(cells.tolist()))


@given(values(unknown=False))
@quickly
def test_percentile_of_the_opposite_is_one_minus_percentile(cells: Floats) -> None:
    assert percentile(-cells) == pytest.approx(1 - percentile(cells))


def test_percentile_of_nobody_is_nothing() -> None:
    assert np.isnan(percentile(np.array([NAN, NAN]))).all()


def test_zscore_by_hand() -> None:
    # Mean 10 and deviation 6; with a limit of 3 deviations, 6 units are a sixth of the scale.
    cells = np.array([4.0, 16.0, 4.0, 16.0, NAN])
    assert same(zscore_to_unit(cells, limit=3.0), [1 / 3, 2 / 3, 1 / 3, 2 / 3, NAN])


def test_zscore_is_clamped_at_the_limit() -> None:
    cells = np.array([0.0] * 99 + [1000.0])
    assert zscore_to_unit(cells, limit=3.0)[-1] == 1.0


def test_zscore_of_a_constant_whose_mean_is_not_exact_is_neutral() -> None:
    assert zscore_to_unit(np.full(7, 0.1), limit=3.0).tolist() == [0.5] * 7


def test_zscore_refuses_a_limit_that_is_not_positive() -> None:
    with pytest.raises(ValueError, match="limit must be a positive number"):
        zscore_to_unit(np.array([1.0]), limit=0.0)

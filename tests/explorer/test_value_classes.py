"""Values as classes: bounds one can read, colours spread over the palette."""

import numpy as np
import pytest

from explorer.value_classes import QUOTIENT_BREAKS, Scale, quantile_breaks, significant


def test_a_value_on_a_bound_belongs_above_it() -> None:
    scale = Scale((10.0, 20.0))
    assert [scale.css_class(one) for one in (9.99, 10.0, 19.9, 20.0, 1e9)] == ["q0", "q3", "q3", "q6", "q6"]


def test_the_legend_says_every_class_with_the_decimals_it_needs() -> None:
    labels = [one["label"] for one in Scale((0.5, 1.0, 12.25), decimals=2).legend()]
    assert labels == ["<\u202f0,5", "0,5–1", "1–12,25", "≥\u202f12,25"]


def test_quantiles_hold_about_as_many_values_each() -> None:
    values = np.concatenate([np.random.default_rng(1).lognormal(8, 1, 700), [np.nan] * 20])
    breaks = quantile_breaks(values, decimals=0)
    counts = np.histogram(values[~np.isnan(values)], [-np.inf, *breaks, np.inf])[0]
    assert len(breaks) == 6 and counts.min() > 80 and counts.max() < 120
    assert all(significant(one, 2, 0) == one for one in breaks)


def test_bounds_that_would_meet_keep_more_digits() -> None:
    assert len(quantile_breaks(np.arange(10_100.0, 10_170.0), decimals=0)) == 6


@pytest.mark.parametrize("values", [[], [np.nan, np.nan], [3.0, 3.0, 3.0]])
def test_nothing_to_separate_is_one_class(values: list[float]) -> None:
    scale = Scale(quantile_breaks(np.array(values), decimals=1), decimals=1)
    assert scale.breaks == () and scale.legend() == [] and scale.css_class(3.0) == "q3"


def test_two_sided_colours_have_their_middle() -> None:
    scale = Scale(QUOTIENT_BREAKS, "diverging", 2)
    assert scale.css_class(1.0) == "d3" and scale.css_class(0.2) == "d0" and scale.css_class(2.0) == "d6"


@pytest.mark.parametrize(
    ("breaks", "palette"),
    [((2.0, 1.0), "sequential"), (tuple(range(7)), "sequential"), ((1.0,), "diverging"), ((), "x")],
)
def test_an_absurd_scale_is_refused(breaks: tuple[float, ...], palette: str) -> None:
    with pytest.raises(ValueError):
        Scale(breaks, palette)


@pytest.mark.parametrize(
    ("value", "digits", "decimals", "expected"),
    [(1234.0, 2, 0, 1200.0), (0.01234, 2, 4, 0.012), (0.01234, 2, 2, 0.01), (-56.78, 3, 1, -56.8), (0.0, 2, 1, 0.0)],
)
def test_significant_digits(value: float, digits: int, decimals: int, expected: float) -> None:
    assert significant(value, digits, decimals) == pytest.approx(expected)

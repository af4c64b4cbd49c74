"""Maps of one figure: bounds that part what they say, marks of what is not known."""

import numpy as np
import pytest

from explorer.choropleth import (
    LARGEST_DOT,
    SMALLEST_DOT,
    ZoneFigure,
    coverage_map,
    crowd_breaks,
    dot_radius,
    figure_class,
    figure_map,
    legend,
    scale_around_zero,
)
from explorer.value_classes import Scale
from scoring.service import current_facts
from tests.explorer.html_tree import parse


def test_a_crowd_at_the_lowest_value_has_a_class_of_its_own() -> None:
    known = np.array([0.0] * 50 + list(range(2, 52)), dtype=float)
    breaks = crowd_breaks(known, 0)
    assert breaks[0] == 2 and len(breaks) == 6
    assert Scale(breaks).css_class(0.0) == "q0" and Scale(breaks).css_class(2.0) != "q0"


def test_without_a_crowd_classes_are_as_large() -> None:
    breaks = crowd_breaks(np.arange(700.0), 0)
    assert np.histogram(np.arange(700.0), [-1, *breaks, 1e9])[0].tolist() == pytest.approx([100] * 7, abs=5)


def test_zero_is_a_middle_only_between_two_signs() -> None:
    both = scale_around_zero(np.linspace(-2, 3, 100), 2)
    assert both.palette == "diverging" and both.css_class(0.0) == "d3"
    assert both.breaks == tuple(-one for one in reversed(both.breaks))
    assert scale_around_zero(np.linspace(0, 3, 100), 2).palette == "sequential"
    assert scale_around_zero(np.full(3, np.nan), 2).breaks == ()


def test_bounds_under_zero_are_joined_by_a_word() -> None:
    labels = [one["label"] for one in legend(Scale((-1.0, 1.0), "diverging", 0))]
    assert labels == ["<\u202f−1", "−1 à 1", "≥\u202f1"]
    assert [one["label"] for one in legend(Scale((1.0, 2.0)))][1] == "1–2"


@pytest.mark.parametrize(
    ("figure", "css_class"),
    [
        (ZoneFigure(None, "missing", ""), "nodata"),
        (ZoneFigure(None, "suppressed", ""), "secret"),
        (ZoneFigure(None, "absent", ""), "nothing"),
        (ZoneFigure(5.0, "estimated", ""), "q6"),
    ],
)
def test_the_mark_of_a_zone(figure: ZoneFigure, css_class: str) -> None:
    assert figure_class(figure, Scale((1.0, 2.0))) == css_class


def test_dots_are_proportional_in_area_down_to_the_smallest() -> None:
    assert dot_radius(100, 100) == LARGEST_DOT and dot_radius(25, 100) == pytest.approx(LARGEST_DOT / 2)
    assert dot_radius(1, 10_000) == SMALLEST_DOT


@pytest.mark.django_db
def test_only_some_estimates_are_marked_one_by_one() -> None:
    facts = current_facts()
    urls = {zone.code: "/" for zone in facts.zones}
    figures: list[ZoneFigure | None] = [ZoneFigure(1.0, "observed", "x")] * len(facts.zones)
    figures[0], figures[1], figures[2] = ZoneFigure(2.0, "estimated", "x"), None, ZoneFigure(None, "suppressed", "x")
    drawn = figure_map(facts, figures, Scale((1.5,)), urls)
    assert str(drawn["marks"]).count("≈") == 1 and drawn["some_estimated"] and not drawn["all_estimated"]
    classes = [one.one("use").attributes["class"] for one in parse(str(drawn["links"])).all("a")]
    assert classes[1:3] == ["out", "secret"]
    assert [one["css_class"] for one in drawn["statuses"]] == ["secret"]
    every = figure_map(facts, [ZoneFigure(1.0, "estimated", "x")] * len(facts.zones), Scale(()), urls)
    assert every["all_estimated"] and not every["marks"]


@pytest.mark.django_db
def test_coverage_counts_every_zone_once() -> None:
    facts = current_facts()
    statuses = ["observed"] * (len(facts.zones) - 3) + ["estimated", "missing", "absent"]
    drawn = coverage_map(facts, statuses, {zone.code: "/" for zone in facts.zones})
    assert [one["count"] for one in drawn["statuses"]] == [str(len(facts.zones) - 3), "1", "1", "1"]

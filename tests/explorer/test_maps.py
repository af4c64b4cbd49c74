"""The national map: a link per basin, circles whose area is the number."""

import math

import pytest

from explorer.maps import (
    LARGEST_RADIUS,
    MapLink,
    circle_legend,
    circle_radius,
    industry_map,
    joined_links,
    score_legend,
)
from scoring.ranking import MAP_BREAKS
from scoring.service import current_facts
from tests.explorer.html_tree import parse


def test_names_are_escaped_and_shapes_are_named() -> None:
    links = [MapLink("0051", "/b/?a=1&b=2", "q3", 'L\'Aigle & "<script>"')]
    tree = parse(joined_links(links, "/cartes/zones.abc.svg"))
    link = tree.one("a")
    assert link.attributes == {"href": "/b/?a=1&b=2", "data-zone": "0051", "tabindex": "-1"}
    assert link.one("use").attributes == {"class": "q3", "href": "/cartes/zones.abc.svg#z0051"}
    assert link.one("title").text == 'L\'Aigle & "<script>"'


def test_the_area_of_a_circle_is_the_number() -> None:
    assert circle_radius(100_000, 100_000) == LARGEST_RADIUS
    areas = [math.pi * circle_radius(jobs, 100_000) ** 2 for jobs in (100_000, 50_000, 25_000)]
    assert areas[0] == pytest.approx(2 * areas[1]) and areas[1] == pytest.approx(2 * areas[2])


@pytest.mark.parametrize("largest", [7, 950, 123_456])
def test_the_legend_of_circles_never_exceeds_the_largest(largest: float) -> None:
    assert all(float(str(entry["radius"])) <= LARGEST_RADIUS * 1.2 for entry in circle_legend(largest))


def test_the_legend_has_a_class_for_each_band() -> None:
    legend = score_legend()
    assert [entry["css_class"] for entry in legend] == [f"q{n}" for n in range(len(MAP_BREAKS) + 1)]


@pytest.mark.django_db
def test_every_basin_is_on_the_map_of_industry_and_unknown_ones_are_hatched() -> None:
    facts = current_facts()
    tree = parse(str(industry_map(facts)["links"]))
    classes = {link.attributes["data-zone"]: link.one("use").attributes["class"] for link in tree.all("a")}
    assert set(classes) == set(facts.zone_index)
    unknown = {zone.code for zone, jobs in zip(facts.zones, facts.industrial_jobs, strict=True) if math.isnan(jobs)}
    assert {code for code, css_class in classes.items() if css_class == "nodata"} == unknown

"""The national map: a link per basin, circles whose area is the number."""

import math

import numpy as np
import pytest
from django.template.loader import render_to_string

from explorer.maps import (
    LARGEST_RADIUS,
    MapLink,
    circle_legend,
    circle_radius,
    industry_map,
    joined_links,
    score_legend,
    value_map,
    written_value,
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


def test_a_value_is_written_with_its_status() -> None:
    assert written_value(12.345, "observed", 1) == "12,3"
    assert written_value(12.345, "estimated", 1) == "≈\u202f12,3"
    assert written_value(math.nan, "suppressed", 1) == "secret statistique"


@pytest.mark.django_db
def test_a_map_of_values_draws_and_says_every_status() -> None:
    facts = current_facts()
    count = len(facts.zones)
    values = np.arange(count, dtype=float)
    statuses = ["observed"] * count
    for index, status in enumerate(("suppressed", "missing", "absent"), start=count - 3):
        values[index], statuses[index] = math.nan, status
    statuses[0] = "estimated"
    drawn = value_map(facts, values, statuses, title="Essai", unit="unités", source="Producteur", decimals=0)
    tree = parse(render_to_string("components/value_map.html", {"map": drawn}))
    classes = [link.one("use").attributes["class"] for link in tree.one("svg").all("a")]
    assert classes[-3:] == ["secret", "nodata", "land"]
    assert set(classes[:-3]) == {f"q{step}" for step in range(7)}
    # The table says the same, highest first, the unknown last.
    rows = tree.one("tbody").all("tr")
    assert [row.attributes["data-zone"] for row in rows[: count - 3]] == [z.code for z in facts.zones[count - 4 :: -1]]
    assert [row.all("td")[1].text for row in rows[-3:]] == ["secret statistique", "non disponible", "n'existe pas ici"]
    assert rows[count - 4].all("td")[0].text == "≈\u202f0"
    assert [one["count"] for one in drawn["unknown"]] == [1, 1, 1]


@pytest.mark.django_db
def test_basins_outside_are_left_blank_and_out_of_the_table() -> None:
    facts = current_facts()
    inside = {facts.zones[0].code, facts.zones[1].code}
    values, statuses = np.ones(len(facts.zones)), ["observed"] * len(facts.zones)
    drawn = value_map(facts, values, statuses, title="", unit="", source="", inside=inside)
    classes = {
        one.attributes["data-zone"]: one.one("use").attributes["class"] for one in parse(str(drawn["links"])).all("a")
    }
    assert {code for code, css_class in classes.items() if css_class != "out"} == inside
    assert str(drawn["rows"]).count("<tr") == 2

"""Pages about basins: found by the name of a commune, every figure with its source, points with the places counted."""

import re

import pytest
from django.http import QueryDict

from explorer.presenters.basin import LONGEST_OPEN
from explorer.presenters.counted import PLACES_SHOWN, site_list
from scoring.evidence import CountedSite
from scoring.service import current_facts, parse_question, rank
from tests.explorer.conftest import Read
from tests.explorer.test_pages import WHY, ZONE, figure

pytestmark = pytest.mark.django_db


def test_a_commune_leads_to_its_basin(read: Read) -> None:
    tree = read("/bassins/?q=hauts+de+bienne")
    links = [link.attributes["href"] for link in tree.all("ul", css_class="matches")[0].all("a")]
    assert links == [f"/bassins/{ZONE}/"]


def test_names_that_only_resemble_are_not_given_for_the_one_asked(read: Read) -> None:
    assert "Aucune commune de ce nom" in read("/bassins/?q=morez").one("p", role="status").plain
    near = read("/bassins/?q=Maîche")
    assert "Aucune" not in near.one("p", role="status").plain
    named, resembling = near.all("ul", css_class="matches")
    assert named.plain.startswith("Maîche (25)") and "Maîche" not in resembling.plain


def test_land_and_fine_presence_come_with_the_places_counted(read: Read) -> None:
    tree, facts = read(WHY), current_facts()
    answer = rank(facts, parse_question(facts, QueryDict("activite=32.50B"), activity_parameter="activite"))
    near = (facts.site_distance_km[facts.zone_index[ZONE]] <= 40) & (facts.site_ha >= answer.profile.hectares)
    sites = tree.one("details", id="explorer-counted-sites")
    assert sites.one("summary").plain.endswith(f" {near.sum()}") and len(sites.one("tbody").all("tr")) == near.sum()
    distances = [figure(row.all("td")[-1].plain) for row in sites.one("tbody").all("tr")]
    assert distances == sorted(distances) and distances[-1] <= 40
    plants = tree.one("details", id="explorer-counted-plants")
    weights = [figure(row.all("td")[-1].plain) for row in plants.one("tbody").all("tr")]
    assert weights == sorted(weights, reverse=True) and weights[0] == 1
    assert all(re.search(r", \d{4}", one.one("p", css_class="source").plain) for one in (sites, plants))


def test_a_long_list_of_places_says_how_many_are_left_out() -> None:
    sites = [CountedSite(str(i), "", "01001", 2.0, float(i), "8401") for i in range(PLACES_SHOWN + 7)]
    shown = site_list(current_facts(), sites, {"01001": "Ici"})
    assert len(shown["rows"]) == PLACES_SHOWN and shown["hidden"] == 7 and shown["title"].endswith("37")


def test_a_requirement_says_to_verify_once(read: Read) -> None:
    rows = read(f"/bassins/{ZONE}/pourquoi/?activite=27.20Z").one("ul", css_class="requirements").all("li")
    states = [f"{row.one('span', css_class='status').plain} {row.plain}" for row in rows]
    assert states and not [one for one in states if "(à vérifier" in one]
    facts = current_facts()
    answer = rank(facts, parse_question(facts, QueryDict("activite=27.20Z"), activity_parameter="activite"))
    rules = [str(one.requirement.sentence) for one in answer.outcomes]
    failed = [row.plain for row in rows if row.one("span", css_class="status").plain == "non rempli"]
    assert failed and all(rule.rstrip(".") in row.plain for rule, row in zip(rules, rows, strict=True))


def test_the_figures_of_the_head_of_a_basin_have_a_producer_and_a_vintage(read: Read) -> None:
    figures = read(f"/bassins/{ZONE}/").one("dl", css_class="key-figures").all("div")
    assert len(figures) == 5
    for one in figures:
        assert re.fullmatch(r".+, \d{4}(-\d\d)?", one.one("span", css_class="source").plain), one.plain
    assert "emplois" not in figures[1].one("strong").plain


def test_long_lists_are_folded(read: Read) -> None:
    lyon = next(zone.code for zone in current_facts().zones if zone.name == "Lyon")
    for one in read(f"/bassins/{lyon}/").all("details", css_class="fold"):
        assert "open" not in one.attributes or len(one.all("li") + one.all("tr")) <= LONGEST_OPEN + 1


def test_an_outline_has_a_scale_not_a_vintage(read: Read) -> None:
    for url in (f"/bassins/{ZONE}/", "/donnees/"):
        text = read(url).one("main").plain
        assert re.search(r"échelle 1:50\s000\s000", text) and "50 M" not in text and "50m" not in text


def test_a_producer_is_named_once_by_criterion(read: Read) -> None:
    for row in read("/methode/").one("table", css_class="criteria-table").all("tr"):
        for cell in row.all("td")[-1:]:
            names = cell.all("span")[0].plain.split(", ") if cell.all("span") else []
            assert len(names) == len(set(names))

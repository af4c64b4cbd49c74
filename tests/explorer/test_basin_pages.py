"""Pages about basins: found by the name of a commune, every figure with its source, points with the places counted."""

import re

import pytest
from django.http import QueryDict
from django.test import Client

from basins.indicators import indicators
from basins.models import ZonePeriod
from basins.queries import zone_period_frame
from explorer.presenters.basin_comparison import rule_words
from explorer.presenters.basin_knowhow import LONGEST_OPEN
from explorer.presenters.basin_land import PAGE_SIZE
from explorer.presenters.counted import PLACES_SHOWN, site_list
from scoring import service
from scoring.evidence import CountedSite
from scoring.service import current_facts, parse_question, rank
from scoring.sheet import zone_sites
from sources.models import Edition
from tests.explorer.conftest import Get, Read
from tests.explorer.html_tree import parse
from tests.explorer.test_pages import WHY, ZONE, figure

pytestmark = pytest.mark.django_db


def test_a_commune_leads_to_its_basin(read: Read) -> None:
    tree = read("/bassins/?q=hauts+de+bienne")
    links = [link.attributes["href"] for link in tree.all("ul", css_class="matches")[0].all("a")]
    assert links == [f"/bassins/{ZONE}/"]


def test_names_that_only_resemble_are_not_given_for_the_one_asked(read: Read) -> None:
    assert "Aucune commune de ce nom" in read("/bassins/?q=morezac").one("p", role="status").plain
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


def test_unemployment_is_told_by_quarter_beside_the_median_basin(read: Read, get: Get) -> None:
    page = read(f"/bassins/{ZONE}/").one("figure", id="figure-unemployment")
    frame = zone_period_frame(Edition.objects.current(), ZonePeriod.Series.UNEMPLOYMENT)
    first, last = (f"{frame.loc[ZONE, one]:.1f}".replace(".", ",") for one in ("2021-T1", "2025-T4"))
    title = page.one("h3").plain
    assert re.fullmatch(rf"Chômage : {last}\s% au 4e trimestre 2025, contre {first}\s% au 1er trimestre 2021", title)
    rows = [[one.plain for one in row.all("th") + row.all("td")] for row in page.one("tbody").all("tr")]
    assert [row[0] for row in rows] == list(frame.columns) and len(rows) == 20
    # The median by hand: the middle of the sorted rates.
    rates = sorted(frame["2025-T4"].dropna())
    middle = (rates[(len(rates) - 1) // 2] + rates[len(rates) // 2]) / 2
    assert figure(rows[-1][2]) == pytest.approx(middle, abs=0.051)
    assert "bassin médian" in page.one("thead").plain and "Insee" in page.one("p", css_class="source").plain
    lines = get(f"/bassins/{ZONE}/figures/unemployment.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 21 and lines[-1].startswith(f"2025-T4;{last};") and ";observé;" in lines[-1]


def test_dwellings_authorised_are_told_by_year_and_by_inhabitant(read: Read) -> None:
    page = read(f"/bassins/{ZONE}/").one("figure", id="figure-permits")
    frame = zone_period_frame(Edition.objects.current(), ZonePeriod.Series.PERMITS)
    people = {zone.code: zone.population for zone in current_facts().zones}
    rows = [[one.plain for one in row.all("th") + row.all("td")] for row in page.one("tbody").all("tr")]
    assert [row[0] for row in rows] == list(frame.columns)
    year, count, rate, median = rows[-1]
    assert figure(count) == frame.loc[ZONE, year]
    assert figure(rate) == pytest.approx(1000 * frame.loc[ZONE, year] / people[ZONE], abs=0.051)
    rates = sorted(1000 * built / people[code] for code, built in frame[year].items())
    assert figure(median) == pytest.approx((rates[152] + rates[153]) / 2, abs=0.051) and len(rates) == 306


def test_a_basin_without_published_unemployment_has_no_figure_of_it(read: Read) -> None:
    zones = [one for one in current_facts().zones if one.land_mass in ("guyane", "mayotte")]
    assert len(zones) == 4
    for zone in zones:
        assert not read(f"/bassins/{zone.code}/").all("figure", id="figure-unemployment")
        read(f"/bassins/{zone.code}/figures/unemployment.csv", status=404)
    mayotte = read(f"/bassins/{zones[-1].code}/")
    assert "Taux de chômage" in mayotte.one("figure", id="figure-living").plain


def test_an_outline_has_a_scale_not_a_vintage(read: Read) -> None:
    for url in (f"/bassins/{ZONE}/", "/donnees/"):
        text = read(url).one("main").plain
        assert re.search(r"échelle 1:50\s000\s000", text) and "50 M" not in text and "50m" not in text


def test_a_producer_is_named_once_by_criterion(read: Read) -> None:
    for row in read("/methode/").one("table", css_class="criteria-table").all("tr"):
        for cell in row.all("td")[-1:]:
            names = cell.all("span")[0].plain.split(", ") if cell.all("span") else []
            assert len(names) == len(set(names))


def test_the_page_leads_to_the_perimeters_and_the_activities_it_names(read: Read) -> None:
    tree = read(f"/bassins/{ZONE}/")
    hrefs = {link.attributes.get("href", "") for link in tree.all("a")}
    for kind in ("territoire-industrie", "epci", "departement", "region"):
        assert any(href.startswith(f"/perimetres/{kind}/") for href in hrefs), kind
    best = tree.one("ol", css_class="best").all("a")
    codes = {one.attributes["href"].partition("activite=")[2] for one in best} - {""}
    assert codes and {f"/activites/{code}/" for code in codes} <= hrefs


def test_every_anchor_of_the_page_leads_to_a_section(read: Read) -> None:
    tree = read(f"/bassins/{ZONE}/")
    anchors = [link.attributes["href"] for link in tree.one("nav", css_class="on-this-page").all("a")]
    ids = {one.attributes["id"] for one in tree.walk() if "id" in one.attributes}
    assert len(anchors) == 11 and {one.removeprefix("#") for one in anchors} <= ids


@pytest.mark.parametrize("name", ["Oyonnax", "Paris", "Mâcon", "mayotte", "corsica", "reunion", "guyane"])
def test_every_kind_of_basin_reads_well(read: Read, name: str) -> None:
    code = next(zone.code for zone in current_facts().zones if name in (zone.name, zone.land_mass))
    main = read(f"/bassins/{code}/").one("main").plain
    assert not re.search(r"\b(nan|None|inf)(?![\w\\])", main)


def test_sites_are_usable_first_and_all_within_reach(read: Read) -> None:
    code = busiest_zone()
    first = read(f"/bassins/{code}/foncier/")
    usable = [row.all("td")[-1].plain == "oui" for row in first.one("tbody").all("tr")]
    assert usable == sorted(usable, reverse=True) and len(usable) == PAGE_SIZE
    count, tree = 0, first
    while True:
        count += len(tree.one("tbody").all("tr"))
        following = tree.all("a", rel="next")
        if not following:
            break
        tree = read(following[0].attributes["href"])
    assert count == len(zone_sites(current_facts(), code))


def busiest_zone() -> str:
    """A zone whose sites take a few pages."""
    facts = current_facts()
    counts = facts.values["land.verified_sites"][0]
    return next(z.code for z, count in zip(facts.zones, counts, strict=True) if 3 * PAGE_SIZE < count < 5 * PAGE_SIZE)


def test_filters_keep_what_they_say_without_a_script(read: Read) -> None:
    code = busiest_zone()
    sites = zone_sites(current_facts(), code)
    zoning = next(one.zoning for one in sites if one.zoning != "unknown")
    kept = [one for one in sites if (one.surface_ha or 0) >= 0.5 and one.zoning == zoning]
    tree = read(f"/bassins/{code}/foncier/?surface=0,5&zonage={zoning}")
    assert len(tree.one("tbody").all("tr")) == min(len(kept), PAGE_SIZE)
    assert len(tree.one("div", css_class="sites-map").all("circle", css_class="usable")) == sum(
        one.is_usable for one in kept
    )
    assert tree.one("option", selected="").attributes["value"] == zoning
    empty = read(f"/bassins/{code}/foncier/?surface=9999")
    assert not empty.all("tbody") and "Essayez" in empty.one("section", id="explorer-sites").plain


WRONG = ("surface=-1", "surface=nan", "surface=beaucoup", "zonage=ciel", "usage=x", "page=0", "taille=2")


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_filter_is_refused_with_a_sentence(read: Read, wrong: str) -> None:
    assert read(f"/bassins/{ZONE}/foncier/?{wrong}", status=400).one("main").plain


def test_the_list_of_sites_refreshed_is_that_of_the_page(read: Read, get: Get) -> None:
    url = f"/bassins/{ZONE}/foncier/?usage=utilisable"
    page = read(url).one("section", id="explorer-sites").written()
    own = {
        "HX_Request": "true",
        "HX_Target": "explorer-sites",
        "HX_Current_URL": f"http://testserver/bassins/{ZONE}/foncier/",
    }
    fragment = get(url, **own)
    assert parse(fragment.content).one("section", id="explorer-sites").written() == page
    assert fragment.headers["HX-Push-Url"] == url
    elsewhere = get(url, **{**own, "HX_Current_URL": f"http://testserver/bassins/{ZONE}/"})
    assert "HX-Push-Url" not in elsewhere.headers


@pytest.fixture
def scored(db: None) -> None:
    """The levels that the tests list are scored, as the server does before its first reader."""
    for level in ("group", "division", "subclass"):
        service.warm(level)


@pytest.mark.usefixtures("scored")
def test_the_activities_of_a_basin_are_those_of_the_interface(read: Read, client: Client) -> None:
    rows = (
        read(f"/bassins/{ZONE}/activites/?level=division&champ=tout")
        .one("table", css_class="activities")
        .all("tr")[1:]
    )
    answer = client.get(f"/api/v1/basins/{ZONE}/activities?level=division&limit=25").json()["results"]
    assert [row.one("span", css_class="code").plain for row in rows] == [one["activity"]["code"] for one in answer]
    assert [figure(row.one("span", css_class="points").plain) for row in rows] == [
        pytest.approx(one["score"], abs=0.0501) for one in answer
    ]


@pytest.mark.usefixtures("scored")
def test_the_score_of_an_activity_is_that_of_its_reasons(read: Read) -> None:
    row = read(f"/bassins/{ZONE}/activites/").one("table", css_class="activities").one("tbody").all("tr")[0]
    reasons = read(row.one("th").all("a")[0].attributes["href"])
    total = figure(reasons.one("table", css_class="points").one("tfoot").one("strong").plain)
    assert total == pytest.approx(figure(row.one("span", css_class="points").plain), abs=0.06)


@pytest.mark.usefixtures("scored")
def test_activities_by_branch_are_the_same_under_their_branch(read: Read) -> None:
    flat = read(f"/bassins/{ZONE}/activites/?level=division").one("table", css_class="activities")
    grouped = read(f"/bassins/{ZONE}/activites/?level=division&tri=branche").one("table", css_class="activities")
    codes = [{one.plain for one in table.all("span", css_class="code")} for table in (flat, grouped)]
    assert codes[0] == codes[1] and len(codes[0]) == 24
    assert len(grouped.all("tr", css_class="pillar-row")) == 13


def test_scores_not_ready_are_said_to_be_on_their_way(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "share_scored", lambda facts, level, seconds: 0.4)
    tree = read(f"/bassins/{ZONE}/activites/?level=class")
    waiting = tree.one("div", hx_trigger="load delay:1s")
    assert "40" in waiting.plain and waiting.attributes["hx-get"] == f"/bassins/{ZONE}/activites/?level=class"
    # Without scripts the reader asks again: a page that reloads by itself would take the place of who reads it aloud.
    assert waiting.one("a", href=f"/bassins/{ZONE}/activites/?level=class").plain == "Actualiser"


def test_a_harmonic_mean_is_not_told_as_a_weighted_one() -> None:
    """By its numerators the plain mean of a share would be another, higher figure."""
    share, distance = (indicators()[key] for key in ("economy.industrial_share_pct", "access.motorway_km"))
    assert rule_words(share.aggregate).startswith("moyenne harmonique ")
    assert rule_words(distance.aggregate).startswith("moyenne des bassins ")

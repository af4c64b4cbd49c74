"""Maps on paper: every basin has its class, borders are shared, the words name the ends, and nothing is fetched."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from basins.models import ZoneShape
from explorer import perimeter_queries
from explorer.choropleth import ZoneFigure
from explorer.value_classes import Scale
from reports.drawings.colours import class_fill, colour
from reports.drawings.locator import interval_svg, locator_alt, locator_svg
from reports.drawings.maps import figures_map_svg, ranking_map_svg
from reports.drawings.outlines import FINE, outlines, silhouette, simplified, surface
from reports.drawings.perimeter import perimeter_map_alt, perimeter_map_svg
from reports.drawings.pictures import figures_map_alt, ranking_map_alt
from scoring import service
from scoring.facts import Facts
from scoring.ranked_basin import RankCertainty
from scoring.ranking import Ranking

SVG = "{http://www.w3.org/2000/svg}"
OYONNAX = "8425"

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts() -> Facts:
    return service.current_facts()


@pytest.fixture
def ranking(facts: Facts) -> Ranking:
    return service.rank(
        facts, service.parse_question(facts, QueryDict("activite=32.50B"), activity_parameter="activite")
    )


def fills(svg: str) -> dict[str, int]:
    """Return how many rings each colour fills."""
    found: dict[str, int] = {}
    for one in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        found[one.get("fill", "")] = found.get(one.get("fill", ""), 0) + one.get("d", "").count("M")
    return found


def test_a_path_becomes_the_surface_that_it_draws() -> None:
    square_with_hole = surface("M0 0l10 0 0 10-10 0zM2 2l0 2 2 0 0-2z")
    assert square_with_hole.area == pytest.approx(96)
    assert surface("M0 0l1 0 0 1-1 0zM5 5l2 0 0 2-2 0z").area == pytest.approx(5)
    assert surface("M.5-.5l1.5 0 0 1-1.5 0z").bounds == (0.5, -0.5, 2.0, 0.5)


def test_outlines_for_paper_keep_every_zone_its_surface_and_fewer_points(facts: Facts) -> None:
    edition = facts.edition.content_hash
    full = dict(ZoneShape.objects.filter(edition__content_hash=edition).values_list("zone__code", "path"))
    simple = simplified(edition, FINE)
    assert set(simple) == set(full) == {zone.code for zone in facts.zones}
    areas = {code: surface(path).area for code, path in full.items()}
    assert sum(one.area for one in simple.values()) == pytest.approx(sum(areas.values()), rel=0.01)
    assert all(one.area > 0.3 * areas[code] for code, one in simple.items())
    assert sum(map(len, outlines(edition).values())) < 0.65 * sum(map(len, full.values()))
    assert len(silhouette(edition)) < 0.1 * sum(map(len, full.values()))


def test_the_map_of_a_ranking_shades_every_basin_by_its_class(facts: Facts, ranking: Ranking) -> None:
    found, paths = fills(ranking_map_svg(ranking, OYONNAX)), outlines(facts.edition.content_hash)
    for step in range(7):
        codes = [code for code, one in ranking.map_classes.items() if one == step]
        assert found.get(class_fill(f"q{step}"), 0) == sum(paths[code].count("M") for code in codes)


def test_a_map_in_grey_is_still_ordered() -> None:
    def grey(fill: str) -> float:
        red, green, blue = (int(fill[start : start + 2], 16) for start in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    greys = [grey(class_fill(f"q{step}")) for step in range(7)]
    assert all(paler - deeper > 12 for paler, deeper in pairwise(greys))


def test_a_filtered_region_leaves_the_others_bare_and_says_so(facts: Facts) -> None:
    asked = service.parse_question(facts, QueryDict("activite=32.50B&region=53"), activity_parameter="activite")
    svg = ranking_map_svg(service.rank(facts, asked))
    paths = outlines(facts.edition.content_hash)
    outside = [zone.code for zone in facts.zones if "53" not in zone.region_codes]
    assert fills(svg)[colour("surface")] == sum(paths[code].count("M") for code in outside)
    assert "Blanc : hors de la région demandée" in svg.replace("\u00a0", " ")


def test_what_is_not_known_is_hatched_and_counted_in_the_legend(facts: Facts) -> None:
    statuses = ["missing", "suppressed", "absent", "estimated", *["observed"] * (len(facts.zones) - 4)]
    values = [None, None, None, *map(float, range(3, len(facts.zones)))]
    figures = [ZoneFigure(value, status, "") for value, status in zip(values, statuses, strict=True)]
    svg = figures_map_svg(facts, figures, Scale((50.0, 100.0)), unit="emplois", map_id="trial")
    words = re.sub(r"\s", " ", " ".join(one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}text")))
    assert {'id="trial-hatch"', 'id="trial-hatch-dot"'} <= set(re.findall(r'id="[^"]+"', svg))
    assert fills(svg)["url(#trial-hatch)"] >= 1 and fills(svg)["url(#trial-hatch-dot)"] >= 1
    assert "non disponible (1)" in words and "secret statistique (1)" in words and "n'existe pas ici (1)" in words
    assert "≈ : valeur estimée." in words and "Contours : INSEE, IGN." in words
    told = figures_map_alt(facts, figures, Scale((50.0, 100.0)), "emplois")
    assert f"{facts.zones[-1].name}, {len(facts.zones) - 1}" in told and "Bassins sans valeur : 3." in told


def test_words_of_a_ranking_name_the_first_the_last_and_the_basin(facts: Facts, ranking: Ranking) -> None:
    told, basin = ranking_map_alt(ranking, OYONNAX), ranking.basin(OYONNAX)
    first = facts.zones[ranking.rank.tolist().index(1)].name
    last = facts.zones[ranking.rank.tolist().index(max(ranking.rank.tolist()))].name
    assert told.index(first) < told.index(last) < told.index("Bassin entouré : Oyonnax")
    assert f"{basin.rank}" in told.split("Bassin entouré")[1]


def test_the_locator_rings_each_basin_and_names_it(facts: Facts) -> None:
    svg = locator_svg(facts, OYONNAX, "2716")
    assert svg.count("<circle") == 2
    told = locator_alt(facts, OYONNAX)
    assert "Oyonnax" in told and "Auvergne-Rhône-Alpes" in told


def test_the_bar_of_a_rank_goes_from_the_fifth_to_the_ninety_fifth_draw() -> None:
    svg = interval_svg(RankCertainty(median=10, p05=5, p95=20, top10=0.5, top20=0.9, before_next=0.6), 306, 400)
    bar = next(one for one in ElementTree.fromstring(svg).iter(f"{SVG}rect"))
    marks = {one.text: float(one.get("x", 0)) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")}
    left, right = float(bar.get("x", 0)), float(bar.get("x", 0)) + float(bar.get("width", 0))
    assert marks["3e"] < left < marks["10e"] < right < marks["30e"] < marks["306e"]


def test_the_map_of_a_perimeter_names_its_basins_and_says_their_shares(facts: Facts) -> None:
    inside = perimeter_queries.inside(facts, perimeter_queries.one_perimeter(facts.edition, "department", "39"))
    svg, told = perimeter_map_svg(inside), perimeter_map_alt(inside, "Jura")
    assert fills(svg)["none"] >= 1
    assert "Saint-Claude" in svg and "Saint-Claude, 99\u202f%" in told
    assert not re.search(r"<style|<script|\sstyle=|href", svg)

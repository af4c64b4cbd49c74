"""The basins that resemble one: in order, with reasons, what differs beside, all in the address."""

import csv
import io

import pytest

from explorer.presenters.basin_peers import LARGEST_COUNT, PeersAsked
from scoring.peer_traits import peer_rules
from scoring.peers import find_peers
from scoring.service import current_facts
from tests.explorer.conftest import Get, Read
from tests.explorer.html_tree import Element
from tests.explorer.test_pages import ZONE, figure

pytestmark = pytest.mark.django_db

PAGE = f"/bassins/{ZONE}/semblables/"


def names(tree: Element) -> list[str]:
    rows = tree.one("table", css_class="peers").one("tbody").all("tr")
    return [row.one("th").all("a")[0].plain for row in rows]


def mayotte() -> str:
    return next(zone.code for zone in current_facts().zones if zone.land_mass == "mayotte")


@pytest.mark.parametrize("purpose", [one.slug for one in peer_rules().purposes.values()])
def test_each_purpose_lists_the_nearest_first_as_scoring_finds_them(read: Read, purpose: str) -> None:
    tree = read(f"{PAGE}?pour={purpose}&nombre=5")
    rules = next(one for one in peer_rules().purposes.values() if one.slug == purpose)
    found = find_peers(current_facts(), ZONE, rules, exclude_region=False, limit=5)
    assert names(tree) == [one.zone.name for one in found.peers]
    shown = [figure(one.one("strong").plain) for one in tree.all("td", css_class="distance")]
    assert shown == [round(one.distance, 2) for one in found.peers]
    assert tree.one("select", id="explorer-peers-purpose").one("option", selected="").attributes["value"] == purpose
    weights = tree.one("figure", id="figure-peer-weights").one("tbody").all("tr")
    assert sum(figure(row.all("td")[0].plain) for row in weights) == 100
    assert all(row.all("td")[2].plain != "—" for row in weights)


def test_the_same_region_can_be_left_out(read: Read) -> None:
    every, without = read(f"{PAGE}?nombre=50"), read(f"{PAGE}?nombre=50&hors_region=1")
    facts = current_facts()
    here = set(facts.zones[facts.zone(ZONE)].region_codes)
    by_name = {zone.name: set(zone.region_codes) for zone in facts.zones}
    assert any(by_name[one] & here for one in names(every))
    assert not any(by_name[one] & here for one in names(without))
    assert "hors de ses régions" in without.one("p", css_class="measure-note").plain
    assert without.one("input", name="hors_region").attributes.get("checked") is not None


def test_alike_and_unlike_say_values_with_their_unit(read: Read) -> None:
    rows = read(f"{PAGE}?pour=industrie").one("table", css_class="peers").one("tbody").all("tr")
    lines = [line.plain for row in rows for line in row.all("li")]
    assert lines and all(", contre " in one and one.endswith(" ici") for one in lines)
    first = rows[0]
    assert "Part de l'industrie dans l'emploi privé" in first.plain and "%" in first.plain
    assert first.attributes["data-zone"] != ZONE


def test_the_map_lights_the_peers_and_numbers_them(read: Read) -> None:
    tree = read(f"{PAGE}?nombre=9")
    links = {
        one.attributes["data-zone"]: one.one("use").attributes["class"] for one in tree.all("a") if one.all("use")
    }
    rows = tree.one("table", css_class="peers").one("tbody").all("tr")
    assert [links[row.attributes["data-zone"]] for row in rows] == ["q6"] * 3 + ["q4"] * 3 + ["q2"] * 3
    assert links[ZONE] == "here" and sum(one == "out" for one in links.values()) == len(links) - 10
    assert [one.plain for one in tree.one("g", css_class="approximate").all("text")] == [str(n) for n in range(1, 10)]
    legend = [one.plain for one in tree.one("ol", css_class="legend").all("li")]
    assert legend == ["ici", "1er à 3e", "4e à 6e", "7e à 9e"]


def test_outcomes_stand_beside_with_the_median_of_the_peers(read: Read) -> None:
    tree = read(f"{PAGE}?nombre=5").one("figure", id="figure-outcomes")
    rows = tree.one("tbody").all("tr")
    assert rows[0].one("th").plain == "Saint-Claude" and len(rows) == 7
    values = sorted(figure(row.all("td")[0].plain) for row in rows[1:6])
    assert figure(rows[-1].all("td")[0].plain) == values[2]
    assert "n'entrent pas dans l'écart" in tree.plain and "Insee, 2025-T4" in tree.plain
    told = tree.one("h3").plain
    assert f"de {values[0]:.1f}".replace(".", ",") in told and f"à {values[-1]:.1f}".replace(".", ",") in told


def test_the_file_holds_the_list_with_reasons_and_outcomes(get: Get) -> None:
    response = get(f"{PAGE}liste.csv?pour=metiers&nombre=3")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 5 and rows[1][2] == "Saint-Claude" and rows[1][0] == ""
    assert [row[0] for row in rows[2:]] == ["1", "2", "3"]
    assert all(row[6] or row[7] for row in rows[2:])
    assert rows[0][8].startswith("Taux de chômage (%") and all("pour=metiers&nombre=3" in row[-1] for row in rows[1:])
    assert response.headers["Content-Disposition"].endswith(f'"bassin-{ZONE}-semblables-metiers.csv"')


def test_a_basin_of_which_too_little_is_known_says_so(read: Read, get: Get) -> None:
    tree = read(f"/bassins/{mayotte()}/semblables/")
    assert "Trop peu de chiffres" in tree.one("p", css_class="lead").plain
    assert not tree.all("table", css_class="peers") and not tree.all("svg", css_class="map")
    assert tree.all("a", href=f"/comparer/?bassins={mayotte()}")
    assert get(f"/bassins/{mayotte()}/semblables/liste.csv").status_code == 200


@pytest.mark.parametrize("land_mass", ["corsica", "guadeloupe", "guyane", "reunion", "mayotte"])
@pytest.mark.parametrize("purpose", ["ensemble", "acces"])
def test_every_kind_of_basin_has_its_page_and_compares(read: Read, land_mass: str, purpose: str) -> None:
    code = next(zone.code for zone in current_facts().zones if zone.land_mass == land_mass)
    tree = read(f"/bassins/{code}/semblables/?pour={purpose}")
    assert tree.one("p", css_class="lead").plain
    read(f"/comparer/?bassins={ZONE},{code}&activite=32.50B")


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("pour=soleil", 400, "« soleil » n'est pas une valeur de pour"),
        ("nombre=0", 400, "un entier de 1 à 50"),
        ("nombre=cent", 400, "« cent » n'est pas un nombre"),
        (f"nombre={LARGEST_COUNT + 1}", 400, "un entier de 1 à 50"),
        ("hors_region=oui", 400, "hors_region"),
        ("poids=3", 400, "poids"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(read: Read, query: str, status: int, told: str) -> None:
    assert told in read(f"{PAGE}?{query}", status=status).one("main").plain


def test_an_unknown_basin_is_not_found(read: Read) -> None:
    assert "9999" in read("/bassins/9999/semblables/", status=404).one("main").plain


def test_the_address_holds_the_differences_only(read: Read) -> None:
    tree = read(f"{PAGE}?pour=ensemble&nombre=10&hors_region=0")
    assert tree.all("a", href=PAGE)
    asked = PeersAsked(peer_rules().purposes["access"], excludes_region=True, count=20)
    assert asked.query() == "?pour=acces&hors_region=1&nombre=20"


def test_htmx_gets_the_same_list_and_the_address_follows(get: Get) -> None:
    url = f"{PAGE}?pour=acces"
    headers = {"HX_Request": "true", "HX_Target": "explorer-peers", "HX_Current_URL": f"http://testserver{PAGE}"}
    fragment = get(url, **headers)
    assert fragment.headers["HX-Push-Url"] == url
    part = fragment.content.decode()
    assert part.strip().startswith('<section id="explorer-peers"') and "<html" not in part
    assert part.strip() in get(url).content.decode()


def test_the_page_of_a_basin_names_its_peers_and_leads_to_both_pages(read: Read) -> None:
    block = read(f"/bassins/{ZONE}/").one("div", css_class="peers-short")
    addresses = [one.attributes["href"] for one in block.all("a")]
    assert PAGE in addresses and addresses[-1].startswith(f"/comparer/?bassins={ZONE},")
    found = find_peers(current_facts(), ZONE, peer_rules().purposes["overall"], exclude_region=False, limit=4)
    assert [one.plain for one in block.all("a")][:4] == [one.zone.name for one in found.peers]


def test_the_page_reads_in_english(get: Get) -> None:
    assert "Part de l'industrie" not in get(f"{PAGE}?lang=en").content.decode()

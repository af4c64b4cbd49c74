"""A link of every kind of page still opens after a new edition, and says what has changed."""

import json
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from explorer.older_links import still_meant
from explorer.permalinks import edition_mark, read_mark, stamped
from scoring.facts import EditionCard
from scoring.service import current_edition, current_facts
from sources.loading import load_edition
from tests.explorer.conftest import Get, Read
from tests.explorer.editions import INDICATOR, NAME, PERIMETER, ZONE, later_edition
from tests.explorer.html_tree import parse

pytestmark = pytest.mark.django_db

MARK = "edition=2025.1-0123abcd"
# One of each kind of page, as their links to copy or their address bar give them.
PAGES = [
    "/",
    "/classement/?activite=32.50B&weights=access:60&region=27",
    "/bassins/",
    "/bassins/0051/",
    "/bassins/0051/activites/",
    "/bassins/0051/ressources/",
    "/bassins/0051/foncier/",
    "/bassins/0051/semblables/",
    "/bassins/0051/pourquoi/?activite=32.50B",
    "/bassins/0051/progresser/?activite=32.50B",
    "/bassins/0051/et-si/?activite=32.50B",
    "/activites/",
    "/activites/32.50B/?jobs=100",
    "/activites/32.50B/chaine/",
    "/complementarites/?activite=32.50B",
    "/comparer/?bassins=0051,0053",
    "/perimetres/",
    "/perimetres/region/27/",
    "/methode/",
    "/methode/criteres/",
    "/methode/validation/",
    "/methode/jugements/",
    "/methode/journal/",
    "/donnees/",
    "/donnees/indicateurs/living.rent_house/?tri=nom",
    "/accessibilite/",
    "/embed/classement/?activite=32.50B",
    "/embed/bassins/0051/",
    "/embed/indicateurs/living.rent_house/",
]


def with_edition(address: str, mark: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{mark}"


def test_links_of_every_kind_of_page_open_after_a_new_edition(client: Client, tmp_path: Path) -> None:
    mark = f"edition={edition_mark(current_facts().edition)}"
    load_edition(later_edition(tmp_path / "later"))
    assert current_edition().name == NAME

    def opened(address: str, status: int = 200) -> str:
        response = client.get(with_edition(address, mark), headers={"accept-language": "fr"})
        assert response.status_code == status, f"{address}: {response.status_code}"
        return parse(response.content).one("main").plain

    for address in PAGES:
        told = opened(address)
        assert "Ce lien a été fait sous l'édition 2026.3" in told and f"l'édition {NAME}, en service" in told, address
    # What vanished says what it was, and where to go: the same place under its new code.
    gone = opened(f"/bassins/{ZONE[0]}/", status=410)
    assert "Saint-Claude (2716) est dans l'édition 2026.3" in gone and f"Saint-Claude ({ZONE[1]})" in gone
    for part in ("pourquoi/?activite=32.50B", "foncier/", "semblables/"):
        assert f"({ZONE[1]})" in opened(f"/bassins/{ZONE[0]}/{part}", status=410)
    assert f"({ZONE[1]})" in opened(f"/embed/bassins/{ZONE[0]}/", status=410)
    kind, _colon, code = PERIMETER[0].partition(":")
    gone = opened(f"/perimetres/{kind}/{code}/", status=410)
    assert "est dans l'édition 2026.3" in gone and gone.count("CC Faucigny - Glières") >= 2
    gone = opened(f"/donnees/indicateurs/{INDICATOR[0]}/", status=410)
    assert "est dans l'édition 2026.3" in gone
    # A comparison goes on with the basins that are left.
    told = opened(f"/comparer/?bassins={ZONE[0]},0051,0053")
    assert f"Bassin qui n'existe plus : {ZONE[0]}" in told and "Alençon" in told
    # Without its edition in it, the same link opens all the same, and nothing is said.
    assert "Ce lien" not in parse(client.get(PAGES[1]).content).one("main").plain
    # What the page offers now is a link of the edition on show.
    page = parse(client.get(PAGES[1]).content)
    assert f"edition={NAME}-" in page.one("a", css_class="permalink").attributes["href"]


def test_a_link_of_the_edition_on_show_says_nothing(read: Read) -> None:
    mark = f"edition={edition_mark(current_facts().edition)}"
    address = "/classement/?activite=32.50B"
    assert not read(with_edition(address, mark)).all(css_class="older-link")
    assert read(with_edition(address, mark)).one("main").plain == read(address).one("main").plain


def test_what_no_longer_exists_is_left_out_and_told(read: Read) -> None:
    tree = read(
        f"/classement/?activite=32.50B&weights=access:60,moon.phase:12&region=99&require=flying&aggregation=median&{MARK}"
    )
    told = tree.one(css_class="older-link").plain
    for lost in ("moon.phase", "99", "flying", "median"):
        assert lost in told
    kept = read("/classement/?activite=32.50B&weights=access:60")
    assert tree.one("ol", css_class="basins").plain == kept.one("ol", css_class="basins").plain
    assert "weights=access:60&edition=2026.3-" in tree.one("a", css_class="permalink").attributes["href"]


def test_the_same_without_an_edition_is_a_mistake_to_correct(read: Read) -> None:
    error = read("/classement/?activite=32.50B&weights=access:60,moon.phase:12", status=400).one(role="alert")
    assert "moon.phase" in error.plain


@pytest.mark.parametrize(
    "text", ["lune", "2026.2", "-fa39422d", "2026.2-FA39422D", "<b>-01234567", "x" * 60 + "-01234567"]
)
def test_an_edition_that_no_link_names_is_refused_with_the_way_on(read: Read, text: str) -> None:
    tree = read(f"/bassins/2716/?edition={text}", status=400)
    assert "2026.2-fa39422d" in tree.one(role="alert").plain


def test_the_interface_does_not_know_the_parameter(client: Client) -> None:
    assert client.get(f"/api/v1/basins?{MARK}").status_code == 400


def test_a_file_asked_by_an_older_link_answers_the_question_that_is_left(get: Get) -> None:
    address = "/classement/classement.geojson?activite=32.50B"
    asked, usual = (json.loads(get(f"{address}{more}").content) for more in (f"&weights=moon.phase:3&{MARK}", ""))
    assert asked["features"] == usual["features"]
    # It says so in what was asked, and the rest is the same.
    told = asked["provenance"].pop("asked").removeprefix(usual["provenance"].pop("asked"))
    assert "2025.1" in told and "moon.phase" in told and asked["provenance"] == usual["provenance"]


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("/bassins/2790/", ["/bassins/27"]),
        ("/donnees/indicateurs/living.rent_flats/", ["/donnees/indicateurs/living.rent_flat/"]),
        ("/donnees/indicateurs/land.zeppelins/", ["/donnees/indicateurs/land."]),
    ],
)
def test_a_code_that_never_was_leads_to_the_nearest(read: Read, address: str, links: list[str]) -> None:
    tree = read(address, status=404).one(role="alert")
    found = [one.attributes["href"] for one in tree.all("a")]
    for link in links:
        assert any(one.startswith(link) for one in found), found


@pytest.mark.parametrize(
    "address", ["/bassins/0051/", "/activites/99.99Z/", "/perimetres/lune/27/", "/perimetres/epci/1/"]
)
def test_other_unknown_addresses_keep_their_own_sentence(get: Get, address: str) -> None:
    response = get(address)
    assert response.status_code == (200 if "0051" in address else 404)


NAMES = st.text("0123456789ABCabc._-", min_size=1, max_size=60)


@given(name=NAMES, digest=st.text("0123456789abcdef", min_size=64, max_size=64))
def test_what_a_link_says_of_its_edition_is_read_back(name: str, digest: str) -> None:
    card = EditionCard(name, digest)
    linked = read_mark(edition_mark(card))
    assert linked is not None and linked.is_(card)


@pytest.mark.parametrize(
    ("address", "lasting"),
    [
        ("/bassins/2716/", "/bassins/2716/?edition=2026.2-fa39422d"),
        ("/comparer/?bassins=1,2", "/comparer/?bassins=1,2&edition=2026.2-fa39422d"),
        ("/donnees/#sources", "/donnees/?edition=2026.2-fa39422d#sources"),
    ],
)
def test_a_lasting_link_is_the_address_and_the_edition(address: str, lasting: str) -> None:
    assert stamped(address, EditionCard("2026.2", "fa39422d" + "0" * 56)) == lasting


def test_what_is_known_is_left_as_it_is() -> None:
    params = QueryDict("activite=32.50B&weights=access:60,skills:3&region=27&bassins=2716,0051&jobs=3")
    assert still_meant(current_facts(), params) == (params, ())

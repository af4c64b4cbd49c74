"""The page of groups of basins: answers, forms that lead to short addresses, refusals that keep what was typed."""

import csv
import io
from urllib.parse import quote

import pytest
from django.test import Client

from scoring.group_definitions import preset_chains
from scoring.service import current_facts
from tests.explorer.conftest import Get, Read
from tests.explorer.html_tree import Element

pytestmark = pytest.mark.django_db
PAGE = "/complementarites/"
CHAIN = "22.29A:pièces,25.62A:vis,32.50B:montage,52.10B:logistique"


def rows(tree: Element) -> list[Element]:
    return tree.one("table", css_class="groups").one("tbody").all("tr")


def test_the_page_asks_before_anything_is_asked(read: Read) -> None:
    tree = read(PAGE)
    forms = tree.one("div", css_class="group-forms").all("form")
    assert len(forms) == 2 and all(one.attributes["action"] == PAGE for one in forms)
    assert len(forms[1].all("input", type="text")) == 2 * 6 + 1
    links = [one.plain for one in tree.one("ul", css_class="inline-links").all("a")]
    assert links == [str(one.label) for one in preset_chains()]
    assert not tree.all("table", css_class="groups")


def test_jeans_are_for_roanne_and_its_neighbour(read: Read) -> None:
    tree = read(f"{PAGE}?activite=14.13Z")
    first = rows(tree)[0]
    assert {"Roanne", "La Plaine du Forez"} == set(first.one("th").plain.split(" + "))
    assert "Roanne" in tree.one("p", css_class="lead").plain
    assert len(first.one("td", css_class="brings").all("li")) == 2
    drawn = tree.one("svg", css_class="map")
    assert len(drawn.one("g", css_class="group-members").all("use")) == 2
    assert {one.plain for one in drawn.all("text")} == {"Roanne", "La Plaine du Forez"}


def test_a_group_of_the_list_is_drawn_when_asked(read: Read) -> None:
    links = [row.one("a").attributes["href"] for row in rows(read(f"{PAGE}?activite=14.13Z"))]
    other = read(links[3].partition("#")[0])
    chosen = other.one("tr", css_class="is-chosen").one("a").attributes
    assert (chosen["href"], chosen["aria-current"]) == (links[3], "true")
    named = other.one("h2", id="explorer-group").plain
    assert all(one.plain in named for one in other.one("g", css_class="group-names").all("text"))
    assert "dans cette liste" in read(f"{PAGE}?activite=14.13Z&groupe=1101-9401", status=404).text


def test_a_chain_says_who_does_what(read: Read) -> None:
    tree = read(f"{PAGE}?etapes={quote(CHAIN)}")
    steps = tree.one("table", css_class="narrow-table").one("tbody").all("tr")
    assert [row.one("th").plain.split()[0] for row in steps] == ["pièces", "vis", "montage", "logistique"]
    assert len({row.all("td")[0].plain for row in steps}) >= 2
    fields = {one.attributes["name"]: one.attributes["value"] for one in tree.all("input", type="text")}
    assert (fields["e3"], fields["n3"], fields["e5"]) == ("32.50B", "montage", "")


def test_a_form_leads_to_the_shortest_address(get: Get) -> None:
    response = get(f"{PAGE}?activite=lunettes&distance=60&taille=&bassin=")
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}?activite=32.50B")
    fields = "e1=22.29A&n1=pi%C3%A8ces&e2=&n2=&e3=lunettes&n3=mont%2Cage&e4=&n4=&e5=&n5=&e6=&n6="
    response = get(f"{PAGE}?{fields}&distance=80&taille=2&bassin=")
    expected = f"{PAGE}?etapes={quote('22.29A:pièces,32.50B:mont age', safe=':,')}&distance=80&taille=2"
    assert (response.status_code, response["Location"]) == (302, expected)
    assert get(response["Location"]).status_code == 200


def test_settings_of_the_ranking_come_along(read: Read) -> None:
    tree = read(f"{PAGE}?activite=27.20Z&weights=land:60&jobs=300&distance=100")
    hidden = {one.attributes["name"]: one.attributes["value"] for one in tree.all("input", type="hidden")}
    assert hidden == {"weights": "land:60", "jobs": "300"}
    assert "2 réglages modifiés" in tree.one("p", css_class="overline").plain
    ranking = read("/classement/?activite=27.20Z&weights=land:60&aggregation=geometric&normalisation=zscore")
    link = next(one for one in ranking.all("a") if one.plain == "Bassins qui se complètent")
    assert link.attributes["href"] == f"{PAGE}?activite=27.20Z&weights=land:60"
    activity = read("/activites/27.20Z/")
    targets = {one.attributes.get("href") for one in activity.all("a")}
    assert {f"{PAGE}?activite=27.20Z", "/activites/27.20Z/chaine/"} <= targets


@pytest.mark.parametrize(
    ("query", "status", "told", "kept"),
    [
        ("etapes=", 400, "aucune étape", ("distance", "60")),
        ("e1=&n1=&e2=&n2=vis&distance=70", 400, "aucune étape", ("n2", "vis")),
        ("e1=25.62A&n1=vis&distance=70", 400, "au moins 2 étapes", ("e1", "25.62A")),
        ("etapes=25.62A:vis,99.99X:montage", 404, "Étape 2", ("e2", "99.99X")),
        ("e1=25.62A&e2=zzzqqq&n2=rien", 404, "Étape 2", ("e2", "zzzqqq")),
        ("etapes=" + ",".join(["25.62A"] * 7), 400, "7 étapes", ("e6", "25.62A")),
        ("etapes=25.62A:vis,32.50B,25.62A:axes", 400, "L'étape 3 répète l'étape 1", ("e2", "32.50B")),
        ("activite=32.50B&distance=0", 400, "de 5 à 150 km", ("distance", "0")),
        ("activite=32.50B&distance=5000", 400, "de 5 à 150 km", ("distance", "5000")),
        ("activite=32.50B&distance=loin", 400, "loin", ("activite", "32.50B")),
        ("activite=32.50B&bassin=99", 404, "99", ("activite", "32.50B")),
        ("activite=meubles de cuisine et salons&distance=70", 404, "", ("distance", "70")),
        ("distance=60", 400, "Indiquez une activité", ("distance", "60")),
        ("activite=32.50B&nonsense=1", 400, "nonsense", ("activite", "32.50B")),
        ("activite=32.50B&jobs=beaucoup", 400, "beaucoup", ("activite", "32.50B")),
    ],
)
def test_a_refusal_explains_and_keeps_the_form(
    read: Read, query: str, status: int, told: str, kept: tuple[str, str]
) -> None:
    tree = read(f"{PAGE}?{quote(query, safe='=&,:')}", status=status)
    assert told in tree.one("div", css_class="error", role="alert").plain
    values = {one.attributes["name"]: one.attributes["value"] for one in tree.all("input", type="text")}
    assert values[kept[0]] == kept[1]
    assert not tree.all("table", css_class="groups")


def test_no_group_says_so_and_what_to_try(read: Read) -> None:
    tree = read(f"{PAGE}?activite=32.50B&distance=5")
    assert "Aucun bassin n'a de voisin à moins de 5" in tree.one("p", css_class="lead").plain
    section = tree.one("section", aria_labelledby="explorer-groups")
    tries = section.one("ul", css_class="inline-links").all("a")
    assert "distance=100" in tries[0].attributes["href"]
    assert rows(read(tries[0].attributes["href"]))
    alone = read(f"{PAGE}?activite=32.50B&bassin=0601")
    assert alone.one("p", role="status").plain
    assert any("toute la France" in one.plain for one in alone.all("a"))


def test_a_basin_without_neighbours_is_told_and_no_wider_search_is_offered(read: Read) -> None:
    for distance in ("", "&distance=150", "&taille=2"):
        tree = read(f"{PAGE}?activite=32.50B&bassin=0601{distance}")
        lead = tree.one("p", css_class="lead").plain
        assert "Mayotte n'a aucun voisin" in lead and "1 416 km" in lead.replace("\u202f", " ").replace("\xa0", " ")
        section = tree.one("section", aria_labelledby="explorer-groups")
        assert [one.plain for one in section.one("ul", css_class="inline-links").all("a")] == [
            "Chercher dans toute la France"
        ]
        assert "ont été comparés" not in section.text


def test_a_wider_search_reaches_the_nearest_neighbour(read: Read) -> None:
    tree = read(f"{PAGE}?activite=32.50B&bassin=0302")
    assert "n'a aucun voisin à moins de 60" in tree.one("p", css_class="lead").plain
    section = tree.one("section", aria_labelledby="explorer-groups")
    wider = section.one("ul", css_class="inline-links").all("a")[0]
    assert "distance=140" in wider.attributes["href"]
    assert "n'a aucun voisin" not in read(wider.attributes["href"]).one("p", css_class="lead").plain


def test_sureness_is_that_of_a_chain_or_of_an_activity(read: Read, get: Get) -> None:
    for query, words, heading in (
        ("activite=14.13Z", "où l'ensemble fait mieux", "Tirages où l'ensemble fait mieux"),
        (f"etapes={quote(CHAIN)}", "gagne au moins un point", "Tirages où l'ensemble gagne au moins un point"),
    ):
        section = read(f"{PAGE}?{query}").one("section", aria_labelledby="explorer-groups")
        footnote = next(one.plain for one in section.all("p", css_class="source") if "Sûreté" in one.plain)
        assert words in footnote.partition("≈")[0]
        assert heading in get(f"{PAGE}liste.csv?{query}").content.decode("utf-8-sig").splitlines()[0]


def test_an_alert_counts_the_hands_once(read: Read) -> None:
    section = read(f"{PAGE}?activite=14.13Z").one("section", aria_labelledby="explorer-pools")
    cards = section.all("ul", css_class="pools")[0].all("li")
    assert cards and "Vivier compté une seule fois" in cards[0].text
    assert "mobilités professionnelles" in section.text


def test_the_file_holds_every_group(get: Get, read: Read) -> None:
    text = get(f"{PAGE}liste.csv?activite=14.13Z").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    tree = read(f"{PAGE}?activite=14.13Z")
    shown = [row.one("th").plain for row in rows(tree)]
    assert [line["Bassins"] for line in lines[: len(shown)]] == shown
    assert len(lines) > len(shown)
    for line in lines:
        gain = float(line["Score de l'ensemble (points)"].replace(",", ".")) - float(
            line["Son score (points)"].replace(",", ".")
        )
        assert gain == pytest.approx(float(line["Gain (points)"].replace(",", ".")), abs=2e-6)
        assert line["Statut"] == "estimé" and line["Source"]
    assert get(f"{PAGE}liste.csv?etapes=25.62A").status_code == 400


def test_every_page_is_asked_in_english_too(client: Client) -> None:
    for query in ("", "?activite=32.50B", f"?etapes={quote(CHAIN)}"):
        assert client.get(f"{PAGE}{query}", headers={"accept-language": "en"}).status_code == 200
    assert len(current_facts().zones) == 306

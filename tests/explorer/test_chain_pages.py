"""The chain of an activity: what it buys, what is imported, where it is; unknown said as unknown."""

import csv
import io
import re

import pytest

from explorer.presenters.value_chain import FIGURES
from scoring.service import current_facts
from tests.explorer.conftest import Get, Read

pytestmark = pytest.mark.django_db
PAGE = "/activites/27.20Z/chaine/"


@pytest.mark.parametrize(
    "url", [PAGE, "/activites/14.13Z/chaine/", "/activites/C/chaine/", "/activites/01.11Z/chaine/"]
)
def test_a_chain_has_its_figures(read: Read, url: str) -> None:
    tree = read(url)
    for name in ("purchases", "sales"):
        figure = tree.one("figure", id=f"figure-{name}")
        assert figure.one("table").one("tbody").all("tr")
        assert "WIOD" in figure.one("p", css_class="source").plain
    assert not tree.all("figure", id="figure-suppliers")


def test_around_a_basin_jobs_are_counted_in_rings(read: Read) -> None:
    tree = read(f"{PAGE}?bassin=3213")
    for name in ("suppliers", "customers"):
        figure = tree.one("figure", id=f"figure-{name}")
        assert "Dunkerque" in figure.one("h3").plain and "à vol d'oiseau" in figure.text
        assert "open" in figure.one("details").attributes
    chosen = [one for one in tree.one("select", name="bassin").all("option") if "selected" in one.attributes]
    assert [one.plain for one in chosen] == ["Dunkerque"]


def test_a_border_within_reach_is_told(read: Read) -> None:
    told = "ce qui est au-delà n'est pas dans la statistique française"
    assert told in read(f"{PAGE}?bassin=3213").text and told not in read(f"{PAGE}?bassin=2415").text


def test_textile_says_that_its_origin_cannot_be_read(read: Read) -> None:
    tree = read("/activites/14.13Z/chaine/")
    notice = tree.one("p", css_class="notice").plain
    assert "inconnue, pas nulle" in notice and "Eurostat" in notice
    own = next(
        row
        for row in tree.one("figure", id="figure-purchases").one("tbody").all("tr")
        if "la branche elle-même" in row.one("th").plain
    )
    assert own.all("td")[3].plain == "—" and own.all("td")[4].plain == "non lisible"


def test_the_chain_leads_to_the_groups(read: Read) -> None:
    tree = read(f"{PAGE}?bassin=3213")
    links = [one.attributes["href"] for one in tree.one("section", aria_labelledby="explorer-steps").all("a")]
    assert links[0] == "/complementarites/?activite=27.20Z&bassin=3213"
    assert links[1].startswith("/complementarites/?etapes=20.13B:")
    for link in links:
        read(link)


def test_an_activity_without_flows_says_who_publishes_them(read: Read) -> None:
    tree = read("/activites/99.00Z/chaine/")
    assert "Insee" in tree.one("p", css_class="lead").plain and not tree.all("figure")


def test_addresses_are_short_and_wrong_ones_refused(get: Get) -> None:
    response = get(f"{PAGE}?level=subclass&bassin=")
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert get("/activites/2720Z/chaine/")["Location"] == PAGE
    assert get(f"{PAGE}?bassin=99").status_code == 404
    assert get("/activites/99.99X/chaine/").status_code == 404
    assert get(f"{PAGE}?nonsense=1").status_code == 400
    assert get(f"{PAGE}achats.csv").status_code == 404
    assert get(f"{PAGE}suppliers.csv").status_code == 404


def test_what_is_not_known_around_is_a_dash_and_never_nan(get: Get, read: Read) -> None:
    tree = read(f"{PAGE}?bassin=0601")
    for name in ("suppliers", "customers"):
        figure = tree.one("figure", id=f"figure-{name}")
        assert "Aucun autre bassin n'a son centre à moins de 100" in figure.text
        for row in figure.one("tbody").all("tr"):
            _share, inside, near, far, beyond, presence, unknown, _status = [one.plain for one in row.all("td")]
            assert (inside, near, far, presence, unknown) == ("—", "0", "0", "—", "1")
            assert beyond not in ("—", "0")
        text = get(f"{PAGE}{name}.csv?bassin=0601").content.decode("utf-8-sig")
        for line in csv.DictReader(io.StringIO(text), delimiter=";"):
            assert line["Présence jusqu'à 50 km (fois la part nationale)"] == line["Dans le bassin (emplois)"] == ""


@pytest.mark.parametrize("zone", ["0601", "0302", "3213"])
def test_no_page_about_a_basin_prints_nan(get: Get, zone: str) -> None:
    for url in (
        f"{PAGE}?bassin={zone}",
        f"/activites/01.11Z/chaine/?bassin={zone}",
        f"{PAGE}suppliers.csv?bassin={zone}",
        f"{PAGE}customers.csv?bassin={zone}",
        f"/bassins/{zone}/",
        f"/bassins/{zone}/pourquoi/?activite=27.20Z",
        f"/complementarites/?activite=27.20Z&bassin={zone}",
        f"/comparer/?bassins={zone},2716&activite=27.20Z",
    ):
        response = get(url)
        text = b"".join(response) if response.streaming else response.content
        found = re.search(rb".{60}(?<![\w/+-])nan(?![\w/+=-]).{60}", text, re.IGNORECASE | re.DOTALL)
        assert found is None, f"{url}: {found and found.group()!r}"


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_a_file(get: Get, figure: str) -> None:
    text = get(f"{PAGE}{figure}.csv?bassin=3213").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert lines and all(line["Source"] and line["Édition"] for line in lines)
    assert current_facts().edition.name in lines[0]["Édition"]

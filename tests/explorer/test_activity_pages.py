"""Pages of activities: every level, the profile edited in the address, the same figures as the interface."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from scoring.service import current_facts
from tests.explorer.conftest import Get, Read
from tests.explorer.html_tree import Element
from tests.explorer.test_pages import figure

pytestmark = pytest.mark.django_db
PAGE = "/activites/25.62A/"
LEVELS = [PAGE]
LEVELS += ["/activites/C3/", "/activites/FZ/?level=a17", "/activites/FZ/", "/activites/C/", "/activites/26/"]
LEVELS += ["/activites/25.6/", "/activites/25.62/", "/activites/27.20Z/", "/activites/01.12Z/", "/activites/84.11Z/"]


def profile(tree: Element) -> dict[str, str]:
    """The fields of the profile as a browser would send them back."""
    fields = tree.one("form", css_class="profile").all("input")
    return {
        one.attributes["name"]: one.attributes.get("value", "")
        for one in fields
        if one.attributes.get("type") != "checkbox" or "checked" in one.attributes
    }


@pytest.mark.parametrize("url", LEVELS)
def test_every_level_has_a_whole_page(read: Read, url: str) -> None:
    tree = read(url)
    assert tree.one("h1").plain and tree.one("form", css_class="profile")
    assert len(tree.one("svg", css_class="map").all("a")) == len(current_facts().zones)
    first = tree.one("section", aria_labelledby="explorer-first").one("tbody").all("tr")
    assert [row.all("td")[0].plain for row in first] == [str(rank) for rank in range(1, 11)]


def test_the_index_leads_to_every_industrial_activity(read: Read) -> None:
    links = {link.attributes["href"] for link in read("/activites/").one("main").all("a")}
    industrial = current_facts().nomenclature.nodes["section:C"].subclasses
    assert {f"/activites/{code}/" for code in industrial} <= links


@pytest.mark.parametrize(("text", "code"), [("jean", "14.13Z"), ("batterie", "27.20Z"), ("décolletage", "25.62A")])
def test_a_product_word_is_found(read: Read, text: str, code: str) -> None:
    first = read(f"/activites/?q={text}").one("ul", css_class="matches").all("a")[0]
    assert first.attributes["href"] == f"/activites/{code}/"


def test_a_word_that_nothing_bears_says_what_to_try(read: Read) -> None:
    assert "Essayez" in read("/activites/?q=zzzzqqqq").one("p", role="status").plain


def test_the_profile_is_that_of_the_interface(read: Read, client: Client) -> None:
    said = client.get("/api/v1/activities/25.62A?lang=fr").json()
    tree = read(PAGE)
    rows = tree.one("figure", id="figure-needs").one("tbody").all("tr")
    assert [row.all("td")[0].plain for row in rows] == [one["code"] for one in said["occupations"]]
    for row, one in zip(rows, said["occupations"], strict=True):
        assert figure(row.all("td")[3].plain) == pytest.approx(100 * one["share"], abs=0.051)
        assert row.all("td")[2].plain == ("oui" if one["is_scored"] else "soutien")
    fields = {one.attributes["name"]: one for one in tree.one("form", css_class="profile").all("input")}
    for name in ("jobs", "hectares", "mw"):
        assert figure(fields[name].attributes["placeholder"]) == pytest.approx(said[name], abs=0.006)
    modes = {name[2:]: float(one.attributes["value"]) for name, one in fields.items() if name.startswith("m.")}
    assert modes == {mode: pytest.approx(100 * share, abs=0.51) for mode, share in said["modes"].items()}
    words = {"public": "chiffre public", "expert": "dire d'expert"}
    notes = [one.plain for one in tree.one("form", css_class="profile").all("span", css_class="evidence")]
    assert notes == [words[said["evidence"][field]] for field in ("jobs", "hectares", "mw", "modes")]


def test_each_default_says_what_it_rests_on(read: Read) -> None:
    notes = read(PAGE).one("form", css_class="profile").all("span", css_class="evidence")
    assert len(notes) == 4 and {one.plain for one in notes} <= {"chiffre public", "dire d'expert"}


def test_a_form_sent_back_untouched_is_the_bare_address(read: Read, get: Get) -> None:
    fields = profile(read(PAGE))
    response = get(PAGE + "?" + "&".join(f"{name}={value}" for name, value in fields.items()))
    assert (response.status_code, response.headers["Location"]) == (302, PAGE)


def test_an_edit_lives_in_the_address_and_carries_to_the_ranking(read: Read, get: Get) -> None:
    fields = profile(read("/activites/27.20Z/")) | {
        "jobs": "300",
        "m.rail": "",
        "m.road": "90",
        "require": "battery-site",
    }
    response = get("/activites/27.20Z/?" + "&".join(f"{name}={value}" for name, value in fields.items()))
    location = response.headers["Location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
    assert asked["jobs"] == "300" and asked["require"] == "battery-site"
    # A mode left blank keeps its usual share.
    assert "rail:18" in asked["modes"] and "road:90" in asked["modes"]
    tree = read(location)
    assert "Votre projet" in tree.one("p", css_class="lead").plain and "modifié" in tree.one("main").plain
    ranking = tree.one("p", css_class="actions").all("a")[0].attributes["href"]
    kept = {name: values[0] for name, values in parse_qs(urlsplit(ranking).query).items()}
    assert kept == asked | {"activite": "27.20Z"}
    assert get(ranking).status_code == 200


def test_the_head_of_the_ranking_is_that_of_the_ranking(read: Read) -> None:
    here = read(f"{PAGE}?jobs=500").one("section", aria_labelledby="explorer-first").one("tbody").all("a")
    there = read("/classement/?activite=25.62A&jobs=500").all("li", css_class="basin")
    assert [one.plain for one in here] == [one.one("h2").plain for one in there[:10]]


def test_thin_profiles_are_marked(read: Read) -> None:
    nomenclature = current_facts().nomenclature
    leaves = [one for one in nomenclature.nodes.values() if one.level == "subclass"]
    thin = next(one for one in leaves if 0 < nomenclature.hires[one.key].sum() < 100)
    assert "fragile" in read(f"/activites/{thin.code}/").one("ul", css_class="cautions").plain
    none = next(one for one in leaves if nomenclature.hires[one.key].sum() == 0)
    tree = read(f"/activites/{none.code}/")
    assert "estimé" in tree.one("ul", css_class="cautions").plain
    assert "≈" in tree.one("figure", id="figure-needs").one("tbody").plain
    assert not read(PAGE).all("ul", css_class="cautions")


def test_the_grain_of_local_jobs_is_named(read: Read) -> None:
    merged = read("/activites/30.30Z/").one("section", aria_labelledby="explorer-where").one("p", css_class="notice")
    assert "CL" in merged.plain and "Industrie automobile" in merged.plain
    whole = read("/activites/CL/").one("section", aria_labelledby="explorer-where")
    assert not whole.all("p", css_class="notice") and "cette activité même" in whole.plain


def test_the_map_marks_what_is_not_known(read: Read) -> None:
    facts = current_facts()
    jobs = facts.private_jobs.end[:, facts.private_jobs.columns(("CH",))][:, 0]
    unknown = {zone.code for zone, value in zip(facts.zones, jobs, strict=True) if value != value}
    links = read(PAGE).one("svg", css_class="map").all("a")
    hatched = {
        one.attributes["data-zone"] for one in links if one.one("use").attributes["class"] in ("nodata", "secret")
    }
    assert hatched == unknown


@pytest.mark.parametrize("name", ["needs", "where", "related"])
def test_each_table_is_a_file_with_its_source_on_every_row(read: Read, get: Get, name: str) -> None:
    links = {link.attributes["href"] for link in read(f"{PAGE}?jobs=30").all("a")}
    url = f"/activites/25.62A/figures/{name}.csv?jobs=30"
    assert url in links
    rows = list(csv.DictReader(io.StringIO(get(url).content.decode("utf-8-sig")), delimiter=";"))
    assert rows and all(
        row["Source"] and row["Millésime"] and "?jobs=30&edition=2026.3-" in row["Lien"] for row in rows
    )


def test_where_says_the_status_of_every_basin(get: Get) -> None:
    text = get("/activites/25.62A/figures/where.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == len(current_facts().zones)
    assert all((row["Emplois"] == "") == (row["Statut"] in ("non disponible", "secret statistique")) for row in rows)


@pytest.mark.parametrize(
    ("url", "status", "word"),
    [
        ("/activites/99.99Z/", 404, "99.99Z"),
        ("/activites/25.62A/?level=planete", 400, "planete"),
        ("/activites/25.62A/?level=a38", 404, "25.62A"),
        ("/activites/25.62A/?activite=27.20Z", 400, "25.62A"),
        ("/activites/25.62A/?jobs=0", 400, "emploi"),
        ("/activites/25.62A/?couleur=bleu", 400, "couleur"),
        ("/activites/25.62A/?require=zeppelin", 400, "zeppelin"),
        ("/activites/25.62A/figures/autre.csv", 404, "autre"),
        ("/activites/?q=", 400, "vide"),
        ("/activites/?page=2", 400, "page"),
    ],
)
def test_a_wrong_address_is_answered_in_words(read: Read, url: str, status: int, word: str) -> None:
    assert word in read(url, status=status).one(role="alert").plain


def test_a_code_without_its_dot_leads_to_the_page(get: Get) -> None:
    assert get("/activites/2562a/?jobs=30").headers["Location"] == f"{PAGE}?jobs=30"


def test_ambiguous_codes_lead_to_each_other(read: Read) -> None:
    assert "/activites/FZ/?level=a17" in {one.attributes["href"] for one in read("/activites/FZ/?level=a38").all("a")}


@pytest.mark.parametrize("url", ["/activites/", PAGE, "/activites/?q=jean"])
def test_a_page_asks_little_of_the_database(
    get: Get, django_assert_max_num_queries: DjangoAssertNumQueries, url: str
) -> None:
    get(url)
    with django_assert_max_num_queries(4):
        get(url)


def test_english_has_its_own_numbers(read: Read) -> None:
    tree = read(f"{PAGE}?lang=en")
    assert tree.one("html").attributes["lang"] == "en"
    assert re.search(r"\d+\.\d", tree.one("section", aria_labelledby="explorer-first").plain)

"""What a basin could produce and what would use its resources: pages, filters, files, refusals."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from explorer.presenters.rows import unmet
from explorer.presenters.unmet import unmet_words
from scoring import service
from scoring.question import Question
from tests.explorer.conftest import Get, Read

ZONE = "8425"  # Oyonnax
LIST = f"/bassins/{ZONE}/activites/"
RESOURCES = f"/bassins/{ZONE}/ressources/"


@pytest.fixture
def scored(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The levels that the tests list are scored, as the server does before its first reader; intervals are awaited."""
    for patience in ("PATIENCE_S", "SCRIPTED_PATIENCE_S"):
        monkeypatch.setattr(f"explorer.reverse_views.{patience}", 120)
    for level in ("subclass", "division"):
        service.warm(level)


def lines(table: Any) -> list[Any]:
    return [row for row in table.all("tr") if row.all("td", css_class="standing")]


def code_of(row: Any) -> str:
    return row.one("th").all("span", css_class="code")[0].plain


@pytest.mark.usefixtures("scored")
def test_a_line_tells_the_rank_how_sure_it_is_and_what_the_activity_would_use(read: Read, client: Client) -> None:
    row = lines(read(LIST).one("table", css_class="suggestions"))[0]
    first = client.get(f"/api/v1/basins/{ZONE}/activities?limit=20").json()["results"][0]
    assert first["activity"]["code"] == code_of(row) == "32.50B"
    title = row.one("svg").attributes["aria-label"]
    assert (first["rank_median"], first["rank_p05"], first["rank_p95"]) == tuple(
        int(one) for one in (re.search(r"médiane (\d+)", title) or re.search(r"(\d+)", title)).groups()
    ) + tuple(int(one) for one in re.findall(r"le (\d+)", title)[:2])
    kinds = [one.one("strong").plain for one in row.one("ul", css_class="uses").all("li")]
    assert kinds == ["Métiers", "Terrains", "Savoir-faire"]
    assert row.one("span", css_class="distance").plain == "déjà là"


@pytest.mark.usefixtures("scored")
def test_what_the_bench_found_is_said_under_the_list(read: Read) -> None:
    note = next(one for one in read(f"{LIST}?level=division").all("p", css_class="note") if "épreuve" in one.plain)
    assert "dans un même bassin" in note.plain
    assert [one.attributes["href"] for one in note.all("a")] == ["/methode/validation/"]


@pytest.mark.usefixtures("scored")
def test_variants_make_one_line_and_can_be_set_apart(read: Read) -> None:
    folded, apart = (
        lines(read(f"{LIST}{query}").one("table", css_class="suggestions")) for query in ("", "?variantes=toutes")
    )
    groups = [code_of(row)[:4] for row in folded]
    # A group may hold two chains, 32.50A and 32.50B: two lines, never more of a chain.
    assert len(set(groups)) > 0.8 * len(groups)
    assert len({code_of(row)[:4] for row in apart}) < len(set(groups))
    plastics = next(row for row in folded if code_of(row).startswith("22.2"))
    others = plastics.one("details").all("li")
    assert {one.one("span", css_class="code").plain[:4] for one in others} == {"22.2"}


@pytest.mark.usefixtures("scored")
@pytest.mark.parametrize("distance", ["present", "near", "far"])
def test_a_distance_filters_the_list(read: Read, distance: str) -> None:
    rows = lines(read(f"{LIST}?distance={distance}").one("table", css_class="suggestions"))
    assert rows and all(row.all("span", css_class=distance) for row in rows)


@pytest.mark.usefixtures("scored")
def test_a_chain_filters_the_list_and_weights_move_it(read: Read) -> None:
    page = read(f"{LIST}?filiere=precious&weights=land:60")
    rows = lines(page.one("table", css_class="suggestions"))
    assert {code_of(row)[:4] for row in rows} <= {"24.4", "26.5", "32.1", "32.5"}
    assert all("weights=land:60" in row.one("th").all("a")[0].attributes["href"] for row in rows)
    chosen = [one.attributes["value"] for one in page.all("option") if "selected" in one.attributes]
    assert "precious" in chosen and "land:60" in chosen


@pytest.mark.usefixtures("scored")
def test_by_chain_the_page_is_an_overview_with_the_rest_behind_a_link(read: Read) -> None:
    page = read(f"{LIST}?tri=filiere")
    table = page.one("table", css_class="suggestions")
    heads = table.all("tr", css_class="pillar-row")
    assert len(heads) == 8 and all(1 <= len(lines(body)) <= 3 for body in table.all("tbody"))
    rest = table.all("a", css_class="group-rest")[0].attributes["href"]
    chain = re.search(r"filiere=([a-z]+)", rest)
    assert chain and len(lines(read(rest).one("table", css_class="suggestions"))) > 3


@pytest.mark.usefixtures("scored")
def test_by_distance_what_is_there_comes_first(read: Read) -> None:
    heads = read(f"{LIST}?tri=distance").one("table", css_class="suggestions").all("tr", css_class="pillar-row")
    assert [head.plain.split("voir")[0].strip() for head in heads] == [
        "déjà là",
        "proche de l'existant",
        "loin de l'existant",
    ]


@pytest.mark.usefixtures("scored")
def test_filters_that_nothing_meets_say_so_and_offer_more(read: Read) -> None:
    page = read(f"{LIST}?filiere=retail")
    assert page.one("p", role="status").plain == "Aucune activité ne répond à ces filtres."
    assert lines(read(page.one("section", id="explorer-activities").all("a")[0].attributes["href"]))


@pytest.mark.usefixtures("scored")
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("filiere=lunettes", "precious"),
        ("distance=ici", "present"),
        ("variantes=oui", "groupees"),
        ("tri=score", "filiere"),
        ("weights=terre:3", "land"),
        ("preset=rien", "equilibre"),
        ("weights=skills:0,fabric:0,land:0,access:0,living:0,dynamics:0", "pilier"),
        ("page=0", "1"),
        ("rayon=40", "filiere"),
    ],
)
def test_what_is_wrong_is_refused_with_what_is_accepted(get: Get, query: str, told: str) -> None:
    response = get(f"{LIST}?{query}")
    assert response.status_code == 400 and told in response.content.decode()


@pytest.mark.usefixtures("scored")
def test_beyond_the_last_page_and_for_an_unknown_basin_nothing_is_made_up(get: Get) -> None:
    for url in (f"{LIST}?page=999", "/bassins/0000/activites/", "/bassins/0000/ressources/"):
        assert get(url).status_code == 404


@pytest.mark.usefixtures("scored")
def test_the_fragment_is_the_part_of_the_page(get: Get, read: Read) -> None:
    url = f"{LIST}?distance=near&tri=filiere"
    part = read(url).one("section", id="explorer-activities").written()
    fragment = read(url, HX_Request="true", HX_Target="explorer-activities")
    assert fragment.one("section", id="explorer-activities").written() == part


@pytest.mark.usefixtures("scored")
def test_the_file_holds_the_filtered_list_and_the_intervals_of_its_head(get: Get) -> None:
    response = get(f"{LIST}liste.csv?distance=near")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows and {row["Distance au tissu actuel"] for row in rows} == {"proche de l'existant"}
    best, worst = (next(name for name in rows[0] if name.startswith(f"Rang, au {one}")) for one in ("mieux", "pire"))
    assert all(row[best] and int(row[best]) <= int(row[worst]) for row in rows[:25])
    assert len(rows) > 25 and not rows[25][best]
    assert all("distance=near" in row["Lien"] for row in rows)


@pytest.mark.usefixtures("scored")
def test_intervals_still_being_drawn_are_said_to_be(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "explorer.reverse_views.rank_intervals", lambda facts, code, nodes, **_more: [None] * len(nodes)
    )
    page = read(f"{LIST}?page=2")
    waiting = page.one("div", hx_trigger="load delay:1s")
    assert waiting.attributes["hx-get"] == f"{LIST}?page=2" and waiting.one("a").plain == "Actualiser"
    assert {row.one("span", css_class="interval").plain for row in lines(page)} == {"…"}


def ranking_says(code: str, zone: str) -> str:
    """What the ranking of an activity says that a basin lacks, the words of its line."""
    ranking = service.rank(service.current_facts(), Question(code, "subclass"))
    return in_words(unmet(ranking.basin(zone)))


def in_words(labels: str) -> str:
    return unmet_words(labels) if labels else ""


def told_lacking(row: Any) -> str:
    """What a line says that the basin lacks, none folded under it."""
    found = row.all("ul", css_class="reasons")
    return found[0].one("li", css_class="unmet").plain.partition("Besoin indispensable,")[2] if found else ""


@pytest.mark.usefixtures("scored")
def test_the_list_says_what_the_rankings_say_that_the_basin_lacks(read: Read, get: Get) -> None:
    rows = lines(read("/bassins/4422/activites/?variantes=toutes").one("table", css_class="suggestions"))
    told = {code_of(row): told_lacking(row) for row in rows}
    assert told == {code: ranking_says(code, "4422") for code in told}
    assert "site de 20 ha" in told["27.20Z"] and not all(told.values())
    text = get("/bassins/4422/activites/liste.csv").content.decode("utf-8-sig")
    filed = {row["Code NAF"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    for code in ("27.20Z", "33.15Z", "30.20Z", "19.20Z", "32.50B"):
        assert in_words(filed[code]["Besoins indispensables non remplis"]) == ranking_says(code, "4422")


@pytest.mark.usefixtures("scored")
def test_activities_folded_under_a_line_say_what_the_basin_lacks_for_them(read: Read) -> None:
    rows = lines(read("/bassins/0055/activites/").one("table", css_class="suggestions"))
    folded = [one for row in rows for part in row.all("details") for one in part.all("li") if one.all("a")]
    told = {one.one("span", css_class="code").plain: told_lacking(one) for one in folded}
    assert told["33.15Z"] and told == {code: ranking_says(code, "0055") for code in told}


def test_resources_say_what_the_basin_lacks_for_what_would_use_them(read: Read, get: Get) -> None:
    uses = [
        one
        for part in read("/bassins/2716/ressources/").all("ol", css_class="uses")
        for one in part.all("li")
        if one.all("a")
    ]
    told = {one.one("span", css_class="code").plain: told_lacking(one) for one in uses}
    assert told == {code: ranking_says(code, "2716") for code in told}
    assert "rail" in told["19.20Z"] and "rail" in told["19.10Z"]
    text = get("/bassins/2716/ressources/liste.csv").content.decode("utf-8-sig")
    filed = {row["Code NAF"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    for code, words in told.items():
        assert in_words(filed[code]["Besoins indispensables non remplis"]) == words


def test_resources_lead_to_what_would_use_them(read: Read) -> None:
    page = read(RESOURCES)
    parts = page.all("section", css_class="resources")
    assert [part.one("h2").plain for part in parts] == [
        "Partir des métiers",
        "Partir des terrains",
        "Partir des savoir-faire",
    ]
    known = parts[2].one("tbody").all("tr")[0]
    assert "OPTISUN" in known.plain and known.all("li")[0].plain.endswith("32.50B")
    assert all(part.one("p", css_class="source").plain for part in parts)


def test_the_file_of_resources_has_a_row_for_each_use(get: Get, read: Read) -> None:
    text = get(f"{RESOURCES}liste.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    uses = [one for part in read(RESOURCES).all("ol", css_class="uses") for one in part.all("a")]
    assert len(rows) == len(uses) and {row["Bassins classés"] for row in rows} == {"306"}


def test_a_basin_of_which_little_is_known_says_so(read: Read) -> None:
    page = read("/bassins/0601/ressources/")  # Mayotte
    assert "rien n'est publié" in page.one("section", id="metiers").plain
    assert "trop mince" in page.one("section", id="terrains").plain

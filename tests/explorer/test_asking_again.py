"""Nothing set is lost when the question changes, nothing wrong goes unsaid, and what is missing shows in the list."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from scoring.service import current_facts, parse_question, rank
from tests.explorer.conftest import Get, Read
from tests.explorer.html_tree import parse

pytestmark = pytest.mark.django_db
RANKING = "/classement/?activite=32.50B"
ASKED = {"weights": "skills:40", "region": "27", "jobs": "30", "modes": "rail:50,road:50", "normalisation": "zscore"}


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address, one value each."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_a_value_refused_by_htmx_leaves_the_ranking_and_speaks_in_the_form(
    get: Get, read: Read, as_htmx: dict[str, str]
) -> None:
    response = get(f"{RANKING}&jobs=abc", **as_htmx)
    assert response.status_code == 400
    assert response.headers["HX-Retarget"] == "#explorer-refusal"
    told = parse(response.content).one(id="explorer-refusal")
    assert "abc" in told.plain and told.attributes["data-wrong"] == "jobs"
    assert read(RANKING).one("form", id="explorer-question").one(id="explorer-refusal").plain == ""
    cleared = read(RANKING, **as_htmx).one(id="explorer-refusal")
    assert cleared.plain == "" and "hx-swap-oob" in cleared.attributes


def test_a_wrong_field_is_marked_and_nothing_typed_is_lost(read: Read) -> None:
    kept = "weights=skills:40&region=27&hectares=3"
    tree = read(f"{RANKING}&{kept}&jobs=abc", status=400)
    form = tree.one("form", role="search")
    fields = {one.attributes["name"]: one.attributes for one in form.all("input")}
    values = {name: one["value"] for name, one in fields.items() if one["value"]}
    assert values == {"activite": "32.50B", "weights": "skills:40", "region": "27", "hectares": "3", "jobs": "abc"}
    assert fields["jobs"]["aria-invalid"] == "true" and "required" not in fields["q"]
    assert "abc" in form.one(id=fields["jobs"]["aria-describedby"]).plain
    assert [name for name, one in fields.items() if "aria-invalid" in one] == ["jobs"]
    assert f"{RANKING}&{kept}" in [link.attributes["href"] for link in tree.all("a")]
    read(f"{RANKING}&{kept}")


@pytest.mark.parametrize("wrong", ["weights=skills:-1", "w.skills=abc", "couleur=bleu", "page=abc"])
def test_what_is_not_a_field_can_be_left_out(read: Read, wrong: str) -> None:
    tree = read(f"{RANKING}&jobs=30&{wrong}", status=400)
    assert f"{RANKING}&jobs=30" in [link.attributes["href"] for link in tree.one(role="alert").all("a")]


def test_a_search_keeps_all_that_was_set(get: Get, read: Read) -> None:
    query = "&".join(f"{name}={value}" for name, value in ASKED.items())
    found = get(f"/classement/?q=lunettes&{query}").headers["Location"]
    assert query_of(found) == {"activite": "32.50B", "cherche": "lunettes"} | ASKED
    others = read(found).one("p", css_class="notice").one("a").attributes["href"]
    for url in (f"/classement/?q=bijou&{query}", f"/recherche/?q=bijou&{query}", others):
        links = read(url).one("ul", css_class="matches").all("a")
        asked = [query_of(link.attributes["href"]) for link in links]
        assert asked and all({name: one.get(name) for name in ASKED} == ASKED for one in asked)


@pytest.mark.parametrize("path", ["/classement/", "/recherche/"])
@pytest.mark.parametrize("name", ["foo", "require", "page"])
def test_a_search_refuses_what_it_cannot_keep(read: Read, path: str, name: str) -> None:
    assert f"« {name} »" in read(f"{path}?q=lunettes&{name}=1", status=400).one(role="alert").plain.replace(
        "\u202f", " "
    )


def test_a_level_narrows_a_search(read: Read) -> None:
    links = read("/recherche/?q=textile&level=division").one("ul", css_class="matches").all("a")
    codes = {query_of(link.attributes["href"])["activite"] for link in links}
    assert "13" in codes and all(len(code) == 2 for code in codes)


@pytest.mark.parametrize(("typed", "activity"), [("jeans", "14.13Z"), ("", "32.50B")])
def test_the_form_of_a_ranking_alone_carries_the_question(read: Read, get: Get, typed: str, activity: str) -> None:
    """Without a script: a new word, or none and a region; the weights set before stay."""
    tree = read(f"{RANKING}&weights=skills:40&aggregation=geometric")
    fields = [*tree.one("form", id="explorer-question").all("input"), *tree.all("input", form="explorer-question")]
    sent = [one.attributes for one in fields if one.attributes.get("type") != "checkbox"]
    pairs = {one["name"]: one.get("value", "") for one in sent if "name" in one}
    assert "required" not in tree.one("input", id="explorer-q").attributes
    location = get("/classement/?" + urlencode(pairs | {"q": typed, "region": "27"})).headers["Location"]
    asked = query_of(location)
    assert asked.pop("cherche", "") == typed
    assert asked == {"activite": activity, "weights": "skills:40", "region": "27", "aggregation": "geometric"}


def test_reasons_have_no_pages(read: Read) -> None:
    url = "/bassins/2716/pourquoi/?activite=32.50B&page=abc"
    assert "page" in read(url, status=400).one(role="alert").plain


def test_a_missing_must_is_said_on_its_row_and_over_the_list(read: Read) -> None:
    question = parse_question(current_facts(), QueryDict("activite=27.20Z"), activity_parameter="activite")
    shown = rank(current_facts(), question).rows(0, 50)
    failing = [any(one.kind == "must" and one.passed is False for one in basin.requirements) for basin in shown]
    tree = read("/classement/?activite=27.20Z")
    told = [bool(row.all("li", css_class="unmet")) for row in tree.all("li", css_class="basin")]
    assert told == failing and any(failing)
    caution = tree.one("ul", css_class="cautions")
    assert f"Sur les 10 premiers bassins, {sum(failing[:10])} ne rempl" in caution.plain
    assert tree.one(id="explorer-requirements").name == "details"
    assert "#explorer-requirements" in [link.attributes["href"] for link in caution.all("a")]
    assert not read(RANKING).all("li", css_class="unmet")


def test_leaders_without_a_trace_of_the_activity_are_told(read: Read) -> None:
    told = {}
    for code in ("32.50B", "27.20Z", "14.13Z", "10.31Z"):
        question = parse_question(current_facts(), QueryDict(f"activite={code}"), activity_parameter="activite")
        first = rank(current_facts(), question).rows(0, 3)
        traces = [one.place for row in first for one in row.contributions if one.criterion == "fabric.fine_presence"]
        cautions = read(f"/classement/?activite={code}").all("ul", css_class="cautions")
        told[code] = any("trace de l'activité" in one.plain for one in cautions)
        assert told[code] == (sum(one.fact("epv") + one.fact("large_plant") for one in traces) == 0)
    assert set(told.values()) == {True, False}


def test_a_region_is_a_filter_and_no_setting(read: Read) -> None:
    toolbar = read(f"{RANKING}&region=27").one("div", css_class="toolbar").plain
    assert "filtre" in toolbar and "Bourgogne-Franche-Comté" in toolbar and "modifié" not in toolbar
    both = read(f"{RANKING}&region=27&jobs=30").one("div", css_class="toolbar").plain
    assert "1 réglage modifié" in both and "filtre" in both

"""The pages that say what to change: whole without a script, state in the address, refusals beside their field."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from scoring.question import Question
from scoring.service import current_facts, rank
from tests.explorer.conftest import Get, Read
from tests.explorer.html_tree import Element

ROMANS, SAINT_CLAUDE = "8427", "2716"
GAP = f"/bassins/{ROMANS}/progresser/?activite=32.50B"
WHAT_IF = f"/bassins/{ROMANS}/et-si/?activite=32.50B"
ALTERNATIVE = "si=land.sites:4,skills.training:0.5"


def follow(client: Client, url: str, **headers: str) -> tuple[str, int]:
    response = client.get(url, headers={"accept-language": "fr", **headers})
    return response.headers.get("Location", ""), response.status_code


def text_of(get: Get, url: str, status: int = 200) -> str:
    response = get(url)
    assert response.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("&#x27;", "'")


def test_the_gap_says_the_answer_first_then_the_changes(get: Get) -> None:
    text = text_of(get, f"{GAP}&target=top50")
    assert "Le moindre effort qui y mène en 5 ans" in text
    assert "Remettre en état une friche" in text and "+ 1 site prêt" in text.replace("\xa0", " ")
    assert "Qui agit" in text
    assert text.index("Le moindre effort") < text.rindex("Remettre en état")


def test_what_cannot_be_built_is_said_so(get: Get) -> None:
    text = text_of(get, GAP)
    assert "Hors de portée en 5 ans" in text
    assert "Un port, une autoroute ou un aéroport ne se construit pas pour un projet" in text
    assert "même à son meilleur" in text


def test_a_target_already_reached_is_said_kindly(get: Get) -> None:
    text = text_of(get, f"/bassins/{SAINT_CLAUDE}/progresser/?activite=32.50B")
    assert "La cible est atteinte" in text
    assert "Essayer ces changements" not in text


def test_a_veto_is_said_first(get: Get) -> None:
    question = "24.10Z&require=steel-refining-grid"
    ranked = get(f"/api/v1/rankings?activity={question}&limit=1000").json()["results"]
    vetoed = next(one["basin"]["code"] for one in ranked if one["rank"] is None)
    assert "écarté par un critère éliminatoire" in text_of(get, f"/bassins/{vetoed}/progresser/?activite={question}")
    moved = text_of(get, f"/bassins/{vetoed}/et-si/?activite={question}&si=living.care:9")
    assert "il resterait sans rang" in moved


@pytest.mark.parametrize(
    ("query", "said", "field"),
    [
        ("target=top0", "top0", "explorer-gap-target"),
        ("target=top400", "top306", "explorer-gap-target"),
        ("target=score150", "100", "explorer-gap-target"),
        ("target=score&points=", "cible", "explorer-gap-points"),
        ("target=score&points=-3", "score-3", "explorer-gap-points"),
        ("e.land.sites=many", "many", "explorer-effort-land.sites"),
        ("e.land.sites=-2", "0 à 1", "explorer-effort-land.sites"),
        ("effort=land.sites:5000", "1", "explorer-effort-land.sites"),
    ],
)
def test_a_wrong_field_is_refused_beside_it_and_kept(read: Read, query: str, said: str, field: str) -> None:
    page = read(f"{GAP}&{query}", status=400)
    alert = next(one for one in page.all("p") if one.attributes.get("role") == "alert")
    assert said in alert.text
    wrong = [one for tag in ("input", "select") for one in page.all(tag) if "aria-invalid" in one.attributes]
    assert [one.attributes["id"] for one in wrong] == [field]
    assert wrong[0].attributes["aria-describedby"] == alert.attributes["id"]
    assert not page.all("table", css_class="proposals") and not page.all("p", css_class="lead")
    if query.startswith("e."):
        assert wrong[0].attributes["value"] == query.partition("=")[2]


def test_unknown_levers_and_parameters_are_refused(get: Get) -> None:
    assert "skills.bmo" in text_of(get, f"{GAP}&effort=skills.bmo:1", 400)
    assert "nonsense" in text_of(get, f"{GAP}&nonsense=1", 400)
    assert get(f"{GAP}&aggregation=geometric").status_code == 400
    assert get("/bassins/9999/progresser/?activite=32.50B").status_code == 404
    assert get(f"/bassins/{ROMANS}/progresser/").status_code == 400
    assert get(f"{GAP}&effort={'x' * 5000}").status_code == 414


@pytest.mark.django_db
def test_a_form_leads_to_its_shortest_address(client: Client) -> None:
    where, status = follow(client, f"{GAP}&target=top20&points=&e.land.sites=3&e.living.care=2%2C5")
    assert status == 302 and where == f"{GAP}&effort=living.care:2.5"
    where, status = follow(client, f"{GAP}&target=score&points=58%2C5")
    assert status == 302 and where == f"{GAP}&target=score58.5"
    where, _status = follow(client, f"{WHAT_IF}&v.land.sites=4&v.living.care=&v.skills.quotient=1%2C50&scenario=A")
    assert where == f"{WHAT_IF}&si=land.sites:4&scenario=A"


def test_efforts_of_the_address_stand_in_their_fields(read: Read) -> None:
    page = read(f"{GAP}&effort=land.sites:7.5")
    assert field(page, "e.land.sites") == "7,5"
    assert field(page, "e.living.care") == "2"


def field(page: Element, name: str) -> str:
    return next(one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == name)


def test_one_link_tries_the_changes_and_lands_on_the_target(get: Get, read: Read) -> None:
    page = read(f"{GAP}&target=top50")
    link = next(one.attributes["href"] for one in page.all("a") if one.text == "Essayer ces changements")
    asked = parse_qs(urlsplit(link).query)
    assert asked["si"] == ["land.sites:3"] and asked["marges"] == ["gardees"]
    text = text_of(get, link)
    assert "passerait du 54e au 47e rang" in text
    assert "Vers les 50 premiers" in text


def test_the_page_of_why_leads_to_both(read: Read) -> None:
    page = read(f"/bassins/{ROMANS}/pourquoi/?activite=32.50B&jobs=60")
    links = {one.attributes.get("href", "") for one in page.all("a")}
    assert f"{GAP}&jobs=60" in links and f"{WHAT_IF}&jobs=60" in links
    geometric = read(f"/bassins/{ROMANS}/pourquoi/?activite=32.50B&aggregation=geometric")
    assert not any("progresser" in one.attributes.get("href", "") for one in geometric.all("a"))
    assert "pas avec la moyenne géométrique" in geometric.text


def test_what_weighs_nothing_is_told_so(read: Read) -> None:
    page = read(f"{WHAT_IF}&si=land.power:3")
    assert "sans poids dans cette question" in page.one("table", css_class="standings").text


def test_the_size_of_the_project_is_told_beside_the_effort(read: Read) -> None:
    small, large = (read(f"{GAP}&target=score99&hectares={one}") for one in ("0", "5"))
    assert "pour la taille du projet" not in small.text and "dont × 1,50 pour la taille du projet" in large.plain


def test_a_what_if_moves_score_rank_and_interval(get: Get) -> None:
    text = text_of(get, f"{WHAT_IF}&{ALTERNATIVE}")
    assert "passerait du 54e au 72e rang" in text
    today = rank(current_facts(), Question("32.50B", "subclass")).basin(ROMANS).interval
    told = re.findall(r"de (\d+)er? à (\d+)e|de (\d+)e à (\d+)e", text)
    ends = [tuple(int(one) for one in found if one) for found in told]
    assert today is not None and len(ends) == 2 and ends[0] == (today.p05, today.p95)
    assert ends[1][0] > ends[0][0] and ends[1][1] > ends[0][1]
    assert "2 → 4 sites (+1,06)" in re.sub(r"[\xa0\u202f]", " ", text).replace("( +", "(+")


def test_without_a_change_the_page_says_where_the_basin_stands(get: Get) -> None:
    text = text_of(get, WHAT_IF)
    assert "est aujourd'hui 54e" in text
    assert "côte à côte" not in text


def test_the_slope_is_drawn_with_attributes_only(get: Get) -> None:
    body = get(f"{WHAT_IF}&{ALTERNATIVE}").content.decode()
    drawings = re.findall(r'<svg viewBox="0 0 260 140".*?</svg>', body, re.S)
    assert len(drawings) == 2
    for drawing in drawings:
        assert "style=" not in drawing and 'role="img"' in drawing and "aria-label=" in drawing
        heights = [float(one) for one in re.findall(r'<circle[^>]* cy="([0-9.]+)"', drawing)]
        # Both get worse: the second point is lower on the drawing.
        assert heights[1] > heights[0]


def test_scenarios_are_kept_in_the_address_and_compared(read: Read) -> None:
    page = read(f"{WHAT_IF}&{ALTERNATIVE}&scenario=Deux%20friches")
    keep = next(one.attributes["href"] for one in page.all("a") if one.text.startswith("Garder ce scénario"))
    kept = parse_qs(urlsplit(keep).query)
    assert kept["s1"] == ["Deux friches;land.sites:4,skills.training:0.5"] and "si" not in kept
    beside = read(f"{keep}&si=living.care:9")
    heads = [one.text.strip() for one in beside.all("th") if one.attributes.get("scope") == "col"]
    assert heads[0] == "Aujourd'hui" and heads[1] == "Deux friches" and heads[2].startswith("Scénario B")
    hidden = {
        one.attributes.get("name"): one.attributes["value"] for one in beside.all("input") if "value" in one.attributes
    }
    assert hidden["s1"] == kept["s1"][0]
    links = [one.attributes["href"] for one in beside.all("a") if one.text.startswith("retirer")]
    assert len(links) == 1 and "s1=" not in links[0] and "living.care:9" in links[0]
    edit = next(one.attributes["href"] for one in beside.all("a") if one.text.startswith("modifier"))
    swapped = parse_qs(urlsplit(edit).query)
    assert swapped["si"] == ["land.sites:4,skills.training:0.5"] and swapped["s1"][0].endswith("living.care:9")


def test_three_scenarios_at_most_are_kept(get: Get) -> None:
    query = "&".join(f"s{place}=n;land.sites:{place}" for place in (1, 2, 3))
    text = text_of(get, f"{WHAT_IF}&{query}&si=land.sites:6")
    assert "3 scénarios sont gardés, le plus possible" in text
    assert "Garder ce scénario" not in text


@pytest.mark.parametrize(
    ("query", "said", "wrong"),
    [
        ("si=land.sites:many", "many", "v.land.sites"),
        ("si=land.sites:-1", "de 0 à", "v.land.sites"),
        ("si=living.care:900", "900", "v.living.care"),
        ("v.living.care=900", "900", "v.living.care"),
        ("v.living.care=abc", "abc", "v.living.care"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field_and_kept(read: Read, query: str, said: str, wrong: str) -> None:
    page = read(f"{WHAT_IF}&{query}", status=400)
    alert = next(one for one in page.all("p") if one.attributes.get("role") == "alert")
    assert said in alert.text
    found = [one for one in page.all("input") if "aria-invalid" in one.attributes]
    assert [one.attributes["name"] for one in found] == [wrong]
    assert found[0].attributes["value"] == re.split("[:=]", query)[-1]
    assert alert.attributes["id"] in found[0].attributes["aria-describedby"].split()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("si=land.moon:1", "land.moon"),
        ("si=land.sites:1,land.sites:2", "deux fois"),
        ("si=land.parks:1", "ne pèse pour personne"),
        ("s1=empty", "vide"),
        ("s1=A;land.sites:900", "900"),
    ],
)
def test_what_cannot_be_understood_is_explained_on_the_page(get: Get, query: str, said: str) -> None:
    text = text_of(get, f"{WHAT_IF}&{query}", 400)
    assert said in text and "est aujourd'hui 54e" in text


def test_a_name_is_shown_as_text(get: Get) -> None:
    body = get(f"{WHAT_IF}&{ALTERNATIVE}&scenario=%3Cb%3E%3Bbold{'x' * 90}").content.decode()
    assert "<b>" not in body and "&lt;b&gt; bold" in body
    assert f'value="&lt;b&gt; bold{"x" * 32}"' in body


@pytest.mark.parametrize("address", [f"{GAP}&target=top50", f"{WHAT_IF}&{ALTERNATIVE}"])
def test_what_htmx_swaps_is_what_the_page_holds(get: Get, address: str) -> None:
    whole = get(address).content.decode()
    part = get(address, HX_Request="true")
    fragment = part.content.decode().strip()
    assert fragment.startswith('<section id="explorer-') and "<html" not in fragment
    assert fragment in whole


def test_the_address_follows_only_on_its_own_page(client: Client, db: None) -> None:
    headers = {"accept-language": "fr", "HX-Request": "true", "HX-Current-URL": f"http://testserver{GAP}"}
    pushed = client.get(f"{GAP}&target=top50", headers=headers).headers["HX-Push-Url"]
    assert pushed == f"{GAP}&target=top50"


def test_the_pages_speak_english(client: Client, db: None) -> None:
    body = client.get(f"{GAP}&target=top50", headers={"accept-language": "en"}).content.decode()
    assert "Make ready a brownfield" in body and "site made ready" in body
    where = client.get(f"{WHAT_IF}&v.access.market=184458&v.living.care=9.5", headers={"accept-language": "en"})
    assert where.headers["Location"] == f"{WHAT_IF}&si=living.care:9.5"


def test_every_field_of_the_form_can_be_sent_back_unchanged(client: Client, read: Read) -> None:
    page = read(WHAT_IF)
    fields = {
        one.attributes["name"]: one.attributes.get("value", "")
        for one in page.all("input")
        if one.attributes.get("name", "").startswith("v.")
    }
    assert len(fields) >= 15
    response = client.get(f"{WHAT_IF}&" + urlencode(fields), headers={"accept-language": "fr"})
    assert response.headers["Location"] == WHAT_IF


def test_the_levers_are_a_file_too(get: Get, read: Read) -> None:
    page = read(f"{GAP}&target=top50")
    link = next(one.attributes["href"] for one in page.all("a") if one.attributes.get("href", "").count("leviers.csv"))
    response = get(link)
    assert response.status_code == 200 and response.headers["Content-Type"].startswith("text/csv")
    text = response.content.decode("utf-8-sig")
    sites = next(line for line in text.splitlines() if "land.sites" in line)
    # One hectare: 3 points of effort and a tenth more.
    assert sites.split(";")[4:7] == ["3", "1", "3,3"]
    assert get(f"{link}&e.land.sites=many").status_code == 400

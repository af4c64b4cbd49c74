"""Pages on the built-in edition: same numbers as the interface, everything said, nothing lost on the way."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from explorer.presenters.rows import unmet
from explorer.wording import number
from scoring.question import Question
from scoring.service import current_facts, rank
from sources.apps import discover_datasets
from sources.models import Source
from sources.registry import DATASETS
from tests.explorer.conftest import Get, Read
from tests.explorer.html_tree import Element, parse

pytestmark = pytest.mark.django_db
RANKING = "/classement/?activite=32.50B"
ZONE = "2716"
WHY = f"/bassins/{ZONE}/pourquoi/?activite=32.50B"
ADDRESSES = ["/", RANKING, "/recherche/?q=bijou", "/bassins/", "/bassins/?q=morez", f"/bassins/{ZONE}/", WHY]
ADDRESSES += ["/methode/", "/donnees/", "/accessibilite/", "/activites/", "/activites/25.62A/", "/perimetres/"]


def figure(text: str) -> float:
    """Read a number as a French page writes it."""
    return float(re.sub(r"[^\d,−-]", "", text).replace("−", "-").replace(",", "."))


def results(tree: Element) -> str:
    """The results as one text, without what htmx takes away to put elsewhere."""
    section = tree.one("section", id="explorer-results")
    kept = [child for child in section.children if isinstance(child, str) or "hx-swap-oob" not in child.attributes]
    return Element(section.name, section.attributes, kept).written()


@pytest.mark.parametrize("url", ADDRESSES)
def test_every_page_is_whole(read: Read, url: str) -> None:
    tree = read(url)
    assert tree.one("h1").plain and tree.one("head").one("title").plain.endswith("Bassins")
    assert tree.one("html").attributes["lang"] == "fr"
    ids = [one.attributes["id"] for one in tree.walk() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    assert not [one for one in tree.walk() if "style" in one.attributes or one.name == "style"]


@pytest.mark.parametrize("url", ADDRESSES)
def test_links_lead_somewhere(read: Read, get: Get, url: str) -> None:
    """Every link inside the site answers; links of the map and of long lists are of one kind: the first few stand."""
    tree = read(url)
    inside = {
        link.attributes["href"].partition("#")[0] for link in tree.all("a") if "data-zone" not in link.attributes
    }
    for target in sorted(one for one in inside if one.startswith("/"))[:25]:
        assert get(target).status_code in (200, 302), target


def test_the_menu_names_only_pages_that_exist(read: Read, get: Get) -> None:
    menu = read("/").one("nav")
    links = menu.all("a")
    assert [link.plain for link in links] == [
        "Explorer",
        "Bassins",
        "Activités",
        "Comparer",
        "Périmètres",
        "Méthode",
        "Données",
    ]
    assert all(get(link.attributes["href"]).status_code == 200 for link in links)


def test_the_home_page_asks_and_gives_three_examples(read: Read, get: Get) -> None:
    tree = read("/")
    assert tree.one("h1").plain == "Quelle activité voulez-vous implanter ?"
    examples = tree.one("p", css_class="examples").all("a")
    assert len(examples) == 3
    assert all(get(one.attributes["href"]).status_code == 200 for one in examples)


def test_a_product_word_leads_to_its_activity_and_says_so(get: Get, read: Read) -> None:
    response = get("/classement/?q=lunettes&jobs=30&hectares=&mw=")
    assert response.status_code == 302
    asked = parse_qs(urlsplit(response.headers["Location"]).query)
    assert asked == {"activite": ["32.50B"], "jobs": ["30"], "cherche": ["lunettes"]}
    notice = read(response.headers["Location"]).one("p", css_class="notice").plain
    assert "lunettes" in notice and "32.50B" in notice


def test_a_word_of_two_activities_is_a_choice(read: Read) -> None:
    links = read("/classement/?q=bijou").one("ul", css_class="matches").all("a")
    codes = [parse_qs(urlsplit(link.attributes["href"]).query)["activite"][0] for link in links]
    assert codes[:2] == ["32.12Z", "32.13Z"]


def test_the_list_is_that_of_the_interface(read: Read, client: Client) -> None:
    rows = read(f"{RANKING}&page=2").all("li", css_class="basin")
    answer = client.get("/api/v1/rankings?activity=32.50B&limit=100").json()["results"]
    assert [row.attributes["data-zone"] for row in rows] == [one["basin"]["code"] for one in answer]
    shown = [
        figure(row.one("div", css_class="score").all("p")[0].plain.removesuffix("points sur 100")) for row in rows
    ]
    assert shown == [pytest.approx(one["score"], abs=0.0501) for one in answer]


def test_reasons_are_sentences_of_the_interface(read: Read, client: Client) -> None:
    row = read(RANKING).all("li", css_class="basin")[0]
    first = client.get("/api/v1/rankings?activity=32.50B&limit=1", headers={"accept-language": "fr"}).json()[
        "results"
    ][0]
    sentences = " ".join(" ".join(one["sentence"].split()) for one in first["contributions"])
    reasons = row.one("ul", css_class="reasons").all("li")
    assert len(reasons) == 3
    for reason in reasons:
        cited = reason.one("span", css_class="cited").plain
        text = re.sub(r"^[+−]\s*Point \w+ ?:\s*", "", reason.plain.removesuffix(cited).strip())
        assert text in sentences and cited in sentences


def test_the_map_has_every_basin_out_of_the_tab_order(read: Read) -> None:
    links = read(RANKING).one("svg", id="explorer-score-map").all("a")
    assert len(links) == 306 and all(link.attributes["tabindex"] == "-1" for link in links)
    assert all(link.one("title").plain for link in links)


def test_a_region_keeps_the_scores_and_both_ranks(read: Read) -> None:
    nation = {row.attributes["data-zone"]: row for row in read(f"{RANKING}&page=7").all("li", css_class="basin")}
    region = read(f"{RANKING}&region=27").all("li", css_class="basin")
    assert 0 < len(region) < 50
    for place, row in enumerate(region, start=1):
        same = nation[row.attributes["data-zone"]]
        one, other = (entry.one("div", css_class="score") for entry in (row, same))
        assert one.children[0].plain == other.children[0].plain
        assert one.one("p", css_class="interval").plain.strip(" =") == other.one(
            "p", css_class="interval"
        ).plain.strip(" =")
        assert figure(row.one("p", css_class="rank").plain.removeprefix("Rang")) == place
        national = figure(same.one("p", css_class="rank").plain.removeprefix("Rang"))
        assert re.search(rf"\b{national:.0f}er?\b en France", row.one("p", css_class="where").plain)


def test_every_basin_has_the_interval_of_its_rank(read: Read) -> None:
    tree = read(RANKING)
    first = tree.one("li", id="explorer-row-1").one("div", css_class="score")
    told = first.one("svg").attributes["aria-label"]
    assert re.match(r"(entre le \d+er? et le \d+e rang|\d+er?) dans 9 tirages sur 10", told)
    assert "parmi les dix premiers dans" in told and "suivant" in told
    for row in tree.all("li", css_class="basin"):
        span = row.one("svg").one("rect").attributes
        assert float(span["x"]) >= 0 and 0 < float(span["width"]) <= 120.1 - float(span["x"])
    assert "dépend" in " ".join(one.plain for one in tree.all("p", css_class="robustness"))


def test_a_headline_whose_last_name_is_tied_says_so(read: Read, client: Client) -> None:
    for activity in ("32.50B", "25.62A", "14.13Z"):
        rows = client.get("/api/v1/rankings", {"activity": activity, "limit": 4}).json()["results"]
        told = "Les données ne départagent pas le 3e du suivant" in read(f"/classement/?activite={activity}").text
        assert told == rows[2]["tied_with_next"]


def test_why_says_how_sure_the_rank_is(read: Read) -> None:
    told = read(WHY).one("p", css_class="robustness").plain
    assert "10 000 fois" in told.replace("\u202f", " ") and "parmi les vingt premiers" in told


def test_why_of_a_basin_out_of_the_region_answers(get: Get) -> None:
    assert get(f"{WHY}&region=94").status_code == 200


def test_the_list_says_what_its_bars_are(read: Read) -> None:
    told = " ".join(one.plain for one in read(RANKING).all("p", css_class="source"))
    assert "échelle logarithmique de 1 à 306" in told and "10 000 tirages" in told.replace("\u202f", " ")


def test_a_weight_that_counts_for_much_more_or_less_says_how_many_times(read: Read) -> None:
    shares = [one.plain for one in read(RANKING).all("output", css_class="share")]
    told = [float(text.split("×")[1].strip(" \u00a0)").replace(",", ".")) for text in shares if "×" in text]
    assert told and all(times <= 0.5 or times >= 2.0 for times in told)
    assert all("−" in text for text in shares if "à rebours" in text)


def test_the_warning_compares_with_the_weight_that_the_score_uses(read: Read) -> None:
    """Décolletage: half the weight of a merged branch passes to fine presence, whose real part is far under it."""
    ranking = rank(current_facts(), Question("25.62A", "subclass"))
    cards = {one.id: one for pillar in ranking.pillars for one in pillar.criteria}
    fine = cards["fabric.fine_presence"]
    assert fine.used_pct > 1.5 * fine.chosen_pct
    told = read("/classement/?activite=25.62A").one("output", id="explorer-share-fabric-fine_presence").plain
    used, share = (number(value, 1) for value in (fine.used_pct, fine.effective_pct))
    assert told.replace("\u202f", " ").startswith(
        f"{used} % {share} % (× {number(fine.effective_pct / fine.used_pct, 1)}"
    )


def test_a_pillar_far_from_its_weight_is_named_beside_the_ranking(read: Read) -> None:
    for activity in ("25.62A", "32.50B", "27.20Z"):
        ranking = rank(current_facts(), Question(activity, "subclass"))
        far = [
            one.label
            for one in ranking.pillars
            if one.used_pct >= 1 and not 0.5 <= one.effective_pct / one.used_pct <= 2
        ]
        told = [one.plain for one in read(f"/classement/?activite={activity}").all("p", css_class="robustness")]
        said = [one for one in told if "s'écarte des poids" in one]
        assert bool(far) == bool(said) and all(label in said[0] for label in far), (activity, far)


def test_a_pillar_whose_criteria_all_claim_the_same_says_it(read: Read) -> None:
    claims = {}
    for pillar in read(RANKING).all("div", css_class="pillar"):
        criteria = {one.one("p", css_class="note").plain.split(" · ")[1] for one in pillar.all("div", "criterion")}
        told = [one.plain.removeprefix("· ") for one in pillar.one("summary").all("span", css_class="note")]
        assert told == (sorted(criteria) if len(criteria) == 1 else [])
        claims[pillar.all("label")[0].plain] = told
    assert claims["Conditions de vie"] == claims["Foncier"] == ["préférence"]
    assert [] in claims.values()


def test_a_headline_does_not_praise_who_lacks_the_indispensable(read: Read) -> None:
    """Ship repair far from any water: the best scores are told for what they are, then who can do it."""
    ranking = rank(current_facts(), Question("33.15Z", "subclass"))
    rows = ranking.rows(0, ranking.count)
    able = [one for one in rows if not unmet(one)]
    assert rows[0] != able[0] and [one.zone.code for one in ranking.able()] == [one.zone.code for one in able]
    for address in ("/classement/?activite=33.15Z", "/activites/33.15Z/"):
        lead = read(address).one("p", css_class="lead").plain
        assert "conviennent le mieux" not in lead and rows[0].zone.name in lead
        assert all(f"{one.zone.name} ({one.rank}e)" in lead for one in able[:3]), lead
    assert "conviennent le mieux" in read("/classement/?activite=32.50B").one("p", css_class="lead").plain
    vetoed = read("/classement/?activite=33.15Z&require=" + able[0].ranking.outcomes[0].requirement.id)
    assert able[0].zone.name in vetoed.one("p", css_class="lead").plain


def test_a_form_is_led_to_its_shortest_address(get: Get) -> None:
    tree = parse(get(RANKING).content)
    fields = [
        (one.attributes["name"], one.attributes.get("value", ""))
        for one in tree.all("input")
        if one.attributes.get("name", "").startswith("w.")
    ]
    assert len(fields) > 6
    unchanged = "&".join(f"{name}={value}" for name, value in fields)
    assert get(f"{RANKING}&region=&jobs=&{unchanged}").headers["Location"] == RANKING
    changed = unchanged.replace(fields[0][1], "50", 1)
    assert get(f"{RANKING}&{changed}").headers["Location"] == f"{RANKING}&weights=skills:50"


def test_presets_lead_to_their_weights(read: Read, get: Get) -> None:
    chips = read(RANKING).one("p", id="explorer-presets").all("a")
    assert len(chips) >= 4
    for chip in chips:
        target = get(chip.attributes["href"].partition("#")[0]).headers["Location"]
        current = read(target).one("p", id="explorer-presets").all("a", aria_current="true")
        assert [one.plain for one in current] == [chip.plain]


def test_the_fragment_is_the_part_of_the_page(read: Read, as_htmx: dict[str, str]) -> None:
    url = f"{RANKING}&weights=skills:40,land.sites:0&region=27"
    assert results(read(url, **as_htmx)) == results(read(url))


def test_shares_swapped_out_of_band_are_those_of_the_page(read: Read, as_htmx: dict[str, str]) -> None:
    url = f"{RANKING}&weights=skills:40"
    page, fragment = read(url), read(url, **as_htmx)
    moved = [one for one in fragment.walk() if "hx-swap-oob" in one.attributes]
    assert len(moved) > 6
    for one in moved:
        del one.attributes["hx-swap-oob"]
        assert one.written() == page.one(one.name, id=one.attributes["id"]).written()


def test_the_address_to_keep_is_said_to_htmx(get: Get, as_htmx: dict[str, str]) -> None:
    response = get(f"{RANKING}&weights=skills:40,fabric:39.0977443609&cherche=lunettes", **as_htmx)
    assert response.headers["HX-Push-Url"].startswith(f"{RANKING}&weights=")
    assert "cherche" not in response.headers["HX-Push-Url"]


def test_history_restored_is_a_whole_page(read: Read) -> None:
    tree = read(RANKING, HX_Request="true", HX_History_Restore_Request="true")
    assert tree.one("html")


def test_points_of_the_reasons_sum_to_the_score(read: Read) -> None:
    table = read(WHY).one("table", css_class="points")
    points = [figure(row.all("strong")[0].plain) for row in table.all("tr") if row.attributes.get("id")]
    total = figure(table.one("tfoot").one("strong").plain)
    assert len(points) > 6
    assert sum(points) == pytest.approx(total, abs=0.005 * (len(points) + 1))
    weights = [figure(row.all("td")[-3].plain) for row in table.all("tr") if row.attributes.get("id")]
    assert sum(weights) == pytest.approx(100, abs=0.05 * len(weights))


def test_reasons_keep_the_question(read: Read) -> None:
    tree = read(f"{WHY}&weights=skills:40&region=27&jobs=100")
    back = [link.attributes["href"] for link in tree.all("a") if link.plain == "Revenir au classement"]
    assert back == [f"{RANKING}&weights=skills:40&region=27&jobs=100"]
    hidden = {one.attributes["name"]: one.attributes["value"] for one in tree.all("input", type="hidden")}
    assert hidden["weights"] == "skills:40" and hidden["region"] == "27"


def test_a_profile_edited_on_the_page_is_a_short_address(get: Get) -> None:
    response = get(f"{WHY}&jobs=200&hectares=&mw=&m.road=&m.rail=")
    assert response.headers["Location"] == f"{WHY}&jobs=200"


def test_requirements_say_whom_to_ask_and_a_veto_lists_last(read: Read) -> None:
    url = "/classement/?activite=27.20Z"
    boxes = read(url).all("input", name="require")
    assert boxes
    chosen = ",".join(box.attributes["value"] for box in boxes)
    rows = read(f"{url}&require={chosen}&page=7").all("li", css_class="basin")
    vetoed = ["vetoed" in row.attributes["class"].split() for row in rows]
    assert any(vetoed) and vetoed == sorted(vetoed)
    profile = read(f"/bassins/{ZONE}/pourquoi/?activite=27.20Z").one("ul", css_class="requirements").plain
    assert "À vérifier auprès de" in profile


def test_a_basin_page_shows_every_figure_with_its_source(read: Read) -> None:
    tree = read(f"/bassins/{ZONE}/")
    table = tree.one("figure", id="figure-indicators").one("table")
    headings = [cell.plain for cell in table.one("thead").all("th")]
    for row in table.one("tbody").all("tr"):
        cells = dict(zip(headings[1:], [cell.plain for cell in row.all("td")], strict=True))
        assert all(cells[name] not in ("", "—") for name in ("Statut", "Millésime", "Producteur")), row.plain
    for one in tree.all("figure"):
        assert one.one("p", css_class="source").plain.removeprefix("Source :").strip()
        assert one.one("table").all("tr")


def test_what_is_not_known_overseas_is_said(read: Read) -> None:
    mayotte = next(zone for zone in current_facts().zones if zone.land_mass == "mayotte")
    tree = read(f"/bassins/{mayotte.code}/")
    statuses = {cell.plain for cell in tree.one("figure", id="figure-indicators").all("td")}
    assert {"non disponible", "n'existe pas ici"} <= statuses
    assert tree.one("h1").plain == mayotte.name


def test_the_data_page_names_licences_and_counts_every_zone(read: Read) -> None:
    tree = read("/donnees/")
    assert all(row.all("td")[2].plain for row in tree.one("table", css_class="sources").one("tbody").all("tr"))
    assert "ODbL" in tree.one("p", css_class="notice").plain
    for row in (one for one in tree.one("table", css_class="indicators").all("tr") if one.all("td")):
        assert sum(int(cell.plain) for cell in row.all("td", css_class="num")) == 306


def test_notes_of_sources_are_in_english_and_their_titles_are_said_to_be_french(read: Read) -> None:
    french, english = (read(f"/donnees/?lang={code}").one("table", css_class="sources") for code in ("fr", "en"))
    rows = list(zip(french.one("tbody").all("tr"), english.one("tbody").all("tr"), strict=True))
    notes = {
        here.attributes["id"]: [row.all("p", css_class="sentence") for row in (here, there)] for here, there in rows
    }
    same = {slug for slug, (here, there) in notes.items() if here and here[0].plain == there[0].plain}
    discover_datasets()
    # An edition keeps the note it was built with: one that was reworded since has no translation until the next.
    reworded = {one.slug for one in Source.objects.all() if one.note != DATASETS[one.slug].note}
    assert same <= reworded and len(reworded) < 3 < len(notes)
    assert all(there.all("a")[0].attributes["lang"] == "fr" for _here, there in rows if there.all("a"))
    assert not any("lang" in one.attributes for one in french.walk())


def test_default_weights_of_the_method_sum_to_one_hundred(read: Read) -> None:
    rows = read("/methode/").one("table", css_class="criteria-table").all("tr", css_class="pillar-row")
    assert sum(figure(row.one("td", css_class="num").plain) for row in rows) == pytest.approx(100, abs=0.31)


@pytest.mark.parametrize(
    ("url", "status", "word"),
    [
        ("/classement/", 400, "activité"),
        ("/classement/?q=", 400, "vide"),
        ("/classement/?q=" + "a" * 300, 400, "300"),
        ("/classement/?q=zzzzqqqq", 404, "zzzzqqqq"),
        ("/classement/?activite=99.99Z", 404, "99.99Z"),
        (f"{RANKING}&page=9", 404, "9"),
        (f"{RANKING}&page=0", 400, "0"),
        (f"{RANKING}&weights=skills:-1", 400, "-1"),
        (f"{RANKING}&weights=skills:nan", 400, "nan"),
        (f"{RANKING}&region=99", 400, "99"),
        (f"{RANKING}&couleur=bleu", 400, "couleur"),
        (f"{RANKING}&jobs=0", 400, "emploi"),
        ("/?q=a", 400, "q"),
        ("/bassins/?q=", 400, "vide"),
        ("/bassins/9999/", 404, "9999"),
        ("/bassins/9999/pourquoi/?activite=32.50B", 404, "9999"),
        (f"/bassins/{ZONE}/pourquoi/", 400, "activité"),
        ("/recherche/", 400, "Écrivez"),
        ("/nulle/part/", 404, "/nulle/part/"),
    ],
)
def test_a_wrong_question_is_answered_in_words(read: Read, url: str, status: int, word: str) -> None:
    tree = read(url, status=status)
    assert word in tree.one(role="alert").plain
    assert tree.one("form", role="search")


def test_what_was_typed_is_kept(read: Read) -> None:
    typed = read("/classement/?q=zzzzqqqq", status=404).one("input", id="explorer-q").attributes["value"]
    assert typed == "zzzzqqqq"


def test_an_error_asked_by_htmx_takes_the_place_of_what_was_asked(read: Read, as_htmx: dict[str, str]) -> None:
    tree = read(f"{RANKING}&page=9", status=404, **as_htmx)
    assert not tree.all("html")
    assert tree.one(id="explorer-results").attributes["role"] == "alert"


@pytest.mark.parametrize("url", ["/", RANKING, "/bassins/", WHY, "/methode/", "/accessibilite/"])
def test_a_page_asks_little_of_the_database(
    get: Get, django_assert_max_num_queries: DjangoAssertNumQueries, url: str
) -> None:
    get(url)
    # The reasons also read the places counted and the names of their communes.
    with django_assert_max_num_queries(7 if url == WHY else 3):
        get(url)


@pytest.mark.parametrize(
    ("text", "told"), [("Morez", "Morez est devenue Hauts de Bienne (39368)"), ("74268", "Seynod")]
)
def test_a_commune_of_the_past_leads_to_its_basin_and_says_so(read: Read, text: str, told: str) -> None:
    first = read(f"/bassins/?q={text}").all("ul", css_class="matches")[0].all("a")
    assert len(first) == 1 and told in first[0].plain
    assert first[0].attributes["href"] == ("/bassins/2716/" if text == "Morez" else "/bassins/8401/")


@pytest.mark.parametrize("url", [f"/bassins/{ZONE}/", "/donnees/", "/bassins/?q=morez"])
def test_a_sheet_asks_a_bounded_number_of_questions(
    get: Get, django_assert_max_num_queries: DjangoAssertNumQueries, url: str
) -> None:
    get(url)
    with django_assert_max_num_queries(10):
        get(url)


def test_english_pages_have_english_numbers(read: Read) -> None:
    tree = read(f"{RANKING}&lang=en")
    assert tree.one("html").attributes["lang"] == "en"
    score = tree.all("div", css_class="score")[0].all("p")[0].plain
    assert re.match(r"\d+\.\d", score)

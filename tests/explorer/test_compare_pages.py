"""Basins side by side: figures of their sheets, differences to the first, marks told in words, the address mended."""

import csv
import io
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from explorer.compare_charts import MARKS, dots_of_basins, mark_names
from explorer.compare_search import basins_matching, obvious_basin
from explorer.comparison import read_codes
from explorer.presenters.compare import moved
from explorer.presenters.compare_markup import rows_html, signed
from explorer.presenters.compare_rows import CompareCell, CompareRow
from explorer.presenters.compare_sections import sections
from scoring.service import current_facts, parse_question, rank
from scoring.sheet import indicator_values
from tests.explorer.conftest import Get, Read
from tests.explorer.html_tree import Element, parse
from tests.explorer.test_pages import figure

pytestmark = pytest.mark.django_db

SAINT_CLAUDE, OYONNAX, ARVE, CHOLET, DUNKERQUE, VITRE = "2716", "8425", "8414", "5206", "3213", "5319"
PAIR = f"/comparer/?bassins={SAINT_CLAUDE},{OYONNAX}"
FIVE = ",".join((SAINT_CLAUDE, OYONNAX, ARVE, CHOLET, DUNKERQUE))


def row(better: str, *values: float | None, decimals: int = 1) -> CompareRow:
    cells = tuple(CompareCell(one, "observed" if one is not None else "missing") for one in values)
    return CompareRow("Mesure", "km", decimals, better, cells)


def table_of(tree: Element, section: str) -> dict[str, list[Element]]:
    """Rows of a theme by label, their cells in order."""
    scroll = next(
        one for one in tree.all("div", css_class="compare-scroll")
        if one.attributes["aria-labelledby"] == f"explorer-compare-{section}"
    )  # fmt: skip
    return {one.one("th").all("span")[0].plain: one.all("td") for one in scroll.one("tbody").all("tr")}


# ---- rows, by hand ----


def test_differences_are_to_the_first_and_unknown_where_either_is() -> None:
    one = row("more", 10.0, 13.5, None, 8.0)
    assert [one.difference(at) for at in range(4)] == [None, 3.5, None, -2.0]
    assert [row("more", None, 3.0).difference(at) for at in range(2)] == [None, None]


def test_the_best_is_what_is_seen_to_be_best() -> None:
    assert row("more", 1.0, 3.0, 2.0).best == {1}
    assert row("less", 1.0, 3.0, None).best == {0}
    assert row("none", 1.0, 3.0).best == frozenset()
    # Equal at the decimals of the screen: both, or nobody when all are.
    assert row("more", 3.01, 3.04, 1.0).best == {0, 1}
    assert row("more", 3.01, 3.04).best == frozenset()
    assert row("more", 3.0, None).best == frozenset()


def test_a_difference_has_its_sign_and_an_equality_none() -> None:
    assert signed(3.25, 1) == "+3,2" and signed(-3.25, 1) == "\u22123,2"
    assert signed(0.04, 1) == signed(-0.04, 1) == "="


def test_the_mark_and_the_status_are_said_in_words_too() -> None:
    cells = (CompareCell(4.0, "estimated"), CompareCell(2.0), CompareCell(None, "suppressed"))
    markup = str(rows_html([CompareRow("<a>", "km", 0, "less", cells)], with_sources=True))
    tree = parse(f"<table><tbody>{markup}</tbody></table>".encode())
    first, second, third, national = tree.all("td")
    assert "estimé" in first.plain and "≈" in first.plain
    assert "le plus favorable" in second.plain and "◆" in second.plain and "\u22122" in second.plain
    assert third.plain == "secret statistique" and national.plain == "—"
    assert tree.one("th").plain.startswith("<a>")


def test_a_basin_moves_and_the_others_keep_their_order() -> None:
    assert moved(["a", "b", "c", "d"], 2, 1) == ["a", "c", "b", "d"]
    assert moved(["a", "b", "c", "d"], 0, 1) == ["b", "a", "c", "d"]


# ---- what the address may say ----


@pytest.mark.parametrize(
    ("text", "kept", "told"),
    [
        ("", (), []),
        (f" {OYONNAX} , ,{SAINT_CLAUDE}", (OYONNAX, SAINT_CLAUDE), []),
        (f"{OYONNAX},9999,{SAINT_CLAUDE}", (OYONNAX, SAINT_CLAUDE), ["le code « 9999 »"]),
        (f"{OYONNAX},{OYONNAX},{SAINT_CLAUDE}", (OYONNAX, SAINT_CLAUDE), ["« Oyonnax » est demandé deux fois"]),
        (f"{FIVE},{VITRE}", tuple(FIVE.split(",")), ["6 bassins sont demandés ; on en compare 5 au plus"]),
        (f"{OYONNAX},{OYONNAX},abc,<b>", (OYONNAX,), ["« abc », « <b> »", "deux fois"]),
    ],
)
def test_what_can_be_kept_of_a_list_is(text: str, kept: tuple[str, ...], told: list[str]) -> None:
    codes, problems = read_codes(current_facts(), text)
    assert codes == kept and len(problems) == len(told)
    for problem, words in zip(problems, told, strict=True):
        assert words in problem.sentence


@pytest.mark.parametrize(
    ("query", "status", "told", "kept"),
    [
        (f"bassins={OYONNAX},9999", 404, "9999", [OYONNAX]),
        (f"bassins={OYONNAX},{OYONNAX}", 400, "deux fois", [OYONNAX]),
        (f"bassins={FIVE},{VITRE}", 400, "on en compare 5 au plus", FIVE.split(",")),
        (f"bassins={OYONNAX},9999,{OYONNAX}", 400, "deux fois", [OYONNAX]),
        (f"bassins={OYONNAX},{ARVE}&activite=99.99Z", 404, "99.99Z", [OYONNAX, ARVE]),
        (f"bassins={OYONNAX},{ARVE}&activite=32.50B&jobs=-3", 400, "-3", [OYONNAX, ARVE]),
        (f"bassins={OYONNAX},{ARVE}&jobs=30", 400, "jobs règle le classement", [OYONNAX, ARVE]),
        (f"bassins={OYONNAX}&ajouter=zzzzqqq", 404, "Ni bassin ni commune", [OYONNAX]),
        (f"bassins={OYONNAX}&ajouter=oyonnax", 400, "est déjà dans la comparaison", [OYONNAX]),
        (f"bassins={FIVE}&ajouter=vitré", 400, "On compare 5 bassins au plus", FIVE.split(",")),
        (f"bassins={OYONNAX},{ARVE}&cherche=zzzzqqq", 404, "Aucune activité", [OYONNAX, ARVE]),
    ],
)
def test_what_is_wrong_is_told_and_the_form_is_kept(
    read: Read, query: str, status: int, told: str, kept: list[str]
) -> None:
    tree = read(f"/comparer/?{query}", status=status)
    assert any(told in one.plain for one in tree.all("p", css_class="problem"))
    links = [one.one("span", css_class="who").one("a").attributes["href"] for one in basins_listed(tree)]
    assert links == [f"/bassins/{code}/" for code in kept]
    assert not tree.all("table", css_class="compare")
    assert tree.all("input", id="explorer-compare-activity")
    if len(kept) >= 2:
        retained = tree.one("header", css_class="page-head").one("a", css_class="button")
        assert retained.attributes["href"].startswith(f"/comparer/?bassins={','.join(kept)}")


def basins_listed(tree: Element) -> list[Element]:
    return tree.one("ol", css_class="compare-list").all("li")


def test_what_was_typed_stays_typed(read: Read) -> None:
    tree = read(f"/comparer/?bassins={OYONNAX}&ajouter=zzzzqqq", status=404)
    assert tree.one("input", id="explorer-compare-add").attributes["value"] == "zzzzqqq"


def test_a_parameter_that_means_nothing_is_refused(get: Get) -> None:
    assert get(f"{PAIR}&couleur=rouge").status_code == 400
    assert get("/comparer/tableau.csv").status_code == 400
    assert get(f"/comparer/tableau.csv?bassins={OYONNAX}").status_code == 400
    assert get(f"/comparer/tableau.csv?bassins={OYONNAX},9999").status_code == 400


def test_no_basin_and_one_basin_show_the_form(read: Read) -> None:
    empty = read("/comparer/")
    assert empty.all("input", id="explorer-compare-add") and not empty.all("p", css_class="problem")
    alone = read(f"/comparer/?bassins={OYONNAX}")
    assert "ajoutez-en un autre" in alone.one("p", css_class="lead").plain
    suggested = [one.attributes["href"] for one in alone.all("a") if one.plain.startswith("comparer à")]
    assert len(suggested) == 4 and all(one.startswith(f"/comparer/?bassins={OYONNAX},") for one in suggested)


@pytest.mark.parametrize(
    ("address", "tidy"),
    [
        (f"/comparer/?bassins={SAINT_CLAUDE}&bassins={OYONNAX}", PAIR),
        (f"{PAIR}&ajouter=", PAIR),
        (f"{PAIR}&cherche=&activite=32.50B", f"{PAIR}&activite=32.50B"),
        (f"/comparer/?bassins={SAINT_CLAUDE}&ajouter=Oyonnax", PAIR),
        (f"/comparer/?bassins={SAINT_CLAUDE}&ajouter={OYONNAX}", PAIR),
        (f"{PAIR}&activite=32.50B&weights=skills:50&ajouter=dunkerque",
         f"/comparer/?bassins={SAINT_CLAUDE},{OYONNAX},{DUNKERQUE}&activite=32.50B&weights=skills:50"),
        (f"{PAIR}&cherche=lunettes", f"{PAIR}&activite=32.50B"),
    ],
)  # fmt: skip
def test_forms_lead_to_the_shortest_address(get: Get, address: str, tidy: str) -> None:
    response = get(address)
    assert (response.status_code, response.headers["Location"]) == (302, tidy)


def test_a_text_of_several_basins_is_a_choice(read: Read) -> None:
    tree = read(f"/comparer/?bassins={OYONNAX}&ajouter=saint-")
    links = [one.attributes["href"] for one in tree.one("ul", css_class="matches").all("a")]
    assert f"/comparer/?bassins={OYONNAX},{SAINT_CLAUDE}" in links and len(links) > 3
    there = read(f"/comparer/ajouter/?bassins={SAINT_CLAUDE}&ajouter=saint-cl")
    assert "déjà dans la comparaison" in there.one("ul", css_class="matches").plain
    activity = read(f"{PAIR}&cherche=métal")
    assert all("&activite=" in one.attributes["href"] for one in activity.one("ul", css_class="matches").all("a"))


def test_suggestions_are_the_fragment_of_the_page_of_choices(get: Get) -> None:
    url = f"/comparer/ajouter/?bassins={OYONNAX}&ajouter=chole"
    part = get(url, HX_Request="true", HX_Target="explorer-suggestions").content.decode().strip()
    assert part.startswith('<div id="explorer-suggestions"') and "Cholet" in part and "<html" not in part
    assert part in get(url).content.decode()


def test_a_commune_adds_its_basin_and_a_shared_word_adds_none() -> None:
    facts = current_facts()
    morez = basins_matching(facts, "Morez")
    assert [(one.code, one.commune) for one in morez] == [(SAINT_CLAUDE, "Morez → Hauts de Bienne (39)")]
    assert obvious_basin(facts, "Morez", morez) == morez[0]
    saints = basins_matching(facts, "saint")
    assert len(saints) > 1 and obvious_basin(facts, "saint", saints) is None
    cholet = obvious_basin(facts, "cholet", basins_matching(facts, "cholet"))
    assert cholet is not None and cholet.code == CHOLET


# ---- the page ----


def test_every_indicator_of_the_sheets_is_there_as_in_the_sheets(read: Read) -> None:
    facts = current_facts()
    tree = read(PAIR)
    here, there = indicator_values(facts, SAINT_CLAUDE), indicator_values(facts, OYONNAX)
    rows: dict[str, list[Element]] = {}
    for section in ("identity", "fabric", "skills", "land", "access", "living", "dynamics", "programmes"):
        rows |= table_of(tree, section)
    assert {one.label for one in here} <= set(rows)
    for first, second in zip(here, there, strict=True):
        cells = rows[first.label]
        for one, cell in ((first, cells[0]), (second, cells[1])):
            if one.value is not None:
                assert figure(cell.one("strong").plain.replace("estimé", "")) == pytest.approx(
                    round(one.value, one.decimals)
                ), one.id
        if first.value is not None and second.value is not None:
            gap = cells[1].one("span", css_class="difference").plain.rpartition(":")[2].strip()
            expected = round(second.value - first.value, first.decimals)
            assert gap == "=" if expected == 0 else figure(gap) == pytest.approx(expected), first.id


def test_each_row_has_its_unit_and_source_and_each_theme_a_title(read: Read) -> None:
    tree = read(PAIR)
    for scroll in tree.all("div", css_class="compare-scroll"):
        assert scroll.attributes["tabindex"] == "0"
        assert tree.one("h3", id=scroll.attributes["aria-labelledby"]).plain
    cited = table_of(tree, "access")
    assert cited and all(
        one.one("th").all("span", css_class="cited")
        for one in tree.all("tr")
        if one.all("th", scope="row") and one.one("th").all("span")[0].plain in cited
    )


def test_the_order_of_the_address_is_that_of_the_page(read: Read) -> None:
    tree = read(f"/comparer/?bassins={ARVE},{OYONNAX},{SAINT_CLAUDE}")
    head = tree.all("table", css_class="compare")[0].one("thead").all("th")
    assert [one.plain for one in head[1:-1]] == ["La Vallée de l'Arve", "Oyonnax", "Saint-Claude"]
    first, second, third = ([a.attributes["href"] for a in one.all("a")] for one in basins_listed(tree))
    assert f"/comparer/?bassins={OYONNAX},{ARVE},{SAINT_CLAUDE}" in first
    assert f"/comparer/?bassins={OYONNAX},{ARVE},{SAINT_CLAUDE}" in second
    assert f"/comparer/?bassins={ARVE},{SAINT_CLAUDE},{OYONNAX}" in second
    assert f"/comparer/?bassins={ARVE},{OYONNAX}" in third


def test_five_basins_leave_no_room_and_the_page_says_so(read: Read) -> None:
    tree = read(f"/comparer/?bassins={FIVE}")
    assert not tree.all("input", id="explorer-compare-add")
    assert "Retirez-en un" in tree.one("div", css_class="compare-fields").plain


def test_a_basin_of_which_little_is_known_compares_too(read: Read) -> None:
    mayotte = next(zone.code for zone in current_facts().zones if zone.land_mass == "mayotte")
    tree = read(f"/comparer/?bassins={mayotte},{OYONNAX}&activite=32.50B")
    assert "non disponible" in table_of(tree, "composition")["Fabrication de machines et équipements n.c.a."][0].plain
    assert "non disponible" in table_of(tree, "likeness")["Ensemble"][1].plain


def test_branches_sum_to_the_share_of_industry() -> None:
    facts = current_facts()
    made = next(one for one in sections(facts, (SAINT_CLAUDE, OYONNAX)) if one.id == "composition")
    share = facts.values["economy.industrial_share_pct"][0]
    for at, code in enumerate((SAINT_CLAUDE, OYONNAX)):
        total = sum(one.cells[at].value or 0 for one in made.rows)
        assert total == pytest.approx(share[facts.zone(code)], abs=0.06)


def test_an_activity_adds_scores_ranks_and_intervals_of_its_ranking(read: Read) -> None:
    url = f"/comparer/?bassins={SAINT_CLAUDE},{OYONNAX},{ARVE}&activite=32.50B"
    tree, facts = read(url), current_facts()
    answer = rank(facts, parse_question(facts, QueryDict("activite=32.50B"), activity_parameter="activite"))
    rows = table_of(tree, "score")
    codes = (SAINT_CLAUDE, OYONNAX, ARVE)
    for at, code in enumerate(codes):
        basin, index = answer.basin(code), facts.zone(code)
        assert figure(rows["Score"][at].one("strong").plain) == round(basin.score, 1)
        assert figure(rows["Rang national"][at].one("strong").plain) == basin.rank
        among = figure(rows["Parmi les vingt premiers"][at].one("strong").plain)
        assert among == round(100 * answer.robustness.p_top20[index])
        low, high = (int(one[index]) for one in (answer.robustness.rank_p05, answer.robustness.rank_p95))
        told = rows["Rang national"][at].one("span", css_class="detail-line").plain
        assert [int("".join(filter(str.isdigit, end))) for end in told.split("–")] == [low, high]
    ahead = 100 * answer.robustness.p_before(facts.zone(OYONNAX), facts.zone(SAINT_CLAUDE))
    cell = rows["Passe devant le premier de cette page"][1]
    assert figure(cell.one("strong").plain) == round(ahead)
    criteria = table_of(tree, "criteria")
    sums = [sum(c.contribution for c in answer.basin(code).contributions if c.weight > 0) for code in codes]
    for at, total in enumerate(sums):
        shown = sum(figure(one[at].one("strong").plain.replace("estimé", "")) for one in criteria.values())
        assert shown == pytest.approx(total, abs=0.05 * len(criteria)) and total == pytest.approx(
            answer.basin(codes[at]).score
        )


def test_points_of_pillars_sum_to_the_score(read: Read) -> None:
    tree = read(f"{PAIR}&activite=32.50B")
    rows = tree.one("figure", id="figure-compare-pillars").one("tbody").all("tr")
    scores = table_of(tree, "score")["Score"]
    for at in range(2):
        total = sum(figure(one.all("td")[at].plain) for one in rows)
        assert total == pytest.approx(figure(scores[at].one("strong").plain), abs=0.4)
    assert tree.all("script", id="chart-compare-pillars")


@pytest.mark.parametrize("edits", ["aggregation=geometric", "normalisation=percentile", "region=27", "weights=land:0"])
def test_the_settings_of_a_ranking_hold_here(read: Read, edits: str) -> None:
    tree, facts = read(f"{PAIR}&activite=32.50B&{edits}"), current_facts()
    answer = rank(facts, parse_question(facts, QueryDict(f"activite=32.50B&{edits}"), activity_parameter="activite"))
    score = table_of(tree, "score")["Score"][0].one("strong")
    assert figure(score.plain) == round(answer.basin(SAINT_CLAUDE).score, 1)
    assert any(edits in one.attributes.get("href", "") for one in basins_listed(tree)[0].all("a"))


def test_a_vetoed_basin_has_no_rank_and_says_so(read: Read) -> None:
    facts = current_facts()
    query = "activite=27.20Z&require=battery-site"
    answer = rank(facts, parse_question(facts, QueryDict(query), activity_parameter="activite"))
    out = next(zone.code for zone, fine in zip(facts.zones, answer.is_eligible, strict=True) if not fine)
    for codes in (f"{out},{DUNKERQUE}", f"{DUNKERQUE},{out}"):
        tree = read(f"/comparer/?bassins={codes}&{query}")
        assert "écarté" in " ".join(cell.plain for cell in table_of(tree, "score")["Rang national"])


def test_the_file_holds_every_figure_with_its_difference_and_status(get: Get) -> None:
    response = get(f"/comparer/tableau.csv?bassins={SAINT_CLAUDE},{OYONNAX},{ARVE}&activite=32.50B")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    head = {name: at for at, name in enumerate(rows[0])}
    body = rows[1:]
    assert len(body) % 3 == 0 and {one[head["Code"]] for one in body} == {SAINT_CLAUDE, OYONNAX, ARVE}
    by_row = {(one[head["Thème"]], one[head["Mesure"]], one[head["Code"]]): one for one in body}
    assert len(by_row) == len(body)
    jobs = [by_row[("Tissu productif", "Emplois industriels privés", code)] for code in (SAINT_CLAUDE, OYONNAX)]
    values = [float(one[head["Valeur"]]) for one in jobs]
    assert values == [4560, 8434] and float(jobs[1][head["Écart au premier"]]) == values[1] - values[0]
    assert jobs[0][head["Statut"]] == "observé" and jobs[0][head["Producteur et millésime"]] == "Urssaf, 2024"
    assert all(
        f"/comparer/?bassins={SAINT_CLAUDE},{OYONNAX},{ARVE}&activite=32.50B&edition=2026.3-" in one[head["Lien"]]
        for one in body
    )


def test_the_menu_and_the_ranking_lead_here(read: Read) -> None:
    assert read("/comparer/").one("nav", aria_label="Menu principal").one("a", aria_current="page").plain == "Comparer"
    tree = read("/classement/?activite=32.50B&weights=skills:60")
    link = next(one for one in tree.all("a") if one.plain == "Comparer les premiers")
    codes = [
        one.attributes["data-zone"]
        for one in tree.one("ol", id="explorer-list").all("li")
        if "data-zone" in one.attributes
    ]
    assert link.attributes["href"] == f"/comparer/?bassins={','.join(codes[:3])}&activite=32.50B&weights=skills:60"


def test_shapes_tell_basins_apart_before_colours() -> None:
    assert len({symbol for symbol, _color in MARKS}) == len(MARKS) == len(mark_names()) == 5
    rows = [[1.0, 2.0], [5.0, 4.0]]
    drawn = dots_of_basins(["a", "b"], rows, ["Ici", "Là"], [1.5, 4.5], title="points")
    nation, first, second = drawn["data"]
    assert first["name"] == "Ici" and second["name"] == "Là" and nation["marker"]["symbol"] == "line-ns"
    assert first["marker"]["symbol"] != second["marker"]["symbol"]


@given(text=st.text(max_size=60), name=st.sampled_from(["bassins", "ajouter", "cherche", "activite"]))
@example(text="\x00", name="ajouter")
@example(text="2716," * 60, name="bassins")
@example(text="²⁷16,٢٧١٦", name="bassins")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered_below_500(get: Get, text: str, name: str) -> None:
    query = urlencode({"bassins": f"{SAINT_CLAUDE},{OYONNAX}"} | {name: text})
    assert get(f"/comparer/?{query}").status_code < 500
    assert get(f"/comparer/ajouter/?{query}").status_code < 500

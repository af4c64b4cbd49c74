"""The pages of the method: the example chosen, anchors, formulas, tables, the file, wrong addresses."""

import csv
import io

import pytest

from explorer.method.texts import changes
from explorer.method.topics import TOPICS
from scoring.definitions import criteria, criterion
from scoring.facts import Facts
from scoring.question import Question
from scoring.requirements import requirements
from scoring.service import current_facts, rank
from tests.explorer.conftest import Get, Read
from tests.explorer.html_tree import Element

PAGES = ("/methode/", "/methode/criteres/", "/methode/validation/", "/methode/jugements/", "/methode/journal/")


@pytest.fixture
def facts(db: None) -> Facts:
    return current_facts()


def ids(tree: Element) -> list[str]:
    return [one.attributes["id"] for one in tree.walk() if "id" in one.attributes]


@pytest.mark.parametrize("url", PAGES)
def test_every_page_leads_to_the_others_and_its_anchors_exist(read: Read, url: str) -> None:
    tree = read(url)
    links = tree.one("nav", css_class="method-pages").all("a")
    assert [link.attributes["href"].partition("?")[0] for link in links] == list(PAGES)
    assert [link.attributes.get("aria-current") for link in links].count("page") == 1
    found = ids(tree)
    assert len(found) == len(set(found))
    here = [link.attributes["href"][1:] for link in tree.all("a") if link.attributes.get("href", "").startswith("#")]
    assert set(here) <= set(found)


@pytest.mark.parametrize("url", PAGES[:2])
def test_formulas_have_words_and_no_style(read: Read, url: str) -> None:
    tree = read(url)
    assert len(tree.all("math")) > 60
    assert all(one.attributes["alttext"].strip() for one in tree.all("math"))
    assert not any("style" in one.attributes for one in tree.walk())
    assert all(one.attributes.get("tabindex") == "0" for one in tree.all("div", css_class="formula-box"))


def test_the_example_is_the_first_one_and_can_be_changed(read: Read, facts: Facts) -> None:
    best = rank(facts, Question("32.50B", "subclass")).rows(0, 1)[0]
    assert best.zone.name in read("/methode/").one("section", css_class="method-example").plain
    tree = read("/methode/?activite=27.20Z&bassin=3213")
    form = tree.one("form", css_class="example-form")
    assert form.one("input", name="activite").attributes["value"] == "27.20Z"
    assert [one.attributes["value"] for one in form.all("option") if "selected" in one.attributes] == ["3213"]
    assert len(form.all("option")) == len(facts.zones)
    assert "Dunkerque" in tree.one("section", css_class="method-example").plain


def test_each_section_shows_what_it_gives_beside_the_engine(read: Read) -> None:
    tree = read("/methode/?activite=14.13Z")
    assert [one.one("h2").attributes["id"] for one in tree.all("section", css_class="topic")] == [t.id for t in TOPICS]
    for section in tree.all("section", css_class="topic"):
        verdicts = section.all("p", css_class="verdict")
        assert verdicts
        for verdict in verdicts:
            redone, engine = (one.plain for one in verdict.all("strong"))
            assert redone == engine


def test_every_criterion_has_its_sheet(read: Read) -> None:
    tree = read("/methode/criteres/?activite=27.20Z&bassin=3213")
    sheets = {one.attributes["id"]: one for one in tree.all("section", css_class="criterion-sheet")}
    assert list(sheets) == [one.id for one in criteria()]
    for one in criteria():
        sheet = sheets[one.id]
        assert str(one.label.fr) in sheet.one("h3").plain
        assert sheet.all("math") and "relu le" in sheet.plain
        assert len(sheet.all("div", css_class="worked")) + len(sheet.all("p", css_class="notice")) == 1
        for verdict in sheet.all("p", css_class="verdict"):
            redone, engine = (part.plain for part in verdict.all("strong"))
            assert redone == engine
    assert sheets["land.parks"].all("p", css_class="notice")
    assert {
        one.attributes.get("id") for one in read("/methode/").one("table", css_class="criteria-table").all("tr")
    } >= {one.id for one in criteria()}


def test_a_basin_of_which_nothing_is_known_is_told_so(read: Read, facts: Facts) -> None:
    mayotte = next(zone for zone in facts.zones if zone.land_mass == "mayotte")
    sheets = read(f"/methode/criteres/?bassin={mayotte.code}").all("section", css_class="criterion-sheet")
    silent = [one.one("p", css_class="notice").plain for one in sheets if one.all("p", css_class="notice")]
    assert len(silent) > 5
    assert any("compte pour la moitié du poids" in text for text in silent)
    assert read(f"/methode/?bassin={mayotte.code}").all("section", css_class="topic")


def test_judgements_are_all_there(read: Read) -> None:
    tree = read("/methode/jugements/")
    tables = {one.attributes.get("aria-labelledby"): one for one in tree.all("div", css_class="scroll")}
    assert len(tables["requirements"].one("tbody").all("tr")) == len(requirements())
    for row in tables["presets"].one("tbody").all("tr"):
        assert sum(float(cell.plain.replace(",", ".")) for cell in row.all("td")) == pytest.approx(100, abs=0.31)
    codes = [row.one("th").one("span", css_class="code").plain for row in tables["defaults"].one("tbody").all("tr")]
    assert {"CL", "17.1", "30.30"} <= set(codes)
    assert len(tables["words"].one("tbody").all("tr")) > 400


def test_the_journal_is_newest_first(read: Read) -> None:
    items = read("/methode/journal/").one("ol", css_class="changes").all("li")
    times = [one.one("time").attributes["datetime"] for one in items]
    assert times == sorted(times, reverse=True) and len(times) == len(changes())
    assert len(read("/methode/").one("ol", css_class="changes").all("li")) == 3


def test_the_criteria_as_a_file(get: Get) -> None:
    response = get("/methode/criteres.csv?activite=27.20Z&bassin=3213")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Identifiant"] for row in rows] == [one.id for one in criteria()]
    assert sum(float(row["Poids par défaut (%)"].replace(",", ".")) for row in rows) == pytest.approx(100)
    power = next(row for row in rows if row["Identifiant"] == "land.power")
    assert (power["Vaut 0 à"], power["Vaut 1 à"]) == ("30", "5")
    assert all(
        row["Édition"] and "/methode/criteres/?activite=27.20Z&bassin=3213&edition=2026.3-" in row["Lien"]
        for row in rows
    )


def test_a_product_word_leads_to_its_activity(get: Get) -> None:
    response = get("/methode/criteres/?activite=lunettes&bassin=2716")
    assert response.status_code == 302
    assert response.headers["Location"] == "/methode/criteres/?activite=32.50B&bassin=2716"
    assert get(response.headers["Location"]).status_code == 200
    assert get("/methode/?activite=3250b").status_code == 200
    assert get("/methode/?activite=CL&level=a38").status_code == 200


@pytest.mark.parametrize(
    ("url", "status", "word"),
    [
        ("/methode/?activite=99.99Z", 404, "99.99Z"),
        ("/methode/?activite=zzzzqqqq", 404, "zzzzqqqq"),
        ("/methode/?activite=" + "a" * 300, 400, "300"),
        ("/methode/?bassin=9999", 404, "9999"),
        ("/methode/?bassin=Oyonnax", 404, "quatre chiffres"),
        ("/methode/?level=canton", 400, "canton"),
        ("/methode/?couleur=bleu", 400, "couleur"),
        ("/methode/?bassin=2716&bassin=8425", 400, "deux fois"),
        ("/methode/criteres/?activite=99.99Z", 404, "99.99Z"),
        ("/methode/criteres.csv?bassin=x", 404, "x"),
        ("/methode/criteres/inconnu/", 404, "adresse"),
    ],
)
def test_a_wrong_address_is_answered_in_words(read: Read, url: str, status: int, word: str) -> None:
    assert word in read(url, status=status).one("main").plain


def test_english_pages_have_english_words_and_numbers(read: Read) -> None:
    french, english = (read(f"/methode/criteres/?lang={code}") for code in ("fr", "en"))
    numbers = [[one.plain for one in tree.all("mn")] for tree in (french, english)]
    assert len(numbers[0]) == len(numbers[1])
    assert [one.translate(str.maketrans({" ": ",", ",": "."})) for one in numbers[0]] == numbers[1]
    first = english.one("section", id="skills.quotient")
    assert str(criterion("skills.quotient").why.en) in first.one("p", css_class="why").plain


def test_the_reasons_of_a_rank_lead_to_their_arithmetic(read: Read) -> None:
    tree = read("/bassins/2716/pourquoi/?activite=32.50B")
    link = next(one for one in tree.all("a") if one.attributes["href"].startswith("/methode/criteres/"))
    assert "Saint-Claude" in read(link.attributes["href"]).one("section", css_class="method-example").plain

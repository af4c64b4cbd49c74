"""Questions read strictly and written back; a bad one is answered by what is wrong and what is accepted."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring import service
from scoring.definitions import PILLARS, PRESETS, loaded_criteria
from scoring.errors import BadQuestion, NotFound
from scoring.question import AGGREGATIONS, MODES, NORMALISATIONS, Question, default_weights
from scoring.requirements import requirements_of
from tests.scoring.world import TREE, tiny_facts

FACTS = tiny_facts()


@pytest.fixture(autouse=True)
def tiny_service(monkeypatch):
    monkeypatch.setattr(service, "current_facts", lambda: FACTS)


def parse(query: str, **options) -> Question:
    return service.parse_question(service.current_facts(), QueryDict(query), activity_parameter="activite", **options)


def test_an_activity_alone_is_a_question():
    assert parse("activite=26.11Z") == Question("26.11Z", "subclass")
    assert parse("activite=26.11Z").edits_count == 0


@pytest.mark.parametrize("typed", ["26.11Z", "2611Z", "2611z", " 26.11z "])
def test_a_code_is_understood_with_or_without_its_dot(typed):
    assert parse(f"activite={typed}") == Question("26.11Z", "subclass")


def test_a_code_of_several_levels_takes_the_finest_unless_told():
    assert parse("activite=AZ").level == "a38"
    assert parse("activite=AZ&level=a17").level == "a17"


def test_everything_is_read():
    found = parse(
        "activite=30.11Z&weights=skills:40,land.sites:0&region=24&jobs=120&hectares=3,5&mw=0.8&modes=sea:60,road:40"
        "&require=shipyard-water&normalisation=percentile&aggregation=geometric"
    )
    assert found == Question(
        "30.11Z",
        "subclass",
        weights=(("land.sites", 0.0), ("skills", 40.0)),
        region="24",
        jobs=120.0,
        hectares=3.5,
        mw=0.8,
        modes=(("road", 40.0), ("sea", 60.0)),
        require=("shipyard-water",),
        normalisation="percentile",
        aggregation="geometric",
    )
    assert found.edits_count == 9


BAD = {
    # query: (parameter at fault, what the sentence must name, what it must say is accepted)
    "": ("activite", "activite", "32.50B"),
    "activite=": ("activite", "activite", "32.50B"),
    "activite=26.11Z&level=famille": ("level", "famille", "subclass"),
    "activite=26.11Z&weights=skills:-5": ("weights", "-5", "0 à 1\u202f000"),
    "activite=26.11Z&weights=skills:1001": ("weights", "1001", "0 à 1\u202f000"),
    "activite=26.11Z&weights=skills:1e300": ("weights", "1e300", "0 à 1\u202f000"),
    "activite=26.11Z&weights=skills:nan": ("weights", "nan", "0 à 1\u202f000"),
    "activite=26.11Z&weights=skills:inf": ("weights", "inf", "0 à 1\u202f000"),
    "activite=26.11Z&weights=skills:-inf": ("weights", "-inf", "0 à 1\u202f000"),
    "activite=26.11Z&weights=skills:": ("weights", "skills", "0 à 1\u202f000"),
    "activite=26.11Z&weights=skills:dix": ("weights", "dix", "0 à 1\u202f000"),
    "activite=26.11Z&weights=skills:1:2": ("weights", "1:2", "0 à 1\u202f000"),
    "activite=26.11Z&weights=skills": ("weights", "skills", "clé:nombre"),
    "activite=26.11Z&weights=metiers:5": ("weights", "metiers", "skills.quotient"),
    "activite=26.11Z&weights=land.gardens:5": ("weights", "land.gardens", "land.sites"),
    "activite=26.11Z&weights=skills:5,skills:6": ("weights", "skills", "une seule"),
    "activite=26.11Z&w.metiers=5": ("weights", "metiers", "skills.quotient"),
    "activite=26.11Z&w.skills=-1": ("weights", "-1", "0 à 1\u202f000"),
    "activite=26.11Z&w.skills=5:6": ("weights", "5:6", "0 à 1\u202f000"),
    "activite=26.11Z&w.=5": ("weights", ":5", "skills.quotient"),
    "activite=26.11Z&preset=mystere": ("preset", "mystere", "equilibre"),
    "activite=26.11Z&region=99": ("region", "99", "24"),
    "activite=26.11Z&jobs=0": ("jobs", "emploi", "à partir de 1"),
    "activite=26.11Z&jobs=0.5": ("jobs", "emploi", "à partir de 1"),
    "activite=26.11Z&jobs=-3": ("jobs", "-3", "0 à 100\u202f000"),
    "activite=26.11Z&jobs=100001": ("jobs", "100001", "0 à 100\u202f000"),
    "activite=26.11Z&jobs=NaN": ("jobs", "NaN", "0 à 100\u202f000"),
    "activite=26.11Z&jobs=1e-320": ("jobs", "emploi", "à partir de 1"),
    "activite=26.11Z&jobs=1_000": ("jobs", "1_000", "0 à 100\u202f000"),
    "activite=26.11Z&jobs=١٢": ("jobs", "١٢", "0 à 100\u202f000"),
    "activite=26.11Z&jobs=１２": ("jobs", "１２", "0 à 100\u202f000"),
    "activite=26.11Z&jobs=1,000.5": ("jobs", "1,000.5", "0 à 100\u202f000"),
    "activite=26.11Z&jobs=1.2.3": ("jobs", "1.2.3", "0 à 100\u202f000"),
    "activite=26.11Z&jobs=0x10": ("jobs", "0x10", "0 à 100\u202f000"),
    "activite=26.11Z&jobs=.": ("jobs", ".", "0 à 100\u202f000"),
    "activite=26.11Z&jobs=1e": ("jobs", "1e", "0 à 100\u202f000"),
    "activite=26.11Z&weights=skills:1_0": ("weights", "1_0", "0 à 1\u202f000"),
    "activite=26.11Z&modes=road:٣٠": ("modes", "٣٠", "0 à 100"),
    "activite=26.11Z&hectares=beaucoup": ("hectares", "beaucoup", "0 à 10\u202f000"),
    "activite=26.11Z&mw=Infinity": ("mw", "Infinity", "0 à 10\u202f000"),
    "activite=26.11Z&modes=velo:50": ("modes", "velo", "road"),
    "activite=26.11Z&modes=road:101": ("modes", "101", "0 à 100"),
    "activite=26.11Z&modes=road:0,rail:0": ("modes", "mode", "zéro"),
    "activite=26.11Z&m.road=0": ("modes", "mode", "zéro"),
    "activite=26.11Z&m.velo=10": ("modes", "velo", "road"),
    "activite=26.11Z&require=licorne": ("require", "licorne", "aucune"),
    "activite=30.11Z&require=licorne": ("require", "licorne", "shipyard-water"),
    "activite=26.11Z&normalisation=minmax": ("normalisation", "minmax", "percentile"),
    "activite=26.11Z&aggregation=topsis": ("aggregation", "topsis", "geometric"),
    "activite=26.11Z&poids=5": ("poids", "poids", "weights"),
    "activite=26.11Z&activite=30.11Z": ("activite", "activite", "deux fois"),
    "activite=26.11Z&jobs=5&jobs=6": ("jobs", "jobs", "deux fois"),
    "activite=26.11Z&activity=26.11Z": ("activity", "activity", "activite"),
}


@pytest.mark.parametrize("query", BAD)
def test_a_bad_question_names_what_is_wrong_and_what_is_accepted(query):
    parameter, wrong, accepted = BAD[query]
    with pytest.raises(BadQuestion) as refusal:
        parse(query)
    assert refusal.value.parameter == parameter
    assert wrong in refusal.value.sentence
    assert accepted in refusal.value.sentence
    assert "%(" not in refusal.value.sentence


@pytest.mark.parametrize("code", ["99.99Z", "26.11Y", "lunettes", "0", "§", "2" * 500])
def test_an_unknown_activity_is_not_found(code):
    with pytest.raises(NotFound) as refusal:
        parse(f"activite={code}")
    assert code[:20] in refusal.value.sentence
    assert "32.50B" in refusal.value.sentence
    assert len(refusal.value.sentence) < 250


def test_an_unknown_activity_comes_with_its_nearest():
    with pytest.raises(NotFound) as refusal:
        parse("activite=26.19Z")
    assert ("26.11Z", "Composants") in refusal.value.suggestions


def test_a_code_that_does_not_stand_at_the_level_asked_is_not_found():
    with pytest.raises(NotFound) as refusal:
        parse("activite=26.11Z&level=class")
    assert "class" in refusal.value.sentence


def test_long_values_are_not_sent_back_whole():
    for query in (f"activite=26.11Z&region={'x' * 9000}", f"activite=26.11Z&{'y' * 9000}=1"):
        with pytest.raises(BadQuestion) as refusal:
            parse(query)
        assert len(refusal.value.sentence) < 600


def test_trackers_and_the_parameters_of_the_page_are_let_through():
    assert parse("activite=26.11Z&utm_source=lettre&fbclid=x") == Question("26.11Z", "subclass")
    assert parse("activite=26.11Z&page=2", also=("page",)) == Question("26.11Z", "subclass")
    with pytest.raises(BadQuestion):
        parse("activite=26.11Z&page=2")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1200", 1200), ("1 200", 1200), ("1\u202f200", 1200), ("1\xa0200,5", 1200.5), (" 12 ", 12), ("3,5", 3.5),
        ("3.5", 3.5), ("3.", 3), ("1,5e3", 1500), ("1.5E+3", 1500), ("12e-1", 1.2), ("%2B7", 7), ("007", 7),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written_in_french_or_in_english(typed, read):
    assert parse(f"activite=26.11Z&jobs={typed}").jobs == read
    assert parse("activite=26.11Z&hectares=,5").hectares == 0.5


def test_the_same_value_twice_is_no_contradiction():
    assert parse("activite=26.11Z&jobs=5&jobs=5").jobs == 5


def shown(changes: dict[str, float] | None = None) -> str:
    """The fields of the weights drawer, with one decimal, as a form sends them."""
    values = default_weights() | (changes or {})
    return "&".join(f"w.{key}={round(value, 1):g}" for key, value in values.items())


def test_a_form_left_as_it_was_is_no_edit():
    assert parse(f"activite=26.11Z&{shown()}&region=&jobs=&m.road=&m.sea=&preset=") == Question("26.11Z", "subclass")


def test_only_the_field_that_was_changed_is_kept():
    assert parse(f"activite=26.11Z&{shown({'skills': 60.0})}").weights == (("skills", 60.0),)
    assert parse("activite=26.11Z&w.skills=33,3").weights == (("skills", 33.3),)


def test_modes_of_a_form_are_folded():
    assert parse("activite=26.11Z&m.road=30&m.rail=70&m.sea=").modes == (("rail", 70.0), ("road", 30.0))


@pytest.mark.parametrize("preset", PRESETS, ids=lambda one: one.id)
def test_a_preset_is_folded_into_weights(preset):
    found = parse(f"activite=26.11Z&preset={preset.id}")
    assert found.weights == tuple(sorted(preset.weights.items()))
    assert "preset" not in found.to_query("activite")
    assert parse(found.to_query("activite")) == found


def test_what_is_written_wins_over_the_preset():
    found = dict(parse("activite=26.11Z&preset=parts-egales&weights=skills:7&w.land=9").weights)
    assert (found["skills"], found["land"], found["living"]) == (7, 9, 1)


def test_a_field_put_back_to_its_default_forgets_the_edit():
    back = round(default_weights()["skills"], 1)
    assert parse(f"activite=26.11Z&weights=skills:40&w.skills={back:g}").weights == ()


LEVELS_AND_CODES = sorted(tuple(key.split(":")) for key in TREE)
KEYS = [*(one.id for one in PILLARS), *(one.id for one in loaded_criteria())]


def amounts(largest: float) -> st.SearchStrategy[float]:
    return st.floats(0, largest, allow_nan=False, allow_subnormal=False).map(abs)


def pairs(keys: list[str] | tuple[str, ...], largest: float) -> st.SearchStrategy[tuple[tuple[str, float], ...]]:
    return st.dictionaries(st.sampled_from(keys), amounts(largest)).map(lambda found: tuple(sorted(found.items())))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    level, code = draw(st.sampled_from(LEVELS_AND_CODES))
    accepted = [one.id for one in requirements_of(FACTS.nomenclature.find(code, level))]
    modes = draw(pairs(MODES, 100.0))
    return Question(
        code,
        level,
        weights=draw(pairs(KEYS, 1000.0)),
        region=draw(st.sampled_from([None, *FACTS.regions])),
        jobs=draw(st.none() | st.floats(1, 100_000)),
        hectares=draw(st.none() | amounts(10_000)),
        mw=draw(st.none() | amounts(10_000)),
        modes=modes if any(share for _mode, share in modes) else (),
        require=tuple(sorted(draw(st.sets(st.sampled_from(accepted))))) if accepted else (),
        normalisation=draw(st.sampled_from(NORMALISATIONS)),
        aggregation=draw(st.sampled_from(AGGREGATIONS)),
    )


@settings(max_examples=200, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions())
def test_an_address_is_read_back_as_the_very_same_question(question):
    assert parse(question.to_query("activite")) == question


def test_an_address_holds_only_differences():
    assert Question("26.11Z", "subclass").to_query("activite") == "activite=26.11Z"
    assert Question("26", "division").to_query("activity") == "activity=26"
    assert Question("CL", "a38").to_query("activite") == "activite=CL&level=a38"
    edited = Question("26.11Z", "subclass", weights=(("land.sites", 0.0), ("skills", 40.5)), jobs=120.0)
    assert edited.to_query("activite") == "activite=26.11Z&weights=land.sites:0,skills:40.5&jobs=120"
    assert edited.to_query("activite", jobs=None, region="24") == (
        "activite=26.11Z&weights=land.sites:0,skills:40.5&region=24"
    )


@pytest.mark.parametrize("text", ["", "   ", "x" * 201])
def test_an_empty_or_endless_search_is_refused(text):
    with pytest.raises(BadQuestion) as refusal:
        service.search_activities(text, limit=5)
    assert refusal.value.parameter == "q"


@pytest.mark.parametrize("code", ["9999", "", "abcd", "x" * 400])
def test_an_unknown_basin_is_not_found(code):
    with pytest.raises(NotFound) as refusal:
        FACTS.zone(code)
    assert "2716" in refusal.value.sentence
    assert len(refusal.value.sentence) < 200

"""One sentence for each criterion, status and language: a figure, a rank, a source, and nothing left unsaid."""

import re
from dataclasses import replace

import numpy as np
import pytest
from django.utils.translation import override

from scoring.cells import Measured
from scoring.contribution import Contribution
from scoring.definitions import loaded_criteria
from scoring.numbers import NARROW_SPACE, counted, number, ordinal
from scoring.question import Question
from scoring.sentences import SENTENCES, sentence
from scoring.service import compute_ranking
from tests.scoring.world import ALPHA, BETA, CODES, DELTA, SIGMA, altered, with_jobs, with_value

LANGUAGES = ["fr", "en"]
STATUSES = ["observed", "estimated", "suppressed", "missing", "absent"]
QUESTIONS = [Question("26.11Z", "subclass"), Question("30.11Z", "subclass"), Question("26", "division")]
# Left over by a format: %(name)s, %s, %%; or by an unknown: None, nan.
LEFT_OVER = re.compile(r"%\(|%s|%%|\bNone\b|\b[Nn]a[Nn]\b|\binf\b|\{|\}")


def check(text: str, *, source: str) -> None:
    assert not LEFT_OVER.search(text), text
    assert source, text
    assert source in text, text
    assert text.endswith("."), text
    assert "  " not in text, text
    assert " ;." not in text, text


def contribution(facts, criterion: str, index: int, question: Question = QUESTIONS[0]) -> Contribution:
    row = compute_ranking(facts, question).basin(CODES[index])
    return next(one for one in row.contributions if one.criterion == criterion)


def test_every_loaded_criterion_has_its_sentence():
    assert set(SENTENCES) == {one.id for one in loaded_criteria()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.activity)
def test_every_cell_of_the_tiny_world_is_told(tiny, language, question):
    with override(language):
        for row in compute_ranking(tiny, question).rows(0, 10):
            for one in row.contributions:
                check(one.sentence, source=one.place.source)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("criterion", [one.id for one in loaded_criteria()])
def test_every_criterion_is_told_in_every_status(tiny, language, status, criterion):
    one = contribution(tiny, criterion, ALPHA)
    known = status in ("observed", "estimated")
    measured: Measured = one.place.measured
    value = measured.value.copy()
    value[ALPHA] = value[ALPHA] if known else np.nan
    column = measured.status.astype("<U10")
    column[ALPHA] = status
    place = replace(one.place, measured=replace(measured, value=value, status=column))
    with override(language):
        text = sentence(place)
        check(text, source=place.source)
        if known:
            assert re.search(r"\d", text), text
        else:
            assert str(place.criterion.label) in text


def test_the_unknown_says_what_it_does_to_the_score_and_the_absent_that_there_is_none(tiny):
    with override("fr"):
        assert "compte pour la moitié de son poids" in contribution(tiny, "living.care", SIGMA).sentence
        assert "secret statistique" in contribution(tiny, "living.care", SIGMA).sentence
        assert "secret statistique" in contribution(tiny, "fabric.specialisation", SIGMA).sentence
        assert "non disponible" in contribution(tiny, "land.sites", DELTA).sentence
        assert "n'existe pas" in contribution(tiny, "living.migration", DELTA).sentence


@pytest.mark.parametrize(
    ("indicator", "french", "english", "gone"),
    [
        ("living.rent_house", "loyer inconnu", "rent unknown", "€/m²"),
        ("living.long_vacancy_pct", "vacance longue inconnue", "long vacancy unknown", "vacants"),
    ],
)
def test_housing_known_by_half_says_that_the_other_half_is_open(tiny, indicator, french, english, gone):
    half = with_value(tiny, indicator, ALPHA, np.nan, "missing")
    with override("fr"):
        text = contribution(half, "living.housing", ALPHA).sentence
        assert f"{french} : la moitié de la note reste ouverte" in text
        assert "note 75 sur 100" in text and gone not in text
        assert "ouverte" not in contribution(tiny, "living.housing", ALPHA).sentence
    with override("en"):
        text = contribution(half, "living.housing", ALPHA).sentence
        assert f"{english}: half of the mark stays open" in text


def test_tightness_is_told_beside_the_country_s_and_says_what_is_not_there(tiny):
    with override("fr"):
        there = contribution(tiny, "skills.availability", ALPHA).sentence
        assert re.match(
            r"Tension de recrutement dans les métiers requis : indice ≈ \d,\d en 2019, contre \d,\d", there
        )
        assert "moins de 50 emplois" not in there
        # Beta has fifty turners and twenty engineers: none above fifty.
        nobody = contribution(tiny, "skills.availability", BETA).sentence
        assert nobody.startswith("Aucun des métiers requis ne compte plus de 50 emplois dans ce bassin")
        assert "pas plus facile que dans le pays" in nobody
        jobs = tiny.occupations.jobs.copy()
        jobs[ALPHA, 1] = 10.0
        part = altered(tiny, occupations=replace(tiny.occupations, jobs=jobs))
        told = contribution(part, "skills.availability", ALPHA).sentence
        assert re.search(r"\d+ % des besoins portent sur des métiers de moins de 50 emplois ici", told)


def test_a_zero_is_told_as_a_figure(tiny):
    with override("fr"):
        none = with_value(tiny, "living.gp_per_10000", ALPHA, 0.0)
        assert contribution(none, "living.care", ALPHA).sentence.startswith("0,0 médecins")


def test_french_figures_have_their_comma_and_their_narrow_space(tiny):
    many = with_jobs(tiny, {(ALPHA, "CI"): 12345})
    with override("fr"):
        text = contribution(many, "fabric.specialisation", ALPHA).sentence
        assert f"12{NARROW_SPACE}345 emplois" in text
        assert re.search(r"\d,\d", text)
        assert not re.search(r"\d\.\d", text)
        assert "1er sur 4" in text
    with override("en"):
        text = contribution(many, "fabric.specialisation", ALPHA).sentence
        assert "12,345" in text
        assert "1st" in text


def test_a_negative_figure_has_a_true_minus_and_a_gain_its_plus(tiny):
    with override("fr"):
        assert (
            "−0,20 %"
            in contribution(
                with_value(tiny, "living.net_migration_pct", ALPHA, -0.2), "living.migration", ALPHA
            ).sentence
        )
        assert "+0,10 %" in contribution(tiny, "living.migration", ALPHA).sentence


def test_access_tells_only_the_networks_that_the_activity_uses(tiny):
    with override("fr"):
        by_sea = contribution(
            tiny, "access.modes", ALPHA, Question("26.11Z", "subclass", modes=(("sea", 1.0),))
        ).sentence
    assert "port de mer à 110 km" in by_sea
    assert "autoroute" not in by_sea
    assert "ourairports" not in by_sea


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("activity", ["32.50B", "26.11Z", "01.11Z", "62.01Z", "27.20Z"])
def test_every_cell_of_the_built_in_edition_is_told(real, language, activity):
    ranking = compute_ranking(real, Question(activity, "subclass"))
    known = set()
    with override(language):
        for row in ranking.rows(0, 306):
            for one in row.contributions:
                check(one.sentence, source=one.place.source)
                known.add(one.status)
    assert known >= {"observed", "estimated", "missing"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_in_the_language_of_the_reader(language):
    with override(language):
        french = language == "fr"
        assert number(1234567.891, 1) == ("1\u202f234\u202f567,9" if french else "1,234,567.9")
        assert number(-0.5, 2) == ("−0,50" if french else "−0.50")
        assert [ordinal(one) for one in (1, 2, 11, 21, 103)] == (
            ["1er", "2e", "11e", "21e", "103e"] if french else ["1st", "2nd", "11th", "21st", "103rd"]
        )
        assert counted(1234, "site", "sites").startswith("1\u202f234\u202f" if french else "1,234 ")

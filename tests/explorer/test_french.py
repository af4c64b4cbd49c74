"""Numbers, ranks and punctuation in the two languages."""

import pytest
from django.utils import translation

from explorer.templatetags.french import french_only, number, ordinal, percent, share, spaced
from explorer.wording import with_unit


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fr", ("12\u202f345,6", "—", "42,5\u202f%", "7\u202f%", "1er", "12e", "hors classement")),
        ("en", ("12,345.6", "—", "42.5%", "7%", "1st", "12th")),
    ],
)
def test_numbers_follow_the_language(language: str, written: tuple[str, ...]) -> None:
    with translation.override(language):
        found = (number(12345.64, 1), number(None), share(0.425, 1), percent(7.2), ordinal(1), ordinal(12))
        assert found == written[:6]
        if len(written) > 6:
            assert ordinal(None) == written[6]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_minus_is_a_minus_in_every_language(language: str) -> None:
    with translation.override(language):
        assert number(-203) == "\u2212203"


def test_french_punctuation_never_starts_a_line() -> None:
    with translation.override("fr"):
        text = spaced("Le « bassin » : 3 sites ; est-ce sûr ? Oui ! à 40 %, à 12:30 et http://a")
    assert text == (
        "Le «\u202fbassin\u202f»\u00a0: 3 sites\u202f; est-ce sûr\u202f? Oui\u202f! à 40\u202f%, à 12:30 et http://a"
    )


@pytest.mark.parametrize(("language", "attribute"), [("fr", ""), ("en", ' lang="fr"')])
def test_what_stays_french_says_so_on_other_pages(language: str, attribute: str) -> None:
    with translation.override(language):
        assert french_only() == attribute


def test_english_is_left_alone() -> None:
    with translation.override("en"):
        assert spaced("a : b ; c") == "a : b ; c"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("le bassin de Oyonnax", "le bassin d'Oyonnax"),
        ("autour de Épinal", "autour d'Épinal"),
        ("Communes de Île-de-France", "Communes d'Île-de-France"),
        ("Que changer à Le Creusot", "Que changer au Creusot"),
        ("à Les Herbiers, de Les Herbiers", "aux Herbiers, des Herbiers"),
        ("de Le Havre à La Vallée", "du Havre à La Vallée"),
        ("de A38 et de Haguenau", "de A38 et de Haguenau"),
        ("monde à Lens", "monde à Lens"),
    ],
)
def test_names_of_places_follow_a_preposition_as_they_are_said(told: str, said: str) -> None:
    with translation.override("fr"):
        assert spaced(told) == said
    with translation.override("en"):
        assert spaced(told) == told


@pytest.mark.parametrize(
    ("language", "value", "unit", "written"),
    [
        ("fr", "0", "sites", "0 site"),
        ("fr", "1", "sites prêts", "1 site prêt"),
        ("fr", "≈ 1,8", "emplois par établissement", "≈ 1,8 emploi par établissement"),
        ("fr", "2", "sites", "2 sites"),
        ("fr", "1\u202f204", "emplois", "1\u202f204 emplois"),
        ("fr", "1", "km", "1 km"),
        ("en", "0", "sites", "0 sites"),
        ("en", "1", "sites", "1 site"),
        ("en", "1.8", "jobs per establishment", "1.8 jobs per establishment"),
        ("en", "1", "people trained a year", "1 person trained a year"),
        ("fr", "1 à 3", "sites", "1 à 3 sites"),
    ],
)
def test_a_counted_unit_agrees_with_its_number(language: str, value: str, unit: str, written: str) -> None:
    with translation.override(language):
        assert with_unit(value, unit).replace("\u00a0", " ") == written

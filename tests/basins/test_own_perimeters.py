"""Sets of communes on the built-in edition: every code comes back, old ones are followed, lists have one address."""

from collections.abc import Iterator

import pytest

from basins import own_perimeters
from basins.commune_lists import read_list
from basins.commune_sets import KEY_LENGTH, CommuneSet, list_address
from basins.commune_text import checked, rows_of
from basins.commune_values import Outcome
from basins.derive.former_communes import former_communes
from basins.models import Commune, CommuneList, Perimeter
from basins.own_perimeters import TooManyLists, commune_set, directory, keep_list, kept_codes, set_outline
from basins.perimeters import commune_codes, perimeter_counts, perimeter_zones
from sources.models import Edition
from tests.basins.worlds import small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Iterator[Edition]:
    """The edition on show, its directory read again after tests that add former codes."""
    directory.cache_clear()
    yield Edition.objects.current()
    directory.cache_clear()


def named(edition: Edition, *codes: str) -> CommuneSet:
    return commune_set(edition, codes, name="", titled=" + ".join)


def test_every_code_of_the_edition_comes_back_whole_or_eaten(edition: Edition) -> None:
    known = directory(edition.content_hash)
    codes = sorted(known.names)
    found = read_list(rows_of("\n".join(codes)), known)
    assert found.codes == tuple(codes) and all(one.is_plain for one in found.entries)
    # As a spreadsheet writes a column of them: whole numbers, those of Corsica left as text.
    eaten = [code.lstrip("0") for code in codes]
    found = read_list(rows_of("\n".join(eaten)), known)
    assert [one.code for one in found.entries] == codes
    lost = [one for one in found.entries if one.outcome is Outcome.ZERO_LOST]
    assert len(lost) == sum(code.startswith("0") for code in codes) > 0


def test_every_name_is_understood_or_said_to_be_several(edition: Edition) -> None:
    known = directory(edition.content_hash)
    lines = "\n".join(known.names.values())
    found = read_list(rows_of(checked(f"commune\n{lines}")), known)
    for code, entry in zip(known.names, found.entries, strict=True):
        assert entry.code == code or (entry.outcome is Outcome.AMBIGUOUS and code in entry.suggestions)


def test_a_set_is_what_its_communes_are(edition: Edition) -> None:
    perimeter = Perimeter.objects.filter(edition=edition, kind="epci").order_by("-commune_count")[0]
    own = named(edition, *commune_codes(perimeter))
    assert (own.population, own.commune_count) == (perimeter.population, perimeter.commune_count)
    assert perimeter_zones(own) == perimeter_zones(perimeter)
    assert perimeter_counts(own).equals(perimeter_counts(perimeter))
    assert not own.changed and not own.missing
    outline = set_outline(own)
    assert outline.area == pytest.approx(perimeter.geom.area, rel=0.05)


def test_old_codes_are_followed_and_unknown_ones_told(edition: Edition) -> None:
    """Annecy took in Annecy-le-Vieux (74011) in 2017; arrondissements of Paris stand for Paris."""
    own = named(edition, "74011", "74010", "75101", "01004", "99999")
    assert own.insee_codes == ("01004", "74010", "75056")
    assert own.changed == (("74011", "74010"), ("75101", "75056")) and own.missing == ("99999",)
    assert own.code == "01004,74010,74011,75101,99999"


def test_communes_where_nobody_lives_have_no_share_of_anybody(edition: Edition) -> None:
    empty = Commune.objects.filter(edition=edition, population=0).values_list("insee_code", flat=True)
    own = named(edition, *empty)
    assert own.population == 0 and own.commune_count == len(empty) > 0
    assert {(one.perimeter_share, one.zone_share) for one in perimeter_zones(own)} == {(0.0, 0.0)}
    assert set(perimeter_counts(own)["coverage"]) == {0.0}


def test_the_same_communes_have_the_same_address_in_any_order() -> None:
    codes = [f"{number:05}" for number in range(200)]
    assert list_address(["01004", "01001", "01004"]) == "01001,01004"
    assert list_address(codes) == list_address(reversed(codes)) != list_address(codes[:-1])
    assert len(list_address(codes)) == KEY_LENGTH


def test_a_long_list_is_kept_once_and_a_short_one_not_at_all() -> None:
    codes = [f"{number:05}" for number in range(200)]
    assert keep_list(["01004"]) == "01004" and not CommuneList.objects.exists()
    key = keep_list(codes)
    assert keep_list(list(reversed(codes))) == key and CommuneList.objects.count() == 1
    assert kept_codes(key) == codes and kept_codes("0" * KEY_LENGTH) is None


def test_no_more_than_so_many_lists_are_kept_in_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_perimeters, "KEPT_AN_HOUR", 1)
    codes = [f"{number:05}" for number in range(200)]
    key = keep_list(codes)
    with pytest.raises(TooManyLists):
        keep_list(codes[:-1])
    assert keep_list(codes) == key and keep_list(["01004"]) == "01004"


def test_former_codes_and_names_are_derived_from_the_moves() -> None:
    """11008 joined 11009, renamed then joined with 11002, itself renamed; a change of spelling is no former name."""
    found = former_communes(small_world())
    assert found.sort_values(["code", "name"]).values.tolist() == [
        ["11002", "L'Œil", "l oeil", "11002", "2020-01-01", True],
        ["11007", "", "", "11002", None, False],
        ["11008", "Le Moulin", "le moulin", "11002", "1970-01-01", False],
        ["11009", "La Forêt", "la foret", "11002", "1960-01-01", False],
        ["11009", "Saint-Œil-la-Forêt", "saint oeil la foret", "11002", "2020-01-01", True],
    ]


# Seynod joined Annecy; Morez, without change of code, became Hauts de Bienne with La Mouille; Cherbourg as well.
@pytest.mark.parametrize(
    ("value", "code", "year", "is_direct"),
    [
        ("Seynod", "74010", 2017, True),
        ("SEYNOD (74)", "74010", 2017, True),
        ("74268", "74010", 2017, True),
        ("Morez", "39368", 2016, True),
        ("La Mouille", "39368", 2016, True),
        ("Équeurdreville-Hainneville", "50129", 2016, True),
        ("equeurdreville", "50129", 1965, False),
        ("Châlons-sur-Marne", "51108", 1998, True),
    ],
)
def test_a_former_commune_is_understood_by_name(
    edition: Edition, value: str, code: str, year: int, is_direct: bool
) -> None:
    (entry,) = read_list(rows_of(value), directory(edition.content_hash)).entries
    (past,) = entry.past
    assert entry.code == code == past.commune
    assert past.ended_on is not None and (past.ended_on.year, past.is_direct) == (year, is_direct)


def test_an_old_list_with_its_names_raises_no_alarm(edition: Edition) -> None:
    """Each code with each name it had: the commune of today and nothing to correct."""
    known = directory(edition.content_hash)
    names = [one for one in known.past if one.name]
    assert len(names) > 7000
    lines = "\n".join(f'{one.code};"{one.name}"' for one in names)
    found = read_list(rows_of(f"code;nom\n{lines}"), known)
    for one, entry in zip(names, found.entries, strict=True):
        assert (entry.code, entry.differs) == (one.commune, False)
        assert entry.outcome in (Outcome.EXACT, Outcome.FORMER)


def test_the_beginning_of_a_former_name_is_not_that_name(edition: Edition) -> None:
    """Ambérieu-en-Bugey was Ambérieu once: that is no reason to take « Ambérieu-en-Bugay » for one of its names."""
    (entry,) = read_list(rows_of("code;nom\n01004;Ambérieu-en-Bugay"), directory(edition.content_hash)).entries
    assert entry.differs and not entry.past


def test_former_names_alone_are_understood_or_asked(edition: Edition) -> None:
    known = directory(edition.content_hash)
    names = [one for one in known.past if one.name]
    found = read_list(rows_of("\n".join(["commune", *(one.name for one in names)])), known)
    for one, entry in zip(names, found.entries, strict=True):
        assert one.commune in (entry.code, *entry.suggestions)
        bearers = {each.commune for each in known.past_by_name[one.normalised]}
        if entry.outcome is Outcome.FORMER_NAME:
            assert bearers == {one.commune} == {entry.code} and one.normalised not in known.by_name
        elif entry.outcome is Outcome.AMBIGUOUS:
            assert not entry.code and len(entry.suggestions) > 1
        else:
            assert entry.outcome is Outcome.NAME and known.by_name[one.normalised] == [entry.code]

"""Every way in which a list of communes is spoilt, with what is understood of each value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basins.commune_lists import ReadList, read_list
from basins.commune_text import MAX_LINES, ListRefused, Refusal, checked, decoded, rows_of
from basins.commune_values import Directory, Outcome
from basins.former_names import FormerName
from basins.names import normalised_name

NAMES = {
    "01001": "L'Abergement-Clémenciat",
    "01004": "Ambérieu-en-Bugay",
    "01053": "Bourg-en-Bresse",
    "2A004": "Ajaccio",
    "2B033": "Bastia",
    "13055": "Marseille",
    "69123": "Lyon",
    "74010": "Annecy",
    "75056": "Paris",
    "93066": "Saint-Denis",
    "97411": "Saint-Denis",
}
BY_NAME: dict[str, list[str]] = {}
for _code, _name in NAMES.items():
    BY_NAME.setdefault(normalised_name(_name), []).append(_code)
DAY = date(2017, 1, 1)
# Annecy-le-Vieux joined Annecy in 2017; 20004 was Ajaccio until 1976; the twins, Denis and Bugey are invented.
PAST = (
    FormerName("74011", "Annecy-le-Vieux", "74010", "Annecy", DAY),
    FormerName("74012", "", "74010", "Annecy"),
    FormerName("74268", "Seynod", "74010", "Annecy", DAY),
    FormerName("01053", "Brou", "01053", "Bourg-en-Bresse", DAY),
    FormerName("01900", "Les Jumeaux", "01001", "L'Abergement-Clémenciat", DAY),
    FormerName("69900", "Les Jumeaux", "69123", "Lyon", DAY),
    FormerName("69901", "Bastia", "69123", "Lyon", DAY),
    FormerName("01901", "Saint-Denis", "01004", "Ambérieu-en-Bugay", DAY),
)
DIRECTORY = Directory(NAMES, BY_NAME, PAST)


def read(text: str, **corrections: str) -> ReadList:
    asked = {int(name[1:]): value for name, value in corrections.items()}
    return read_list(rows_of(checked(text)), DIRECTORY, asked)


@pytest.mark.parametrize(
    ("value", "outcome", "code", "suggestions"),
    [
        ("01001", Outcome.EXACT, "01001", ("01001",)),
        ("2a004", Outcome.EXACT, "2A004", ("2A004",)),
        ('"01001"', Outcome.EXACT, "01001", ("01001",)),
        ('="01001"', Outcome.EXACT, "01001", ("01001",)),
        ("'01001", Outcome.EXACT, "01001", ("01001",)),
        ("\u00a001001\u202f", Outcome.EXACT, "01001", ("01001",)),
        ("1001", Outcome.ZERO_LOST, "01001", ("01001",)),
        ("1 001", Outcome.SPACED, "01001", ("01001",)),
        ("01 001", Outcome.SPACED, "01001", ("01001",)),
        ("1\u202f001", Outcome.SPACED, "01001", ("01001",)),
        ("2A 004", Outcome.SPACED, "2A004", ("2A004",)),
        ("01001.0", Outcome.DECIMAL, "01001", ("01001",)),
        ("1001.0", Outcome.DECIMAL, "01001", ("01001",)),
        ("1001.00", Outcome.DECIMAL, "01001", ("01001",)),
        ("1.001E+03", Outcome.SCIENTIFIC, "", ("01001",)),
        ("2.1E+10", Outcome.SCIENTIFIC, "", ()),
        ("2E10", Outcome.SCIENTIFIC, "", ()),
        ("2E999999999", Outcome.SCIENTIFIC, "", ()),
        ("01/01/2024", Outcome.DATE, "", ()),
        ("2024-01-01", Outcome.DATE, "", ()),
        ("1-janv", Outcome.DATE, "", ()),
        ("mars-04", Outcome.DATE, "", ()),
        ("75101", Outcome.ARRONDISSEMENT, "75056", ("75056",)),
        ("75120", Outcome.ARRONDISSEMENT, "75056", ("75056",)),
        ("75121", Outcome.UNKNOWN, "", ()),
        ("69389", Outcome.ARRONDISSEMENT, "69123", ("69123",)),
        ("13216", Outcome.ARRONDISSEMENT, "13055", ("13055",)),
        ("74011", Outcome.FORMER, "74010", ("74010",)),
        ("20004", Outcome.FORMER, "2A004", ("2A004",)),
        ("20999", Outcome.UNKNOWN, "", ()),
        ("99999", Outcome.UNKNOWN, "", ()),
        ("1", Outcome.UNKNOWN, "", ()),
        ("200042935", Outcome.UNKNOWN, "", ()),
        ("Ambérieu-en-Bugay", Outcome.NAME, "01004", ("01004",)),
        ("AMBERIEU EN BUGAY", Outcome.NAME, "01004", ("01004",)),
        ("seynod", Outcome.FORMER_NAME, "74010", ("74010",)),
        ("Seynod (74)", Outcome.FORMER_NAME, "74010", ("74010",)),
        ("Seynod (01)", Outcome.UNKNOWN, "", ()),
        ("Brou", Outcome.FORMER_NAME, "01053", ("01053",)),
        ("Les Jumeaux", Outcome.AMBIGUOUS, "", ("01001", "69123")),
        ("Les Jumeaux (69)", Outcome.FORMER_NAME, "69123", ("69123",)),
        ("Bastia", Outcome.NAME, "2B033", ("2B033", "69123")),
        ("Bastia (69)", Outcome.FORMER_NAME, "69123", ("69123",)),
        ("Saint-Denis (01)", Outcome.FORMER_NAME, "01004", ("01004",)),
        ("St Denis", Outcome.AMBIGUOUS, "", ("93066", "97411", "01004")),
        ("Saint-Denis (974)", Outcome.NAME, "97411", ("97411",)),
        ("Saint-Denis [93]", Outcome.NAME, "93066", ("93066",)),
        ("Saint-Denis (02)", Outcome.UNKNOWN, "", ()),
        ("Nulle-Part", Outcome.UNKNOWN, "", ()),
        ("<script>alert(1)</script>", Outcome.UNKNOWN, "", ()),
        ("=1+1", Outcome.UNKNOWN, "", ()),
    ],
)
def test_what_a_value_is_taken_for(value: str, outcome: Outcome, code: str, suggestions: tuple[str, ...]) -> None:
    (entry,) = read(value).entries
    assert (entry.outcome, entry.code, tuple(entry.suggestions)) == (outcome, code, suggestions)
    assert entry.line == entry.number == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01001\n01004", [(1, "01001"), (2, "01004")]),
        ("01001\r\n\r\n01004\r\n", [(1, "01001"), (3, "01004")]),
        ("01001\r01004", [(1, "01001"), (2, "01004")]),
        ("01001;01004,01053\t2A004 2B033", [(1, one) for one in ("01001", "01004", "01053", "2A004", "2B033")]),
        ("01001 ; 01004 ;", [(1, "01001"), (1, "01004")]),
        ("01001;99999;74010", [(1, "01001"), (1, ""), (1, "74010")]),
        ("1001,1004\n1053", [(1, "01001"), (1, "01004"), (2, "01053")]),
        ("Annecy, Paris, Lyon", [(1, "74010"), (1, "75056"), (1, "69123")]),
        ("code_insee;nom\n01001;L'Abergement-Clémenciat\n1004;Ambérieu-en-Bugay", [(2, "01001"), (3, "01004")]),
        ("nom\tcode\nAnnecy\t74010\nParis\t75056", [(2, "74010"), (3, "75056")]),
        ('"CODGEO","LIBGEO","POP"\n"01001","L\'Abergement-Clémenciat","859"', [(2, "01001")]),
        ("CODGEO;P21_POP\n01001;01004\n01053;69123", [(2, "01001"), (3, "01053")]),
        ("commune\n01001\n74010", [(2, "01001"), (3, "74010")]),
        ("commune\nAnnecy\nParis", [(2, "74010"), (3, "75056")]),
        ("code postal;ville\n01004;Annecy\n01053;Paris", [(2, "74010"), (3, "75056")]),
        ("01001;L'Abergement-Clémenciat\n74010;Annecy", [(1, "01001"), (2, "74010")]),
        ("Annecy;74010\nParis;75056", [(1, "74010"), (2, "75056")]),
        ("74010;123,4\n75056;5,6\n01001;7,8", [(1, "74010"), (2, "75056"), (3, "01001")]),
        ("code;nom\n;Annecy\n01001;", [(2, "74010"), (3, "01001")]),
        ("code;nom\n;;\n01001;", [(3, "01001")]),
        ("Ma liste\n01001\n01004", [(1, ""), (2, "01001"), (3, "01004")]),
    ],
)
def test_where_the_values_stand(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(one.line, one.code) for one in read(text).entries] == expected


def test_duplicates_name_the_line_that_came_first() -> None:
    found = read("01001\n74011\n1001\n74012\n01001")
    assert [one.repeats for one in found.entries] == [0, 0, 1, 2, 1]
    assert found.codes == ("01001", "74010")


def test_a_name_that_is_not_that_of_its_code_is_said_with_the_commune_it_names() -> None:
    one, other, long = read("code;nom\n01004;Annecy\n74010;Annecy\n13055;Marseille 1er").entries
    assert (one.code, one.differs, one.suggestions) == ("01004", True, ("01004", "74010"))
    assert not other.differs and not long.differs and other.is_plain


def test_a_name_that_the_commune_had_is_no_alarm_and_is_told() -> None:
    text = "code;nom\n74268;Seynod\n74010;Seynod\n01053;Brou\n01004;Seynod\n74011;Seynod"
    old, new, same, other, sister = read(text).entries
    for one in (old, new, sister):
        assert (one.code, one.differs, [was.name for was in one.past]) == ("74010", False, ["Seynod"])
    assert (old.outcome, new.outcome) == (Outcome.FORMER, Outcome.EXACT)
    assert (same.code, same.differs, same.is_plain, same.past) == ("01053", False, False, (PAST[3],))
    assert (other.code, other.differs, other.suggestions) == ("01004", True, ("01004", "74010"))


def test_a_name_helps_where_the_code_is_lost_and_is_not_taken_without_a_word() -> None:
    lost, ambiguous, postal = read("insee;commune\n2.1E+10;Ajaccio\n2E10;Saint-Denis\n01000;Bourg-en-Bresse").entries
    assert (lost.outcome, lost.code, lost.suggestions) == (Outcome.SCIENTIFIC, "", ("2A004",))
    assert ambiguous.suggestions == ("93066", "97411", "01004") and not ambiguous.code
    assert (postal.outcome, postal.code, postal.suggestions) == (Outcome.UNKNOWN, "", ("01053",))


def test_corrections_replace_set_aside_or_stay_to_be_corrected() -> None:
    found = read("99999\nSaint-Denis\n1001\nzzz\n74011", n1="01004", n2="93066", n3="", n4="zzzz", n5="74010")
    assert [(one.outcome, one.code) for one in found.entries] == [
        (Outcome.CORRECTED, "01004"),
        (Outcome.CORRECTED, "93066"),
        (Outcome.SET_ASIDE, ""),
        (Outcome.UNKNOWN, ""),
        (Outcome.FORMER, "74010"),
    ]
    assert found.entries[3].value == "zzzz" and found.codes == ("01004", "74010", "93066")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings_of_spreadsheets(encoding: str) -> None:
    text = "nom;code\nAmbérieu-en-Bugay;01004\n"
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "refusal", "line"),
    [
        (b"", Refusal.EMPTY, 0),
        (b" \r\n\t\n", Refusal.EMPTY, 0),
        (b"\xef\xbb\xbf", Refusal.EMPTY, 0),
        (b"0" * 1_000_001, Refusal.TOO_BIG, 0),
        (b"PK\x03\x04\x14\x00", Refusal.WORKBOOK, 0),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", Refusal.WORKBOOK, 0),
        (b"%PDF-1.7", Refusal.BINARY, 0),
        (b"\x1f\x8b\x08\x00", Refusal.BINARY, 0),
        (b"\xff\xfe\x00", Refusal.BINARY, 0),
        (b"01001\n010\x0004\n", Refusal.NUL, 2),
        (b"01001\n\x1b[31m01004\n", Refusal.CONTROL, 2),
    ],
)
def test_files_that_are_no_list_are_refused_by_name(content: bytes, refusal: Refusal, line: int) -> None:
    with pytest.raises(ListRefused) as caught:
        decoded(content)
    assert (caught.value.refusal, caught.value.line) == (refusal, line)


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("01001\n" * MAX_LINES, True),
        ("01001\n" * MAX_LINES + "01001", False),
        (",".join(["01001"] * MAX_LINES), True),
        (",".join(["01001"] * (MAX_LINES + 1)), False),
        ("1," * 200_000, False),
        (";" * 900_000 + "01001", True),
    ],
)
def test_as_many_lines_and_values_as_there_are_communes(text: str, is_read: bool) -> None:
    if is_read:
        assert read(text).codes == ("01001",)
    else:
        with pytest.raises(ListRefused) as caught:
            read(text)
        assert caught.value.refusal is Refusal.TOO_MANY_LINES


@given(st.lists(st.sampled_from([*NAMES, "1001", "99999", "Annecy", "Saint-Denis", "2E10", "74011"]), min_size=1))
def test_every_value_of_a_column_has_its_entry(values: list[str]) -> None:
    found = read("\n".join(values))
    assert [one.value for one in found.entries] == values
    assert [one.line for one in found.entries] == list(range(1, len(values) + 1))


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(text)
    except ListRefused:
        return
    assert set(found.codes) <= set(NAMES)


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    try:
        rows_of(decoded(content))
    except ListRefused:
        return

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basins.ingest.cells import BadCell, count, insee_code, number, optional_count, optional_number, records, text

DEPARTMENTS = [*(f"{number:02d}" for number in range(1, 96) if number != 20), "2A", "2B"]
CODES = st.builds("{}{:03d}".format, st.sampled_from([*DEPARTMENTS, "97"]), st.integers(min_value=1, max_value=999))


def refusal(read, cell, **options):
    with pytest.raises(BadCell) as caught:
        read({"x": cell}, "x", **options)
    assert caught.value.column == "x"
    return caught.value.reason


@given(CODES)
def test_every_commune_code_comes_back_as_written(code):
    assert insee_code({"x": code}, "x") == code
    assert insee_code({"x": f" {code}\t"}, "x") == code


@given(CODES)
def test_a_code_read_as_a_number_is_refused_with_the_code_to_write(code):
    if not code.isdecimal():
        return
    for eaten in (float(code), f"{float(code)}"):
        reason = refusal(insee_code, eaten)
        assert f"écrivez {code}" in reason
    if code.startswith("0"):
        assert f"le zéro de tête a été perdu, écrivez {code}" in refusal(insee_code, code[1:])


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1001", "écrivez 01001"),
        ("2a004", "écrivez 2A004"),
        ("01 001", "écrivez 01001"),
        ("2E10", "puissance de dix"),
        ("2,00E+10", "puissance de dix"),
        ("MARS1", "une date"),
        ("1-mars", "une date"),
        ("mars-01", "une date"),
        ("01/03/2001", "une date"),
        ("2001-03-01 00:00:00", "une date"),
        (datetime.date(2001, 3, 1), "une date"),
        ("nd", "donnée secrète"),
        ("75", "5 caractères"),
        ("750056", "5 caractères"),
        ("2C004", "5 caractères"),
        ("٠١٠٠١", "5 caractères"),
        ("", "5 caractères"),
        (None, "5 caractères"),
    ],
)
def test_eaten_codes_are_told_with_their_remedy(cell, reason):
    assert reason in refusal(insee_code, cell)


@pytest.mark.parametrize("mark", ["s", "S", "nd", "ns", "...", "…", "*", "null", "n.d."])
def test_a_secret_cell_is_null_where_admitted_and_refused_by_name_elsewhere(mark):
    assert optional_count({"x": mark}, "x") is None
    assert "donnée secrète" in refusal(count, mark)
    assert "donnée secrète" in refusal(optional_number, mark, low=0, high=1)


def test_empty_is_null_and_never_zero():
    assert optional_count({"x": " "}, "x") is None
    assert optional_number({"x": ""}, "x", low=0, high=1) is None
    assert "absent" in refusal(count, "")


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1 204", 1204), ("12.0", 12), ("12,0", 12), ("-0", 0), ("0", 0), (7.0, 7), ("1\u202f204", 1204)],
)
def test_counts(cell, value):
    found = count({"x": cell}, "x")
    assert (found, type(found)) == (value, int)


@pytest.mark.parametrize("cell", ["1.234", "1,234", "1.000", "12.345"])
def test_a_separator_that_may_be_of_thousands_is_refused_where_both_readings_hold(cell):
    assert "ambiguë" in refusal(count, cell)
    assert "ambiguë" in refusal(number, cell, low=0, high=1e6)


def test_bounds_or_the_producers_habit_settle_the_ambiguity():
    assert number({"x": "1.234"}, "x", low=0, high=100) == 1.234
    assert number({"x": "0.125"}, "x", low=0, high=1e6) == 0.125
    assert number({"x": "1.234"}, "x", low=0, high=1e6, decimal=".") == 1.234
    assert number({"x": "1,234"}, "x", low=0, high=1e6, decimal=",") == 1.234
    assert "ambiguë" in refusal(number, "1,234", low=0, high=1e6, decimal=".")
    assert "ambiguë" in refusal(number, "1.5", low=0, high=1e6, decimal=",")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1.234,5", "deux séparateurs"),
        ("#N/A", "erreur de formule"),
        ("#REF!", "erreur de formule"),
        ("12/03/2024", "une date"),
        ("nan", "pas un nombre"),
        ("inf", "pas un nombre"),
        ("1_000", "pas un nombre"),
        ("1 2", "pas un nombre"),
        ("١٢", "pas un nombre"),
        (float("nan"), "hors de l'intervalle"),
        ([1], "pas un nombre"),
        ("-1", "hors de l'intervalle"),
    ],
)
def test_what_is_no_number_is_told(cell, reason):
    assert reason in refusal(number, cell, low=0, high=1e6)


def test_a_null_character_never_reaches_the_database():
    assert "caractère nul" in refusal(text, "a\0b", longest=10)


def test_a_repeated_key_is_refused_the_first_row_kept():
    class Pair(tuple):
        _fields = ("a", "b")

    rows = [(2, "x"), (3, "y"), (4, "x")]
    first, second, third = records(rows, lambda row: Pair((row, "z")), key=lambda one: one[:2])
    assert (first, second) == (("x", "z"), ("y", "z"))
    assert (third.line, third.column, third.value) == (4, "a", "x z")
    assert "gardez une seule" in third.reason

"""Whole tables as files: two variants, nothing for the unknown, no formula."""

import csv
import io

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from explorer.csv_tables import BYTE_ORDER_MARK, ROWS_A_CHUNK, csv_chunks, is_international, written
from scoring.errors import BadQuestion


@pytest.mark.parametrize(
    ("cell", "french", "international"),
    [
        (1234.5, "1234,5", "1234.5"),
        (-0.25, "-0,25", "-0.25"),
        (-0.0000001, "0", "0"),
        (-0.0, "0", "0"),
        (-5.25, "-5,25", "-5.25"),
        (1e15, "1000000000000000", "1000000000000000"),
        (3.0, "3", "3"),
        (7, "7", "7"),
        (None, "", ""),
        (float("nan"), "", ""),
        ("0051", "0051", "0051"),
        ("=1+1", "'=1+1", "'=1+1"),
    ],
)
def test_a_cell(cell: str | float | None, french: str, international: str) -> None:
    assert (written(cell, international=False), written(cell, international=True)) == (french, international)


@given(st.lists(st.tuples(st.text(alphabet="aé;,\"'\n €"), st.floats(-1e6, 1e6)), max_size=30), st.booleans())
def test_a_table_is_read_back(rows: list[tuple[str, float]], international: bool) -> None:
    text = "".join(csv_chunks(["nom", "valeur"], rows, international=international))
    assert text.startswith(BYTE_ORDER_MARK) is not international
    text = text.removeprefix(BYTE_ORDER_MARK)
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter="," if international else ";"))
    assert read[0] == ["nom", "valeur"]
    for (name, value), (text_name, text_value) in zip(rows, read[1:], strict=True):
        assert text_name.removeprefix("'") == name.removeprefix("'")
        assert float(text_value.replace(",", ".")) == pytest.approx(value, abs=1e-6)


def test_a_long_table_comes_in_pieces() -> None:
    pieces = list(csv_chunks(["n"], ([n] for n in range(3 * ROWS_A_CHUNK)), international=True))
    assert len(pieces) == 4
    assert "".join(pieces).count("\r\n") == 3 * ROWS_A_CHUNK + 1


def test_an_unknown_variant_is_refused() -> None:
    assert is_international(QueryDict("variante=international")) and not is_international(QueryDict(""))
    with pytest.raises(BadQuestion, match="suisse"):
        is_international(QueryDict("variante=suisse"))

"""Lists of criteria and numbers: read back as written, refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import BadQuestion
from scoring.pairs import parse_pairs, parse_signed, written_pairs

KEYS = ("land.sites", "living.care")


@given(st.dictionaries(st.sampled_from(KEYS), st.floats(-1e9, 1e9), max_size=2))
def test_what_is_written_is_read_back(values: dict[str, float]) -> None:
    assert parse_pairs("si", written_pairs(values), KEYS) == values


def test_numbers_as_people_write_them() -> None:
    for text, value in (("1,5", 1.5), (" 12\u202f345 ", 12345), ("\u22120,3", -0.3), ("-2", -2), ("3", 3)):
        assert parse_signed("si", text, "land.sites") == value
    assert written_pairs({"land.sites": 2.0}) == "land.sites:2"
    assert parse_pairs("si", " land.sites : 1 , ", KEYS) == {"land.sites": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("land.sites", "clé:nombre"),
        ("land.moon:1", "land.moon"),
        ("land.sites:1,land.sites:2", "deux fois"),
        ("land.sites:many", "many"),
        ("land.sites:", "n'est pas un nombre"),
        ("land.sites:nan", "nan"),
        ("land.sites:1e999", "1e999"),
        ("land.sites:0x10", "0x10"),
        ("land.sites:1_0", "1_0"),
    ],
)
def test_what_is_no_pair_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        parse_pairs("si", text, KEYS)
    assert refused.value.parameter == "si"
    assert said in refused.value.sentence

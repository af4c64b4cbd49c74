"""The A38 and A17 table agrees with itself and the code writings with each other."""

import pytest

from economy.nomenclature import A17_LABELS, A38, A38_CODES, aggregate_of_division, dotted

# The 88 divisions of NAF rev. 2, by hand: the numbers that do not exist are 4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89.
ABSENT = {4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89}


def test_every_division_has_exactly_one_a38():
    for number in set(range(1, 100)) - ABSENT:
        holders = [one.code for one in A38 if one.first_division <= number <= one.last_division]
        assert len(holders) == 1, number


def test_there_are_38_and_17():
    assert len(set(A38_CODES)) == len(A38) == 38
    assert {one.a17 for one in A38} == set(A17_LABELS)
    assert len(A17_LABELS) == 17


@pytest.mark.parametrize(("division", "a38", "a17"), [("13", "CB", "C5"), ("30", "CL", "C4"), ("01", "AZ", "AZ")])
def test_known_divisions(division, a38, a17):
    one = aggregate_of_division(division)
    assert (one.code, one.a17) == (a38, a17)


def test_a_division_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="34"):
        aggregate_of_division("34")


@pytest.mark.parametrize("text", ["32.50B", "3250B", " 32.50B "])
def test_both_writings_of_a_sub_class(text):
    assert dotted(text) == "32.50B"


@pytest.mark.parametrize("text", ["22.2C", "NA", "", "32.50", "32.50b", "٣٢50B"])
def test_what_is_not_a_sub_class_is_refused(text):
    with pytest.raises(ValueError, match="NAF"):
        dotted(text)

"""Value chains: every activity has one, and what people of the trade would put together is together."""

import datetime

import pytest

from economy.models import Sector
from economy.value_chains import BASES, chain_of, chain_of_code, reviewed, value_chains


@pytest.mark.django_db
def test_every_sub_class_has_one_chain_and_no_chain_is_empty() -> None:
    codes = list(Sector.objects.filter(level="subclass").values_list("code", flat=True))
    chains = {code: chain_of_code(code) for code in codes}
    assert len(codes) == 732 and None not in chains.values()
    assert {one.id for one in chains.values() if one} == set(value_chains())


@pytest.mark.django_db
def test_no_prefix_stands_for_nothing() -> None:
    codes = list(Sector.objects.filter(level="subclass").values_list("code", flat=True))
    for one in value_chains().values():
        for prefix in one.prefixes:
            assert any(code.startswith(prefix) and chain_of_code(code) == one for code in codes), prefix


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("32.50B", "precious"),  # the longest prefix wins: 32.50A stays with health
        ("32.50A", "health"),
        ("27.20Z", "energy"),
        ("25.62A", "metalworking"),
        ("14.13Z", "fashion"),
        ("22.11Z", "automotive"),
        ("22.29A", "plastics"),
        ("23.41Z", "glass"),
        ("23.51Z", "construction"),
        ("30.30Z", "aerospace"),
        ("33.15Z", "maintenance"),
        ("62.01Z", "digital"),
    ],
)
def test_the_longest_prefix_settles_the_chain(code: str, chain: str) -> None:
    found = chain_of_code(code)
    assert found is not None and found.id == chain


def test_an_activity_of_several_chains_has_none_of_them() -> None:
    assert chain_of(["32.50A", "32.50B"]) is None
    assert chain_of(["13.10Z", "14.13Z"]) == value_chains()["fashion"]
    assert chain_of(["00.00Z"]) is None


def test_the_grouping_says_what_it_rests_on() -> None:
    assert reviewed() <= datetime.date.today()
    assert all(one.basis in BASES and str(one.label) for one in value_chains().values())

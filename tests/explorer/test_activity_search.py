"""A search leads to an activity only when there is nothing to choose."""

import pytest

from explorer.activity_search import obvious_match
from scoring.search import Activity, Match, Reason


def match(code: str, score: float, kind: str = "synonym", is_approximate: bool = False) -> Match:
    return Match(Activity(code, "subclass", code, None), score, Reason(kind, "mot", is_approximate))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("matches", "chosen"),
    [
        ([match("32.50B", 95)], "32.50B"),
        ([match("32.50B", 95), match("47.78A", 78, "label")], "32.50B"),
        ([match("32.12Z", 95), match("32.13Z", 94.5)], None),
        ([match("13.20Z", 87.5), match("14.13Z", 70, "label")], None),
        ([match("32.50B", 68, is_approximate=True)], None),
        ([match("32.50B", 78, "label")], None),
        ([match("25.62", 100, "code"), match("25.62A", 99, "code")], "25.62"),
    ],
)
def test_only_a_code_or_a_whole_product_word_without_rival_is_obvious(
    matches: list[Match], chosen: str | None
) -> None:
    found = obvious_match(matches)
    assert (found.activity.code if found else None) == chosen

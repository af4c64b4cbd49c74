"""The sentence of a gap says its figures in the reader's words."""

import pytest
from django.utils.translation import override

from scoring.gap_words import counted_points, target_words
from scoring.targets import Target


@pytest.mark.parametrize(
    ("value", "words"), [(0.04, "0,04 point"), (0.32, "0,3 point"), (1.9, "1,9 point"), (2.0, "2,0 points")]
)
def test_the_plural_starts_at_two(value: float, words: str) -> None:
    with override("fr"):
        assert counted_points(value) == words


def test_targets_in_words() -> None:
    with override("fr"):
        assert target_words(Target("top", 20)) == "les 20 premiers"
        assert target_words(Target("top", 1)) == "la première place"
        assert target_words(Target("score", 60)) == "60 points"
        assert target_words(Target("score", 57.25)).startswith("57,")

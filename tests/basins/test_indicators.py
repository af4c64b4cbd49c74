import pytest
from django.utils.translation import override

from basins.indicators import IndicatorFileError, indicators, read_indicators
from sources.apps import discover_datasets
from sources.registry import DATASETS

ENTRY = """
["living.x"]
label = { fr = "Un", en = "One" }
unit = { fr = "%", en = "%" }
decimals = 1
better = "more"
grain = "zone"
sources = ["lovac"]
vintage = "2025"
method = { fr = "a", en = "b" }
why = { fr = "c", en = "d" }
reviewed = 2026-11-22
"""


def test_every_indicator_of_the_project_loads_and_names_registered_data_sets():
    discover_datasets()
    unknown = {(one.id, slug) for one in indicators().values() for slug in one.sources if slug not in DATASETS}
    assert unknown == set()


def test_texts_follow_the_language_of_the_reader(tmp_path):
    path = tmp_path / "indicators.toml"
    path.write_text(ENTRY)
    [indicator] = read_indicators(path)
    assert indicator.group == "living"
    with override("fr"):
        assert str(indicator.label) == "Un"
    with override("en"):
        assert str(indicator.label) == "One"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('better = "more"', 'better = "plus"'),
        ('grain = "zone"', 'grain = "parish"'),
        ('sources = ["lovac"]', "sources = []"),
        ("decimals = 1", "digits = 1"),
        ('en = "One"', 'de = "Eins"'),
        ("reviewed = 2026-11-22", ""),
    ],
)
def test_a_broken_entry_is_refused_by_name(tmp_path, before, after):
    path = tmp_path / "indicators.toml"
    assert before in ENTRY
    path.write_text(ENTRY.replace(before, after))
    with pytest.raises(IndicatorFileError, match=r"living\.x"):
        read_indicators(path)

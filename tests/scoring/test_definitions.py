"""The declared criteria: complete in both languages, measured by a function, fed by registered data sets."""

import datetime

import pytest

from scoring import definitions
from scoring.criteria import MEASURES, READS
from scoring.definitions import FAMILIES, FOLDER, PILLARS, PRESETS, criteria, loaded_criteria, read_criterion
from scoring.question import default_weights
from sources.apps import discover_datasets
from sources.registry import DATASETS

CRITERIA = criteria()
BY_ID = pytest.mark.parametrize("criterion", CRITERIA, ids=lambda one: one.id)
GOOD = (FOLDER / "living_care.toml").read_text(encoding="utf-8")


def test_pillars_are_the_six_of_the_method():
    assert [one.id for one in PILLARS] == ["skills", "fabric", "land", "access", "living", "dynamics"]
    assert {one.pillar for one in CRITERIA} == {one.id for one in PILLARS}


def test_files_and_ids_match():
    assert sorted(path.stem for path in FOLDER.glob("[a-z]*.toml")) == sorted(
        one.id.replace(".", "_") for one in CRITERIA
    )
    assert len({one.id for one in CRITERIA}) == len(CRITERIA)


def test_every_loaded_criterion_is_measured_and_nothing_else_is():
    assert set(MEASURES) == set(READS) == {one.id for one in loaded_criteria()}


def test_what_an_edition_cannot_feed_is_not_loaded_and_has_no_weight():
    everything = frozenset(slug for one in CRITERIA for slug in one.sources)
    assert loaded_criteria(everything) == loaded_criteria() == CRITERIA
    without = everything - {"cnig-business-parks"}
    assert {one.id for one in CRITERIA} - {one.id for one in loaded_criteria(without)} == {"land.parks"}
    # One of several sources is enough: a national inventory without any local one.
    assert "land.sites" in {one.id for one in loaded_criteria(frozenset({"cerema-cartofriches"}))}
    weights = default_weights(without)
    assert weights["land.parks"] == 0
    assert sum(weights[one.id] for one in CRITERIA) == pytest.approx(100)
    assert weights["land"] == pytest.approx(weights["land.sites"] + weights["land.power"])


def test_every_criterion_has_a_weight():
    assert all(one.weight > 0 for one in CRITERIA)


@BY_ID
def test_texts_stand_in_both_languages(criterion):
    for text in (criterion.label, criterion.unit, criterion.why, criterion.formula):
        assert text.fr.strip()
        assert text.en.strip()
    for text in (criterion.label, criterion.why, criterion.formula):
        assert text.fr != text.en


@BY_ID
def test_it_is_signed_reviewed_and_sourced(criterion):
    assert criterion.author
    assert isinstance(criterion.reviewed, datetime.date)
    discover_datasets()
    assert set(criterion.sources) <= set(DATASETS)
    assert criterion.sources
    for slugs in criterion.parameters.get("kind_sources", {}).values():
        assert set(slugs) <= set(criterion.sources)


@BY_ID
def test_bounds_suit_their_rule(criterion):
    low, high = criterion.bounds
    assert low < high
    if criterion.bounds_rule == "quantiles":
        assert 0 <= low < high <= 1
    if criterion.scale == "log" and criterion.bounds_rule == "fixed":
        assert low > 0
    assert criterion.family in FAMILIES


def test_presets_have_names_in_both_languages_and_the_first_is_the_default():
    assert PRESETS[0].weights == {}
    assert len({one.id for one in PRESETS}) == len(PRESETS)
    assert all(one.label.fr and one.label.en for one in PRESETS)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('direction = "more"', 'direction = "up"'),
        ('scale = "linear"', 'scale = "cubic"'),
        ('rule = "quantiles"', 'rule = "sample"'),
        ('kind = "preference"', 'kind = "certain"'),
        ('family = "census"', 'family = "gossip"'),
        ('id = "living.care"', 'id = "comfort.care"'),
        ('author = "Bassins"', ""),
        ("weight = 1", "weight ="),
    ],
)
def test_a_wrong_definition_is_refused_by_name(tmp_path, good, bad):
    assert GOOD.count(good) == 1
    path = tmp_path / "living_care.toml"
    path.write_text(GOOD.replace(good, bad), encoding="utf-8")
    with pytest.raises(ValueError, match="living_care.toml"):
        read_criterion(path)


def test_the_order_is_that_of_the_pillars_then_of_the_weights():
    order = [pillar.id for pillar in PILLARS]
    keys = [(order.index(one.pillar), -one.weight) for one in definitions.criteria()]
    assert keys == sorted(keys)

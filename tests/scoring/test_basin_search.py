"""Basins by name."""

from dataclasses import replace

from scoring.basin_search import zones_named
from tests.scoring.world import tiny_facts


def facts_with(*names):
    facts = tiny_facts()
    zones = tuple(replace(zone, name=name) for zone, name in zip(facts.zones, names, strict=False))
    return replace(facts, zones=zones + facts.zones[len(names) :])


def test_a_word_of_the_name_is_enough_and_names_that_begin_with_it_come_first():
    facts = facts_with("La Vallée de l'Arve", "Arvert", "Bourg-en-Bresse")
    assert [zone.name for zone in zones_named(facts, "ARV")] == ["Arvert", "La Vallée de l'Arve"]
    assert [zone.name for zone in zones_named(facts, "en bresse")] == ["Bourg-en-Bresse"]


def test_a_piece_inside_a_word_or_nothing_finds_nothing():
    facts = facts_with("Bourg-en-Bresse")
    assert zones_named(facts, "resse") == []
    assert zones_named(facts, " - ") == []


def test_a_code_finds_its_zone():
    facts = tiny_facts()
    assert zones_named(facts, f" {facts.zones[1].code} ") == [facts.zones[1]]

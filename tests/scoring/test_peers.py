"""Basins that resemble one: what the file may say, a distance worked out again, and outcomes kept out of it."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from scoring import peer_traits
from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts
from scoring.peer_traits import FILE, PeersFileError, part_label, parts_of, peer_rules, read_rules
from scoring.peers import ALIKE_GAP, UNLIKE_GAP, distance_table, find_peers, purpose_of

pytestmark = pytest.mark.django_db

PURPOSES = ("overall", "industry", "skills", "living", "access")
SPECTACLES = "2716"


@pytest.fixture
def mayotte(real: Facts) -> str:
    return next(zone.code for zone in real.zones if zone.land_mass == "mayotte")


def test_the_file_is_read_whole() -> None:
    rules = peer_rules()
    assert tuple(rules.purposes) == PURPOSES
    assert [one.slug for one in rules.purposes.values()] == ["ensemble", "industrie", "metiers", "cadre", "acces"]
    assert rules.reviewed.year >= 2026 and 0 < rules.least_covered < 1 < rules.largest_gap
    for purpose in rules.purposes.values():
        assert sum(purpose.weights.values()) == 100 and str(purpose.why)


def test_no_outcome_is_a_trait() -> None:
    rules = peer_rules()
    outcomes = ("living.unemployment_pct", "economy.jobs_growth_pct")
    assert set(outcomes) <= set(rules.outcomes)
    assert not {one.indicator for one in rules.traits.values()} & set(rules.outcomes)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('indicator = "population.density"', 'indicator = "living.unemployment_pct"', "is an outcome"),
        ('indicator = "population.density"', 'indicator = "living.poverty_pct"', "is an outcome"),
        ('indicator = "population.density"', 'indicator = "population.nothing"', "is no indicator"),
        (
            "[traits.jobs]",
            '[traits.idle]\nkind = "indicator"\nindicator = "living.gp_per_10000"\n[traits.jobs]',
            "idle",
        ),
        ("weights = { motorway = 22", "weights = { motorway = 23", "sum to 100, not 101"),
        ("weights = { motorway = 22", "weights = { tram = 22", "unknown traits tram"),
        ('kind = "levels"', 'kind = "colours"', "unknown kind"),
    ],
)
def test_a_file_that_is_wrong_stops_by_name(tmp_path: Path, before: str, after: str, told: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert before in text
    wrong = tmp_path / "peers.toml"
    wrong.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(PeersFileError, match=told):
        read_rules(wrong)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_distance_is_symmetrical_and_one_for_two_basins_at_random(real: Facts, purpose: str) -> None:
    table = distance_table(real, purpose)
    assert np.allclose(table, table.T, equal_nan=True)
    known = ~np.isnan(np.diag(table))
    assert np.diag(table)[known] == pytest.approx(0) and known.sum() >= 302
    pairs = [table[i, j] for i, j in combinations(range(len(table)), 2)]
    assert np.nanmedian(pairs) == pytest.approx(1)


def slow_distance(facts: Facts, purpose: str, here: int, there: int) -> float:
    """The distance before it is divided by that of two basins at random, one trait and one pair at a time."""
    rules, total, weight = peer_rules(), 0.0, 0.0
    for name, share in rules.purposes[purpose].weights.items():
        rule = rules.traits[name]
        values, status = facts.values[rule.indicator]
        absent = status == "absent"
        points = values if rule.log_offset is None else np.log(values + rule.log_offset)
        known = points[~np.isnan(points)]
        gaps = [abs(a - b) for a, b in combinations(known, 2) if a != b]
        if absent[here] or absent[there]:
            if np.isnan(points[[one for one in (here, there) if not absent[one]]]).any():
                continue
            gap = 0.0 if absent[here] and absent[there] else rules.largest_gap
        elif np.isnan(points[here]) or np.isnan(points[there]):
            continue
        else:
            gap = min(abs(points[here] - points[there]) / np.median(gaps), rules.largest_gap)
        total, weight = total + share * gap**2, weight + share
    return float(np.sqrt(total / weight))


def test_distances_of_access_worked_out_one_pair_at_a_time(real: Facts) -> None:
    table = distance_table(real, "access")
    islands = [i for i, zone in enumerate(real.zones) if zone.land_mass not in ("mainland", "mayotte")]
    codes = [real.zone(SPECTACLES), real.zone("3213"), islands[0], islands[-1]]
    pairs = [(i, j) for i, j in combinations(codes, 2) if not np.isnan(table[i, j])]
    assert len(pairs) >= 3
    slow = np.array([slow_distance(real, "access", i, j) for i, j in pairs])
    fast = np.array([table[i, j] for i, j in pairs])
    assert fast / fast[0] == pytest.approx(slow / slow[0])


def test_how_basins_are_doing_does_not_move_who_resembles_whom(real: Facts) -> None:
    shuffled = dict(real.values)
    for one in peer_rules().outcomes:
        values, status = real.values[one]
        shuffled[one] = (values[::-1].copy(), status)
    other = replace(real, values=shuffled)
    for purpose in PURPOSES:
        assert np.array_equal(distance_table(other, purpose), distance_table(real, purpose), equal_nan=True)


def test_peers_come_nearest_first_with_what_is_alike_and_what_is_not(real: Facts) -> None:
    found = find_peers(real, SPECTACLES, peer_rules().purposes["industry"], exclude_region=False, limit=12)
    distances = [one.distance for one in found.peers]
    assert len(distances) == 12 and distances == sorted(distances) and distances[0] == found.nearest
    assert [one.rank for one in found.peers] == list(range(1, 13))
    assert SPECTACLES not in {one.zone.code for one in found.peers}
    assert found.compared + found.unknown == len(real.zones) - 1
    for peer in found.peers:
        assert peer.covered == pytest.approx(1)
        assert all(one.gap <= ALIKE_GAP for one in peer.alike) and all(one.gap >= UNLIKE_GAP for one in peer.unlike)
        assert sum(one.share for one in (*peer.alike, *peer.unlike)) <= 1 + 1e-9
        assert peer.alike or peer.unlike
    furthest = find_peers(real, SPECTACLES, peer_rules().purposes["industry"], exclude_region=False, limit=400).peers
    assert len(furthest) == found.compared and furthest[-1].unlike[0].share > 0.05


def test_the_part_told_is_the_one_above_france_in_both_or_the_one_that_differs(real: Facts) -> None:
    rule = peer_rules().traits["manufacturing"]
    whole = parts_of(real, rule)
    assert np.nansum(whole.shares_pct, axis=1)[real.zone(SPECTACLES)] == pytest.approx(100)
    for peer in find_peers(real, SPECTACLES, peer_rules().purposes["overall"], exclude_region=False, limit=304).peers:
        for one in (*peer.alike, *peer.unlike):
            if one.trait != "manufacturing":
                continue
            column = [part_label(real, rule, code) for code in whole.codes].index(one.part)
            here, there = (whole.shares_pct[real.zone(code), column] for code in (SPECTACLES, peer.zone.code))
            assert (one.here, one.there) == pytest.approx((here, there))


def test_leaving_the_region_out_leaves_out_whoever_shares_one(real: Facts) -> None:
    purpose = peer_rules().purposes["living"]
    here = set(real.zones[real.zone(SPECTACLES)].region_codes)
    found = find_peers(real, SPECTACLES, purpose, exclude_region=True, limit=400)
    every = find_peers(real, SPECTACLES, purpose, exclude_region=False, limit=400)
    assert all(here.isdisjoint(one.zone.region_codes) for one in found.peers)
    kept = [one.zone.code for one in every.peers if here.isdisjoint(one.zone.region_codes)]
    assert [one.zone.code for one in found.peers] == kept and len(kept) < len(every.peers)
    assert found.nearest == every.nearest


def test_a_basin_of_which_too_little_is_known_has_no_peer(real: Facts, mayotte: str) -> None:
    for purpose in PURPOSES:
        found = find_peers(real, mayotte, peer_rules().purposes[purpose], exclude_region=False, limit=10)
        assert found.peers == () and found.nearest is None and found.singularity is None
    other = find_peers(real, SPECTACLES, peer_rules().purposes["overall"], exclude_region=False, limit=400)
    assert mayotte not in {one.zone.code for one in other.peers} and other.unknown >= 1


def test_an_edition_without_a_trait_weighs_the_others(real: Facts) -> None:
    poorer = replace(real, values={key: one for key, one in real.values.items() if key != "access.border_km"})
    assert "border" not in peer_traits.traits_of(poorer)
    found = find_peers(poorer, SPECTACLES, peer_rules().purposes["access"], exclude_region=False, limit=3)
    assert len(found.peers) == 3 and found.peers[0].covered == pytest.approx(1)


def test_what_is_asked_is_found_by_its_name_in_the_address() -> None:
    assert purpose_of(None, parameter="pour", by_slug=True).id == "overall"
    assert purpose_of("metiers", parameter="pour", by_slug=True).id == "skills"
    assert purpose_of("skills", parameter="for", by_slug=False).id == "skills"
    with pytest.raises(BadQuestion, match="ensemble, industrie, metiers, cadre, acces") as refused:
        purpose_of("skills", parameter="pour", by_slug=True)
    assert refused.value.parameter == "pour"


def test_an_unknown_basin_is_not_found(real: Facts) -> None:
    with pytest.raises(NotFound):
        find_peers(real, "9999", peer_rules().purposes["overall"], exclude_region=False, limit=3)

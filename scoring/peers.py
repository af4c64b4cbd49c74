"""The basins that resemble one: how near, by what they are alike, by what they differ, how they are doing."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from measures.arrays import Flags, Floats
from measures.peers import Trait, covered_share, gaps_from, parts, structural_distance
from scoring.cells import known
from scoring.errors import BadQuestion
from scoring.facts import Facts, ZoneCard
from scoring.peer_traits import PeerRules, Purpose, TraitRule, part_label, parts_of, peer_rules, traits_of

# Told of each peer: traits that bring it near, the gap being under the first number; that part it, over the second.
ALIKE_SHOWN, UNLIKE_SHOWN = 3, 2
ALIKE_GAP, UNLIKE_GAP = 0.5, 0.75


@dataclass(frozen=True)
class TraitComparison:
    """A trait in two basins: `gap` is 1 where two basins usually are, `share` (0-1) is its part in the distance.

    `part` names the part of a whole that tells most, "" for a plain number; `here` and `there` are in `unit`.
    """

    trait: str
    label: str
    part: str
    unit: str
    decimals: int
    here: float | None
    there: float | None
    here_status: str
    there_status: str
    gap: float
    share: float


@dataclass(frozen=True)
class Peer:
    """A basin that resembles another: `distance` is 0 for the same, 1 where two basins usually are.

    `covered` (0-1) is the share of the weight known in both.
    """

    zone: ZoneCard
    rank: int
    distance: float
    covered: float
    alike: tuple[TraitComparison, ...]
    unlike: tuple[TraitComparison, ...]


@dataclass(frozen=True)
class Peers:
    """The peers of a basin for a purpose, the nearest first, out of `compared` basins; `unknown` have too few figures.

    `nearest` is the distance to the nearest basin of all, `singularity` the share (0-1) of basins whose own nearest is
    nearer, `usual_nearest` the median of it: they tell whether the basin has true peers.
    """

    zone: ZoneCard
    purpose: Purpose
    excludes_region: bool
    peers: tuple[Peer, ...]
    compared: int
    unknown: int
    nearest: float | None
    singularity: float | None
    usual_nearest: float


def purpose_of(text: str | None, *, parameter: str, by_slug: bool) -> Purpose:
    """Return a purpose by its address or its identifier, the first when none is asked; raises `BadQuestion`."""
    purposes = {one.slug if by_slug else one.id: one for one in peer_rules().purposes.values()}
    asked = (text or "").strip() or next(iter(purposes))
    if asked not in purposes:
        sentence = _("« %(asked)s » n'est pas une valeur de %(name)s. Valeurs acceptées : %(accepted)s.")
        told = {"asked": asked[:40], "name": parameter, "accepted": ", ".join(purposes)}
        raise BadQuestion(parameter, sentence % told)
    return purposes[asked]


def find_peers(facts: Facts, zone_code: str, purpose: Purpose, *, exclude_region: bool, limit: int) -> Peers:
    """Return the basins that resemble one most; raises `NotFound`.

    Leaving the region out leaves out every basin that shares one with it.
    """
    index, rules = facts.zone(zone_code), peer_rules()
    table = distance_table(facts, purpose.id)
    may_be = ~np.isnan(table[index]) & _others(facts, index, exclude_region=exclude_region)
    order = [int(one) for one in np.argsort(np.where(may_be, table[index], np.inf), kind="stable")][: may_be.sum()]
    gaps, weights = _gaps(facts, purpose, index, rules)
    covered, shares = covered_share(gaps, weights), parts(gaps, weights)
    told = [_tell(facts, purpose, index, other, gaps, shares) for other in order[:limit]]
    nearest = _nearest(table)
    is_known = not np.isnan(nearest[index])
    return Peers(
        zone=facts.zones[index],
        purpose=purpose,
        excludes_region=exclude_region,
        peers=tuple(
            Peer(facts.zones[other], rank, float(table[index, other]), float(covered[other]), alike, unlike)
            for rank, (other, (alike, unlike)) in enumerate(zip(order, told, strict=False), start=1)
        ),
        compared=int(may_be.sum()),
        unknown=int(np.isnan(table[index]).sum()) - (0 if is_known else 1),
        nearest=known(nearest[index]),
        singularity=float((nearest < nearest[index]).sum() / (~np.isnan(nearest)).sum()) if is_known else None,
        usual_nearest=float(np.nanmedian(nearest)),
    )


def _others(facts: Facts, index: int, *, exclude_region: bool) -> Flags:
    here = set(facts.zones[index].region_codes) if exclude_region else set()
    return np.array([i != index and here.isdisjoint(zone.region_codes) for i, zone in enumerate(facts.zones)])


@lru_cache(maxsize=16)
def distance_table(facts: Facts, purpose_id: str) -> Floats:
    """Return the distances (n, n) of a purpose, NaN where too little is known in both basins; once per edition.

    Divided by the median of all pairs, so that 1 is how unlike two basins taken at random are, whatever the purpose.
    """
    table = _plain_table(facts, purpose_id)
    return np.asarray(table / usual_distance(facts, purpose_id))


def usual_distance(facts: Facts, purpose_id: str) -> float:
    """Return the median, over all pairs of basins, of the distance before it is divided by this median."""
    table = _plain_table(facts, purpose_id)
    return float(np.nanmedian(table[np.triu_indices(len(table), k=1)]))


@lru_cache(maxsize=16)
def _plain_table(facts: Facts, purpose_id: str) -> Floats:
    rules = peer_rules()
    purpose = rules.purposes[purpose_id]
    rows = []
    for index in range(len(facts.zones)):
        gaps, weights = _gaps(facts, purpose, index, rules)
        is_enough = covered_share(gaps, weights) >= rules.least_covered
        rows.append(np.where(is_enough, structural_distance(gaps, weights), np.nan))
    return np.array(rows)


def trait_gaps(facts: Facts, purpose: Purpose, index: int, other: int) -> list[tuple[str, float, float | None]]:
    """Return the label, weight and gap of each trait between two basins, None where it is not known in both."""
    gaps, weights = _gaps(facts, purpose, index, peer_rules())
    labels = [str(peer_rules().traits[id_].label) for id_ in _used(facts, purpose)]
    return [
        (label, float(weight), known(gap)) for label, weight, gap in zip(labels, weights, gaps[:, other], strict=True)
    ]


def _nearest(table: Floats) -> Floats:
    """Distance (n,) of each basin to its nearest peer, NaN where it has none."""
    others = np.where(np.eye(len(table), dtype=bool) | np.isnan(table), np.inf, table)
    nearest = others.min(axis=1)
    return np.where(np.isinf(nearest), np.nan, nearest)


def _used(facts: Facts, purpose: Purpose) -> dict[str, Trait]:
    held = traits_of(facts)
    return {id_: held[id_] for id_ in purpose.weights if id_ in held}


def _gaps(facts: Facts, purpose: Purpose, index: int, rules: PeerRules) -> tuple[Floats, Floats]:
    """Gaps (t, n) of the traits of a purpose that the edition holds to one basin, and their weights (t,)."""
    used = _used(facts, purpose)
    gaps = np.array([gaps_from(trait, index, largest=rules.largest_gap) for trait in used.values()])
    return gaps, np.array([purpose.weights[id_] for id_ in used])


def _tell(
    facts: Facts, purpose: Purpose, index: int, other: int, gaps: Floats, shares: Floats
) -> tuple[tuple[TraitComparison, ...], tuple[TraitComparison, ...]]:
    """The traits that bring two basins near, and those that part them.

    Near is told against the other basins: a likeness that everybody shares says nothing.
    """
    others = np.delete(shares, index, axis=1)
    # A trait unknown here is known in no pair.
    usual = np.nansum(others, axis=1) / np.maximum((~np.isnan(others)).sum(axis=1), 1)
    brings = np.nan_to_num(np.where(gaps[:, other] <= ALIKE_GAP, usual - shares[:, other], -1.0), nan=-1.0)
    takes = np.nan_to_num(np.where(gaps[:, other] >= UNLIKE_GAP, shares[:, other], -1.0), nan=-1.0)
    used = list(_used(facts, purpose))

    def told(worth: Floats, most: int, *, is_alike: bool) -> tuple[TraitComparison, ...]:
        best = [int(t) for t in np.argsort(-worth, kind="stable")[:most] if worth[t] > 0]
        total = float(np.nansum(shares[:, other])) or 1.0
        return tuple(
            _compared(
                *(facts, peer_rules().traits[used[t]], index, other),
                gap=float(gaps[t, other]),
                share=float(shares[t, other]) / total,
                is_alike=is_alike,
            )
            for t in best
        )

    return told(brings, ALIKE_SHOWN, is_alike=True), told(takes, UNLIKE_SHOWN, is_alike=False)


def _compared(
    facts: Facts, rule: TraitRule, index: int, other: int, *, gap: float, share: float, is_alike: bool
) -> TraitComparison:
    if rule.kind == "indicator":
        values, status = facts.values[rule.indicator]
        here, there, part = known(values[index]), known(values[other]), ""
        statuses = (str(status[index]), str(status[other]))
    else:
        whole = parts_of(facts, rule)
        column = _telling_part(whole.shares_pct[index], whole.shares_pct[other], whole.national_pct, is_alike=is_alike)
        here, there = (known(whole.shares_pct[one, column]) for one in (index, other))
        part, statuses = part_label(facts, rule, whole.codes[column]), (rule.status, rule.status)
    return TraitComparison(
        rule.id, str(rule.label), part, str(rule.whole), rule.decimals, here, there, *statuses, gap=gap, share=share
    )


def _telling_part(here: Floats, there: Floats, national: npt.NDArray[np.float64], *, is_alike: bool) -> int:
    """Position of the part that tells most: the one above France in both, or the one that differs most."""
    if is_alike:
        return int(np.argmax(np.minimum(here, there) - national))
    return int(np.argmax(np.abs(np.sqrt(here) - np.sqrt(there))))

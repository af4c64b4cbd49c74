"""What is known of one activity: the matter of its page, beside its profile and its ranking."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from economy.models import Plant
from measures.relatedness import profile_overlap
from scoring.activity_profile import FRAGILE_HIRES
from scoring.cells import FloatArray, known
from scoring.criteria import MEASURES
from scoring.criteria.chain import trade_shares
from scoring.criteria.fabric import plant_weights
from scoring.definitions import criterion
from scoring.facts import Facts, ZoneCard
from scoring.nomenclature import Node
from scoring.ranking import Ranking, SectorCard
from scoring.service import card
from skills.queries import activity_hires
from sources.models import Edition

RELATED_SHOWN, SHARED_SHOWN = 10, 3
OCCUPATIONS_SHOWN = 15
PLANTS_SHOWN = 40
TRADE_SHOWN, LEAST_TRADE = 6, 0.01


@dataclass(frozen=True)
class ZoneTrace:
    """An activity in a zone: private jobs of its branches, their smoothed quotient, its firms and plants known there.

    `expected` are the jobs that the zone would have if it were France in small; None where jobs are not known.
    """

    zone: ZoneCard
    jobs: float | None
    expected: float | None
    quotient: float | None
    status: str
    exact_count: int
    near_count: int
    is_fine: bool  # the jobs are those of the activity itself, read by sub-class


@dataclass(frozen=True)
class TracePlant:
    """A heritage firm or a large plant of the activity, with its zone; `weight` is 1 within the activity itself."""

    name: str
    kind: str
    naf_code: str
    label: str
    zone: ZoneCard
    weight: float


@dataclass(frozen=True)
class OccupationHires:
    """Hires of an occupation (ROME) by the activity, and their share (0-1) of its hires."""

    label: str
    hires: int
    share: float


@dataclass(frozen=True)
class RelatedActivity:
    """An activity that hires in the same occupations: overlap 0-1, its hires, and the occupations most in common."""

    sector: SectorCard
    overlap: float
    hires: int
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Relatives:
    """Related activities, and the node compared: the activity, or the one above when its hires are too few."""

    compared: SectorCard
    found: tuple[RelatedActivity, ...]


@dataclass(frozen=True)
class TradingBranch:
    """A branch that the activity's branch buys from or sells to: its share (0-1) of what goods are bought, or sold.

    `imported` is the share of it bought abroad, None where the source does not let it be read or for a customer.
    """

    card: SectorCard
    share: float
    imported: float | None


@dataclass(frozen=True)
class Branches:
    """The A38 branches in which an activity's local jobs are published; wider when they hold other activities too."""

    cards: tuple[SectorCard, ...]
    is_wider: bool


@dataclass(frozen=True, eq=False)
class HiresTable:
    """Hires by sub-class and occupation (s, o), with the occupations' labels."""

    rows: dict[str, int]
    labels: tuple[str, ...]
    hires: FloatArray

    def of(self, node: Node) -> FloatArray:
        """Hires (o,) of all the sub-classes of a node."""
        found = [self.rows[code] for code in node.subclasses if code in self.rows]
        return self.hires[found].sum(axis=0)


def branches(facts: Facts, node: Node) -> Branches:
    """Return the branches that the local jobs of an activity are published in."""
    nodes = [facts.nomenclature.nodes[f"a38:{code}"] for code in node.a38]
    covered = {leaf for one in nodes for leaf in one.subclasses}
    cards = tuple(card(one) for one in nodes)
    return Branches(cards, is_wider=covered != set(node.subclasses))


def lineage(facts: Facts, node: Node) -> tuple[tuple[SectorCard, ...], tuple[SectorCard, ...]]:
    """Return the activities above, widest first, and those just below."""
    nomenclature = facts.nomenclature
    above = [card(one) for one in reversed(nomenclature.chain(node)[1:])]
    below = [card(one) for one in nomenclature.nodes.values() if one.parent == node.key]
    return tuple(above), tuple(sorted(below, key=lambda one: one.code))


def zone_traces(ranking: Ranking) -> tuple[ZoneTrace, ...]:
    """Return the trace of an activity in every zone, in the order of the facts: the figures its criteria read."""
    facts = ranking.facts
    branch, fine = (
        MEASURES[one](facts, ranking.profile, criterion(one).parameters)
        for one in ("fabric.specialisation", "fabric.fine_presence")
    )
    exact = fine.facts["epv"] + fine.facts["large_plant"]
    return tuple(
        ZoneTrace(
            zone=zone,
            jobs=known(branch.facts["jobs"][index]),
            expected=known(branch.facts["expected"][index]),
            quotient=known(branch.value[index]),
            status=str(branch.status[index]),
            exact_count=round(float(exact[index])),
            near_count=round(float(fine.facts["near"][index])),
            is_fine=bool(branch.facts["is_fine"][index]),
        )
        for index, zone in enumerate(facts.zones)
    )


def trace_plants(ranking: Ranking) -> tuple[tuple[TracePlant, ...], int]:
    """Return the firms and plants nearest to the activity, at most forty, strongest first, and how many there are."""
    facts = ranking.facts
    weights = plant_weights(facts.nomenclature, ranking.profile.node, criterion("fabric.fine_presence").parameters)
    rows = Plant.objects.filter(edition__content_hash=facts.edition.content_hash, naf_code__in=list(weights))
    found = sorted(
        rows.values_list("name", "kind", "naf_code", "zone__code"),
        key=lambda row: (-weights[row[2]], row[2], row[0]),
    )
    cards = tuple(
        TracePlant(
            name=name,
            kind=kind,
            naf_code=naf_code,
            label=facts.nomenclature.nodes[f"subclass:{naf_code}"].label,
            zone=facts.zones[facts.zone_index[zone_code]],
            weight=weights[naf_code],
        )
        for name, kind, naf_code, zone_code in found[:PLANTS_SHOWN]
    )
    return cards, len(found)


def trading_branches(facts: Facts, node: Node) -> tuple[tuple[TradingBranch, ...], tuple[TradingBranch, ...]]:
    """Return the branches that the activity's branch buys from and sells to, from a hundredth up, largest first.

    Goods only, the branch itself left out: what the criterion of the chain reads. Empty where nothing is known.
    """
    suppliers, customers = trade_shares(facts, node.a38)
    own = facts.flows.positions(node.a38)
    bought = {code: _imported_share(facts, facts.flows.positions((code,)), own) for code in suppliers}
    return (
        _trading(facts, suppliers, bought),
        _trading(facts, customers, dict.fromkeys(customers)),
    )


def _trading(
    facts: Facts, shares: Mapping[str, float], imported: Mapping[str, float | None]
) -> tuple[TradingBranch, ...]:
    nodes = facts.nomenclature.nodes
    rows = [
        TradingBranch(card(nodes[f"a38:{code}"]), share, imported[code])
        for code, share in shares.items()
        if share >= LEAST_TRADE
    ]
    return tuple(sorted(rows, key=lambda one: -one.share)[:TRADE_SHOWN])


def _imported_share(facts: Facts, rows: list[int], columns: list[int]) -> float | None:
    total = float(facts.flows.total[np.ix_(rows, columns)].sum())
    imported = float(facts.flows.imported[np.ix_(rows, columns)].sum())
    return None if np.isnan(imported) or total <= 0 else imported / total


def occupation_hires(facts: Facts, node: Node) -> tuple[tuple[OccupationHires, ...], int]:
    """Return the occupations (ROME) that an activity hires most, and how many occupations it hires in all."""
    table = _hires_table(facts.edition.content_hash)
    hires = table.of(node)
    total = hires.sum()
    order = [int(one) for one in np.argsort(-hires, kind="stable")[:OCCUPATIONS_SHOWN] if hires[one] > 0]
    rows = tuple(OccupationHires(table.labels[one], round(hires[one]), float(hires[one] / total)) for one in order)
    return rows, int((hires > 0).sum())


def relatives(facts: Facts, node: Node) -> Relatives | None:
    """Return the activities of the same level that hire in the same occupations; None where hires are too few.

    Activities of fewer than a hundred hires are neither compared nor proposed: their profile is noise.
    """
    table = _hires_table(facts.edition.content_hash)
    compared = next((one for one in facts.nomenclature.chain(node) if table.of(one).sum() >= FRAGILE_HIRES), None)
    if compared is None:
        return None
    nodes, shares, hires = _level_profiles(facts, compared.level)
    place = nodes.index(compared)
    # Every occupation tells as much: the share in common then reads as a share of hires.
    overlaps = profile_overlap(shares[place], shares, np.ones(shares.shape[1]))
    order = [int(one) for one in np.argsort(-overlaps, kind="stable") if one != place and overlaps[one] > 0]
    found = tuple(
        RelatedActivity(
            sector=card(nodes[one]),
            overlap=float(overlaps[one]),
            hires=int(hires[one]),
            shared=_shared(table.labels, shares[place], shares[one]),
        )
        for one in order[:RELATED_SHOWN]
    )
    return Relatives(card(compared), found)


def _shared(labels: tuple[str, ...], one: FloatArray, other: FloatArray) -> tuple[str, ...]:
    common = np.minimum(one, other)
    return tuple(labels[i] for i in np.argsort(-common, kind="stable")[:SHARED_SHOWN] if common[i] > 0)


@lru_cache(maxsize=2)
def _hires_table(content_hash: str) -> HiresTable:
    frame = activity_hires(Edition.objects.get(content_hash=content_hash))
    wide = frame.pivot_table(index="naf_code", columns="occupation", values="hires", aggfunc="sum", fill_value=0)
    names = dict(zip(frame["occupation"], frame["label"], strict=True))
    rows = {str(code): row for row, code in enumerate(wide.index)}
    return HiresTable(rows, tuple(names[code] for code in wide.columns), wide.to_numpy(float))


@lru_cache(maxsize=8)
def _level_profiles(facts: Facts, level: str) -> tuple[list[Node], FloatArray, FloatArray]:
    """Activities of a level with enough hires, the shares (n, o) of occupations in them, and their hires (n,)."""
    table = _hires_table(facts.edition.content_hash)
    nodes = [one for one in facts.nomenclature.nodes.values() if one.level == level]
    hires = {one.key: table.of(one) for one in nodes}
    kept = [one for one in nodes if hires[one.key].sum() >= FRAGILE_HIRES]
    counts = np.array([hires[one.key].sum() for one in kept])
    shares = np.array([hires[one.key] for one in kept]) / counts[:, None]
    return kept, shares, counts

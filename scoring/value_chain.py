"""What an activity's branch buys and sells in the country, what of it is imported, and where those trades are.

The table is national, by A38 branch and of one year: it says what a branch buys, never which firm buys from which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from economy.queries import branch_flows_frame
from measures.arrays import Flags
from measures.quotient import location_quotient
from scoring.cells import FloatArray
from scoring.fabric_tables import AGRICULTURE
from scoring.facts import Facts
from scoring.group_definitions import PresetChain, preset_chains
from scoring.nomenclature import Node
from sources.models import Edition

# Rings around a basin, between centres of population as the crow flies (no travel times at hand): judgement.
NEAR_KM, FAR_KM = 50.0, 100.0
# What makes a dependence: a third of it imported, and half a percent of the output at least. Judgement.
CRITICAL_IMPORTED, CRITICAL_COEFFICIENT = 1 / 3, 0.005
# Branches under this share of what is bought or sold are summed apart, and not placed on the map.
LEAST_SHARE = 0.02


@dataclass(frozen=True)
class Trade:
    """A branch that the activity's branch buys from, or sells to.

    `coefficient` is what is bought per unit of output (0-1; None for a customer), `share` its part of all purchases,
    or sales between branches; `imported` the part of it from abroad (0-1), None where the source cannot tell.
    """

    codes: tuple[str, ...]
    label: str
    is_own: bool
    share: float
    coefficient: float | None
    imported: float | None

    @property
    def is_critical(self) -> bool:
        """Whether a large part of a purchase that matters comes from abroad."""
        return (
            self.imported is not None
            and self.coefficient is not None
            and self.imported >= CRITICAL_IMPORTED
            and self.coefficient >= CRITICAL_COEFFICIENT
        )


@dataclass(frozen=True, eq=False)
class ValueChain:
    """Purchases and sales of a branch, largest first; `bought` is per unit of output.

    The rest of the output is value added and taxes. `imported` is the part from abroad of what can be read, `unread`
    the part of purchases that cannot.
    """

    suppliers: tuple[Trade, ...]
    customers: tuple[Trade, ...]
    bought: float
    imported: float | None
    unread: float


@dataclass(frozen=True)
class Ring:
    """Jobs of a branch in the basins of a ring, those not known left out and counted in `unknown`.

    `jobs` is 0 where the ring holds no basin, None where it holds some and none is known.
    """

    jobs: float | None
    zones: int
    unknown: int


@dataclass(frozen=True)
class Around:
    """Jobs of a trading branch inside a basin, None where not known, and in rings around it.

    `quotient` is how many times its national share the branch holds within the nearer ring, inside included; None
    where no basin of it, or none of the country, is known.
    """

    trade: Trade
    inside: float | None
    inside_status: str
    near: Ring
    far: Ring
    beyond: Ring
    quotient: float | None

    @property
    def unknown_zones(self) -> int:
        """How many basins within the farther ring, inside included, have jobs that are not known."""
        return self.near.unknown + self.far.unknown + (self.inside is None)


def value_chain(facts: Facts, node: Node) -> ValueChain | None:
    """Return what the activity's branch buys and sells; None where the edition holds no flow of it."""
    own = facts.flows.positions(node.a38)
    if not own:
        return None
    bought, sold = facts.flows.total[:, own].sum(axis=1), facts.flows.total[own, :].sum(axis=0)
    if bought.sum() <= 0:
        return None
    output = sum(_outputs(facts)[facts.flows.codes[one]] for one in own)
    imported = facts.flows.imported[:, own].sum(axis=1)
    suppliers = [_trade(facts, node, row, bought, output, imported) for row in range(len(bought)) if bought[row] > 0]
    customers = [_trade(facts, node, row, sold, None, None) for row in range(len(sold)) if sold[row] > 0]
    is_read = ~np.isnan(imported)
    read = float(bought[is_read].sum())
    return ValueChain(
        suppliers=tuple(sorted(suppliers, key=lambda one: -one.share)),
        customers=tuple(sorted(customers, key=lambda one: -one.share)),
        bought=float(bought.sum() / output),
        imported=float(imported[is_read].sum() / read) if read > 0 else None,
        unread=float(1 - read / bought.sum()),
    )


@lru_cache(maxsize=2)
def _outputs(facts: Facts) -> dict[str, float]:
    """Output of each branch in million dollars: what it buys from its first supplier over the coefficient of that."""
    frame = branch_flows_frame(Edition.objects.get(content_hash=facts.edition.content_hash))
    largest = frame.sort_values("total_musd").groupby("customer").last()
    outputs = largest["total_musd"] / largest["input_coefficient"]
    return {str(code): float(value) for code, value in outputs.items()}


def _trade(
    facts: Facts, node: Node, row: int, amounts: FloatArray, output: float | None, imported: FloatArray | None
) -> Trade:
    codes = tuple(facts.flows.codes[row].split("+"))
    is_read = imported is not None and not np.isnan(imported[row])
    return Trade(
        codes=codes,
        label=" ; ".join(facts.nomenclature.nodes[f"a38:{code}"].label for code in codes),
        is_own=facts.flows.codes[row] in node.a38,
        share=float(amounts[row] / amounts.sum()),
        coefficient=None if output is None else float(amounts[row] / output),
        imported=float(imported[row] / amounts[row]) if is_read and imported is not None else None,
    )


def around(facts: Facts, zone_code: str, trades: Sequence[Trade]) -> tuple[Around, ...]:
    """Return where the trading branches from two hundredths up are around a basin; raises `NotFound`."""
    index = facts.zone(zone_code)
    return tuple(_around(facts, index, one) for one in trades if one.share >= LEAST_SHARE)


def _around(facts: Facts, index: int, trade: Trade) -> Around:
    jobs, status = _branch_jobs(facts, trade.codes)
    distance = facts.distance_km[index]
    others = np.arange(len(jobs)) != index
    near = others & (distance <= NEAR_KM)
    return Around(
        trade=trade,
        inside=None if np.isnan(jobs[index]) else float(jobs[index]),
        inside_status=status[index],
        near=_ring(jobs, near),
        far=_ring(jobs, others & (distance > NEAR_KM) & (distance <= FAR_KM)),
        beyond=_ring(jobs, others & (distance > FAR_KM)),
        quotient=_quotient(facts, jobs, near | ~others),
    )


def _ring(jobs: FloatArray, is_in: Flags) -> Ring:
    held = jobs[is_in]
    known = held[~np.isnan(held)]
    is_unknown = len(held) > 0 and len(known) == 0
    return Ring(None if is_unknown else float(known.sum()), len(held), len(held) - len(known))


def _quotient(facts: Facts, jobs: FloatArray, is_in: Flags) -> float | None:
    """Return how many times its national share a branch holds in basins, None where nothing known is compared."""
    known, total = np.nan_to_num(jobs), np.nan_to_num(facts.private_total)
    if np.isnan(jobs[is_in]).all() or total[is_in].sum() == 0 or known.sum() == 0:
        return None
    share = known.sum() / total.sum()
    found = location_quotient(known[is_in].sum()[None, None], total[is_in].sum()[None], np.array([share]))
    return float(found[0, 0])


def _branch_jobs(facts: Facts, codes: tuple[str, ...]) -> tuple[FloatArray, list[str]]:
    """Return the jobs (n,) of branches, NaN where one of them is not known, and the status of each zone."""
    if codes == (AGRICULTURE,):
        jobs = facts.flows.farm_jobs
        return jobs, ["missing" if np.isnan(one) else "observed" for one in jobs]
    columns = facts.private_jobs.columns(codes)
    if len(columns) < len(codes):
        return np.full(len(facts.zones), np.nan), ["missing"] * len(facts.zones)
    jobs = facts.private_jobs.end[:, columns].sum(axis=1)
    cells = facts.private_jobs.end_status[:, columns]
    order = ("suppressed", "missing", "estimated")
    return jobs, [next((one for one in order if one in row), "observed") for row in cells.tolist()]


def chains_with(node: Node) -> tuple[PresetChain, ...]:
    """Return the chains to start from in which the activity, or one of its group, is a step."""
    group = node.code[:4]
    return tuple(one for one in preset_chains() if any(step.code.startswith(group) for step in one.steps))

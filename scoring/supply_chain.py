"""Whom an activity buys from and sells to in the country, for the page of an activity."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from scoring.cells import FloatArray
from scoring.facts import Facts
from scoring.nomenclature import Node

JOINED = "+"


@dataclass(frozen=True)
class Partner:
    """A branch that sells to the activity's branch, or buys from it.

    `share` (0-1) is its part in what that branch buys, or sells to other branches; `coefficient` what one euro of
    output of the buyer takes of it, the buyer being the activity's branch for a supplier, the partner for a customer.
    `imported_share` (0-1) is None where the source does not let it be read. `is_own` for the activity's own branch.
    """

    code: str
    label: str
    share: float
    coefficient: float
    imported_share: float | None
    is_own: bool


@dataclass(frozen=True)
class SupplyChain:
    """The largest suppliers and customers of an activity's branches, all branches told, services too."""

    suppliers: tuple[Partner, ...]
    customers: tuple[Partner, ...]


def chain_of(facts: Facts, node: Node, *, limit: int = 5) -> SupplyChain:
    """Return the main suppliers and customers of the A38 branches of a node; none for a branch of no flow."""
    flows = facts.flows
    own = flows.positions(node.a38)
    if not own:
        return SupplyChain((), ())
    bought, imported = flows.total[:, own].sum(axis=1), flows.imported[:, own].sum(axis=1)
    outputs = _outputs(facts)
    suppliers = _partners(facts, own, bought, imported, bought / max(float(outputs[own].sum()), 1e-9), limit)
    sold, brought = flows.total[own].sum(axis=0), flows.imported[own].sum(axis=0)
    taken = np.divide(sold, outputs, out=np.zeros_like(sold), where=outputs > 0)
    return SupplyChain(suppliers, _partners(facts, own, sold, brought, taken, limit))


def _outputs(facts: Facts) -> FloatArray:
    """Return the output (b,) of each branch: what it buys over its coefficients, 0 where it buys nothing."""
    largest = np.argmax(facts.flows.total, axis=0)
    columns = np.arange(len(facts.flows.codes))
    bought, coefficient = facts.flows.total[largest, columns], facts.flows.coefficient[largest, columns]
    known = np.nan_to_num(coefficient)
    return np.divide(bought, known, out=np.zeros_like(bought), where=known > 0)


def _partners(
    facts: Facts, own: list[int], amounts: FloatArray, imported: FloatArray, coefficient: FloatArray, limit: int
) -> tuple[Partner, ...]:
    total = max(float(amounts.sum()), 1e-9)
    order = [int(i) for i in np.argsort(-amounts, kind="stable")[:limit] if amounts[i] > 0]
    return tuple(
        Partner(
            code=facts.flows.codes[i],
            label=branch_label(facts, facts.flows.codes[i]),
            share=float(amounts[i]) / total,
            coefficient=float(coefficient[i]),
            imported_share=None if np.isnan(imported[i]) else float(imported[i] / amounts[i]),
            is_own=i in own,
        )
        for i in order
    )


def branch_label(facts: Facts, code: str) -> str:
    """Return the label of an A38 branch, or of the two that the source does not tell apart."""
    return _(" ; ").join(facts.nomenclature.nodes[f"a38:{one}"].label for one in code.split(JOINED))

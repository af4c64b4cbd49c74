"""The basins that resemble one, as the plain objects that the interface answers with."""

from typing import Any

from api.presenters import rounded
from basins.indicators import indicators
from scoring.cells import known
from scoring.facts import Facts
from scoring.peer_traits import peer_rules
from scoring.peers import Peer, Peers, TraitComparison


def peer_list(facts: Facts, found: Peers, *, offset: int) -> dict[str, Any]:
    """Return a page of the peers of a basin, those after `offset`."""
    return {
        "basin": {"code": found.zone.code, "name": found.zone.name},
        "purpose": found.purpose.id,
        "weights": dict(found.purpose.weights),
        "reviewed": peer_rules().reviewed.isoformat(),
        "exclude_region": found.excludes_region,
        "nearest": rounded(found.nearest),
        "usual_nearest": rounded(found.usual_nearest),
        "outcomes": outcomes(facts, found.zone.code),
        "count": found.compared,
        "results": [peer(facts, one) for one in found.peers[offset:]],
    }


def peer(facts: Facts, one: Peer) -> dict[str, Any]:
    """Return a basin that resembles another."""
    return {
        "rank": one.rank,
        "basin": {"code": one.zone.code, "name": one.zone.name},
        "distance": rounded(one.distance),
        "covered": rounded(one.covered),
        "alike": [trait(compared) for compared in one.alike],
        "unlike": [trait(compared) for compared in one.unlike],
        "outcomes": outcomes(facts, one.zone.code),
    }


def trait(one: TraitComparison) -> dict[str, Any]:
    """Return a trait in both basins."""
    return {
        "trait": one.trait,
        "label": one.label,
        "part": one.part or None,
        "unit": one.unit,
        "here": rounded(one.here),
        "here_status": one.here_status,
        "there": rounded(one.there),
        "there_status": one.there_status,
        "gap": rounded(one.gap),
        "share": rounded(one.share),
    }


def outcomes(facts: Facts, zone_code: str) -> list[dict[str, Any]]:
    """Return how a basin is doing: what the distance leaves out."""
    index, found = facts.zone(zone_code), []
    for one in (indicators()[key] for key in peer_rules().outcomes if key in facts.values):
        values, status = facts.values[one.id]
        told = {"id": one.id, "label": str(one.label), "value": known(values[index]), "unit": str(one.unit)}
        found.append(told | {"status": str(status[index])})
    return found

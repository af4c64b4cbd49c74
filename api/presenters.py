"""Cards of the scoring service as the plain objects that the interface answers with."""

from collections.abc import Sequence
from typing import Any

from basins.commune_search import CommuneMatch
from basins.former_names import FormerName
from scoring.activity_profile import ActivityProfile, default_evidence
from scoring.contribution import Contribution, SectorCard
from scoring.facts import Facts, ZoneCard
from scoring.rank_intervals import RankInterval
from scoring.ranking import RankedBasin, Ranking
from scoring.requirements import lacking, requirements_of
from scoring.reverse import Suggestion
from scoring.search import Activity
from scoring.sheet import IndicatorValue

# Numbers are rounded far under the 1e-6 within which contributions must sum to the score.
DECIMALS = 10
EVIDENCE = {"P": "public", "E": "expert"}


def rounded(number: float | None) -> float | None:
    """Return a number without the digits that differ from one machine to another."""
    return None if number is None else round(float(number), DECIMALS)


def activity(sector: SectorCard | Activity) -> dict[str, Any]:
    """Return an activity as the interface names it."""
    return {"code": sector.code, "label": sector.label, "level": sector.level, "parent": sector.parent}


def former_name(one: FormerName) -> dict[str, Any]:
    """Return a code and a name of the past."""
    return {"code": one.code, "name": one.name, "until": one.ended_on and one.ended_on.isoformat()}


def former_commune(former: FormerName, one: CommuneMatch) -> dict[str, Any]:
    """Return a commune of the past, the commune of today and its basin."""
    return former_name(former) | {
        "commune": {"code": one.insee_code, "name": one.name},
        "basin": {"code": one.zone_code, "name": one.zone_name},
    }


def basin(zone: ZoneCard) -> dict[str, Any]:
    """Return the identity of a basin."""
    return {
        "code": zone.code,
        "name": zone.name,
        "population": zone.population,
        "jobs": zone.jobs,
        "regions": list(zone.region_codes),
        "bbox": list(zone.bbox),
    }


def basin_with_indicators(zone: ZoneCard, values: Sequence[IndicatorValue]) -> dict[str, Any]:
    """Return a basin with its indicators."""
    indicators = [
        {
            "id": one.id,
            "label": str(one.label),
            "value": one.value,
            "unit": str(one.unit),
            "status": one.status,
            "grain": one.grain,
            "vintage": one.vintage,
            "source": one.source,
            "national_rank": one.national_rank,
            "percentile": rounded(one.percentile),
        }
        for one in values
    ]
    return basin(zone) | {"indicators": indicators}


def basin_activity(facts: Facts, code: str, found: Suggestion, interval: RankInterval | None) -> dict[str, Any]:
    """Return an activity seen from one basin."""
    return {
        "activity": activity(found.fit.activity),
        "score": rounded(found.fit.score),
        "advantage": rounded(found.fit.advantage),
        "rank_among_basins": found.fit.rank_among_basins,
        "rank_median": interval and interval.median,
        "rank_p05": interval and interval.p05,
        "rank_p95": interval and interval.p95,
        "distance": found.distance.kind,
        "chain": found.chain and {"id": found.chain.id, "label": str(found.chain.label)},
        "unmet": [one.id for one in lacking(facts, found.node, facts.zone(code))],
    }


def activity_profile(sector: SectorCard, profile: ActivityProfile) -> dict[str, Any]:
    """Return what an activity needs."""
    return activity(sector) | {
        "basis": profile.basis,
        "hires": profile.hires,
        "is_fragile": profile.is_fragile,
        "is_estimated": profile.is_estimated,
        "evidence": {field: EVIDENCE[kind] for field, kind in default_evidence(profile.defaults).items()},
        "occupations": [
            {
                "code": need.family.code,
                "label": str(need.family.label),
                "share": rounded(need.share),
                "is_scored": need.family.is_scored,
                "level": need.family.level,
            }
            for need in profile.needs
        ],
        "jobs": profile.jobs,
        "hectares": profile.hectares,
        "mw": profile.mw,
        "modes": {mode: rounded(share) for mode, share in profile.modes.items()},
        "requirements": [
            {
                "requirement": one.id,
                "kind": one.kind,
                "label": str(one.label),
                "sentence": str(one.sentence),
                "can_apply": one.check is not None,
                "verify_with": str(one.verify_with or ""),
            }
            for one in requirements_of(profile.node)
        ],
    }


def ranking(answer: Ranking, *, offset: int, limit: int) -> dict[str, Any]:
    """Return a page of a ranking; weights in percent of the whole, by pillar then by criterion."""
    weighed = [*answer.pillars, *(criterion for pillar in answer.pillars for criterion in pillar.criteria)]
    return {
        "activity": activity(answer.sector),
        "edition": answer.edition.name,
        "grain": answer.grain,
        "weights": {one.id: rounded(one.chosen_pct) for one in weighed},
        "used_weights": {one.id: rounded(one.used_pct) for one in weighed},
        "effective_weights": {one.id: rounded(one.effective_pct) for one in weighed},
        "count": answer.count,
        "results": [ranked_basin(row) for row in answer.rows(offset, limit)],
    }


def ranked_basin(row: RankedBasin) -> dict[str, Any]:
    """Return a row of a ranking; a vetoed basin has no interval."""
    interval = row.interval
    return {
        "rank": row.rank,
        "rank_in_filter": row.rank_in_filter,
        "basin": {"code": row.zone.code, "name": row.zone.name},
        "score": rounded(row.score),
        "score_low": rounded(row.score_low),
        "score_high": rounded(row.score_high),
        "rank_median": interval and interval.median,
        "rank_p05": interval and interval.p05,
        "rank_p95": interval and interval.p95,
        "p_top10": interval and rounded(interval.top10),
        "p_top20": interval and rounded(interval.top20),
        "coverage": rounded(row.coverage),
        "p_before_next": interval and rounded(interval.before_next),
        "tied_with_next": None if interval is None or interval.before_next is None else interval.is_tied,
        "vetoes": [{"requirement": one.requirement, "sentence": one.sentence} for one in row.vetoes],
        "contributions": [contribution(one) for one in row.contributions],
    }


def contribution(one: Contribution) -> dict[str, Any]:
    """Return what one criterion brings."""
    return {
        "criterion": one.criterion,
        "pillar": one.pillar,
        "value": rounded(one.value),
        "unit": str(one.unit),
        "status": one.status,
        "normalised": rounded(one.normalised),
        "weight": rounded(100 * one.weight),
        "contribution": rounded(one.contribution),
        "sentence": one.sentence,
    }

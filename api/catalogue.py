"""What the interface lists, as plain objects: indicators, criteria, communes, perimeters, sources."""

from collections.abc import Mapping
from typing import Any

from django.contrib.gis.db.models import Extent
from django.utils.translation import gettext as _

from api.presenters import former_name, rounded
from basins.former_names import FormerName
from basins.indicators import Indicator, indicators
from basins.models import Commune, Perimeter
from basins.perimeters import perimeter_zones, territory_members
from scoring import sheet
from scoring.definitions import PILLARS, Criterion
from scoring.facts import Facts
from scoring.pairwise import before_matrix
from scoring.ranking import Ranking
from scoring.robustness import DRAWS, SCENARIOS
from sources.models import Release

STATUSES = ("observed", "estimated", "suppressed", "missing", "absent")


def loaded_indicators(facts: Facts) -> list[Indicator]:
    """Return the indicators that the edition holds, in the order of their files."""
    return [one for one in indicators().values() if one.id in facts.values]


def indicator(facts: Facts, one: Indicator) -> dict[str, Any]:
    """Return an indicator with how many basins have each status."""
    _values, statuses = facts.values[one.id]
    return {
        "id": one.id,
        "group": one.group,
        "label": str(one.label),
        "unit": str(one.unit),
        "decimals": one.decimals,
        "better": one.better,
        "grain": one.grain,
        "vintage": one.vintage,
        "method": str(one.method),
        "why": str(one.why),
        "sources": list(one.sources),
        "reviewed": one.reviewed.isoformat(),
        "counts": {status: int((statuses == status).sum()) for status in STATUSES},
    }


def indicator_value(facts: Facts, one: Indicator, place: int) -> dict[str, Any]:
    """Return an indicator in the basin of a position."""
    zone, found = facts.zones[place], sheet.indicator_value(facts, one, place)
    return {
        "basin": {"code": zone.code, "name": zone.name},
        "value": found.value,
        "status": found.status,
        "national_rank": found.national_rank,
        "percentile": rounded(found.percentile),
    }


def criterion(one: Criterion, weights: Mapping[str, float]) -> dict[str, Any]:
    """Return a criterion of the score."""
    return {
        "id": one.id,
        "pillar": one.pillar,
        "pillar_label": next(str(pillar.label) for pillar in PILLARS if pillar.id == one.pillar),
        "label": str(one.label),
        "unit": str(one.unit),
        "direction": one.direction,
        "scale": one.scale,
        "bounds_rule": one.bounds_rule,
        "bounds": list(one.bounds),
        "family": one.family,
        "default_weight": rounded(weights[one.id]),
        "kind": one.kind,
        "why": str(one.why),
        "formula": str(one.formula),
        "sources": list(one.sources),
        "author": one.author,
        "reviewed": one.reviewed.isoformat(),
    }


def commune(one: Commune, former: FormerName | None = None) -> dict[str, Any]:
    """Return a commune, its zone read with it, and the name of the past by which it was found."""
    return {
        "code": one.insee_code,
        "name": one.name,
        "department": one.department_id,
        "population": one.population,
        "basin": {"code": one.zone.code, "name": one.zone.name},
        "former": former_name(former) if former else None,
    }


def perimeter_card(one: Perimeter) -> dict[str, Any]:
    """Return the identity of a perimeter."""
    return {
        "kind": one.kind,
        "code": one.code,
        "name": one.name,
        "population": one.population,
        "commune_count": one.commune_count,
    }


def perimeter(one: Perimeter) -> dict[str, Any]:
    """Return a perimeter with the basins that it lies over and its members."""
    box = Perimeter.objects.filter(pk=one.pk).aggregate(box=Extent("geom"))["box"]
    return perimeter_card(one) | {
        "bbox": [rounded(side) for side in box],
        "basins": [
            {
                "basin": {"code": part.code, "name": part.name},
                "population_inside": part.population_inside,
                "commune_count": part.commune_count,
                "basin_share": rounded(part.zone_share),
                "perimeter_share": rounded(part.perimeter_share),
            }
            for part in perimeter_zones(one)
        ],
        "members": [{"kind": who.kind, "code": who.siren, "name": who.name} for who in territory_members(one)],
    }


def source(release: Release) -> dict[str, Any]:
    """Return a data set of the edition."""
    about = release.source
    return {
        "slug": about.slug,
        "producer": about.producer,
        "title": about.title,
        "licence": in_language(about.licence),
        "page": about.page,
        "vintage": release.vintage,
        "part": release.part,
        "note": in_language(about.note),
        "rows": release.row_count,
        "rejected": release.rejected_count,
    }


def in_language(text: str) -> str:
    """Return a text of a source in the language asked; the empty text would be the header of the catalogue."""
    return _(text) if text else ""


def ranked_indexes(answer: Ranking) -> list[int]:
    """Return the positions of the basins of a ranking that have a rank, in its order."""
    rows = answer.rows(0, answer.count)
    return [row.index for row in rows if row.rank is not None]


def pairs(answer: Ranking, indexes: list[int], *, offset: int, limit: int) -> dict[str, Any]:
    """Return how surely each basin of a page comes before each other."""
    shown = indexes[offset : offset + limit]
    matrix = before_matrix(answer.facts, answer.question, tuple(shown))
    rows = []
    for place, index in enumerate(shown):
        zone = answer.facts.zones[index]
        rows.append(
            {
                "rank": int(answer.rank[index]),
                "basin": {"code": zone.code, "name": zone.name},
                "score": rounded(answer.score[index]),
                "p_before": [None if place == other else rounded(share) for other, share in enumerate(matrix[place])],
            }
        )
    return {
        "edition": answer.edition.name,
        "activity": answer.sector.code,
        "level": answer.sector.level,
        "draws": SCENARIOS * DRAWS,
        "count": len(indexes),
        "results": rows,
    }

"""The places behind a count: which brownfields and which plants a criterion counted for a basin."""

from dataclasses import dataclass

import numpy as np

from economy.models import Plant
from infrastructure.models import BrownfieldSite
from scoring.criteria.fabric import plant_weights
from scoring.definitions import criterion
from scoring.ranking import Ranking
from sources.models import Edition


@dataclass(frozen=True)
class CountedSite:
    """A verified brownfield counted by `land.sites`, `km` from the basin's centre of population."""

    code: str
    name: str
    insee_code: str
    surface_ha: float
    km: float
    zone_code: str


@dataclass(frozen=True)
class CountedPlant:
    """A heritage firm or large plant counted by `fabric.fine_presence`, with its weight (1 = the activity itself)."""

    name: str
    kind: str
    naf_code: str
    label: str
    weight: float


def counted_sites(ranking: Ranking, zone_code: str) -> tuple[CountedSite, ...]:
    """Return the sites that `land.sites` counted for a basin, nearest first; raises `NotFound`."""
    facts = ranking.facts
    km = facts.site_distance_km[facts.zone(zone_code)]
    is_counted = (km <= criterion("land.sites").parameters["radius_km"]) & (facts.site_ha >= ranking.profile.hectares)
    positions = [int(i) for i in np.argsort(km, kind="stable") if is_counted[i]]
    codes = [facts.site_codes[i] for i in positions]
    rows = BrownfieldSite.objects.filter(edition=_edition(ranking), code__in=codes).select_related("zone")
    by_code = {row.code: row for row in rows}
    return tuple(
        CountedSite(
            code=code,
            name=by_code[code].name,
            insee_code=by_code[code].insee_code,
            surface_ha=float(facts.site_ha[position]),
            km=float(km[position]),
            zone_code=by_code[code].zone.code,
        )
        for code, position in zip(codes, positions, strict=True)
    )


def counted_plants(ranking: Ranking, zone_code: str) -> tuple[CountedPlant, ...]:
    """Return the plants that `fabric.fine_presence` counted in a basin, strongest first; raises `NotFound`."""
    facts = ranking.facts
    facts.zone(zone_code)
    weights = plant_weights(facts.nomenclature, ranking.profile.node, criterion("fabric.fine_presence").parameters)
    rows = Plant.objects.filter(edition=_edition(ranking), zone__code=zone_code, naf_code__in=list(weights))
    plants = [
        CountedPlant(
            name=row.name,
            kind=row.kind,
            naf_code=row.naf_code,
            label=facts.nomenclature.nodes[f"subclass:{row.naf_code}"].label,
            weight=weights[row.naf_code],
        )
        for row in rows
    ]
    return tuple(sorted(plants, key=lambda one: (-one.weight, one.naf_code, one.name)))


def _edition(ranking: Ranking) -> Edition:
    return Edition.objects.get(content_hash=ranking.facts.edition.content_hash)

"""Brownfields that could be made ready: known, free, not housing, and not counted as usable yet."""

from functools import lru_cache

import numpy as np

from basins.queries import zones_frame
from infrastructure.models import BrownfieldSite
from infrastructure.queries import sites_frame
from measures.access import great_circle_km
from scoring.cells import FloatArray
from scoring.facts import Facts
from sources.models import Edition

STATUSES = (BrownfieldSite.SiteStatus.WITHOUT_PROJECT, BrownfieldSite.SiteStatus.POTENTIAL)
REFUSED_ZONINGS = (BrownfieldSite.Zoning.HOUSING, BrownfieldSite.Zoning.LEISURE)
# A quarry or a mine is a hole, the others serve something else.
REFUSED_TYPES = (
    BrownfieldSite.SiteType.HOUSING,
    BrownfieldSite.SiteType.LEISURE,
    BrownfieldSite.SiteType.EXTRACTION,
)


def candidate_count(facts: Facts, index: int, *, hectares: float, radius_km: float) -> int:
    """Return how many sites of at least a surface could be made ready within the radius of a zone's centre."""
    places, surface_ha, centres = _candidates(facts.edition.content_hash)
    large = places[surface_ha >= hectares]
    centre = centres[index]
    km = great_circle_km(centre[:1], centre[1:], large[:, 0], large[:, 1])
    return int((km <= radius_km).sum())


@lru_cache(maxsize=2)
def _candidates(content_hash: str) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Longitude and latitude of the candidates (s, 2), their surface (s,), and the centres of the zones (n, 2)."""
    edition = Edition.objects.get(content_hash=content_hash)
    frame = sites_frame(edition)
    kept = frame[
        ~frame["is_usable"]
        & frame["surface_ha"].notna()
        & frame["site_status"].isin(STATUSES)
        & ~frame["zoning"].isin(REFUSED_ZONINGS)
        & ~frame["site_type"].isin(REFUSED_TYPES)
    ]
    centres = zones_frame(edition)[["lon", "lat"]].to_numpy(float)
    return kept[["lon", "lat"]].to_numpy(float), kept["surface_ha"].to_numpy(float), np.asarray(centres)

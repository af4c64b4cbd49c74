"""Where the people of each zone live: how a zone that crosses regions is shared among them."""

import pandas as pd
from django.db.models import Sum

from basins.models import Commune
from sources.models import Edition


def zone_region_population(edition: Edition) -> pd.DataFrame:
    """Return the population of zones by region: zone and region (codes), population, the largest of a zone first."""
    rows = (
        Commune.objects.of(edition)
        .values_list("zone__code", "department__region_id")
        .annotate(people=Sum("population"))
        .order_by("zone__code", "-people", "department__region_id")
    )
    return pd.DataFrame.from_records(list(rows), columns=["zone", "region", "population"])

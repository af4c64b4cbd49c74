"""What surrounds the people of zones: equipment, density of their communes, natural disasters."""

import pandas as pd

from basins.commune_codes import CODE_SOURCES
from basins.derive.living import TABLES, per_head_status, whole_commune_rows, zone_values
from basins.zone_means import zone_ratio
from sources.editions import Build, provider
from sources.models import Status

# Equipment counted per 10,000 inhabitants: what a person needs one of, close by and not full.
PER_10000 = {"living.nurses_per_10000": "nurses", "living.nurseries_per_10000": "nurseries"}
# Equipment that a commune has or has not: the share of people who live where there is one.
WITHIN_REACH = {
    "living.pharmacy_pct": "pharmacies",
    "living.primary_school_pct": "primary_schools",
    "living.high_school_pct": "high_schools",
    "living.large_store_pct": "large_stores",
    "living.station_pct": "stations",
}
# Levels that Insee calls rural: little and very little dense communes.
RURAL_LEVELS = ("Bourgs ruraux", "Rural à habitat dispersé", "Rural à habitat très dispersé")
DENSE_LEVEL = "Grands centres urbains"


def equipment_by_commune(build: Build) -> pd.DataFrame:
    """Return the equipment of every commune, indexed by code: a commune absent from the file has none."""
    rows = whole_commune_rows(build, "insee-bpe-equipment")
    counts = rows.groupby("insee_code").sum(numeric_only=True)
    return counts.reindex(build.table("basins.Commune")["insee_code"], fill_value=0)


@provider("basins.ZoneValue", needs=("insee-bpe-equipment", *CODE_SOURCES), after=TABLES)
def equipment(build: Build) -> pd.DataFrame:
    """Equipment of zones: per 10,000 inhabitants, or share of people whose commune has one."""
    counts = equipment_by_commune(build)
    communes = build.table("basins.Commune").set_index("insee_code")
    zone, population = communes["zone"], communes["population"].astype(float)
    rates = {name: 10_000 * zone_ratio(counts[column], population, zone) for name, column in PER_10000.items()}
    shares = {
        name: 100 * zone_ratio(population.where(counts[column] > 0, 0.0), population, zone)
        for name, column in WITHIN_REACH.items()
    }
    status = per_head_status(build)
    return pd.concat(
        zone_values(build, name, values, release="insee-bpe-equipment", status=status, decimals=2)
        for name, values in (rates | shares).items()
    )


@provider("basins.ZoneValue", needs=("insee-density-grid", *CODE_SOURCES), after=TABLES)
def density_levels(build: Build) -> pd.DataFrame:
    """Shares of people who live in rural communes and in large urban centres, by the communal density grid."""
    rows = whole_commune_rows(build, "insee-density-grid")
    communes = build.table("basins.Commune").set_index("insee_code")
    level = rows.drop_duplicates("insee_code").set_index("insee_code")["level"].reindex(communes.index)
    population = communes["population"].astype(float)
    chosen = {"population.rural_pct": level.isin(RURAL_LEVELS), "population.dense_pct": level == DENSE_LEVEL}
    status = per_head_status(build)
    return pd.concat(
        zone_values(
            build,
            name,
            # A commune without level makes its zone unknown.
            100 * zone_ratio(population.where(is_in, 0.0).where(level.notna()), population, communes["zone"]),
            release="insee-density-grid",
            status=status,
            decimals=1,
        )
        for name, is_in in chosen.items()
    )


@provider("basins.ZoneValue", needs=("gaspar-disasters", *CODE_SOURCES), after=TABLES)
def disasters(build: Build) -> pd.DataFrame:
    """Natural-disaster orders over ten years in the commune of the average inhabitant of the zone.

    Mean over communes weighted by population; a commune absent from the file had none.
    """
    rows = whole_commune_rows(build, "gaspar-disasters")
    communes = build.table("basins.Commune").set_index("insee_code")
    # Former communes of one commune share its storms: the most struck speaks for it.
    orders = rows.groupby("insee_code")["recent"].max().reindex(communes.index, fill_value=0)
    population = communes["population"].astype(float)
    mean = zone_ratio(orders * population, population, communes["zone"])
    return zone_values(
        build, "living.disaster_orders", mean, release="gaspar-disasters", status=Status.OBSERVED, decimals=2
    )

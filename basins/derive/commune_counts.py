"""Counts of communes that any perimeter can add up."""

import pandas as pd

from basins.commune_codes import CODE_SOURCES
from basins.derive.living import whole_commune_rows
from basins.derive.market import commune_sales, in_register, recent_permits
from basins.derive.surroundings import equipment_by_commune
from sources.editions import Build, provider

DWELLINGS = {"dwellings": "dwellings", "second_homes": "second_homes", "vacant": "vacant_dwellings"}
EQUIPMENT = (
    "nurses",
    "pharmacies",
    "nurseries",
    "primary_schools",
    "middle_schools",
    "high_schools",
    "large_stores",
    "stations",
)


@provider(
    "basins.CommuneCounts",
    needs=(
        "insee-census-dwellings",
        "insee-bpe-practitioners",
        "insee-bpe-equipment",
        "sitadel-dwellings",
        "dvf-prices",
        *CODE_SOURCES,
    ),
    after=("basins.Commune",),
)
def commune_counts(build: Build) -> pd.DataFrame:
    """One row a commune; empty where the producer says nothing of it.

    A commune absent from the equipment base has none of it. One absent from the sales of the year had none where
    the sales of its department are in the base, and is unknown elsewhere (Alsace, Moselle, overseas).
    """
    communes = build.table("basins.Commune").set_index("insee_code")
    equipment = equipment_by_commune(build)
    columns = {
        **_summed(build, "insee-census-dwellings", DWELLINGS),
        "general_practitioners": _summed(
            build, "insee-bpe-practitioners", {"general_practitioners": "general_practitioners"}
        )["general_practitioners"].reindex(communes.index, fill_value=0),
        **{name: equipment[name] for name in EQUIPMENT},
        "dwellings_authorised": recent_permits(build),
        "sales": _sales(build),
    }
    table = pd.DataFrame({name: counts.reindex(communes.index) for name, counts in columns.items()})
    return table.astype("Int64").rename_axis("commune").reset_index()


def _summed(build: Build, slug: str, names: dict[str, str]) -> dict[str, pd.Series]:
    rows = whole_commune_rows(build, slug)
    sums = rows.groupby("insee_code")[list(names)].sum()
    return {new: sums[old] for old, new in names.items()}


def _sales(build: Build) -> pd.Series:
    sold = commune_sales(build, "dvf-prices")["sales"]
    covered = in_register(build, sold.index)
    return sold.reindex(covered.index, fill_value=0).where(covered)

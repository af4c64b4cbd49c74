"""Sites of local inventories, and what becomes of the national ones where a local inventory speaks."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from infrastructure.derive.places import degrees_of
from infrastructure.models import BrownfieldSite
from measures.access import great_circle_km
from measures.arrays import Flags
from sources.editions import Build

Inventory = BrownfieldSite.Inventory

CNIG_SLUG = "cnig-brownfields"
ARDENNES_SLUG, ARDENNES_OUTLINES_SLUG = "ardennes-brownfields", "ardennes-brownfield-outlines"
INVENTORY_SLUGS = (CNIG_SLUG, ARDENNES_SLUG)
LOCAL_SLUGS = (*INVENTORY_SLUGS, ARDENNES_OUTLINES_SLUG)
SAME_SITE_KM = 0.15
"""Two inventories place one site at its gate or in its middle: within 150 m, in one commune, it is one site."""


def local_rows(build: Build) -> list[pd.DataFrame]:
    """Return the raw rows of each local inventory that is loaded, with `geom` and `release`."""
    found = [build.rows(CNIG_SLUG)] if build.has(CNIG_SLUG) else []
    return [*found, _ardennes_rows(build)] if build.has(ARDENNES_SLUG) else found


def _ardennes_rows(build: Build) -> pd.DataFrame:
    """Sites of the Ardennes with their outlines, whose measured surface stands before that of the land unit."""
    rows = build.rows(ARDENNES_SLUG)
    if not build.has(ARDENNES_OUTLINES_SLUG):
        return rows
    outlines = build.rows(ARDENNES_OUTLINES_SLUG).drop_duplicates("code").set_index("code")
    drawn = rows["code"].map(outlines["geom"])
    return rows.assign(
        geom=drawn.where(drawn.notna(), None),
        site_surface_m2=rows["code"].map(outlines["surface_m2"]).fillna(rows["site_surface_m2"].astype(float)),
    )


def with_local_inventory(
    national: pd.DataFrame, local: list[pd.DataFrame], covered: Mapping[str, str]
) -> pd.DataFrame:
    """Return the sites of an edition, local ones first to speak.

    A national site that a local inventory lists too, by its identifier or by its place, gives way to the local row.
    Another one in a commune declared covered is kept and flagged `unconfirmed`, no longer usable: a complete inventory
    of the place does not know it. Elsewhere national sites stand as they are.
    """
    if not local:
        return national
    theirs = pd.concat(local, ignore_index=True).drop_duplicates("code").assign(inventory=Inventory.LOCAL.value)
    ours = national[~national["code"].isin(theirs["code"]) & ~is_same_site(national, theirs)].reset_index(drop=True)
    is_unknown = ours["insee_code"].isin(list(covered))
    ours["inventory"] = np.where(is_unknown, Inventory.UNCONFIRMED.value, Inventory.NATIONAL.value)
    ours["is_usable"] = ours["is_usable"].astype(bool) & ~is_unknown
    return pd.concat([ours, theirs], ignore_index=True)


def is_same_site(ours: pd.DataFrame, theirs: pd.DataFrame) -> Flags:
    """Return which of our sites stand within 150 m of one of theirs in the same commune."""
    found = np.zeros(len(ours), dtype=bool)
    lon, lat = degrees_of(ours["point"])
    their_lon, their_lat = degrees_of(theirs["point"])
    for code, places in theirs.groupby("insee_code").indices.items():
        mine = np.flatnonzero((ours["insee_code"] == code).to_numpy())
        if mine.size:
            apart_km = great_circle_km(lon[mine], lat[mine], their_lon[places], their_lat[places])
            found[mine] = (apart_km <= SAME_SITE_KM).any(axis=1)
    return found

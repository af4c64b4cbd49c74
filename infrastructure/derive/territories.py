"""The territory that a region's own inventory covers, from the part named when it was ingested."""

import re

import pandas as pd

from basins.commune_codes import code_translation
from sources.editions import Build, BuildError

DEPARTMENT = re.compile(r"\d{2}|2A|2B|97\d")
COMMUNE = re.compile(r"(\d{2}|2A|2B)\d{3}")
EPCI = re.compile(r"\d{9}")
DECLARED_SHARE_PCT = 80.0
"""A zone is covered when this share of its inhabitants live in communes of a declared territory: what is left is the
rim of a neighbouring department, whose sites the national inventory still lists."""


def declared_communes(build: Build, slugs: tuple[str, ...]) -> dict[str, str]:
    """Return the release that covers each commune declared covered by one of the data sets.

    The part is a department (08), an EPCI (its SIREN, nine digits) or a commune, several joined by +. A file without
    part declares nothing: its rows count, and nothing is known of the communes it does not name. Raises `BuildError`
    on a part that is none of these.
    """
    communes = build.table("basins.Commune")
    found: dict[str, str] = {}
    for slug in slugs:
        for release in build.releases.get(slug, ()):
            for name in filter(None, release.part.split("+")):
                found |= dict.fromkeys(_communes_of(name.strip(), communes, slug), release.key)
    return found


def _communes_of(name: str, communes: pd.DataFrame, slug: str) -> list[str]:
    codes = communes["insee_code"].astype(str)
    if DEPARTMENT.fullmatch(name):
        kept = codes[codes.str.startswith(name)]
    elif COMMUNE.fullmatch(name):
        kept = codes[codes == name]
    elif EPCI.fullmatch(name):
        kept = codes[communes["epci_siren"] == name]
    else:
        kept = codes.iloc[:0]
    if kept.empty:
        raise BuildError(
            f"{slug} : partie « {name} » inconnue. Nommez un département (08), une intercommunalité (SIREN à neuf "
            "chiffres) ou une commune, plusieurs joints par +."
        )
    return kept.tolist()


def declared_share_pct(build: Build, covered: dict[str, str]) -> pd.Series:
    """Return by zone, in the order of the zones, the share (%) of inhabitants in communes declared covered."""
    communes = build.table("basins.Commune")
    people = communes["population"].astype(float)
    inside = people.where(communes["insee_code"].isin(list(covered)), 0.0)
    sums = pd.DataFrame({"inside": inside, "all": people}).groupby(communes["zone"].to_numpy()).sum()
    share = 100 * sums["inside"] / sums["all"].where(sums["all"] > 0)
    codes = pd.Index(build.table("basins.EmploymentZone")["code"])
    return share.reindex(codes).fillna(0.0).round(1).rename("declared_share_pct")


def releases_of_zones(build: Build, covered: dict[str, str]) -> dict[str, str]:
    """Return the release that covers communes of each zone, the last where several do; other zones are left out."""
    zone_of = build.table("basins.Commune").set_index("insee_code")["zone"]
    return {str(zone_of[commune]): release for commune, release in covered.items()}


def codes_in_force(build: Build, codes: pd.Series) -> pd.Series:
    """Return commune codes brought to the code in force; a code nobody knows is kept as it is."""
    return codes.map(code_translation(build)).fillna(codes)

"""Commune codes of the past, so that an old list is still understood."""

import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation
from sources.editions import Build, provider


@provider("basins.FormerCommune", needs=CODE_SOURCES, after=("basins.Commune",))
def former_communes(build: Build) -> pd.DataFrame:
    """One row a code that is not in force, with the commune it leads to; arrondissements are no former communes."""
    rows = build.rows("insee-communes")
    arrondissements = set(rows.loc[rows["kind"] == "ARM", "insee_code"])
    known = {code: now for code, now in code_translation(build).items() if code != now and code not in arrondissements}
    return pd.DataFrame(sorted(known.items()), columns=["code", "commune"])

"""Commune codes and names of the past, so that an old list is still understood."""

import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation
from basins.names import normalised_name
from sources.editions import Build, provider

COLUMNS = ["code", "name", "name_normalised", "commune", "ended_on", "is_direct"]


@provider("basins.FormerCommune", needs=CODE_SOURCES, after=("basins.Commune",))
def former_communes(build: Build) -> pd.DataFrame:
    """One row a code and name borne together that no commune bears now, with the commune that they lead to.

    A name is kept once a code, as last spelt. A code in force is there only for the names it had and has no more;
    arrondissements are no former communes.
    """
    rows = build.rows("insee-communes")
    arrondissements = set(rows.loc[rows["kind"] == "ARM", "insee_code"])
    known = {code: now for code, now in code_translation(build).items() if code not in arrondissements}
    names = dict(rows.loc[rows["kind"] == "COM", ["insee_code", "name"]].itertuples(index=False))
    found = last_names(build.rows("insee-commune-moves"), known, names)
    nameless = {code for code, now in known.items() if code != now} - set(found["code"])
    without = pd.DataFrame([(code, "", "", known[code], None, False) for code in sorted(nameless)], columns=COLUMNS)
    return pd.concat([one for one in (found, without) if len(one)] or [found], ignore_index=True)


def last_names(moves: pd.DataFrame, known: dict[str, str], names: dict[str, str]) -> pd.DataFrame:
    """Return `COLUMNS` for each code and name that moves ended, on the day of the last of them.

    `known` gives the commune of today of each code, `names` what it is called. `is_direct` tells that this last move
    led to the commune of today, under its name of today.
    """
    ended = moves[(moves["name_before"] != "") & moves["code_before"].isin(known.keys())].rename(
        columns={"code_before": "code", "name_before": "name", "effective_on": "ended_on"}
    )
    ended["name_normalised"] = ended["name"].map(normalised_name)
    ended["commune"] = ended["code"].map(known)
    now = ended["commune"].map(names).map(normalised_name)
    after = ended["name_after"].map(normalised_name)
    ended["is_direct"] = (ended["code_after"] == ended["commune"]) & (after == now)
    ended = ended[(ended["code"] != ended["commune"]) | (ended["name_normalised"] != now)]
    ended = ended.sort_values(["code", "name_normalised", "ended_on", "is_direct", "name"])
    return ended.drop_duplicates(["code", "name_normalised"], keep="last")[COLUMNS].reset_index(drop=True)

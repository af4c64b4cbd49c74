"""The nomenclature of activities: the five levels of NAF rev. 2 and the A38 and A17 between them."""

import pandas as pd

from economy.ingest.naf import LEVELS
from economy.nomenclature import A17_LABELS, A38, aggregate_of_division
from sources.editions import Build, BuildError, provider

LABEL_SETS = {level: f"insee-naf-{ending}" for level, ending, _title, _number, _pattern in LEVELS}
COLUMNS = ("key", "level", "code", "label", "parent", "a38", "a17")
# From the sub-class up; A17 stands aside, since an A38 has its section as parent.
CHAIN = ("subclass", "class", "group", "division", "a38", "section")


@provider("economy.Sector", needs=(*LABEL_SETS.values(), "insee-naf-hierarchy"))
def sectors(build: Build) -> pd.DataFrame:
    """Every node of NAF rev. 2 with its label, its parent and the A38 and A17 that hold it."""
    labels = pd.concat([build.rows(slug) for slug in LABEL_SETS.values()], ignore_index=True)
    return sector_table(labels, build.rows("insee-naf-hierarchy"))


def sector_table(labels: pd.DataFrame, chains: pd.DataFrame) -> pd.DataFrame:
    """Return the `Sector` rows from label rows (level, code, label) and one chain of codes a sub-class.

    Raises `BuildError` when a code of the chains has no label or a labelled code stands in no chain.
    """
    tree = chains.rename(columns=lambda name: name.removesuffix("_code")).copy()
    aggregates = tree["division"].map(aggregate_of_division)
    tree["a38"] = aggregates.map(lambda one: one.code)
    tree["a17"] = aggregates.map(lambda one: one.a17)
    label_of = {(row.level, row.code): row.label for row in labels.itertuples()}
    label_of |= {("a38", one.code): one.label for one in A38}
    label_of |= {("a17", code): label for code, label in A17_LABELS.items()}
    found = {(level, code) for level in (*CHAIN, "a17") for code in tree[level]}
    differing = sorted(found ^ label_of.keys())
    if differing:
        raise BuildError(f"codes d'activité sans libellé ou hors de la hiérarchie : {differing[:10]}")
    rows = [
        {
            "key": f"{level}:{code}",
            "level": level,
            "code": code,
            "label": label_of[level, code],
            "parent": _parent(level, below),
            "a38": _only(below["a38"]) if level != "a17" else "",
            "a17": _only(below["a17"]),
        }
        for level in (*CHAIN, "a17")
        for code, below in tree.groupby(level)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _parent(level: str, below: pd.DataFrame) -> str | None:
    if level in ("section", "a17"):
        return None
    above = CHAIN[CHAIN.index(level) + 1]
    code = _only(below[above])
    if not code:
        raise BuildError(f"{level} {below.iloc[0][level]} : plusieurs niveaux « {above} » au-dessus.")
    return f"{above}:{code}"


def _only(codes: pd.Series) -> str:
    """Return the one code of the series, or the empty text when there are several."""
    distinct = codes.unique()
    return str(distinct[0]) if len(distinct) == 1 else ""

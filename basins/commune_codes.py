"""Older commune codes brought to the code in force."""

from collections.abc import Iterable

import pandas as pd

from sources.editions import Build, BuildError

CODE_SOURCES = ("insee-communes", "insee-commune-moves")
"""The data sets a provider needs in order to call `code_translation`."""


def current_codes(moves: pd.DataFrame, parents: dict[str, str], current: Iterable[str]) -> dict[str, str]:
    """Return the code in force for each commune code ever seen.

    A code in force stands for itself, even where the commune has grown or shrunk since. Any other follows the last
    move that ended it (`code_before`, `code_after`, `effective_on`), and so on; `parents` gives the commune of each
    municipal arrondissement. When a commune was shared out in one day, the smallest code stands for the whole. A
    code that leads nowhere is left out.
    """
    in_force = set(current)
    moves = moves[moves["code_before"] != moves["code_after"]]
    ordered = moves.sort_values(["effective_on", "code_after"], ascending=[True, False])
    successor = dict(zip(ordered["code_before"], ordered["code_after"], strict=True)) | parents
    translation = {code: code for code in in_force}
    for code in successor:
        visited = {code}
        step = code
        while step not in in_force and step in successor:
            step = successor[step]
            if step in visited:
                break
            visited.add(step)
        if step in in_force:
            translation[code] = step
    return translation


def code_translation(build: Build) -> dict[str, str]:
    """Return `current_codes` for the releases of a build, which must hold `CODE_SOURCES`."""
    communes = build.rows("insee-communes")
    whole = communes[communes["kind"] == "COM"]
    parts = communes[communes["kind"] == "ARM"]
    parents = dict(zip(parts["insee_code"], parts["parent"], strict=True))
    return current_codes(build.rows("insee-commune-moves"), parents, whole["insee_code"])


def translated(codes: pd.Series, translation: dict[str, str], *, what: str) -> pd.Series:
    """Return the codes in force, same index; raises `BuildError` naming those that lead nowhere: no row is lost."""
    found = codes.map(translation)
    unknown = sorted(set(codes[found.isna()]))
    if unknown:
        raise BuildError(f"{what} : communes inconnues du code officiel géographique : {', '.join(unknown[:20])}.")
    return found

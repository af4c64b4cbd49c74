"""NAF rev. 2 in memory: ancestors, members, and which occupation families each node hires."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from scoring.cells import FloatArray
from scoring.errors import BadQuestion, NotFound

# From the finest to the coarsest: the default level of a code borne by several.
LEVELS = ("subclass", "class", "group", "division", "a38", "section", "a17")
# Those within one A38 branch.
FINE_LEVELS = LEVELS[:4]

# The seven manufacturing branches of A38 that merge several NAF divisions (cars, aircraft and ships are one number).
MERGED_A38 = frozenset({"CA", "CB", "CC", "CG", "CH", "CL", "CM"})


@dataclass(frozen=True)
class Node:
    """A sector of the nomenclature: its own code and label, its parent's key, the branches it lies in or covers."""

    key: str
    level: str
    code: str
    label: str
    parent: str | None
    a38: tuple[str, ...]
    subclasses: tuple[str, ...]

    @property
    def parent_code(self) -> str | None:
        return self.parent.partition(":")[2] if self.parent else None


@dataclass(frozen=True, eq=False)
class Nomenclature:
    """All nodes by key, and hires (f,) by key over the same occupation families."""

    nodes: dict[str, Node]
    family_codes: tuple[str, ...]
    hires: dict[str, FloatArray]

    @property
    def manufacturing(self) -> tuple[str, ...]:
        """A38 codes of manufacturing."""
        return self.nodes["section:C"].a38

    @classmethod
    def build(cls, sectors: pd.DataFrame, family_hires: pd.DataFrame) -> "Nomenclature":
        """Return the nomenclature of the `economy.queries.sectors` frame with hires summed up the hierarchy."""
        members = _members(sectors)
        rows: Iterable[Any] = sectors.itertuples()
        a38_of = dict(zip(sectors["key"], sectors["a38"].fillna(""), strict=True))
        nodes = {
            row.key: Node(
                key=row.key,
                level=row.level,
                code=row.code,
                label=row.label,
                parent=row.parent if isinstance(row.parent, str) and row.parent else None,
                a38=tuple(sorted({a38_of[f"subclass:{code}"] for code in members[row.key]})),
                subclasses=members[row.key],
            )
            for row in rows
        }
        families = tuple(sorted(family_hires["family"].unique()))
        table = family_hires.pivot_table(
            index="naf_code", columns="family", values="hires", aggfunc="sum", fill_value=0.0
        )
        by_leaf = dict(zip(table.index, table[list(families)].to_numpy(float), strict=True))
        none = np.zeros(len(families))
        hires = {
            key: np.sum([by_leaf.get(code, none) for code in node.subclasses], axis=0) if node.subclasses else none
            for key, node in nodes.items()
        }
        return cls(nodes, families, hires)

    def find(self, code: str, level: str | None = None) -> Node:
        """Return the node of a code, with or without the dot; the finest level when it stands at several.

        Raises `BadQuestion` on an unknown level and `NotFound` on an unknown code, with the nearest known ones.
        """
        check_level(level)
        wanted = code.strip().upper().replace(".", "")
        for one in (level,) if level else LEVELS:
            for node in (self.nodes.get(f"{one}:{spelling}") for spelling in spellings(wanted)):
                if node:
                    return node
        raise NotFound(
            _("Aucune activité de la NAF rév. 2 ne porte le code « %(code)s »%(where)s. Exemples : 32.50B, 25.62, CH.")
            % {"code": code[:20], "where": f" ({level})" if level else ""},
            self.nearest(wanted),
        )

    def nearest(self, wanted: str) -> tuple[tuple[str, str], ...]:
        """Return up to five (code, label) of nodes whose code starts like the one asked."""
        for length in range(min(len(wanted), 5), 1, -1):
            found = [
                (node.code, node.label)
                for node in self.nodes.values()
                if node.level in ("class", "subclass") and node.code.replace(".", "").startswith(wanted[:length])
            ]
            if found:
                return tuple(sorted(found)[:5])
        return ()

    def chain(self, node: Node) -> list[Node]:
        """Return the node and its ancestors, finest first."""
        found = [node]
        while found[-1].parent:
            found.append(self.nodes[found[-1].parent])
        return found


def check_level(level: str | None) -> None:
    """Raise `BadQuestion` unless the level is None or one of the seven."""
    if level is not None and level not in LEVELS:
        raise BadQuestion(
            "level",
            _("Niveau « %(level)s » inconnu. Niveaux acceptés : %(accepted)s.")
            % {"level": level[:20], "accepted": ", ".join(LEVELS)},
        )


def spellings(code: str) -> tuple[str, ...]:
    """Return a code as INSEE writes it: 3250B -> 32.50B."""
    return (code, f"{code[:2]}.{code[2:]}") if code[:2].isdigit() and len(code) > 2 else (code,)


def _members(sectors: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Sub-class codes under each node; A17 nodes have no children but are named by their sub-classes."""
    parent = dict(zip(sectors["key"], sectors["parent"], strict=True))
    members: dict[str, list[str]] = {key: [] for key in parent}
    leaves: Iterable[Any] = sectors[sectors["level"] == "subclass"].itertuples()
    for row in leaves:
        members[f"a17:{row.a17}"].append(row.code)
        key = row.key
        while isinstance(key, str) and key:
            members[key].append(row.code)
            key = parent[key]
    return {key: tuple(sorted(codes)) for key, codes in members.items()}

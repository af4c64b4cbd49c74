"""Occupation families (FAP 87) and what they do: production, maintenance, craft, logistics or support."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sources.texts import Text

DATA = Path(__file__).resolve().parent / "data" / "families.toml"

UNSKILLED_WORKER = "unskilled_worker"
SKILLED_WORKER = "skilled_worker"
TECHNICIAN = "technician"
ENGINEER = "engineer"
LEVELS = (UNSKILLED_WORKER, SKILLED_WORKER, TECHNICIAN, ENGINEER)

# Those who make and those who keep machines running; handling, craft and food shops are scored but are not told here.
INDUSTRIAL_ROLES = ("production", "maintenance")


@dataclass(frozen=True)
class Family:
    """An occupation family (FAP87): its role, whether it is scored, and its level of skill."""

    code: str
    label: Text
    level: str
    is_scored: bool
    role: str

    @property
    def is_industrial(self) -> bool:
        """True for the families that produce or maintain, engineers of industry included."""
        return self.role in INDUSTRIAL_ROLES


@cache
def families() -> dict[str, Family]:
    """Return the 87 occupation families, by code."""
    entries = tomllib.loads(DATA.read_text(encoding="utf-8"))["families"]
    return {
        entry["code"]: Family(entry["code"], Text(**entry["label"]), entry["level"], entry["is_scored"], entry["role"])
        for entry in entries
    }


def industrial_families() -> tuple[str, ...]:
    """Return the codes of the families that produce or maintain, in the order of the file."""
    return tuple(code for code, family in families().items() if family.is_industrial)

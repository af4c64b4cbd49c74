"""Names and codes that communes bore before, each with the commune of today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from basins.names import normalised_name


@dataclass(frozen=True)
class FormerName:
    """A code and a name that a commune no longer bears together, and the commune that holds its land today.

    `ended_on` is the day from which no commune bears them. `is_direct` tells that the commune of today came that very
    day; else others came between. A code in force (`code == commune`) has changed its name only.
    """

    code: str
    name: str
    commune: str
    commune_name: str
    ended_on: date | None = None
    is_direct: bool = True

    @property
    def normalised(self) -> str:
        return normalised_name(self.name)

    @property
    def is_renumbered(self) -> bool:
        """Whether only the code has changed."""
        return self.normalised == normalised_name(self.commune_name)


def latest_first(names: Iterable[FormerName]) -> list[FormerName]:
    """Return names, those that ended last before the others."""
    return sorted(names, key=lambda one: (one.ended_on or date.min, one.is_direct, one.code), reverse=True)


def one_a_commune(names: Iterable[FormerName]) -> tuple[FormerName, ...]:
    """Return the last of the names of each commune of today."""
    kept: dict[str, FormerName] = {}
    for one in latest_first(names):
        kept.setdefault(one.commune, one)
    return tuple(sorted(kept.values(), key=lambda one: one.commune))

"""Any set of communes as a perimeter: what a list that somebody pasted is, once understood."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

LIST_KIND = "list"
# A shorter list is its own address; a longer one is kept under its hash. The path of an address is bounded to 1 kB.
LONGEST_WRITTEN_OUT = 100
KEY_LENGTH = 32


@dataclass(frozen=True)
class CommuneSet:
    """Communes of an edition, taken together: what a `Perimeter` says of itself, without a row nor an outline.

    `code` is how its address names it. `changed` are pairs of a code of the address that is no longer in force and
    the one that replaced it, `missing` the codes that name no commune of the edition.
    """

    code: str
    name: str
    insee_codes: tuple[str, ...]
    population: int
    commune_count: int
    edition_id: int
    given_name: str = ""
    changed: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    kind: str = LIST_KIND
    legal_form: str = ""

    def __str__(self) -> str:
        return self.name


def list_key(codes: Iterable[str]) -> str:
    """Return the hash by which a list of communes is kept: the same for the same communes in any order."""
    return hashlib.sha256("\n".join(sorted(set(codes))).encode()).hexdigest()[:KEY_LENGTH]


def list_address(codes: Iterable[str]) -> str:
    """Return how the address of a list names it: its codes when they are few, else its key."""
    ordered = sorted(set(codes))
    return ",".join(ordered) if len(ordered) <= LONGEST_WRITTEN_OUT else list_key(ordered)

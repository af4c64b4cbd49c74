"""Which basin a text adds to a comparison: its code, its name, or a commune of it."""

from dataclasses import dataclass

from basins.names import normalised_name
from explorer import queries
from explorer.former_words import then_and_now
from explorer.presenters.pages import bears
from scoring.basin_search import zones_named
from scoring.facts import Facts

COMMUNES_READ, MOST_FOUND = 20, 12


@dataclass(frozen=True)
class BasinMatch:
    """A basin that a text may name, and the commune by which it was found, empty when by its own name."""

    code: str
    name: str
    commune: str = ""


def basins_matching(facts: Facts, text: str) -> list[BasinMatch]:
    """Return the basins that a text may name, those that bear the name before those of a commune that does."""
    found = {zone.code: BasinMatch(zone.code, zone.name) for zone in zones_named(facts, text)}
    for commune in queries.communes_named(facts.edition, text, limit=COMMUNES_READ):
        if bears(commune, text):
            told = f"{then_and_now(commune.name, commune.former)} ({commune.department_code})"
            found.setdefault(commune.zone_code, BasinMatch(commune.zone_code, commune.zone_name, told))
    return list(found.values())[:MOST_FOUND]


def obvious_basin(facts: Facts, text: str, matches: list[BasinMatch]) -> BasinMatch | None:
    """Return the basin that a text names beyond doubt: the only one, or the one that bears the very name or code."""
    if len(matches) == 1:
        return matches[0]
    name, code = normalised_name(text), text.strip()
    whole = [one for one in matches if one.code == code or normalised_name(one.name) == name]
    return whole[0] if len(whole) == 1 else None

"""Basins by name."""

from basins.names import normalised_name
from scoring.facts import Facts, ZoneCard


def zones_named(facts: Facts, text: str) -> list[ZoneCard]:
    """Return the zone of a code, or those with a word of their name beginning with the text, by name.

    Accents, case and hyphens are forgiven; names that begin with the text come first.
    """
    if text.strip() in facts.zone_index:
        return [facts.zones[facts.zone_index[text.strip()]]]
    wanted = normalised_name(text)
    names = {zone.code: normalised_name(zone.name) for zone in facts.zones}
    return sorted(
        (zone for zone in facts.zones if wanted and f" {wanted}" in f" {names[zone.code]}"),
        key=lambda zone: (not names[zone.code].startswith(wanted), names[zone.code]),
    )

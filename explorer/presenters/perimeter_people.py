"""Whose people a perimeter counts: the producer, and the year of the census of each of its basins."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from basins.perimeters import PerimeterZone
from explorer.wording import listed
from scoring.facts import Facts, ZoneCard

SOURCE = "commune-zones"


def cards(facts: Facts, zones: Sequence[PerimeterZone]) -> list[ZoneCard]:
    """Return the basins of a perimeter as the facts name them."""
    return [facts.zones[facts.zone(one.code)] for one in zones]


def people_source(facts: Facts, zones: Sequence[PerimeterZone]) -> str:
    """Return the producer of the people of a perimeter and their years, as a basin quotes them."""
    years = sorted({one.population_year for one in cards(facts, zones)})
    return f"{facts.vintages.get(SOURCE, ('Insee',))[0]}, {listed([str(year) for year in years])}"


def people_sentence(facts: Facts, zones: Sequence[PerimeterZone]) -> str:
    """Return of which year the people are, and in which basins they are older."""
    found = cards(facts, zones)
    last = max(one.population_year for one in found)
    older = [one for one in found if one.population_year < last]
    if not older:
        return _("Population municipale de %(year)s.") % {"year": last}
    told = _("Population municipale de %(year)s ; de %(older)s à %(names)s.")
    return told % {
        "year": last,
        "older": listed(sorted({str(one.population_year) for one in older})),
        "names": listed([one.name for one in older]),
    }

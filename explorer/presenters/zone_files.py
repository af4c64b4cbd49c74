"""Tables of every zone as rows of cells: one indicator, all of them."""

from typing import Any

from basins.indicators import Indicator, indicators
from explorer.csv_tables import Cell
from explorer.presenters.commune_files import Table
from scoring.facts import Facts, ZoneCard

ZONE_COLUMNS = ["code", "nom", "regions", "population", "population_annee"]
INDICATOR_COLUMNS = ["unite", "statut", "millesime", "sources"]


def zone_cells(zone: ZoneCard) -> list[Cell]:
    """Return the first cells of a row about a zone."""
    return [zone.code, zone.name, " ".join(zone.region_codes), zone.population, zone.population_year]


def known(value: Any) -> float | None:
    """Return a number, None where it is not one."""
    number = float(value)
    return None if number != number else number


def indicator_table(facts: Facts, one: Indicator) -> Table:
    """Return an indicator by zone, with its status, vintage and sources on every row."""
    values, statuses = facts.values[one.id]
    cited = sources_cell(facts, one)
    rows = (
        [*zone_cells(zone), known(value), str(one.unit), str(status), one.vintage, cited]
        for zone, value, status in zip(facts.zones, values, statuses, strict=True)
    )
    return [*ZONE_COLUMNS, one.id, *INDICATOR_COLUMNS], rows


def sources_cell(facts: Facts, one: Indicator) -> str:
    """Return the producers, titles and vintages behind an indicator."""
    held = [facts.vintages[slug] for slug in one.sources if slug in facts.vintages]
    return " ; ".join(f"{producer}, {title}, {vintage}" for producer, title, vintage in held)


def held_indicators(facts: Facts) -> list[Indicator]:
    """Return the indicators of the edition, in the order of their files."""
    return [one for one in indicators().values() if one.id in facts.values]


def zones_table(facts: Facts) -> Table:
    """Return a row per zone, two columns per indicator: its value, then its status."""
    held = [(one.id, *facts.values[one.id]) for one in held_indicators(facts)]
    columns = [*ZONE_COLUMNS, *(name for key, _values, _statuses in held for name in (key, f"{key}.statut"))]
    rows = (
        [*zone_cells(zone), *(cell for _key, v, s in held for cell in (known(v[index]), str(s[index])))]
        for index, zone in enumerate(facts.zones)
    )
    return columns, rows

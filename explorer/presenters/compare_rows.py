"""Basins side by side, row by row: an indicator in each, the nation, the unit, whose figure it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from basins.indicators import indicators
from explorer.citations import shown_vintage
from explorer.presenters.basin_comparison import SECTION_OF, reference_cell, rule_of
from explorer.tables import Signed
from scoring.facts import Facts
from scoring.references import nation, territory_values
from scoring.sheet import IndicatorValue, indicator_values

# What of the groups of indicators is a matter of course in time, or says which basin it is.
DYNAMICS = (
    "economy.jobs_growth_pct", "economy.creations_growth_pct", "population.change_pct",
    "population.natural_change_pct", "living.net_migration_pct", "living.unemployment_pct", "living.price_change_pct",
    "living.permits_per_1000",
)  # fmt: skip
IDENTITY = ("economy.jobs_total", "economy.establishments")
GROUP_SECTIONS = {"population": "identity", "economy": "fabric"}


@dataclass(frozen=True)
class CompareCell:
    """A figure in one basin: `detail` is written under it; `text` stands where there is no number to write."""

    value: float | None
    status: str = "observed"
    detail: str = ""
    text: str = ""


@dataclass(frozen=True)
class CompareRow:
    """A measure in each basin, in their order; the first is what the others are held against.

    `better` is the favourable end ("more", "less", "none"), `national` the nation's figure,
    `source` its producers and vintages. `is_french`: the label is of the data, French in every language.
    `has_signs`: estimates bear a ≈; a score or a rank, always worked out, does not.
    """

    label: str
    unit: str
    decimals: int
    better: str
    cells: tuple[CompareCell, ...]
    national: Signed | None = None
    source: str = ""
    is_french: bool = False
    has_differences: bool = True
    has_signs: bool = True

    def difference(self, position: int) -> float | None:
        """Return a basin's figure less that of the first, None for the first and where either is not known."""
        first, here = self.cells[0].value, self.cells[position].value
        if position == 0 or first is None or here is None or not self.has_differences:
            return None
        return here - first

    @property
    def best(self) -> frozenset[int]:
        """Positions of the most favourable figure as shown; none where no end is favourable or all are equal."""
        shown = {at: round(one.value, self.decimals) for at, one in enumerate(self.cells) if one.value is not None}
        if self.better not in ("more", "less") or len(set(shown.values())) < 2:
            return frozenset()
        best = (max if self.better == "more" else min)(shown.values())
        return frozenset(at for at, value in shown.items() if value == best)


@dataclass(frozen=True)
class CompareSection:
    """A theme of the comparison; `note` says how to read it."""

    id: str
    title: str
    rows: tuple[CompareRow, ...]
    note: str = ""

    @property
    def common_source(self) -> str:
        """The source of all its rows, empty where they have several."""
        sources = {one.source for one in self.rows}
        return sources.pop() if len(sources) == 1 else ""


def section_id(one: IndicatorValue) -> str:
    """Return the theme of an indicator."""
    if one.id in DYNAMICS:
        return "dynamics"
    if one.id in IDENTITY:
        return "identity"
    return SECTION_OF.get(one.id) or GROUP_SECTIONS.get(one.group, one.group)


def indicator_rows(facts: Facts, codes: Sequence[str]) -> dict[str, list[CompareRow]]:
    """Return every indicator of basins as rows, by theme, in the order of their files."""
    columns = [indicator_values(facts, code) for code in codes]
    national = territory_values(facts, nation(facts))
    found: dict[str, list[CompareRow]] = {}
    for across in zip(*columns, strict=True):
        one = across[0]
        row = CompareRow(
            label=one.label,
            unit=one.unit,
            decimals=one.decimals,
            better=indicators()[one.id].better,
            cells=tuple(CompareCell(cell.value, cell.status) for cell in across),
            national=reference_cell(national[one.id], rule_of(one), one.decimals),
            source=f"{one.source}, {shown_vintage(one.vintage)}",
        )
        found.setdefault(section_id(one), []).append(row)
    return found

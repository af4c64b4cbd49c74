"""Where the draws place a basin for the activities that a report names: every rank comes with its interval."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from explorer.tables import Cell, Column, Table
from scoring.facts import Facts
from scoring.nomenclature import Node
from scoring.numbers import ordinal
from scoring.rank_intervals import RankInterval
from scoring.reverse import rank_intervals

Drawn = Mapping[str, RankInterval]


def drawn_ranks(facts: Facts, zone_code: str, nodes: Iterable[Node]) -> Drawn:
    """Return by code of activity the interval of a basin, all of them waited for; raises `NotFound`.

    The first report of a process draws them, some 25 ms an activity; all basins are then known.
    """
    asked = list(nodes)
    found = rank_intervals(facts, zone_code, asked, seconds=None)
    return {node.code: one for node, one in zip(asked, found, strict=True) if one is not None}


def with_intervals(table: Table, drawn: Drawn) -> Table:
    """Return a table of activities with the interval of each rank after it."""
    labels = [one.label for one in table.columns]
    after, code = labels.index(_("Rang du bassin")) + 1, labels.index(_("Code NAF"))
    rows = [[*row[:after], *ends(drawn[str(row[code])]), *row[after:]] for row in table.rows]
    return replace(table, columns=[*table.columns[:after], *interval_columns(), *table.columns[after:]], rows=rows)


def interval_columns() -> list[Column]:
    """Return the columns of the ranks that hold nine draws in ten."""
    return [
        Column(_("Rang, au mieux (9 tirages sur 10)"), decimals=0),
        Column(_("Rang, au pire (9 tirages sur 10)"), decimals=0),
    ]


def ends(interval: RankInterval) -> Sequence[Cell]:
    return interval.p05, interval.p95


def interval_words(interval: RankInterval) -> str:
    """Return where nine draws in ten place a basin, without the median."""
    if interval.p05 == interval.p95:
        return _("%(rank)s dans 9 tirages sur 10") % {"rank": ordinal(interval.p05)}
    values = {"first": ordinal(interval.p05), "last": ordinal(interval.p95)}
    return _("entre le %(first)s et le %(last)s dans 9 tirages sur 10") % values

"""The list of what a basin could produce as a file."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from explorer.presenters.basin_activities import branch_label
from explorer.presenters.basin_listing import distance_label
from explorer.presenters.suggestion_words import SOURCES, chain_label, distance_reason, resource_words
from explorer.presenters.unmet import unmet_column, unmet_of
from explorer.tables import Cell, Column, Table
from explorer.wording import apart, level_label, titled
from scoring.facts import Facts, ZoneCard
from scoring.rank_intervals import RankInterval
from scoring.resource_use import resource_use
from scoring.reverse import Suggestion

# Columns of the interval and of the resources.
DETAILS = (8, 9, 10, 15)


def activities_table(
    facts: Facts, zone: ZoneCard, rows: Sequence[Suggestion], intervals: Sequence[RankInterval | None]
) -> Table:
    """Return the activities of a list, an interval and the resources for the first of them.

    Without `intervals` the columns that they would fill are left out.
    """
    columns = [
        Column(_("Activité"), is_french=True),
        Column(_("Code NAF")),
        Column(_("Niveau")),
        Column(_("Filière (notre regroupement)")),
        Column(_("Branche A38"), is_french=True),
        Column(_("Distance au tissu actuel")),
        Column(_("Ce qui fait la distance")),
        Column(_("Rang du bassin"), decimals=0),
        Column(_("Rang médian, %(count)s premières lignes") % {"count": len(intervals)}, decimals=0),
        Column(_("Rang, au mieux (9 tirages sur 10)"), decimals=0),
        Column(_("Rang, au pire (9 tirages sur 10)"), decimals=0),
        Column(_("Bassins classés"), decimals=0),
        Column(_("Score"), unit=_("points sur 100"), decimals=1),
        Column(_("Avantage"), unit=_("% des bassins moins bien placés"), decimals=1),
        unmet_column(),
        Column(_("Ressources du bassin, %(count)s premières lignes") % {"count": len(intervals)}),
    ]
    found = [
        line(facts, zone, one, intervals[place] if place < len(intervals) else None, place < len(intervals))
        for place, one in enumerate(rows)
    ]
    title = _("Ce que le bassin de %(name)s pourrait produire") % {"name": zone.name}
    if not intervals:
        kept = [position for position in range(len(columns)) if position not in DETAILS]
        columns, found = [columns[one] for one in kept], [[row[one] for one in kept] for row in found]
    return Table("activities", title, columns, found, sources=SOURCES, status="estimated")


def line(
    facts: Facts, zone: ZoneCard, one: Suggestion, interval: RankInterval | None, is_detailed: bool
) -> list[Cell]:
    """Return an activity; the interval and the resources are empty cells beyond the first lines."""
    resources = resource_words(resource_use(facts, zone.code, one.node)) if is_detailed else []
    return [
        one.node.label,
        one.node.code,
        level_label(one.node.level),
        chain_label(one),
        branch_label(facts, one.node.a38),
        distance_label(one.distance.kind),
        distance_reason(one.distance),
        one.fit.rank_among_basins,
        interval and interval.median,
        interval and interval.p05,
        interval and interval.p95,
        len(facts.zones),
        one.fit.score,
        one.fit.advantage,
        unmet_of(facts, zone.code, one.node),
        apart(titled(part["kind"], part["text"]) for part in resources),
    ]

"""What a basin could produce, what would use its resources, and the basins that resemble it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from explorer.presenters.basin import best_caution, best_note, best_rows
from explorer.presenters.basin_activities import headline as activities_headline
from explorer.presenters.basin_activities import listed_rows
from explorer.presenters.basin_activities_table import activities_table
from explorer.presenters.basin_listing import Listing, distance_label
from explorer.presenters.basin_peers import DEFAULT_COUNT, peers_table, scope_sentence, standing
from explorer.presenters.basin_peers import headline as peers_headline
from explorer.presenters.basin_resources import headline as resources_headline
from explorer.presenters.basin_resources import resources_page, resources_table
from explorer.presenters.peer_outcomes import outcome_figure
from explorer.presenters.peer_sources import purpose_slugs
from explorer.presenters.rank_bar import short_interval
from explorer.presenters.suggestion_words import SOURCES, chain_label, distance_reason
from explorer.presenters.unmet import unmet_column, unmet_of, with_unmet
from explorer.tables import Cell, Column, Figure, Table
from explorer.wording import apart, number
from reports.contents.blocks import WORKBOOK_ONLY, points, said, sheet
from reports.contents.drawn_ranks import Drawn, drawn_ranks, with_intervals
from reports.document import Block, Chapter, Sheet
from scoring.fabric_distance import DISTANCES
from scoring.facts import Facts, ZoneCard
from scoring.nomenclature import Node
from scoring.numbers import ordinal
from scoring.peer_traits import peer_rules
from scoring.peers import find_peers
from scoring.resource_leads import zone_resources
from scoring.reverse import Suggestion, folded, suggestions
from scoring.service import FittingActivity
from scoring.sheet import BasinSheet

PEERS, OUTCOMES, RESOURCES, USES = 3, 6, 2, 2
# Of the activities for which a basin ranks best, as its page lists them.
BEST_LEVEL = "group"
# Leads shown for each distance from what the basin already does.
LEADS = 2


def peers_chapter(facts: Facts, basin: BasinSheet) -> Chapter:
    """The basins that resemble it most in general, and how they are doing."""
    purpose = next(iter(peer_rules().purposes.values()))
    found = find_peers(facts, basin.zone.code, purpose, exclude_region=False, limit=DEFAULT_COUNT)
    blocks: list[Block] = [said(peers_headline(facts, found, is_paper=True))]
    if found.peers:
        blocks.append(said(" ".join(filter(None, (standing(found), scope_sentence(found), str(purpose.why))))))
        columns = [
            _("Rang"),
            _("Bassin"),
            _("Régions"),
            _("Écart (1 : deux bassins au hasard)"),
            _("Ce qui les rapproche"),
            _("Ce qui les sépare"),
        ]
        table = peers_table(facts, found)
        # The first row of the file of the page is the basin itself, which the table of how they are doing has too.
        alike = Figure(replace(table, rows=table.rows[1:]), note=scale_note())
        blocks.append(sheet(facts, alike, rows=PEERS, columns=columns, sources=purpose_slugs(purpose)))
        blocks.append(sheet(facts, outcome_figure(facts, found), rows=OUTCOMES))
    return Chapter("peers", _("Bassins semblables"), blocks)


def scale_note() -> str:
    return _(
        "Écart : 0 entre deux bassins identiques, 1 entre deux bassins pris au hasard. Ce n'est pas un classement : "
        "un bassin semblable n'est ni meilleur ni moins bon."
    )


def growth(facts: Facts, basin: BasinSheet, best: Sequence[FittingActivity]) -> Chapter:
    """What the basin could produce with what it has: best placed groups, leads by distance, uses of its resources."""
    zone, asked = basin.zone, Listing()
    rows = best_rows(facts, best, zone.code)
    caution = best_caution(facts, basin, rows)
    blocks: list[Block] = [said(caution)] if caution else []
    kept = listed_rows(facts, asked, suggestions(facts, zone.code, asked.level))
    drawn = drawn_ranks(facts, zone.code, [one.node for one in kept])
    # Without a best activity too little is known of the basin for the other lists too.
    if rows:
        blocks += [
            *best_sheet(facts, zone.code, rows),
            said(activities_headline(zone, asked, kept)),
            *leads_sheet(facts, zone, kept, drawn),
            all_activities(facts, basin, kept, drawn),
        ]
    blocks += resources_blocks(facts, basin, drawn)
    return Chapter("growth", _("Ce que ce bassin pourrait produire, avec ce qu'il a"), blocks)


def all_activities(facts: Facts, basin: BasinSheet, kept: Sequence[Suggestion], drawn: Drawn) -> Sheet:
    """Return every manufacturing activity with the rank of the basin, for the workbook."""
    title = _("Toutes les activités de l'industrie manufacturière, du meilleur rang au moins bon")
    table = replace(with_intervals(activities_table(facts, basin.zone, kept, []), drawn), title=title)
    return sheet(facts, Figure(table), rows=WORKBOOK_ONLY, columns=[_("Activité")])


def resources_blocks(facts: Facts, basin: BasinSheet, drawn: Drawn) -> list[Block]:
    """Return the resources to start from, the first of each kind with what would use them; nothing without any."""
    found = zone_resources(facts, basin.zone.code)
    table = resources_table(facts, basin.zone, found)
    if not table.rows:
        return []
    table = replace(with_intervals(table, drawn), title=_("Ses ressources, et ce qui s'en servirait"))
    parts = resources_page(facts, basin.zone, found)["parts"]
    told = [resource_sentence(one, drawn) for part in parts for one in part["rows"][:RESOURCES]]
    return [
        *points(told, resources_headline(facts, basin.zone, found)),
        sheet(facts, Figure(table), rows=WORKBOOK_ONLY),
    ]


def resource_sentence(one: Mapping[str, Any], drawn: Drawn) -> str:
    """Return a resource with the best placed activities that would use it."""
    uses = [
        with_unmet(
            _("%(label)s (%(code)s), %(rank)s bassin")
            % {"label": use["label"], "code": use["code"], "rank": ordinal(use["rank"])}
            + f" ({short_interval(drawn[use['code']])})",
            use["unmet"],
        )
        for use in one["uses"][:USES]
    ]
    told = _("%(label)s, %(detail)s : %(uses)s.") if uses else _("%(label)s, %(detail)s.")
    return told % {"label": one["label"], "detail": one["detail"], "uses": apart(uses)}


def best_sheet(
    facts: Facts, zone_code: str, found: Sequence[Mapping[str, Any]], *, rows_shown: int | None = None
) -> list[Block]:
    """Return the manufacturing groups for which the basin ranks best, as the head of its page lists them."""
    columns = [
        Column(_("Activité"), is_french=True),
        Column(_("Code NAF")),
        Column(_("Rang du bassin"), decimals=0),
        Column(_("Bassins classés"), decimals=0),
        Column(_("Score"), unit=_("points sur 100"), decimals=1),
        unmet_column(),
    ]
    rows: list[list[Cell]] = [
        [one["label"], one["code"], one["rank"], len(facts.zones), one["score"], one["unmet"]] for one in found
    ]
    if not rows:
        return []
    title = _("Là où il est le mieux placé, parmi %(count)s bassins") % {"count": number(len(facts.zones), 0)}
    drawn = drawn_ranks(facts, zone_code, best_nodes(facts, found))
    table = with_intervals(Table("best", title, columns, rows, sources=SOURCES, status="estimated"), drawn)
    shown = [one for one in shown_labels(table) if one != _("Bassins classés")]
    return [sheet(facts, Figure(table, note=best_note()), rows=rows_shown, columns=shown)]


def best_nodes(facts: Facts, found: Sequence[Mapping[str, Any]]) -> list[Node]:
    """Return the activities of the list of the best placed."""
    return [facts.nomenclature.find(one["code"], BEST_LEVEL) for one in found]


def leads_sheet(facts: Facts, zone: ZoneCard, kept: Sequence[Suggestion], drawn: Drawn) -> list[Block]:
    """Return the best placed activities at each distance from what the basin already does, neighbours folded."""
    families = [members[0] for members in folded(kept)]
    leads = [one for kind in DISTANCES for one in [row for row in families if row.distance.kind == kind][:LEADS]]
    columns = [
        Column(_("Distance au tissu actuel")),
        Column(_("Activité"), is_french=True),
        Column(_("Code NAF")),
        Column(_("Filière (notre regroupement)")),
        Column(_("Rang du bassin"), decimals=0),
        Column(_("Score"), unit=_("points sur 100"), decimals=1),
        Column(_("Ce qui fait la distance")),
        unmet_column(),
    ]
    rows: list[list[Cell]] = [
        [
            distance_label(one.distance.kind),
            one.node.label,
            one.node.code,
            chain_label(one),
            one.fit.rank_among_basins,
            one.fit.score,
            distance_reason(one.distance),
            unmet_of(facts, zone.code, one.node),
        ]
        for one in leads
    ]
    title = _("Des pistes, de la plus proche du tissu actuel à la plus lointaine")
    table = with_intervals(Table("leads", title, columns, rows, sources=SOURCES, status="estimated"), drawn)
    shown = [one for one in shown_labels(table) if one != _("Filière (notre regroupement)")]
    return [sheet(facts, Figure(table), columns=shown)] if rows else []


def shown_labels(table: Table) -> list[str]:
    """Return the columns that a document shows: that of what is lacking, the last, only where something is."""
    labels = [one.label for one in table.columns]
    return labels if any(row[-1] for row in table.rows) else labels[:-1]

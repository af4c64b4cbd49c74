"""The basin behind the rank: alike basins for the same activity, what it is, what else it could produce."""

from django.utils.translation import gettext as _

from explorer.citations import cited
from explorer.presenters.basin import best_caution, best_rows, headline, key_figures
from explorer.presenters.basin_peers import DEFAULT_COUNT, scope_sentence, standing, told_traits
from explorer.presenters.basin_peers import headline as peers_headline
from explorer.presenters.peer_sources import purpose_slugs
from explorer.tables import Cell, Column, Figure, Table
from explorer.templatetags.french import number, ordinal
from explorer.wording import listed
from reports.contents.basin_growth import best_sheet, scale_note
from reports.contents.basin_summary import HEADLINE_SOURCES
from reports.contents.blocks import key_figure, said, sheet
from reports.contents.drawn_ranks import interval_columns
from reports.document import Block, Chapter, KeyFigures
from scoring import service
from scoring.peer_traits import peer_rules
from scoring.peers import Peers, find_peers
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking
from scoring.sheet import BasinSheet

LEVEL, READ = "group", 300
# Rows that paper holds.
BEST, PEERS = 4, 5


def peers(ranking: Ranking, basin: RankedBasin) -> Chapter:
    """The basins that resemble it, with their rank for the same activity."""
    purpose = next(iter(peer_rules().purposes.values()))
    found = find_peers(ranking.facts, basin.zone.code, purpose, exclude_region=False, limit=DEFAULT_COUNT)
    blocks: list[Block] = [said(peers_headline(ranking.facts, found, is_paper=True))]
    if found.peers:
        blocks.append(said(" ".join(filter(None, (standing(found), scope_sentence(found))))))
        blocks += [said(best_peer(ranking, basin, found)), _peers_sheet(ranking, found, purpose_slugs(purpose))]
    return Chapter("peers", _("Les bassins semblables, pour cette activité"), blocks)


def best_peer(ranking: Ranking, basin: RankedBasin, found: Peers) -> str:
    """Return which alike basin ranks best for the activity, against this one."""
    ranked = [one for one in (ranking.basin(peer.zone.code) for peer in found.peers) if one.rank]
    if not ranked:
        return _("Aucun bassin semblable n'a de rang pour cette activité : tous sont écartés.")
    best = min(ranked, key=lambda one: one.rank or 0)
    return _(
        "Parmi ses %(count)s semblables, le mieux classé pour cette activité est %(name)s, %(rank)s avec %(score)s "
        "points ; %(here)s : %(own)s avec %(points)s points."
    ) % {
        "count": len(found.peers),
        "name": best.zone.name,
        "rank": ordinal(best.rank),
        "score": number(best.score, 1),
        "here": basin.zone.name,
        "own": ordinal(basin.rank),
        "points": number(basin.score, 1),
    }


def _peers_sheet(ranking: Ranking, found: Peers, slugs: list[str]) -> Block:
    columns = [
        Column(_("Bassin"), is_french=True),
        Column(_("Code")),
        Column(_("Régions"), is_french=True),
        Column(_("Écart (1 : deux bassins au hasard)"), decimals=2),
        Column(_("Rang pour l'activité"), decimals=0),
        *interval_columns(),
        Column(_("Score"), decimals=1),
        Column(_("Ce qui les rapproche")),
        Column(_("Ce qui les sépare")),
    ]
    rows: list[list[Cell]] = []
    spread = ranking.robustness.spread
    for one in found.peers:
        there = ranking.basin(one.zone.code)
        where = listed([ranking.facts.regions[code] for code in one.zone.region_codes])
        traits = [told_traits(one.alike), told_traits(one.unlike)]
        drawn = [int(ends[there.index]) if there.rank else None for ends in (spread.p05, spread.p95)]
        rows.append([one.zone.name, one.zone.code, where, one.distance, there.rank, *drawn, there.score, *traits])
    table = Table("peers", _("Les semblables et leur rang pour cette activité"), columns, rows, status="estimated")
    shown = [
        _("Bassin"),
        _("Écart (1 : deux bassins au hasard)"),
        _("Rang pour l'activité"),
        *(one.label for one in interval_columns()),
        _("Score"),
        _("Ce qui les sépare"),
    ]
    return sheet(ranking.facts, Figure(table, note=scale_note()), rows=PEERS, columns=shown, sources=slugs)


def place(ranking: Ranking, basin: BasinSheet) -> Chapter:
    """What the basin is, and the activities for which it ranks best."""
    facts, zone = ranking.facts, basin.zone
    rows = best_rows(facts, service.best_activities(facts, zone.code, LEVEL, limit=READ), zone.code)
    warned = best_caution(facts, basin, rows)
    blocks: list[Block] = [
        said(headline(basin), cited(facts, *HEADLINE_SOURCES)),
        KeyFigures(
            [key_figure(one["label"], one["value"], one["note"], one["source"]) for one in key_figures(facts, basin)]
        ),
        *([said(warned)] if warned else []),
        *best_sheet(facts, zone.code, rows, rows_shown=BEST),
    ]
    return Chapter("place", _("Le bassin, et ce qu'il pourrait produire d'autre"), blocks)

"""What would have to change: the least effort that reaches a target, each lever alone, what nobody can move."""

from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from explorer.presenters.change import caution
from explorer.presenters.gap import LEAST_LOST_POINTS, levers_table, proposal_row, stuck_row
from explorer.tables import Cell, Column, Figure, Table
from reports.contents.blocks import said, sheet
from reports.contents.provenance import language
from reports.document import Block, Chapter, Sheet
from scoring.errors import BadQuestion
from scoring.gap import Gap, check_gap, gap
from scoring.gap_words import gap_sentence
from scoring.levers import lever_table
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking
from scoring.targets import Target
from scoring.what_if import standing

# The next step up, whatever the rank.
TARGETS = (20, 10, 1)
GAPS_KEPT = 16
# Rows that paper holds.
STUCK = 6


@lru_cache(maxsize=GAPS_KEPT)
def _gap(ranking: Ranking, zone_code: str, target: Target, _language: str) -> Gap:
    # A gap says why each criterion cannot be moved, in the language of the reader.
    return gap(ranking, zone_code, target, {})


def nearest_gap(ranking: Ranking, basin: RankedBasin) -> Gap | None:
    """Return the gap to the first target that the basin has not reached, None where points do not add up."""
    if ranking.question.aggregation != "arithmetic":
        return None
    place = next((one for one in TARGETS if basin.rank is None or basin.rank > one), TARGETS[-1])
    return _gap(ranking, basin.zone.code, Target("top", float(place)), language())


def gap_words(found: Gap) -> str:
    """Return the answer of a gap, with the caution where the move is within today's uncertainty."""
    told = [gap_sentence(found)]
    if found.after:
        told.append(caution(standing(found.ranking, found.index), standing(found.after, found.index)))
    return " ".join(filter(None, told))


def change(ranking: Ranking, basin: RankedBasin, found: Gap | None) -> Chapter:
    """The changes proposed, each lever alone, what cannot be moved."""
    title = _("Que changer à %(name)s ?") % {"name": basin.zone.name}
    if found is None:
        return Chapter("change", title, [said(refusal(ranking))])
    judged = _(
        "Efforts et bornes : jugement d'expert, %(author)s, relu le %(date)s. Les autres bassins sont supposés ne pas "
        "bouger."
    ) % {"author": lever_table().author, "date": date_format(lever_table().reviewed, "j F Y")}
    tables: list[Block] = [
        *_proposals(ranking, found, judged),
        *_alone(ranking, found, judged),
        *_stuck(ranking, found),
    ]
    return Chapter("change", title, [said(gap_words(found)), *tables, said(judged, is_note=True)])


def refusal(ranking: Ranking) -> str:
    """Return why there is no gap in this ranking."""
    try:
        check_gap(ranking)
    except BadQuestion as error:
        return error.sentence
    return ""


def _proposals(ranking: Ranking, found: Gap, judged: str) -> list[Block]:
    columns = [
        Column(_("Changement")),
        Column(_("Quantité")),
        Column(_("Qui agit")),
        Column(_("Effort"), unit=_("points d'effort"), decimals=1),
        Column(_("Points gagnés"), decimals=2),
        Column(_("Score alors"), decimals=1),
        Column(_("Rang alors"), decimals=0),
    ]
    rows: list[list[Cell]] = []
    for one in found.proposals:
        told = proposal_row(ranking, found, one)
        rows.append([told["action"], told["amount"], told["who"], one.effort, one.points, one.score, one.rank])
    title = _("Les changements proposés, du plus payant au moins payant par point d'effort")
    return [_sheet(ranking, Table("proposals", title, columns, rows, status="estimated"), judged)] if rows else []


def _alone(ranking: Ranking, found: Gap, judged: str) -> list[Block]:
    if found.status not in ("reached", "short") or not found.alone:
        return []
    shown = [
        _("Levier"),
        _("Qui agit"),
        _("Unité"),
        _("Quantité qui suffirait seule"),
        _("Quantité au plus"),
        _("Points au plus"),
    ]
    return [_sheet(ranking, levers_table(found), judged, shown)]


def _stuck(ranking: Ranking, found: Gap) -> list[Block]:
    columns = [
        Column(_("Critère")),
        Column(_("Aujourd'hui")),
        Column(_("Points perdus"), decimals=1),
        Column(_("Seul, il faudrait")),
        Column(_("Qui agit")),
        Column(_("Pourquoi")),
    ]
    rows: list[list[Cell]] = []
    for one in found.stuck:
        if one.points_lost >= LEAST_LOST_POINTS:
            told = stuck_row(found, one)
            rows.append([told["label"], told["value"], one.points_lost, told["needed"], told["who"], told["why"]])
    title = _("Hors de portée ici : ce qui coûte des points et ne se change pas")
    shown = [_("Critère"), _("Aujourd'hui"), _("Points perdus"), _("Seul, il faudrait"), _("Pourquoi")]
    slugs = dict.fromkeys(slug for one in found.stuck for slug in one.criterion.sources)
    table = Figure(Table("stuck", title, columns, rows, status="estimated"))
    return [sheet(ranking.facts, table, rows=STUCK, columns=shown, sources=slugs)] if rows else []


def _sheet(ranking: Ranking, table: Table, judged: str, shown: list[str] | None = None) -> Sheet:
    return sheet(ranking.facts, Figure(table, source=judged), columns=shown)

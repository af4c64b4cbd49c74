"""The chapter of a perimeter's score for an activity: a range, what each zone puts in it, what can be acted on."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from explorer.perimeter_queries import PerimeterInside
from explorer.presenters.perimeter_score import reach_titles, score_criteria_table, score_zones_table, sentence
from explorer.presenters.perimeter_weights import weighting
from explorer.tables import Figure
from explorer.wording import number
from reports.contents.blocks import points, said, sheet
from reports.document import Chapter
from scoring.facts import Facts
from scoring.perimeter_score import PerimeterScore
from scoring.ranking import Ranking

ZONES = 8


def score_chapter(facts: Facts, inside: PerimeterInside, scored: tuple[Ranking, PerimeterScore]) -> Chapter:
    """Return the chapter of the score."""
    ranking, score = scored
    lost: Mapping[bool, float] = {
        reach: sum(one.lost for one in score.criteria if one.is_within_reach is reach) for reach in (True, False)
    }
    to_gain = [
        _("%(title)s : %(lost)s points à gagner.") % {"title": title, "lost": number(lost[reach], 1)}
        for reach, title in reach_titles().items()
    ]
    slugs = dict.fromkeys(slug for one in ranking.used for slug in one.sources if slug in facts.vintages)
    blocks = [
        said(sentence(score)),
        said(weighting(inside), is_note=True),
        *points(to_gain, _("Sur quoi agir, et ce dont on hérite")),
        sheet(facts, Figure(score_zones_table(score)), rows=ZONES, sources=slugs),
        sheet(facts, Figure(score_criteria_table(score)), sources=slugs),
    ]
    return Chapter("score", _("Son score pour « %(label)s »") % {"label": ranking.sector.label}, blocks)

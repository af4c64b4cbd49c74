"""The first page of the report of a basin for an activity: rank, reasons, what is missing, how sure."""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer.presenters.why import headline, profile_card, quoted, requirement_rows, sureness
from explorer.templatetags.french import ordinal, percent
from explorer.wording import apart, listed, number, requirement_label
from reports.contents.blocks import key_figure, points, said
from reports.contents.why_change import gap_words
from reports.document import Block, KeyFigure, KeyFigures, Paragraph
from scoring.gap import Gap
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking

# Reasons on each side; figures of the project.
TOLD, SIZES = 4, 3


def why_summary(ranking: Ranking, basin: RankedBasin, gap: Gap | None) -> list[Block]:
    """Return the blocks of the first page; `gap` is None where points do not add up."""
    lifting, costing = telling(ranking, basin.index)
    return [
        said(headline(ranking, basin)),
        KeyFigures(figures(ranking, basin)),
        *points(strengths(ranking, basin.index, lifting), _("Points forts")),
        *points(missing(ranking, basin, costing), _("Ce qui manque")),
        *points([gap_words(gap)] if gap else [], _("Ce qu'il faudrait changer")),
        *points(sure(ranking, basin), _("Ce que vaut ce rang")),
    ]


def figures(ranking: Ranking, basin: RankedBasin) -> list[KeyFigure]:
    """Return the figures of the rank, then those of the project."""
    count, interval = number(len(ranking.facts.zones), 0), basin.interval
    bounds = {"low": number(basin.score_low, 1), "high": number(basin.score_high, 1)}
    found = [
        key_figure(_("Rang"), ordinal(basin.rank), _("sur %(count)s bassins") % {"count": count}),
        key_figure(_("Score"), number(basin.score, 1), _("sur 100, entre %(low)s et %(high)s") % bounds),
    ]
    if interval:
        ends = {"first": ordinal(interval.p05), "last": ordinal(interval.p95)}
        told = ends["first"] if interval.p05 == interval.p95 else _("%(first)s – %(last)s") % ends
        found += [
            key_figure(
                _("Rang, neuf tirages sur dix"), told, _("médiane %(rank)s") % {"rank": ordinal(interval.median)}
            ),
            key_figure(_("Parmi les vingt premiers"), percent(100 * interval.top20), _("des tirages")),
        ]
    known = percent(100 * basin.coverage)
    found.append(key_figure(_("Poids porté par des données"), known, _("le reste manque, et compte pour moitié")))
    project = profile_card(ranking.profile)["figures"][:SIZES]
    return found + [key_figure(one["label"], one["value"], one["evidence"]) for one in project]


def telling(ranking: Ranking, index: int) -> tuple[list[int], list[int]]:
    """Return the columns of the known criteria that lift a basin most above the median one, and that cost it most."""
    gaps = ranking.gaps_to_median[index]
    order = np.argsort(-gaps, kind="stable").tolist()
    lifting = [column for column in order if gaps[column] > 0][:TOLD]
    costing = [column for column in reversed(order) if gaps[column] < 0][:TOLD]
    return lifting, costing


def reasons(ranking: Ranking, index: int, columns: list[int]) -> list[Paragraph]:
    """Return the sentences of criteria, each with its source."""
    told = [quoted(ranking.contribution(index, column)) for column in columns]
    return [said(one["text"], one["source"]) for one in told]


def strengths(ranking: Ranking, index: int, columns: list[int]) -> list[Paragraph]:
    """Return what lifts a basin most, or that nothing known does."""
    nothing = _("Aucun critère connu ne le place au-dessus du bassin médian.")
    return reasons(ranking, index, columns) or [said(nothing)]


def missing(ranking: Ranking, basin: RankedBasin, costing: list[int]) -> list[Paragraph]:
    """Return the requirements that are not met, then the criteria that cost most."""
    unmet = [
        said(
            _("%(label)s (%(kind)s) : %(state)s. %(sentence)s")
            % {
                "label": row["label"],
                "kind": row["kind"] or requirement_label("to_verify"),
                "state": row["state"],
                "sentence": row["sentence"],
            }
        )
        for row in requirement_rows(ranking, basin)
        if row["css_class"] == "failed"
    ]
    found = unmet + reasons(ranking, basin.index, costing[: max(1, TOLD - len(unmet))])
    return found or [said(_("Aucun critère connu ne le place au-dessous du bassin médian."))]


def sure(ranking: Ranking, basin: RankedBasin) -> list[str]:
    """Return how sure the rank is, and what nobody could check."""
    to_check = [row for row in requirement_rows(ranking, basin) if row["css_class"] == "unknown"]
    told = [sureness(basin)]
    if to_check:
        values = {"labels": apart(row["label"] for row in to_check), "count": number(len(to_check), 0)}
        told.append(
            ngettext(
                "Une exigence reste à vérifier : %(labels)s.",
                "%(count)s exigences restent à vérifier : %(labels)s.",
                len(to_check),
            )
            % values
        )
    if ranking.not_loaded:
        told.append(_("Non chargé, sans poids pour personne : %(labels)s.") % {"labels": listed(ranking.not_loaded)})
    return [one for one in told if one]

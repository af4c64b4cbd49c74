"""What the pages of gaps and what-ifs share: their frame, where a basin stands, before and after as a drawing."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from explorer.presenters.ranking import activity_card, ranking_url, why_url
from explorer.wording import number, with_unit
from scoring.definitions import Criterion
from scoring.numbers import ordinal
from scoring.question import Question
from scoring.ranking import RankedBasin, Ranking
from scoring.what_if import Standing

# The drawing of one figure before and after, in units of its view box.
LEFT, RIGHT, TOP, BOTTOM = 70.0, 190.0, 18.0, 122.0
BAR, TEXT_GAP, TEXT_DROP = 8.0, 10.0, 4.0


def gap_url(zone_code: str, question: Question) -> str:
    """Return the address of the gap of a basin, for the default target."""
    return f"{reverse('explorer:gap', args=(zone_code,))}?{question.to_query('activite')}"


def what_if_url(zone_code: str, question: Question) -> str:
    """Return the address where values of a basin are changed."""
    return f"{reverse('explorer:what-if', args=(zone_code,))}?{question.to_query('activite')}"


def change_frame(ranking: Ranking, basin: RankedBasin) -> dict[str, Any]:
    """Return what both pages say of the basin and the question, with the hidden fields that keep the question."""
    zone, question = basin.zone, ranking.question
    return {
        "edition": ranking.edition,
        "activity": activity_card(ranking),
        "zone": {"code": zone.code, "name": zone.name, "url": reverse("explorer:basin", args=(zone.code,))},
        "why_url": why_url(zone.code, question),
        "ranking_url": ranking_url(question),
        "gap_url": gap_url(zone.code, question),
        "kept": question_fields(question),
    }


def question_fields(question: Question) -> list[tuple[str, str]]:
    """Return the fields of a form that ask the same question."""
    query = QueryDict(question.to_query("activite"))
    return list(query.items())


def written_value(value: float, criterion: Criterion) -> str:
    """Return a value of a criterion with its unit."""
    return with_unit(number(value, criterion.decimals), str(criterion.unit))


def standing_card(title: str, one: Standing) -> dict[str, Any]:
    """Return where a basin stands, in words."""
    return {
        "title": title,
        "score": number(one.score, 1),
        "bounds": bounds(number(one.score_low, 1), number(one.score_high, 1)),
        "rank": ordinal(one.rank) if one.rank else _("écarté"),
        "interval": bounds(ordinal(round(one.rank_p05)), ordinal(round(one.rank_p95)))
        if one.rank_p05 is not None and one.rank_p95 is not None
        else "",
    }


def bounds(low: str, high: str) -> str:
    """Return two ends as a range."""
    return _("de %(low)s à %(high)s") % {"low": low, "high": high}


def caution(before: Standing, after: Standing) -> str:
    """Return the sentence that sets a move of rank beside today's uncertainty, empty when it goes beyond."""
    if after.rank is None or before.rank_p05 is None or before.rank_p95 is None:
        return ""
    if after.rank == before.rank or not before.rank_p05 <= after.rank <= before.rank_p95:
        return ""
    return _(
        "Ce déplacement reste dans l'incertitude d'aujourd'hui : neuf tirages sur dix placent le bassin entre le "
        "%(low)s et le %(high)s rang."
    ) % {"low": ordinal(round(before.rank_p05)), "high": ordinal(round(before.rank_p95))}


def slope(before: Standing, after: Standing, count: int) -> dict[str, Any] | None:
    """Return the drawings of score and rank before and after, coordinates written for SVG attributes."""
    drawings = [
        _drawing(
            _("Score sur 100"),
            [(one.score, one.score_low, one.score_high) for one in (before, after)],
            [number(one.score, 1) for one in (before, after)],
            is_rank=False,
        )
    ]
    if before.rank and after.rank:
        ranks = [(float(one.rank or 0), *_rank_ends(one)) for one in (before, after)]
        drawings.append(
            _drawing(
                _("Rang sur %(count)s") % {"count": number(count, 0)},
                ranks,
                [ordinal(before.rank), ordinal(after.rank)],
                is_rank=True,
            )
        )
    return {"drawings": drawings, "left": f"{LEFT:.0f}", "right": f"{RIGHT:.0f}"}


def _rank_ends(one: Standing) -> tuple[float, float]:
    if one.rank_p05 is None or one.rank_p95 is None:
        return float(one.rank or 0), float(one.rank or 0)
    return one.rank_p05, one.rank_p95


def _drawing(
    title: str, points: list[tuple[float, float, float]], labels: list[str], *, is_rank: bool
) -> dict[str, Any]:
    """Return the slope of one figure: two points with their interval; the better is always higher."""
    everything = [value for point in points for value in point]
    low, high = min(everything), max(everything)

    def y(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return TOP + (BOTTOM - TOP) * (share if is_rank else 1 - share)

    ends = []
    for (value, one, other), label, x in zip(points, labels, (LEFT, RIGHT), strict=True):
        first, last = sorted((y(one), y(other)))
        is_before = x == LEFT
        ends.append(
            {
                "x": f"{x:.0f}",
                "y": f"{y(value):.1f}",
                "left": f"{x - BAR / 2:.0f}",
                "top": f"{first:.1f}",
                "height": f"{last - first:.1f}",
                "text_x": f"{x - TEXT_GAP if is_before else x + TEXT_GAP:.0f}",
                "text_y": f"{y(value) + TEXT_DROP:.1f}",
                "label": label,
            }
        )
    return {
        "title": title,
        "before": ends[0],
        "after": ends[1],
        "words": _("%(title)s : de %(before)s à %(after)s")
        % {"title": title, "before": labels[0], "after": labels[1]},
    }

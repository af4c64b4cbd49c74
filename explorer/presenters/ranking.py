"""The ranking page: headline, rows, map, and the form that asks the question again."""

import math
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer import maps
from explorer.params import PAGE_SIZE
from explorer.presenters.detailed_map import layer_urls, words
from explorer.presenters.weights import weights_form
from explorer.wording import level_label, listed, mode_label, requirement_label
from scoring.numbers import number
from scoring.question import MODES, Question
from scoring.ranking import Contribution, RankedBasin, Ranking

# Width of the range bar, in units of its drawing.
BAR_WIDTH = 120.0
BAR_STEP = 10


def ranking_page(request: HttpRequest, ranking: Ranking, *, page: int, shown: int) -> dict[str, Any]:
    """Return the context of the ranking page."""
    question = ranking.question
    rows = ranking.rows(0, shown)
    canonical = ranking_url(question)
    scale = bar_scale(ranking)
    why_urls = all_why_urls(ranking)
    return {
        "facts": ranking.facts,
        "edition": ranking.edition,
        "activity": activity_card(ranking),
        "headline": headline(ranking, rows),
        "rows": [row(ranking, one, scale, why_urls[one.zone.code]) for one in rows],
        "bar_scale": scale,
        "count": ranking.count,
        "more": more(question, page, shown, ranking.count),
        "map": maps.score_map(ranking, why_urls),
        "map_data": maps.score_data(ranking),
        "map_words": words(ranking.facts),
        "detailed_map": layer_urls(ranking.facts),
        "form": question_form(ranking),
        "weights": weights_form(ranking),
        "permalink": request.build_absolute_uri(canonical),
        "reset_url": f"{reverse('explorer:ranking')}?{bare(question).to_query('activite')}",
        "edits": edits_sentence(question),
        "searched": request.GET.get("cherche", "").strip()[:200],
    }


def ranking_url(question: Question, *, page: int = 1) -> str:
    """Return the shortest address of a ranking."""
    query = question.to_query("activite") + (f"&page={page}" if page > 1 else "")
    return f"{reverse('explorer:ranking')}?{query}"


def why_url(zone_code: str, question: Question) -> str:
    """Return the address of the reasons of a rank, for the same question."""
    return f"{reverse('explorer:why', args=(zone_code,))}?{question.to_query('activite')}"


def all_why_urls(ranking: Ranking) -> dict[str, str]:
    """Return the address of the reasons of every basin, by code: the query is written once for all."""
    before, after = why_url("CODE", ranking.question).split("CODE", 1)
    return {zone.code: f"{before}{zone.code}{after}" for zone in ranking.facts.zones}


def bare(question: Question) -> Question:
    """Return the same activity with nothing changed."""
    return Question(question.activity, question.level)


def activity_card(ranking: Ranking) -> dict[str, Any]:
    """Return the activity as titled on the page, with what must be known of its profile."""
    sector, profile = ranking.sector, ranking.profile
    return {
        "code": sector.code,
        "label": sector.label,
        "level": level_label(sector.level),
        "is_fragile": profile.is_fragile,
        "hires": profile.hires,
        "basis": level_label(profile.basis) if profile.is_estimated else "",
        "is_merged": profile.is_merged,
    }


def headline(ranking: Ranking, rows: list[RankedBasin]) -> str:
    """Return the sentence that answers the question."""
    best = [one for one in rows[:3] if one.rank is not None]
    if not best:
        return _("Aucun bassin ne remplit les critères éliminatoires choisis : retirez-en un pour voir un classement.")
    names = listed([one.zone.name for one in best])
    region = ranking.facts.regions.get(ranking.question.region or "", "")
    if region:
        return ngettext(
            "%(region)s : %(names)s est le bassin qui convient le mieux.",
            "%(region)s : %(names)s sont les bassins qui conviennent le mieux.",
            len(best),
        ) % {"region": region, "names": names}
    return ngettext(
        "%(names)s est le bassin qui convient le mieux, sur %(count)s.",
        "%(names)s sont les bassins qui conviennent le mieux, sur %(count)s.",
        len(best),
    ) % {"names": names, "count": len(ranking.facts.zones)}


def row(ranking: Ranking, basin: RankedBasin, scale: dict[str, float], url: str) -> dict[str, Any]:
    """Return a basin of the list: its rank, score, bounds, reasons."""
    is_filtered = ranking.question.region is not None
    return {
        "code": basin.zone.code,
        "name": basin.zone.name,
        "rank": basin.rank,
        "rank_in_filter": basin.rank_in_filter if is_filtered else None,
        "where": listed([ranking.facts.regions.get(code, code) for code in basin.zone.region_codes]),
        "url": url,
        "score": basin.score,
        "bar": range_bar(basin, scale),
        "coverage": basin.coverage if basin.coverage < 0.995 else None,
        "strengths": [quoted(one) for one in basin.strengths],
        "weakness": quoted(basin.weakness) if basin.weakness else None,
        "vetoes": [one.sentence for one in basin.vetoes],
        "map_class": basin.map_class,
    }


def quoted(one: Contribution) -> dict[str, str]:
    """Return the sentence of a criterion and, apart, the source that ends it."""
    source = one.place.source
    return {"text": one.sentence.removesuffix(_(" ; ") + f"{source}."), "source": source}


def bar_scale(ranking: Ranking) -> dict[str, float]:
    """Return the scale of the range bars: the lowest and highest bounds of all basins, widened to whole tens."""
    return {
        "low": BAR_STEP * math.floor(float(ranking.score_low.min()) / BAR_STEP),
        "high": BAR_STEP * math.ceil(float(ranking.score_high.max()) / BAR_STEP),
    }


def range_bar(basin: RankedBasin, scale: dict[str, float]) -> dict[str, str]:
    """Return the bar of a score between its bounds, in units of its drawing, with its sentence."""

    def place(points: float) -> float:
        return BAR_WIDTH * (points - scale["low"]) / (scale["high"] - scale["low"] or 1)

    sentence = _("%(score)s points, entre %(low)s et %(high)s : bornes dues aux données manquantes ou estimées") % {
        "score": number(basin.score, 1),
        "low": number(basin.score_low, 1),
        "high": number(basin.score_high, 1),
    }
    return {
        "low": f"{place(basin.score_low):.1f}",
        "width": f"{place(basin.score_high) - place(basin.score_low):.1f}",
        "score": f"{place(basin.score):.1f}",
        "sentence": sentence,
    }


def more(question: Question, page: int, shown: int, count: int) -> dict[str, Any] | None:
    """Return the link to the next rows, None at the end of the list."""
    if shown >= count:
        return None
    coming = min(PAGE_SIZE, count - shown)
    label = ngettext("Afficher le suivant", "Afficher les %(coming)s suivants", coming) % {"coming": coming}
    return {"url": ranking_url(question, page=page + 1), "anchor": f"explorer-row-{shown + 1}", "label": label}


def edits_sentence(question: Question) -> str:
    """Return how many settings the reader changed, in words; empty when none."""
    count = question.edits_count
    if not count:
        return ""
    return ngettext("%(count)s réglage modifié", "%(count)s réglages modifiés", count) % {"count": count}


def question_form(ranking: Ranking) -> dict[str, Any]:
    """Return the fields of the form as filled, with the profile's own figures as placeholders."""
    question, profile = ranking.question, ranking.profile
    return {
        "activity": question.activity,
        "level": question.level,
        "amounts": [
            amount("jobs", _("emplois"), question.jobs, profile.defaults.medium_jobs, 0),
            amount("hectares", _("hectares"), question.hectares, profile.hectares, 1),
            amount("mw", _("MW"), question.mw, profile.mw, 1),
        ],
        "regions": [
            {"code": code, "name": name, "is_chosen": code == question.region}
            for code, name in sorted(ranking.facts.regions.items(), key=lambda pair: pair[1])
        ],
        "requirements": requirements(ranking),
        "modes": [
            {
                "id": mode,
                "label": mode_label(mode),
                "value": f"{100 * profile.modes.get(mode, 0.0):.0f}" if question.modes else "",
                "placeholder": f"{100 * profile.defaults.modes.get(mode, 0.0):.0f}",
            }
            for mode in MODES
        ],
    }


def amount(name: str, label: str, value: float | None, default: float, decimals: int) -> dict[str, str]:
    """Return a size field of the project: what was typed, else the usual size as a placeholder."""
    return {
        "name": name,
        "label": label,
        "value": "" if value is None else f"{value:g}",
        "placeholder": number(default, 0 if default == int(default) else decimals),
    }


def requirements(ranking: Ranking) -> list[dict[str, Any]]:
    """Return the requirements of the activity: those that can be applied, and those to ask somebody about."""
    return [
        {
            "id": one.requirement.id,
            "label": str(one.requirement.label),
            "kind": requirement_label(one.requirement.kind),
            "sentence": str(one.requirement.sentence),
            "can_apply": one.requirement.check is not None,
            "is_applied": one.is_applied,
            "verify_with": str(one.requirement.verify_with or ""),
            "failing": int((one.passed == 0).sum()),
        }
        for one in ranking.outcomes
    ]

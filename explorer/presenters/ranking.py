"""The ranking page: headline, rows, map, and the form that asks the question again."""

from itertools import islice
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer import maps
from explorer.compare_address import compare_url
from explorer.params import MAX_SEARCH_LENGTH, PAGE_SIZE
from explorer.permalinks import permalink
from explorer.presenters import detailed_map
from explorer.presenters.group_links import question_groups_url
from explorer.presenters.rows import basin_rows, unmet
from explorer.presenters.validation import rank_caution
from explorer.presenters.weights import unlike_weights_sentence, weights_form
from explorer.question_form import amount_label
from explorer.wording import apart, level_label, listed, mode_label, requirement_label, titled
from scoring.numbers import number, ordinal
from scoring.question import AGGREGATIONS, MODES, NORMALISATIONS, Question
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking
from scoring.sentences.robustness import draws_count, head_sentence, spread_sentence
from scoring.weights import FINE_EVIDENCE

# Rows looked at by the cautions over the list.
FIRST_ROWS, LEADERS = 10, 3


def ranking_page(request: HttpRequest, ranking: Ranking, *, page: int, shown: int) -> dict[str, Any]:
    """Return the context of the ranking page; what a fragment leaves out is made only if printed."""
    question = ranking.question
    rows = ranking.rows(0, shown)
    canonical = ranking_url(question)
    why_urls = all_why_urls(ranking)
    return {
        "facts": ranking.facts,
        "edition": ranking.edition,
        "activity": activity_card(ranking),
        "headline": headline(ranking, rows),
        "caution": rank_caution(),
        "rows": basin_rows(ranking, rows, why_urls),
        "unmet": unmet_sentence(rows[:FIRST_ROWS]),
        "has_no_trace": has_no_trace(ranking, rows[:LEADERS]),
        "robustness": robustness(ranking, rows),
        "draws": draws_count(),
        "is_filtered": question.region is not None,
        "count": ranking.count,
        "more": more(question, page, shown, ranking.count),
        "map": maps.score_map(ranking, why_urls),
        "map_data": maps.score_data(ranking),
        "detailed_map": detailed_map.score_map_markup(ranking.facts),
        "form": SimpleLazyObject(lambda: question_form(ranking)),
        "weights": SimpleLazyObject(lambda: weights_form(ranking)),
        "permalink": permalink(request, canonical, ranking.edition),
        "page_url": canonical,
        "activity_url": activity_url(question),
        "groups_url": question_groups_url(question),
        "compare_url": compare_url([one.zone.code for one in rows[:LEADERS]], question.to_query("activite")),
        "reset_url": f"{reverse('explorer:ranking')}?{bare(question).to_query('activite')}",
        "edits": edits_sentence(ranking),
        **search_context(request, question),
    }


def robustness(ranking: Ranking, rows: list[RankedBasin]) -> list[str]:
    """Return the sentences on how sure the head of a ranking is, and on what the weights really do."""
    told = (close_sentence(rows), head_sentence(ranking), spread_sentence(ranking), unlike_weights_sentence(ranking))
    return [one for one in told if one]


def search_context(request: HttpRequest, question: Question) -> dict[str, str]:
    """Return the text that led here, if any, and where to see the other activities that it may name."""
    text = request.GET.get("cherche", "").strip()[:MAX_SEARCH_LENGTH]
    query = question.to_query("activite", require=())
    return {"searched": text, "others_url": f"{reverse('explorer:search')}?{urlencode({'q': text})}&{query}"}


def ranking_url(question: Question, *, page: int = 1) -> str:
    """Return the shortest address of a ranking."""
    query = question.to_query("activite") + (f"&page={page}" if page > 1 else "")
    return f"{reverse('explorer:ranking')}?{query}"


def activity_url(question: Question) -> str:
    """Return the shortest address of the page of an activity, with the edits of a question."""
    address = reverse("explorer:activity", args=(question.activity,))
    _named, _amp, edits = question.to_query("activite").partition("&")
    return f"{address}?{edits}" if edits else address


def why_url(zone_code: str, question: Question) -> str:
    """Return the address of the reasons of a rank, for the same question."""
    return f"{reverse('explorer:why', args=(zone_code,))}?{question.to_query('activite')}"


def all_why_urls(ranking: Ranking) -> dict[str, SafeString]:
    """Return the address of the reasons of every basin, by code, escaped: the query is written once for all."""
    before, after = escape(why_url("CODE", ranking.question)).split("CODE", 1)
    return {
        zone.code: mark_safe(f"{before}{zone.code}{after}")  # noqa: S308 - escaped above, and codes are digits
        for zone in ranking.facts.zones
    }


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
        "is_merged": profile.is_merged and not ranking.grain_note,
        "grain_note": ranking.grain_note,
    }


def close_sentence(rows: list[RankedBasin]) -> str:
    """Return that the last basin of the headline hardly differs from the next one; empty where it does."""
    if len(rows) <= LEADERS:
        return ""
    last, following = rows[LEADERS - 1 : LEADERS + 1]
    if last.interval is None or following.interval is None or not last.interval.is_tied:
        return ""
    return _(
        "Les données ne départagent pas le %(rank)s du suivant : %(last)s n'est devant %(next)s que dans %(share)s %% "
        "des tirages."
    ) % {
        "rank": ordinal(LEADERS),
        "last": last.zone.name,
        "next": following.zone.name,
        "share": number(100 * (last.interval.before_next or 0.0), 0),
    }


def headline(ranking: Ranking, rows: list[RankedBasin]) -> str:
    """Return the sentence that answers the question."""
    best = [one for one in rows[:LEADERS] if one.rank is not None]
    if not best:
        return _("Aucun bassin ne remplit les critères éliminatoires choisis : retirez-en un pour voir un classement.")
    names, region = (
        listed([one.zone.name for one in best]),
        ranking.facts.regions.get(ranking.question.region or "", ""),
    )
    if lacks := lacking_sentences(ranking, best, region):
        return lacks
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


def lacking_sentences(ranking: Ranking, best: list[RankedBasin], region: str = "") -> str:
    """Return that the best scores lack what the activity cannot do without, and who does not; empty when none does."""
    if not any(unmet(one) for one in best):
        return ""
    told = ngettext(
        "%(names)s a le meilleur score, mais il lui manque un besoin indispensable.",
        "%(names)s ont les meilleurs scores, mais il leur manque un besoin indispensable, à tous ou à certains.",
        len(best),
    ) % {"names": listed([one.zone.name for one in best])}
    return f"{titled(region, told) if region else told} {first_able_sentence(ranking)}"


def first_able_sentence(ranking: Ranking) -> str:
    """Return the first basins of the filter that are not known to lack anything indispensable."""
    able = list(islice(ranking.able(), LEADERS))
    if not able:
        return _("Aucun bassin n'est connu pour les remplir tous.")
    return ngettext(
        "Le premier à qui rien d'indispensable ne manque : %(names)s.",
        "Les premiers à qui rien d'indispensable ne manque : %(names)s.",
        len(able),
    ) % {"names": apart(with_rank(one) for one in able)}


def with_rank(basin: RankedBasin) -> str:
    """Return the name of a basin and its rank."""
    return f"{basin.zone.name} ({ordinal(basin.rank or 0)})"


def unmet_sentence(rows: list[RankedBasin]) -> str:
    """Return how many of the first basins lack something that the activity cannot do without; empty when none."""
    failing = sum(bool(unmet(one)) for one in rows)
    if not failing:
        return ""
    if len(rows) == 1:
        return _("Ce bassin ne remplit pas un besoin indispensable de l'activité.")
    return ngettext(
        "Sur les %(shown)s premiers bassins, %(failing)s ne remplit pas un besoin indispensable de l'activité.",
        "Sur les %(shown)s premiers bassins, %(failing)s ne remplissent pas un besoin indispensable de l'activité.",
        failing,
    ) % {"shown": len(rows), "failing": failing}


def has_no_trace(ranking: Ranking, rows: list[RankedBasin]) -> bool:
    """Whether none of the basins is known for a firm or a plant of the activity itself."""
    columns = [column for column, one in enumerate(ranking.used) if one.id == FINE_EVIDENCE]
    if not columns:
        return False
    traces = ranking.cells[columns[0]].measured.facts
    return not any(traces[kind][row.index] for row in rows for kind in ("epv", "large_plant"))


def more(question: Question, page: int, shown: int, count: int) -> dict[str, Any] | None:
    """Return the link to the next rows, None at the end of the list."""
    if shown >= count:
        return None
    coming = min(PAGE_SIZE, count - shown)
    label = ngettext("Afficher le suivant", "Afficher les %(coming)s suivants", coming) % {"coming": coming}
    return {"url": ranking_url(question, page=page + 1), "anchor": f"explorer-row-{shown + 1}", "label": label}


def edits_sentence(ranking: Ranking) -> str:
    """Return how many settings the reader changed and the region kept, in words; empty when none."""
    question = ranking.question
    count = question.edits_count - (question.region is not None)
    told = []
    if count:
        told.append(ngettext("%(count)s réglage modifié", "%(count)s réglages modifiés", count) % {"count": count})
    if question.region:
        told.append(_("filtre : %(region)s") % {"region": ranking.facts.regions[question.region]})
    return ", ".join(told)


def question_form(ranking: Ranking) -> dict[str, Any]:
    """Return the fields of the form as filled, with the profile's own figures as placeholders."""
    question, profile = ranking.question, ranking.profile
    return {
        "activity": question.activity,
        "level": question.level,
        "amounts": [
            amount("jobs", question.jobs, profile.defaults.medium_jobs, 0),
            amount("hectares", question.hectares, profile.hectares, 1),
            amount("mw", question.mw, profile.mw, 1),
        ],
        "methods": [
            {"name": name, "value": getattr(question, name)}
            for name, usual in (("normalisation", NORMALISATIONS[0]), ("aggregation", AGGREGATIONS[0]))
            if getattr(question, name) != usual
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


def amount(name: str, value: float | None, default: float, decimals: int) -> dict[str, str]:
    """Return a size field of the project: what was typed, else the usual size as a placeholder."""
    return {
        "name": name,
        "label": amount_label(name),
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

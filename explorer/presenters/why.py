"""Why a basin has its rank: the sentence, the points of each criterion, the requirements, the profile."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from explorer import maps
from explorer.citations import cited
from explorer.permalinks import permalink
from explorer.presenters.change import gap_url, what_if_url
from explorer.presenters.ranking import activity_card, question_form, ranking_url, why_url
from explorer.presenters.validation import rank_caution
from explorer.wording import (
    STATUS_SIGNS,
    apart,
    listed,
    mode_label,
    number,
    requirement_label,
    skill_level_label,
    status_label,
    with_unit,
)
from scoring.activity_profile import ActivityProfile
from scoring.contribution import Contribution
from scoring.numbers import ordinal
from scoring.question import Question
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking
from scoring.sentences.robustness import chances_sentence, draws_count, interval_sentence, tie_sentence

# Points that the longest bar of the table stands for are the heaviest weight; the drawing is 200 units wide.
BAR_WIDTH = 200.0
MOST_OCCUPATIONS = 12


def why_page(
    request: HttpRequest, ranking: Ranking, basin: RankedBasin, counted: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return the context of the page that explains one rank; `counted` are the lists of places behind its points."""
    zone, question = basin.zone, ranking.question
    return {
        "edition": ranking.edition,
        "activity": activity_card(ranking),
        "zone": {"code": zone.code, "name": zone.name, "url": reverse("explorer:basin", args=(zone.code,))},
        "basin": basin,
        "headline": headline(ranking, basin),
        "caution": rank_caution(),
        "sureness": sureness(basin),
        "strengths": [quoted(one) for one in basin.strengths],
        "weakness": quoted(basin.weakness) if basin.weakness else None,
        "is_geometric": question.aggregation == "geometric",
        "pillars": pillars(ranking, basin),
        "total": sum(one.contribution for one in basin.contributions),
        "counted": counted,
        "not_loaded": ranking.not_loaded,
        "requirements": requirement_rows(ranking, basin),
        "profile": profile_card(ranking.profile)
        | {"source": cited(ranking.facts, "hires-naf-rome", "dares-fap-rome")},
        "kept": kept_fields(question),
        "form": question_form(ranking),
        "ranking_url": ranking_url(question),
        "report_url": f"{reverse('reports:why-report', args=(zone.code,))}?{question.to_query('activite')}",
        "gap_url": gap_url(zone.code, question) if question.aggregation == "arithmetic" else "",
        "what_if_url": what_if_url(zone.code, question),
        "permalink": permalink(request, why_url(zone.code, question), ranking.edition),
        "locator": maps.locator(ranking.facts, zone.code),
    }


def kept_fields(question: Question) -> list[tuple[str, str]]:
    """Return the fields that the form of the profile does not show, so that sending it forgets none."""
    query = QueryDict(question.to_query("activite", jobs=None, hectares=None, mw=None, modes=()))
    return [(name, value) for name, value in query.items() if name not in ("activite", "level")]


def quoted(one: Contribution) -> dict[str, str]:
    """Return the sentence of a criterion and, apart, the source that ends it."""
    source = one.place.source
    return {"text": one.sentence.removesuffix(_(" ; ") + f"{source}."), "source": source}


def headline(ranking: Ranking, basin: RankedBasin) -> str:
    """Return the sentence that says the rank, the score and its bounds."""
    values = {
        "name": basin.zone.name,
        "count": number(len(ranking.facts.zones), 0),
        "score": number(basin.score, 1),
        "low": number(basin.score_low, 1),
        "high": number(basin.score_high, 1),
    }
    if basin.rank is None:
        return (
            _("%(name)s est écarté par un critère éliminatoire ; sans lui, il compterait %(score)s points sur 100.")
            % values
        )
    return _(
        "%(name)s est %(rank)s sur %(count)s bassins, avec %(score)s points sur 100 : entre %(low)s et %(high)s "
        "selon ce que valent les données manquantes ou estimées."
    ) % (values | {"rank": ordinal(basin.rank)})


def sureness(basin: RankedBasin) -> str:
    """Return how sure the rank is: its interval, its chances, its neighbour; empty under a veto."""
    interval = basin.interval
    if interval is None:
        return ""
    told = (interval_sentence(interval), chances_sentence(interval), tie_sentence(interval))
    return _("Rang tiré %(draws)s fois, en faisant varier erreurs et poids : %(told)s.") % {
        "draws": number(draws_count(), 0),
        "told": apart(filter(None, told)),
    }


def pillars(ranking: Ranking, basin: RankedBasin) -> list[dict[str, Any]]:
    """Return the contributions by pillar, each with its points and its share of the total."""
    heaviest = max((one.weight for one in basin.contributions), default=0.0) or 1.0
    groups = []
    for pillar in ranking.pillars:
        own = [one for one in basin.contributions if one.pillar == pillar.id and one.weight > 0]
        if own:
            groups.append(
                {
                    "label": pillar.label,
                    "points": sum(one.contribution for one in own),
                    "maximum": 100 * sum(one.weight for one in own),
                    "criteria": [contribution_row(one, heaviest) for one in own],
                }
            )
    return groups


def contribution_row(one: Contribution, heaviest: float) -> dict[str, Any]:
    """Return a criterion of the table: value, normalised, weight, points, status, sentence, and its bar."""
    scale = BAR_WIDTH / heaviest
    is_known = one.value is not None
    return {
        "id": one.criterion,
        "label": one.label,
        "value": written_value(one),
        "status": status_label(one.status),
        "is_known": is_known,
        "normalised": one.normalised,
        "weight": 100 * one.weight,
        "points": one.contribution,
        "sentence": quoted(one),
        "bar": {
            "full": f"{one.weight * scale:.1f}",
            "got": f"{one.normalised * one.weight * scale:.1f}",
            "low": f"{one.low * one.weight * scale:.1f}",
            "range": f"{max(0.0, one.high - one.low) * one.weight * scale:.1f}",
            "css_class": "got" if is_known else "unknown",
        },
    }


def written_value(one: Contribution) -> str:
    """Return a value with its unit, ≈ before an estimate, a dash where there is none."""
    if one.value is None:
        return "—"
    sign = STATUS_SIGNS.get(one.status, "")
    return f"{sign}\u202f{with_unit(number(one.value, one.decimals), one.unit)}".lstrip("\u202f")


def requirement_rows(ranking: Ranking, basin: RankedBasin) -> list[dict[str, Any]]:
    """Return the requirements as held against this basin."""
    checks = {one.requirement: one for one in basin.requirements}
    rows = []
    for outcome in ranking.outcomes:
        requirement, check = outcome.requirement, checks[outcome.requirement.id]
        state = {True: _("rempli"), False: _("non rempli"), None: _("à vérifier")}[check.passed]
        rows.append(
            {
                "label": str(requirement.label),
                "kind": "" if state == requirement_label(requirement.kind) else requirement_label(requirement.kind),
                "sentence": check.sentence,
                "state": state,
                "css_class": {True: "passed", False: "failed", None: "unknown"}[check.passed],
                "applied": check.applied,
                "verify_with": str(requirement.verify_with or ""),
            }
        )
    return rows


def profile_card(profile: ActivityProfile) -> dict[str, Any]:
    """Return what the activity needs, with the evidence behind each figure."""
    power = (
        _("publié : INSEE, consommations d'énergie dans l'industrie, 2020")
        if profile.defaults.kw_evidence == "P"
        else _("à dire d'expert")
    )
    edited = _("saisi par vous")
    return {
        "occupations": [
            {
                "code": need.family.code,
                "label": str(need.family.label),
                "level": skill_level_label(need.family.level),
                "share": need.share,
                "is_scored": need.scored_share > 0,
            }
            for need in profile.needs[:MOST_OCCUPATIONS]
        ],
        "other_share": sum(need.share for need in profile.needs[MOST_OCCUPATIONS:]),
        "hires": profile.hires,
        "sizes": listed(
            [
                number(one, 0)
                for one in (profile.defaults.small_jobs, profile.defaults.medium_jobs, profile.defaults.large_jobs)
            ]
        ),
        "figures": [
            figure(
                _("Emplois à créer"),
                number(profile.jobs, 0),
                edited if "jobs" in profile.edited else _("projet moyen de la branche, à dire d'expert"),
            ),
            figure(
                _("Terrain"),
                with_unit(number(profile.hectares, 2), "ha"),
                edited if "hectares" in profile.edited else _("emplois × surface par emploi, à dire d'expert"),
            ),
            figure(
                _("Puissance électrique"),
                with_unit(number(profile.mw, 2), "MW"),
                edited if "mw" in profile.edited else power,
            ),
            figure(
                _("Transport"),
                ", ".join(
                    f"{mode_label(mode)} {with_unit(number(100 * share, 0), '%')}"
                    for mode, share in sorted(profile.modes.items(), key=lambda pair: -pair[1])
                    if share > 0
                ),
                edited if "modes" in profile.edited else _("à dire d'expert"),
            ),
        ],
    }


def figure(label: str, value: str, evidence: str) -> dict[str, str]:
    return {"label": label, "value": value, "evidence": evidence}

"""The page of groups of basins: the answer in a sentence, the group drawn, the list, who would share whose hands."""

import math
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer.citations import cited
from explorer.group_form import group_forms
from explorer.permalinks import permalink
from explorer.presenters.group_links import groups_url
from explorer.presenters.group_map import group_map
from explorer.presenters.group_rows import (
    SOURCES,
    group_row,
    lift_words,
    names,
    signed,
    step_name,
    sure_words,
)
from explorer.presenters.ranking import activity_url, ranking_url, why_url
from explorer.presenters.shared_pools import pool_cards
from explorer.wording import listed, number, with_unit
from scoring.complementarity import LEAST_GAIN, Answer, Group
from scoring.errors import NotFound
from scoring.facts import Facts
from scoring.group_certainty import better_together
from scoring.group_question import FARTHEST_KM, PAGE_NAMES, GroupQuestion
from scoring.group_shares import member_shares, reason, step_shares, unmet

GROUPS_SHOWN = 20
TOLD_IN_FULL = 5


def empty_page(facts: Facts, params: QueryDict, *, wrong: str = "", sentence: str = "") -> dict[str, Any]:
    """Return the context of the page with its forms alone, and what is wrong with what was asked, if anything."""
    return {"edition": facts.edition, "forms": group_forms(facts, params, None, wrong), "refusal": sentence}


def complementarity_page(request: HttpRequest, answer: Answer) -> dict[str, Any]:
    """Return the context of the page of an answer; raises `NotFound` when the group to draw is not in the list."""
    question = answer.question
    groups = answer.groups[:GROUPS_SHOWN]
    chosen = chosen_group(answer, request.GET.get("groupe", "").strip())
    url = groups_url(question)
    return {
        "edition": answer.facts.edition,
        "forms": group_forms(answer.facts, request.GET, question),
        "asked": asked(answer),
        "headline": headline(answer),
        "groups": [
            group_row(answer, one, share, is_chosen=one == chosen)
            for one, share in zip(groups, better_together(answer, groups), strict=True)
        ],
        "count": number(len(answer.groups), 0),
        "hidden": number(len(answer.groups) - len(groups), 0) if len(answer.groups) > len(groups) else "",
        "considered": number(answer.considered, 0),
        "distance": with_unit(f"{question.distance_km:g}", "km"),
        "least_gain": number(LEAST_GAIN, 0),
        "chosen": group_card(answer, chosen) if chosen else None,
        "map": group_map(answer, chosen) if chosen else None,
        "tries": [] if groups else tries(question, answer.nearest_km),
        "is_alone": is_alone(answer),
        "closest": closest_words(answer),
        "pools": pool_cards(answer),
        "csv_url": f"{reverse('explorer:complementarity-file')}?{question.to_query(PAGE_NAMES)}",
        "permalink": permalink(request, url, answer.facts.edition),
        "source": cited(answer.facts, *SOURCES),
    }


def chosen_group(answer: Answer, codes: str) -> Group | None:
    """Return the group to draw, the first of the list by default; raises `NotFound`."""
    if not codes:
        return answer.groups[0] if answer.groups else None
    asked_codes = sorted(codes.split("-"))
    for one in answer.groups:
        if [answer.zone(member).code for member in one.members] == asked_codes:
            return one
    sentence = _("Aucun ensemble %(codes)s dans cette liste : ses bassins sont trop loin ou ne gagnent rien ensemble.")
    raise NotFound(sentence % {"codes": codes[:40]})


def asked(answer: Answer) -> dict[str, Any]:
    """Return what was asked, in words and links."""
    question = answer.question
    if question.is_chain:
        steps = [
            {
                "name": one.name,
                "label": ranking.sector.label,
                "code": ranking.sector.code,
                "url": activity_url(one.question),
            }
            for one, ranking in zip(question.steps, answer.rankings, strict=True)
        ]
        return {"steps": steps}
    sector = answer.rankings[0].sector
    edits = question.first.edits_count
    return {
        "label": sector.label,
        "code": sector.code,
        "ranking_url": ranking_url(question.first),
        "activity_url": activity_url(question.first),
        "edits": ngettext("%(count)s réglage modifié", "%(count)s réglages modifiés", edits) % {"count": edits}
        if edits
        else "",
    }


def headline(answer: Answer) -> str:
    """Return the sentence that answers the question."""
    values: dict[str, Any] = {"distance": with_unit(f"{answer.question.distance_km:g}", "km")}
    if answer.question.basin:
        values["basin"] = answer.zone(answer.facts.zone(answer.question.basin)).name
    if is_alone(answer):
        return alone_sentence(values, answer.nearest_km)
    if not answer.groups:
        if answer.considered == 0:
            return _("Aucun bassin n'a de voisin à moins de %(distance)s.") % values
        if answer.question.basin:
            return (
                _("À moins de %(distance)s, aucun voisin ne fait gagner un point à un ensemble avec %(basin)s.")
                % values
            )
        return _("À moins de %(distance)s, aucun ensemble ne gagne un point sur le meilleur de ses bassins.") % values
    best = answer.groups[0]
    values |= {
        "names": listed(names(answer, best)),
        "score": number(best.score, 1),
        "alone": number(best.alone, 1),
        "lead": answer.zone(best.lead).name,
    }
    if answer.question.is_chain:
        told = _(
            "%(names)s se partagent le mieux les étapes : %(score)s points, contre %(alone)s pour %(lead)s qui les "
            "ferait toutes."
        )
    else:
        told = _(
            "%(names)s couvrent ensemble le mieux les besoins : %(score)s points, contre %(alone)s pour %(lead)s seul."
        )
    return told % values


def is_alone(answer: Answer) -> bool:
    """Whether the basin asked has no neighbour at all within the distance."""
    return answer.nearest_km is not None and answer.nearest_km > answer.question.distance_km


def alone_sentence(values: dict[str, Any], nearest_km: float | None) -> str:
    """Return that the basin asked has no neighbour within the distance, or within any that can be asked."""
    nearest = nearest_km or 0.0
    values = values | {
        "nearest": with_unit(number(nearest, 0), "km"),
        "farthest": with_unit(number(FARTHEST_KM, 0), "km"),
    }
    if nearest > FARTHEST_KM:
        return (
            _(
                "%(basin)s n'a aucun voisin : le bassin le plus proche est à %(nearest)s, et l'on cherche jusqu'à "
                "%(farthest)s au plus."
            )
            % values
        )
    return _("%(basin)s n'a aucun voisin à moins de %(distance)s : le plus proche est à %(nearest)s.") % values


def closest_words(answer: Answer) -> str:
    """Return which pair comes nearest to a gain with the basin asked; empty when there is none to tell."""
    pair = answer.closest
    if pair is None:
        return ""
    values = {
        "names": listed(names(answer, pair)),
        "score": number(pair.score, 1),
        "lead": answer.zone(pair.lead).name,
        "alone": number(pair.alone, 1),
    }
    return (
        _("La paire qui s'en approche le plus : %(names)s, %(score)s points, contre %(alone)s pour %(lead)s seul.")
        % values
    )


def tries(question: GroupQuestion, nearest_km: float | None) -> list[dict[str, str]]:
    """Return what to try where no group is found; `nearest_km` is how far the basin asked has a neighbour."""
    found = []
    nearest = nearest_km or 0.0
    wider = min(FARTHEST_KM, max(100.0, question.distance_km + 50, math.ceil(nearest / 10) * 10))
    has_neighbours = nearest <= FARTHEST_KM
    if wider > question.distance_km and has_neighbours:
        label = _("Chercher jusqu'à %(distance)s") % {"distance": with_unit(f"{wider:g}", "km")}
        found.append({"label": label, "url": groups_url(question, distance_km=wider)})
    if question.size and has_neighbours:
        found.append({"label": _("Chercher des paires et des triplets"), "url": groups_url(question, size=None)})
    if question.basin:
        found.append({"label": _("Chercher dans toute la France"), "url": groups_url(question, basin=None)})
    return found


def group_card(answer: Answer, group: Group) -> dict[str, Any]:
    """Return the group drawn, with what each member brings in full."""
    return {
        "title": listed(names(answer, group)),
        "score": number(group.score, 1),
        "alone": number(group.alone, 1),
        "lead": answer.zone(group.lead).name,
        "gain": number(group.gain, 1),
        "rank": number(answer.rank_alone(group.score), 0),
        "sure": sure_words(*better_together(answer, [group])),
        "distances": [
            _("%(one)s – %(other)s : %(km)s")
            % {"one": answer.zone(one).name, "other": answer.zone(other).name, "km": with_unit(number(km, 0), "km")}
            for one, other, km in answer.distances(group)
        ],
        "members": [] if answer.question.is_chain else member_cards(answer, group),
        "steps": step_rows(answer, group) if answer.question.is_chain else [],
        "unmet": [str(one.requirement.label) for one in unmet(answer, group)],
    }


def member_cards(answer: Answer, group: Group) -> list[dict[str, Any]]:
    """Return each member with the criteria it brings, each with its reason, and what it draws down."""
    cards = []
    for share in member_shares(answer, group):
        zone = answer.zone(share.index)
        lifts = [one for one in share.brought if one.points > 0][:TOLD_IN_FULL]
        lowers = [] if share.is_lead else [one for one in share.brought if one.points < 0][-TOLD_IN_FULL:]
        cards.append(
            {
                "name": zone.name,
                "url": why_url(zone.code, answer.question.first),
                "is_lead": share.is_lead,
                "alone": number(answer.alone[share.index], 1),
                "total": "" if share.is_lead else signed(share.points),
                "lifts": [
                    {
                        "points": signed(one.points),
                        "label": one.label,
                        "reason": reason(answer, share.index, one.column),
                    }
                    for one in lifts
                ],
                "lowers": listed([lift_words(one) for one in reversed(lowers)]),
            }
        )
    return cards


def step_rows(answer: Answer, group: Group) -> list[dict[str, str]]:
    """Return each step with the member that does it, its score and rank there, and what the lead would score."""
    return [
        {
            "name": step_name(answer, one.place),
            "code": answer.rankings[one.place].sector.code,
            "basin": answer.zone(one.index).name,
            "url": why_url(answer.zone(one.index).code, answer.question.steps[one.place].question),
            "score": number(one.score, 1),
            "rank": number(one.rank, 0),
            "lead_score": number(answer.rankings[one.place].score[group.lead], 1),
        }
        for one in step_shares(answer, group)
    ]

"""The page of a gap: what must change for a basin to reach a target, who would act, what nobody can move."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from explorer.gap_asked import OFFERED_TARGETS, OTHER, GapAsked
from explorer.permalinks import permalink as lasting_link
from explorer.presenters.change import caution, change_frame, slope, standing_card, what_if_url, written_value
from explorer.tables import Cell, Column, Table
from explorer.wording import number
from scoring.gap import Alone, Gap, Proposal, Stuck
from scoring.gap_words import gap_sentence, target_words
from scoring.levers import Lever, lever_table
from scoring.numbers import ordinal
from scoring.pairs import written_number, written_pairs
from scoring.ranking import RankedBasin, Ranking
from scoring.targets import Target
from scoring.what_if import standing

# What costs less shows as nothing.
LEAST_LOST_POINTS = 0.05


def gap_page(
    request: HttpRequest, ranking: Ranking, basin: RankedBasin, asked: GapAsked, found: Gap
) -> dict[str, Any]:
    """Return the context of the page; `found` is the gap for what could be understood of `asked`."""
    zone, question = basin.zone, ranking.question
    permalink = asked.url(zone.code, question)
    return change_frame(ranking, basin) | {
        "form": _form(asked, found),
        "error": {"field": asked.wrong, "sentence": asked.sentence} if asked.wrong else None,
        "sentence": gap_sentence(found),
        "status": found.status,
        "target": target_words(found.target),
        "proposals": [proposal_row(ranking, found, one) for one in found.proposals],
        "effort": number(found.effort, 1),
        "points": number(sum(one.points for one in found.proposals), 2),
        "slope": slope(standing(ranking, found.index), standing(found.after, found.index), len(ranking.facts.zones))
        if found.after
        else None,
        "standings": [
            standing_card(_("Aujourd'hui"), standing(ranking, found.index)),
            *([standing_card(_("Avec ces changements"), standing(found.after, found.index))] if found.after else []),
        ],
        "nearer": _nearer(asked, found),
        "caution": caution(standing(ranking, found.index), standing(found.after, found.index)) if found.after else "",
        "apply_url": _apply_url(found),
        "alone": [alone_row(one) for one in found.alone] if found.status in ("reached", "short") else [],
        "stuck": [stuck_row(found, one) for one in found.stuck if one.points_lost >= LEAST_LOST_POINTS],
        "judgement": {"author": lever_table().author, "reviewed": lever_table().reviewed},
        "years": lever_table().horizon_years,
        "url": asked.url(zone.code, question).partition("?")[0],
        "permalink": permalink,
        "share_url": lasting_link(request, permalink, ranking.edition),
        "what_if_url": what_if_url(zone.code, question),
        "csv_url": permalink.replace("/progresser/?", "/progresser/leviers.csv?") if found.alone else "",
    }


def _form(asked: GapAsked, found: Gap) -> dict[str, Any]:
    is_score = found.target.kind == "score" or asked.wrong == "points"
    chosen = OTHER if is_score else found.target.text
    offered = list(dict.fromkeys((*OFFERED_TARGETS, *(() if is_score else (chosen,)))))
    labels = {one: _("les %(count)s premiers") % {"count": one.removeprefix("top")} for one in offered}
    points = asked.typed.get("points") or (written_number(found.target.number) if found.target.kind == "score" else "")
    return {
        "targets": [{"value": key, "label": label, "is_chosen": key == chosen} for key, label in labels.items()]
        + [{"value": OTHER, "label": _("un score de…"), "is_chosen": is_score}],
        "points": points.replace(".", ","),
        "levers": [
            _lever(asked, found, lever_table().levers[key])
            for key in lever_table().levers
            if key in {one.id for one in found.ranking.used}
        ],
    }


def who_label(who: str) -> str:
    """Return who acts, in words."""
    return {
        "members": _("les communes et leurs communautés, avec la région"),
        "firms": _("les entreprises, avec les communes"),
        "state": _("l'État ou un opérateur national"),
        "nobody": _("personne"),
    }[who]


def amount(value: float, lever: Lever) -> str:
    """Return an amount of a lever with its unit: "+ 12 personnes formées par an", "− 3 km"."""
    sign = "−" if lever.is_less else "+"
    return f"{sign}\u00a0{number(value, 0 if value == int(value) else 1)}\u00a0{lever.unit_of(value)}"


def _lever(asked: GapAsked, found: Gap, lever: Lever) -> dict[str, Any]:
    name, effort = f"e.{lever.id}", found.efforts[lever.id]
    return {
        "id": lever.id,
        "name": name,
        "action": str(lever.action),
        "who": who_label(lever.who),
        "unit": str(lever.unit),
        "value": asked.typed.get(name) or written_number(effort).replace(".", ","),
        "default": number(lever.effort, 2).rstrip("0").rstrip(",."),
        "is_wrong": asked.wrong == name,
        "why": str(lever.why),
    }


def alone_row(one: Alone) -> dict[str, str]:
    """Return a lever by itself: what of it would reach the target, and the most it can do."""
    lever = one.reach.lever
    return {
        "action": str(lever.action),
        "needed": _needed_alone(one),
        "most": amount(one.most, lever),
        "most_points": number(one.most_points, 2),
    }


def _needed_alone(one: Alone) -> str:
    if one.amount is None or one.effort is None:
        return _("n'y suffit pas")
    words = {"amount": amount(one.amount, one.reach.lever), "effort": number(one.effort, 1)}
    return _("%(amount)s, effort %(effort)s") % words


def proposal_row(ranking: Ranking, found: Gap, one: Proposal) -> dict[str, Any]:
    """Return a change proposed: how much, who would act, what moves, and where the basin then stands."""
    lever = one.reach.lever
    return {
        "action": str(lever.action),
        "amount": amount(one.amount, lever),
        "who": who_label(lever.who),
        "changes": [row for key, value in one.values.items() if (row := _moved(ranking, found.index, key, value))],
        "effort": number(one.effort, 1),
        "effort_note": _effort_note(one),
        "points": number(one.points, 2),
        "score": number(one.score, 1),
        "rank": ordinal(one.rank) if one.rank else "—",
    }


def _effort_note(one: Proposal) -> str:
    """Return what the size of the project makes of the effort, empty where it changes nothing."""
    if one.reach.factor == 1:
        return ""
    return _("dont × %(factor)s pour la taille du projet") % {"factor": number(one.reach.factor, 2)}


def _moved(ranking: Ranking, index: int, key: str, value: float) -> dict[str, str] | None:
    """Return a criterion before and after, None when the screen would show the same figure twice."""
    column = [one.id for one in ranking.used].index(key)
    criterion, today = ranking.used[column], float(ranking.cells[column].measured.value[index])
    if number(today, criterion.decimals) == number(value, criterion.decimals):
        return None
    return {
        "label": str(criterion.label),
        "before": number(today, criterion.decimals),
        "after": written_value(value, criterion),
    }


def stuck_row(found: Gap, one: Stuck) -> dict[str, Any]:
    """Return a criterion that cannot be moved: its value, the points it costs, why, and what it would take."""
    criterion = one.criterion
    if found.need <= 0 or found.status == "vetoed":
        needed = ""
    elif one.needed is None:
        needed = _("même à son meilleur, il n'y suffirait pas")
    else:
        needed = written_value(one.needed, criterion)
    return {
        "label": str(criterion.label),
        "value": "—" if one.value is None else written_value(one.value, criterion),
        "points": number(one.points_lost, 1),
        "who": who_label(one.who),
        "why": one.why,
        "needed": needed,
    }


def levers_table(found: Gap) -> Table:
    """Return every lever with what is proposed of it, what it would take alone and the most it can do."""
    proposed = {one.reach.lever.id: one for one in found.proposals}
    columns = [
        Column(_("Levier")),
        Column(_("Critère")),
        Column(_("Qui agit")),
        Column(_("Unité")),
        Column(_("Effort d'une unité"), unit=_("points d'effort"), decimals=2),
        Column(_("Quantité proposée"), decimals=1),
        Column(_("Effort de la proposition"), unit=_("points d'effort"), decimals=1),
        Column(_("Points gagnés"), unit=_("points sur 100"), decimals=2),
        Column(_("Quantité qui suffirait seule"), decimals=1),
        Column(_("Quantité au plus"), decimals=1),
        Column(_("Points au plus"), unit=_("points sur 100"), decimals=2),
    ]
    rows: list[list[Cell]] = []
    for one in found.alone:
        lever, plan = one.reach.lever, proposed.get(one.reach.lever.id)
        does = [plan.amount, plan.effort, plan.points] if plan else [0.0, 0.0, 0.0]
        rows.append(
            [
                *(str(lever.action), lever.id, who_label(lever.who), str(lever.unit), found.efforts[lever.id]),
                *does,
                *(one.amount, one.most, one.most_points),
            ]
        )
    title = _("%(name)s : les leviers pour atteindre %(target)s") % {
        "name": found.ranking.facts.zones[found.index].name,
        "target": target_words(found.target),
    }
    return Table("gap", title, columns, rows, status="estimated")


def _nearer(asked: GapAsked, found: Gap) -> dict[str, str] | None:
    """Return the link to the best rank within reach, when the target is not and some rank can be gained."""
    best, today = found.best_rank, int(found.ranking.rank[found.index])
    if found.status != "short" or best is None or not best < today:
        return None
    target = Target("top", best)
    code = found.ranking.facts.zones[found.index].code
    return {"label": target_words(target), "url": replace(asked, target=target).url(code, found.ranking.question)}


def _apply_url(found: Gap) -> str:
    if not found.proposals:
        return ""
    zone = found.ranking.facts.zones[found.index]
    name = _("Vers %(target)s") % {"target": target_words(found.target)}
    pairs = {"si": written_pairs(found.values), "marges": "gardees", "scenario": name}
    return f"{what_if_url(zone.code, found.ranking.question)}&{urlencode(pairs, quote_via=quote, safe=':,.')}"

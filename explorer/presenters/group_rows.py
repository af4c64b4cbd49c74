"""Groups of basins in a line each: names, numbers, what each member brings or does; the same as a file."""

from typing import Any

from django.utils.translation import gettext as _

from explorer.presenters.group_links import groups_url
from explorer.tables import Column, Table
from explorer.wording import apart, listed, number, titled, with_unit
from scoring.complementarity import Answer, Group
from scoring.group_certainty import SURE, better_together
from scoring.group_shares import Brought, MemberShare, member_shares, step_shares

TOLD_IN_LIST = 2
SOURCES = ("urssaf-zone-a38", "insee-flores-zone-a38", "dares-fap-sectors", "hires-naf-rome", "cerema-cartofriches")


def names(answer: Answer, group: Group) -> list[str]:
    """Return the names of the members, the lead first."""
    return [answer.zone(one).name for one in ordered(group)]


def ordered(group: Group) -> list[int]:
    """Return the members, the lead first."""
    return sorted(group.members, key=lambda one: one != group.lead)


def group_row(answer: Answer, group: Group, share: float, *, is_chosen: bool) -> dict[str, Any]:
    """Return a group as a row of the list, with the share of the draws in which it does better."""
    codes = "-".join(answer.zone(one).code for one in group.members)
    return {
        "names": names(answer, group),
        "url": f"{groups_url(answer.question)}&groupe={codes}#explorer-group",
        "is_chosen": is_chosen,
        "score": number(group.score, 1),
        "alone": number(group.alone, 1),
        "lead": answer.zone(group.lead).name,
        "gain": f"+{number(group.gain, 1)}",
        "rank": number(answer.rank_alone(group.score), 0),
        "sure": sure_words(share),
        "is_likely": share < SURE,
        "farthest": with_unit(number(max(km for _one, _other, km in answer.distances(group)), 0), "km"),
        "brings": brings_short(answer, group),
    }


def sure_words(share: float) -> str:
    """Return a share of draws as a percentage, never a certainty."""
    return with_unit(number(min(99.0, 100 * share), 0), "%")


def brings_short(answer: Answer, group: Group) -> list[dict[str, str]]:
    """Return in a few words what each member brings, or does."""
    if answer.question.is_chain:
        return [
            {"name": answer.zone(index).name, "words": listed([step_name(answer, one) for one in done])}
            for index, done in steps_by_member(answer, group)
        ]
    return [{"name": answer.zone(one.index).name, "words": member_words(one)} for one in member_shares(answer, group)]


def step_name(answer: Answer, place: int) -> str:
    """Return the role of a step, or its activity."""
    return answer.question.steps[place].name or answer.rankings[place].sector.label


def steps_by_member(answer: Answer, group: Group) -> list[tuple[int, list[int]]]:
    """Return the steps that each member does, the lead first."""
    shares = step_shares(answer, group)
    return [(index, [one.place for one in shares if one.index == index]) for index in ordered(group)]


def member_words(share: MemberShare) -> str:
    """Return the criteria that a member brings most, in points; for the lead, where it is ahead."""
    lifts = [one for one in share.brought if one.points > 0][:TOLD_IN_LIST]
    told = listed([_lower(one.label) if share.is_lead else lift_words(one) for one in lifts])
    if share.is_lead:
        return _("porte le projet, en tête sur : %(told)s") % {"told": told} if told else _("porte le projet")
    return told or _("rien de plus")


def lift_words(one: Brought) -> str:
    return f"{_lower(one.label)} ({signed(one.points)})"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def signed(points: float) -> str:
    """Return points with their sign."""
    return f"{'+' if points > 0 else '−'}{number(abs(points), 1)}"


def sure_heading(answer: Answer) -> str:
    """Return what the draws counted are: a chain is never worse than its best member, so it must gain a point."""
    if answer.question.is_chain:
        return _("Tirages où l'ensemble gagne au moins un point")
    return _("Tirages où l'ensemble fait mieux")


def groups_table(answer: Answer) -> Table:
    """Return every group as a file holds it."""
    return Table(
        id="groups",
        title=_("Bassins qui se complètent"),
        columns=[
            Column(_("Bassins"), is_french=True),
            Column(_("Codes")),
            Column(_("Score de l'ensemble"), unit=_("points"), decimals=1),
            Column(_("Meilleur bassin seul"), is_french=True),
            Column(_("Son score"), unit=_("points"), decimals=1),
            Column(_("Gain"), unit=_("points"), decimals=1),
            Column(_("Gain sur le meilleur sous-ensemble"), unit=_("points"), decimals=1),
            Column(sure_heading(answer), unit="%", decimals=0),
            Column(_("Plus grande distance"), unit=_("km, à vol d'oiseau"), decimals=0),
            Column(_("Ce que chacun apporte"), is_french=True),
        ],
        rows=[
            [
                " + ".join(names(answer, one)),
                "-".join(answer.zone(member).code for member in ordered(one)),
                one.score,
                answer.zone(one.lead).name,
                one.alone,
                one.gain,
                one.margin,
                100 * share,
                max(km for _one, _other, km in answer.distances(one)),
                apart(titled(part["name"], part["words"]) for part in brings_short(answer, one)),
            ]
            for one, share in zip(answer.groups, better_together(answer, answer.groups), strict=True)
        ],
        sources=SOURCES,
        status="estimated",
    )

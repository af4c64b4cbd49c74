"""The page of one activity: what it needs, where it is, who does related things, which basins come first."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer import charts_activity
from explorer.citations import cited
from explorer.permalinks import permalink
from explorer.presenters.activity_profile import profile_form
from explorer.presenters.activity_traces import NAMED_AT_MOST, branch_names, where_it_is
from explorer.presenters.group_links import question_groups_url
from explorer.presenters.ranking import (
    LEADERS,
    activity_card,
    activity_url,
    lacking_sentences,
    ranking_url,
    why_url,
)
from explorer.presenters.value_chain import chain_url
from explorer.tables import Column, Figure, Signed, Table, shown
from explorer.wording import apart, level_label, listed, number, skill_level_label, with_unit
from scoring.activity_profile import ActivityProfile
from scoring.activity_sheet import Relatives, branches, lineage, occupation_hires, relatives, trading_branches
from scoring.contribution import SectorCard
from scoring.facts import Facts
from scoring.nomenclature import Node
from scoring.question import Question
from scoring.ranking import RankedBasin, Ranking
from scoring.search import Activity

CHARTED_NEEDS = 12
FIRST_BASINS = 10


def activity_page(request: HttpRequest, ranking: Ranking) -> dict[str, Any]:
    """Return the context of the page of an activity."""
    facts, question, profile = ranking.facts, ranking.question, ranking.profile
    above, below = lineage(facts, profile.node)
    return {
        "edition": facts.edition,
        "activity": activity_card(ranking),
        "headline": headline(ranking),
        "above": [activity_link(one) for one in told_above(above, profile.node.label)],
        "below": [activity_link(one) for one in below],
        "form": profile_form(ranking),
        "ranking_url": ranking_url(question),
        "reset_url": activity_url(Question(question.activity, question.level)),
        "permalink": permalink(request, activity_url(question), ranking.edition),
        "needs": needs(facts, question, profile),
        "occupations": occupations(facts, profile.node),
        "where": where_it_is(ranking) | {"csv_url": figure_url(question, "where")},
        "relatives": relatives_card(facts, relatives(facts, profile.node)),
        "trade": trade_card(facts, profile.node),
        "related_csv": figure_url(question, "related"),
        "first": [first_row(ranking, one) for one in ranking.rows(0, FIRST_BASINS)],
        "region": facts.regions.get(question.region or "", ""),
        "groups_url": question_groups_url(question),
        "chain_url": chain_url(profile.node, None),
        "levels": other_levels(facts, profile.node),
    }


def card_url(card: SectorCard | Activity) -> str:
    """Return the address of the page of an activity with nothing changed."""
    return activity_url(Question(card.code, card.level))


def activity_link(card: SectorCard) -> dict[str, str]:
    return {"code": card.code, "label": card.label, "level": level_label(card.level), "url": card_url(card)}


def told_above(above: Sequence[SectorCard], label: str) -> list[SectorCard]:
    """Return the activities above, without those that only repeat the label of the one below them."""
    below = [*(one.label for one in above), label][1:]
    return [one for one, next_label in zip(above, below, strict=True) if one.label != next_label]


def other_levels(facts: Facts, node: Node) -> list[dict[str, str]]:
    """Return the same code at other levels: FZ is a branch of A17 and one of A38."""
    found = [one for one in facts.nomenclature.nodes.values() if one.code == node.code and one.level != node.level]
    return [{"level": level_label(one.level), "url": activity_url(Question(one.code, one.level))} for one in found]


def headline(ranking: Ranking) -> str:
    """Return the sentence that says what a usual project asks for, and where it fits best."""
    profile = ranking.profile
    values = {
        "jobs": number(profile.jobs, 0),
        "hectares": amount_words(profile.hectares),
        "mw": amount_words(profile.mw),
    }
    told = (
        _("Votre projet : %(jobs)s emplois, %(hectares)s ha et %(mw)s MW.")
        if profile.edited
        else _("Un projet courant demande %(jobs)s emplois, %(hectares)s ha et %(mw)s MW.")
    )
    return f"{told % values} {best_sentence(ranking)}".rstrip()


def best_sentence(ranking: Ranking) -> str:
    """Return where the activity fits best, empty where no basin is ranked."""
    best = [one for one in ranking.rows(0, LEADERS) if one.rank]
    if not best:
        return ""
    if lacks := lacking_sentences(ranking, best):
        return lacks
    fit = ngettext(
        "%(names)s est le bassin qui convient le mieux.",
        "%(names)s sont les bassins qui conviennent le mieux.",
        len(best),
    )
    return fit % {"names": listed([one.zone.name for one in best])}


def amount_words(value: float) -> str:
    """Return hectares or megawatts with the decimals that matter: 52, 1,8, 0,08."""
    return number(value, 0 if value >= 10 else 1 if value >= 1 else 2)


def needs_figure(facts: Facts, profile: ActivityProfile) -> Figure | None:
    """Return the figure of the occupation families; None for an activity that nothing describes."""
    if not profile.needs:
        return None
    scored = [one for one in profile.needs if one.family.is_scored]
    by_family = dict(zip(facts.nomenclature.family_codes, facts.nomenclature.hires[profile.node.key], strict=True))
    first = scored[0] if scored else profile.needs[0]
    table = Table(
        id="needs",
        title=_("« %(family)s » : %(share)s des embauches")
        % {"family": first.family.label, "share": percent(first.share, 0)},
        columns=[
            Column(_("Famille de métiers")),
            Column(_("Code")),
            Column(_("Niveau")),
            Column(_("Lue par le score")),
            Column(_("Part"), unit="%", decimals=1),
            Column(_("Embauches"), decimals=0),
        ],
        rows=[
            [
                str(one.family.label),
                one.family.code,
                skill_level_label(one.family.level),
                _("oui") if one.family.is_scored else _("soutien"),
                Signed(100 * one.share, "≈" if profile.is_estimated else ""),
                # A family known only through the level above has no hire of its own.
                by_family.get(one.family.code) or None,
            ]
            for one in profile.needs
        ],
        sources=("hires-naf-rome", "dares-fap-rome"),
        status="estimated" if profile.is_estimated else "observed",
    )
    charted = profile.needs[:CHARTED_NEEDS]
    return Figure(
        table,
        subtitle=needs_subtitle(profile, sum(one.share for one in scored)),
        chart=lambda: charts_activity.needs_chart(charted),
    )


def needs(facts: Facts, question: Question, profile: ActivityProfile) -> dict[str, Any] | None:
    """Return what the page shows of the occupation families."""
    figure = needs_figure(facts, profile)
    return shown(facts, figure, csv_url=figure_url(question, "needs")) if figure else None


def figure_url(question: Question, figure: str) -> str:
    """Return the address of the file of a figure, for the same question."""
    address = reverse("explorer:activity-figure", args=(question.activity, figure))
    _named, _amp, edits = question.to_query("activite").partition("&")
    return f"{address}?{edits}" if edits else address


def needs_subtitle(profile: ActivityProfile, scored_share: float) -> str:
    """Return what the profile counts and what the score reads of it."""
    base = _("Les %(count)s familles de métiers les plus embauchées, en %% des embauches") % {
        "count": min(CHARTED_NEEDS, len(profile.needs))
    }
    read = _("le score lit les familles de production, de maintenance et de logistique, soit %(share)s") % {
        "share": percent(scored_share, 0)
    }
    shrunk = _("profil rapproché de celui du niveau au-dessus quand les embauches sont peu nombreuses")
    return apart([base, read, shrunk])


def percent(share: float, decimals: int) -> str:
    """Return a share (0-1) as a percentage."""
    return with_unit(number(100 * share, decimals), "%")


def occupations(facts: Facts, node: Node) -> dict[str, Any]:
    """Return the finest trades that the activity hires, by their name in the ROME."""
    rows, count = occupation_hires(facts, node)
    return {
        "rows": [{"label": one.label, "hires": number(one.hires, 0), "share": percent(one.share, 1)} for one in rows],
        "hidden": count - len(rows),
        "source": cited(facts, "hires-naf-rome", "rome-labels"),
    }


def relatives_card(facts: Facts, found: Relatives | None) -> dict[str, Any] | None:
    """Return the activities that hire in the same occupations, with what is compared."""
    if found is None:
        return None
    return {
        "compared": activity_link(found.compared),
        "level": level_label(found.compared.level),
        "rows": [
            activity_link(one.sector)
            | {"overlap": percent(one.overlap, 0), "hires": number(one.hires, 0), "shared": one.shared}
            for one in found.found
        ],
        "source": cited(facts, "hires-naf-rome"),
    }


def trade_card(facts: Facts, node: Node) -> dict[str, Any] | None:
    """Return what the activity's branch buys and sells, None where the flows do not tell."""
    suppliers, customers = trading_branches(facts, node)
    if not suppliers and not customers:
        return None
    own = branches(facts, node)
    return {
        "branch": branch_names(own),
        "branch_count": len(own.cards) if len(own.cards) > NAMED_AT_MOST else 0,
        "sides": [
            {
                "title": title,
                "has_imports": has_imports,
                "rows": [
                    activity_link(one.card)
                    | {
                        "share": percent(one.share, 0),
                        "imported": "—" if one.imported is None else percent(one.imported, 0),
                    }
                    for one in rows
                ],
            }
            for title, rows, has_imports in (
                (_("Ce qu'elle achète"), suppliers, True),
                (_("À qui elle vend"), customers, False),
            )
            if rows
        ],
        "source": cited(facts, "wiod-france-io"),
    }


def related_table(facts: Facts, node: Node) -> Table:
    """Return the related activities as a file holds them."""
    found = relatives(facts, node)
    return Table(
        id="related",
        title=_("Activités qui embauchent dans les mêmes métiers"),
        columns=[
            Column(_("Activité"), is_french=True),
            Column(_("Code")),
            Column(_("Comparée à")),
            Column(_("Part commune"), unit="%", decimals=0),
            Column(_("Métiers surtout partagés"), is_french=True),
            Column(_("Embauches"), decimals=0),
        ],
        rows=[
            [
                one.sector.label,
                one.sector.code,
                found.compared.code,
                100 * one.overlap,
                apart(one.shared),
                one.hires,
            ]
            for one in found.found
        ]
        if found
        else [],
        sources=("hires-naf-rome",),
        status="observed",
    )


def first_row(ranking: Ranking, basin: RankedBasin) -> dict[str, Any]:
    """Return a basin of the head of the ranking."""
    question = ranking.question
    rank = basin.rank_in_filter if question.region else basin.rank
    return {
        "rank": rank,
        "name": basin.zone.name,
        "where": listed([ranking.facts.regions.get(code, code) for code in basin.zone.region_codes]),
        "score": basin.score,
        "low": basin.score_low,
        "high": basin.score_high,
        "url": why_url(basin.zone.code, question),
        "map_class": basin.map_class,
    }

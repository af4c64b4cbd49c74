"""Everything that a basin could produce: each activity of a level with the basin's rank and score in its ranking."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer.citations import cited
from explorer.paging import paged
from explorer.presenters.basin_listing import ANY, Listing, distance_label, selects
from explorer.presenters.suggestion_rows import Addresses, suggestion_row
from explorer.presenters.suggestion_words import SOURCES, chain_label, little_known
from explorer.presenters.validation import activity_caution
from explorer.wording import number
from scoring.fabric_distance import DISTANCES
from scoring.facts import Facts, ZoneCard
from scoring.numbers import ordinal
from scoring.rank_intervals import RankInterval
from scoring.reverse import Suggestion, folded

# Lines of a page: each has its interval drawn, some 40 ms the first time that anybody asks.
PAGE_SIZE = 25
STRONG_RANK = 30
# By chain or by distance, a page is an overview: the best of each, the others behind a link.
FIRST_OF_GROUP = {"filiere": 3, "distance": 6}
GROUPS_OF_PAGE = 8

Family = tuple[Suggestion, ...]
IntervalsOf = Callable[[Sequence[Suggestion]], list[RankInterval | None]]


def activities_page(
    facts: Facts,
    zone: ZoneCard,
    asked: Listing,
    fitting: Sequence[Suggestion] | None,
    share_done: float,
    intervals_of: IntervalsOf,
) -> dict[str, Any]:
    """Return the context of the list; without `fitting`, how much of it is computed.

    No list where too little is known of the basin.
    """
    url = reverse("explorer:basin-activities", args=(zone.code,))
    page: dict[str, Any] = {
        "edition": facts.edition,
        "zone": zone,
        "url": url,
        "permalink": f"{url}{asked.query()}",
        "fields": selects(asked),
        "share_done": share_done,
        "resources_url": reverse("explorer:basin-resources", args=(zone.code,)),
    }
    if unknown := little_known(facts, zone):
        return page | {"is_empty": True, "headline": unknown}
    if fitting is None:
        return page
    kept = listed_rows(facts, asked, fitting)
    families = gathered(asked, kept)
    shown, pages = page_of(facts, asked, families, lambda number: f"{url}{replace(asked, page=number).query()}")
    first = [family[0] for _label, _more, members in shown for family in members]
    drawn = dict(zip((one.node.key for one in first), intervals_of(first), strict=True))
    addresses = Addresses.of(zone)
    return page | {
        "headline": headline(zone, asked, kept),
        "is_empty": not kept,
        "widened_url": f"{url}{Listing(level=asked.level, scope='tout', weights=asked.weights).query()}",
        "is_grouped": asked.order != "rang",
        "groups": [
            {
                "label": label,
                "more": more and {"count": more, "url": f"{url}{narrowed(asked, members[0][0]).query()}"},
                "rows": [
                    suggestion_row(facts, zone, asked, family, drawn[family[0].node.key], addresses)
                    for family in members
                ],
            }
            for label, more, members in shown
        ],
        "is_drawn": None not in drawn.values(),
        "pages": pages,
        "source": cited(facts, *SOURCES),
        "caution": activity_caution(),
        "csv_url": f"{reverse('explorer:basin-activities-csv', args=(zone.code,))}{replace(asked, page=1).query()}",
    }


def listed_rows(facts: Facts, asked: Listing, fitting: Sequence[Suggestion]) -> list[Suggestion]:
    """Return the activities that the filters keep, the best rank first."""
    manufacturing = set(facts.nomenclature.manufacturing)
    return [
        one
        for one in fitting
        if (asked.scope == "tout" or (one.node.a38 and set(one.node.a38) <= manufacturing))
        and asked.chain in (ANY, one.chain.id if one.chain else None)
        and asked.distance in (ANY, one.distance.kind)
    ]


def gathered(asked: Listing, kept: Sequence[Suggestion]) -> list[Family]:
    """Return the lines of the list: an activity each, or a family of neighbours led by the best of them."""
    return folded(kept) if asked.is_folded else [(one,) for one in kept]


def group_key(asked: Listing, one: Suggestion) -> tuple[str, ...]:
    """Return what an activity is grouped by, in the order asked."""
    if asked.order == "filiere":
        return (one.chain.id if one.chain else "",)
    if asked.order == "distance":
        return (one.distance.kind,)
    return one.node.a38 if asked.order == "branche" else ()


def group_label(facts: Facts, asked: Listing, one: Suggestion) -> str:
    """Return the heading under which an activity stands, empty in a list by rank."""
    if asked.order == "filiere":
        return chain_label(one)
    if asked.order == "distance":
        return distance_label(one.distance.kind)
    return branch_label(facts, one.node.a38) if asked.order == "branche" else ""


def page_of(
    facts: Facts, asked: Listing, families: Sequence[Family], url_of: Callable[[int], str]
) -> tuple[list[tuple[str, int, list[Family]]], dict[str, Any]]:
    """Return the groups of a page (heading, lines left out, lines), and its pager; raises `NotFound` past the end."""
    groups: dict[tuple[str, ...], list[Family]] = {}
    for family in families:
        groups.setdefault(group_key(asked, family[0]), []).append(family)
    ordered = list(groups.values())
    if asked.order == "distance":
        ordered.sort(key=lambda members: DISTANCES.index(members[0][0].distance.kind))
    is_overview = asked.order in FIRST_OF_GROUP and not (asked.chain if asked.order == "filiere" else asked.distance)
    if is_overview:
        most = FIRST_OF_GROUP[asked.order]
        shown, pages = paged(ordered, asked.page, GROUPS_OF_PAGE, url_of)
        cut = [(max(0, len(members) - most), members[:most]) for members in shown]
    else:
        flat, pages = paged([one for members in ordered for one in members], asked.page, PAGE_SIZE, url_of)
        cut = [(0, list(members)) for _key, members in groupby(flat, key=lambda one: group_key(asked, one[0]))]
    return [(group_label(facts, asked, members[0][0]), more, members) for more, members in cut], pages


def narrowed(asked: Listing, one: Suggestion) -> Listing:
    """Return the listing of the group of an activity alone, all of its lines."""
    if asked.order == "filiere":
        # What belongs to several chains has no filter of its own.
        return replace(asked, chain=one.chain.id, page=1) if one.chain else replace(asked, order="rang", page=1)
    return replace(asked, distance=one.distance.kind, page=1)


def headline(zone: ZoneCard, asked: Listing, kept: Sequence[Suggestion]) -> str:
    """Return the sentence that answers: where the basin is first, and in how many activities it is well placed."""
    if not kept:
        return _("Aucune activité ne répond à ces filtres.")
    best = min((one.fit for one in kept), key=lambda one: (one.rank_among_basins, -one.score))
    strong = sum(one.fit.rank_among_basins <= STRONG_RANK for one in kept)
    told = ngettext(
        "%(name)s est parmi les %(rank)s premiers bassins pour %(count)s activité sur %(all)s",
        "%(name)s est parmi les %(rank)s premiers bassins pour %(count)s activités sur %(all)s",
        strong,
    ) % {"name": zone.name, "rank": STRONG_RANK, "count": number(strong, 0), "all": number(len(kept), 0)}
    return _("%(told)s ; au mieux, %(rank)s pour « %(label)s ».") % {
        "told": told,
        "rank": ordinal(best.rank_among_basins),
        "label": best.activity.label,
    }


def branch_label(facts: Facts, branches: Sequence[str]) -> str:
    """Return the label of a branch; of several, their codes."""
    if len(branches) == 1:
        return facts.nomenclature.nodes[f"a38:{branches[0]}"].label
    return _("branches %(codes)s") % {"codes": ", ".join(branches)}

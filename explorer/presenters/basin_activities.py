"""Everything that a basin could produce: each activity of a level with the basin's rank and score in its ranking."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer.paging import paged
from explorer.params import page_number
from explorer.tables import Cell, Column, Table
from explorer.wording import level_label, number
from scoring.errors import BadQuestion
from scoring.facts import Facts, ZoneCard
from scoring.nomenclature import LEVELS, check_level
from scoring.numbers import ordinal
from scoring.service import FittingActivity

PARAMETERS = ("level", "champ", "tri", "page")
DEFAULT_LEVEL = "group"
# Levels that name an activity rather than a branch.
OFFERED_LEVELS = ("subclass", "class", "group", "division", "a38")
SCOPES = ("industrie", "tout")
ORDERS = ("rang", "branche")
PAGE_SIZE = 50
STRONG_RANK = 30


@dataclass(frozen=True)
class Listing:
    """How the list is read: level of the nomenclature, manufacturing only or all, by rank or by branch, page."""

    level: str = DEFAULT_LEVEL
    scope: str = SCOPES[0]
    order: str = ORDERS[0]
    page: int = 1

    @classmethod
    def from_params(cls, params: QueryDict) -> "Listing":
        """Return the listing of a query string; raises `BadQuestion`."""
        level = params.get("level", "").strip() or DEFAULT_LEVEL
        check_level(level)
        return cls(level, choice(params, "champ", SCOPES), choice(params, "tri", ORDERS), page_number(params))

    def query(self) -> str:
        """Return the query string, differences from the default only."""
        given = {"level": self.level, "champ": self.scope, "tri": self.order, "page": str(self.page)}
        default = {"level": DEFAULT_LEVEL, "champ": SCOPES[0], "tri": ORDERS[0], "page": "1"}
        text = urlencode({name: value for name, value in given.items() if value != default[name]})
        return f"?{text}" if text else ""


def choice(params: QueryDict, name: str, accepted: Sequence[str]) -> str:
    """Return a value among those accepted, the first by default; raises `BadQuestion`."""
    asked = params.get(name, "").strip() or accepted[0]
    if asked not in accepted:
        sentence = _("« %(asked)s » n'est pas acceptable pour %(name)s. Valeurs acceptées : %(accepted)s.")
        raise BadQuestion(name, sentence % {"asked": asked[:20], "name": name, "accepted": ", ".join(accepted)})
    return asked


def activities_page(
    facts: Facts, zone: ZoneCard, asked: Listing, fitting: Sequence[FittingActivity] | None, share_done: float
) -> dict[str, Any]:
    """Return the context of the list; without `fitting`, how much of it is computed."""
    url = reverse("explorer:basin-activities", args=(zone.code,))
    page: dict[str, Any] = {
        "edition": facts.edition,
        "zone": zone,
        "url": url,
        "permalink": f"{url}{asked.query()}",
        "levels": [option(one, level_label(one), asked.level) for one in offered(asked.level)],
        "scopes": [option(one, scope_label(one), asked.scope) for one in SCOPES],
        "orders": [option(one, order_label(one), asked.order) for one in ORDERS],
        "share_done": share_done,
    }
    if fitting is None:
        return page
    kept = ordered(facts, asked, fitting)
    shown, pages = paged(kept, asked.page, PAGE_SIZE, lambda page: f"{url}{replace(asked, page=page).query()}")
    return page | {
        "headline": headline(zone, asked, kept),
        "is_grouped": asked.order == "branche",
        "groups": grouped(facts, zone, asked, shown),
        "pages": pages,
        "csv_url": f"{reverse('explorer:basin-activities-csv', args=(zone.code,))}{replace(asked, page=1).query()}",
    }


def offered(level: str) -> list[str]:
    """Return the levels to choose from, the one asked included."""
    return [one for one in LEVELS if one in OFFERED_LEVELS or one == level]


def option(value: str, label: str, chosen: str) -> dict[str, Any]:
    return {"value": value, "label": label, "is_chosen": value == chosen}


def scope_label(scope: str) -> str:
    """Return the name of what is listed."""
    return {"industrie": _("industrie manufacturière"), "tout": _("toutes les activités")}[scope]


def order_label(order: str) -> str:
    """Return the name of an order."""
    return {"rang": _("meilleur rang d'abord"), "branche": _("par branche A38")}[order]


def branch_of(facts: Facts, one: FittingActivity) -> tuple[str, ...]:
    """Return the A38 branches of an activity."""
    return facts.nomenclature.find(one.activity.code, one.activity.level).a38


def ordered(facts: Facts, asked: Listing, fitting: Sequence[FittingActivity]) -> list[FittingActivity]:
    """Return the activities listed, in order: by rank, or by branch, the branch of the best rank first."""
    manufacturing = set(facts.nomenclature.manufacturing)
    kept = [
        one
        for one in fitting
        if asked.scope == "tout" or (branches := branch_of(facts, one)) and set(branches) <= manufacturing
    ]
    if asked.order == "rang":
        return kept
    first: dict[tuple[str, ...], int] = {}
    for place, one in enumerate(kept):
        first.setdefault(branch_of(facts, one), place)
    return sorted(kept, key=lambda one: first[branch_of(facts, one)])


def headline(zone: ZoneCard, asked: Listing, kept: Sequence[FittingActivity]) -> str:
    """Return the sentence that answers: where the basin is first, and in how many activities it is well placed."""
    if not kept:
        return _("Aucune activité de ce niveau.")
    best = min(kept, key=lambda one: (one.rank_among_basins, -one.score))
    strong = sum(one.rank_among_basins <= STRONG_RANK for one in kept)
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


def grouped(facts: Facts, zone: ZoneCard, asked: Listing, shown: Sequence[FittingActivity]) -> list[dict[str, Any]]:
    """Return the rows under their branch, or all together."""
    if asked.order == "rang":
        return [{"label": "", "rows": [row(facts, zone, one) for one in shown]}]
    return [
        {"label": branch_label(facts, branches), "rows": [row(facts, zone, one) for one in members]}
        for branches, members in groupby(shown, key=lambda one: branch_of(facts, one))
    ]


def branch_label(facts: Facts, branches: Sequence[str]) -> str:
    """Return the label of a branch; of several, their codes."""
    if len(branches) == 1:
        return facts.nomenclature.nodes[f"a38:{branches[0]}"].label
    return _("branches %(codes)s") % {"codes": ", ".join(branches)}


def row(facts: Facts, zone: ZoneCard, one: FittingActivity) -> dict[str, Any]:
    activity = one.activity
    question = urlencode({"activite": activity.code} | level_parameter(facts, one))
    return {
        "label": activity.label,
        "code": activity.code,
        "branch": branch_label(facts, branch_of(facts, one)),
        "rank": one.rank_among_basins,
        "score": one.score,
        "advantage": one.advantage,
        "bar": round(one.advantage * 1.2, 1),
        "why_url": f"{reverse('explorer:why', args=(zone.code,))}?{question}",
        "ranking_url": f"{reverse('explorer:ranking')}?{question}",
    }


def level_parameter(facts: Facts, one: FittingActivity) -> dict[str, str]:
    """Return the level to write beside a code that several levels bear, nothing where the code is enough."""
    found = facts.nomenclature.find(one.activity.code)
    return {} if found.level == one.activity.level else {"level": one.activity.level}


def activities_table(facts: Facts, zone: ZoneCard, asked: Listing, fitting: Sequence[FittingActivity]) -> Table:
    """Return the whole list as a table."""
    columns = [
        Column(_("Activité"), is_french=True),
        Column(_("Code NAF")),
        Column(_("Niveau")),
        Column(_("Branche A38"), is_french=True),
        Column(_("Rang du bassin"), decimals=0),
        Column(_("Bassins classés"), decimals=0),
        Column(_("Score"), unit=_("points sur 100"), decimals=1),
        Column(_("Avantage"), unit=_("% des bassins moins bien placés"), decimals=1),
    ]
    rows: list[list[Cell]] = [
        [
            one.activity.label,
            one.activity.code,
            level_label(one.activity.level),
            branch_label(facts, branch_of(facts, one)),
            one.rank_among_basins,
            len(facts.zones),
            one.score,
            one.advantage,
        ]
        for one in ordered(facts, asked, fitting)
    ]
    title = _("Ce que le bassin de %(name)s pourrait produire") % {"name": zone.name}
    return Table("activities", title, columns, rows, status="estimated")

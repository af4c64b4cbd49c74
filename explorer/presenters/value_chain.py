"""The chain of an activity: what its branch buys and sells, what is imported, where that is around a basin."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from explorer import charts_chain
from explorer.group_form import preset_query
from explorer.permalinks import permalink
from explorer.presenters.activity_traces import branch_names
from explorer.presenters.ranking import activity_url
from explorer.tables import AT_LEAST, Column, Figure, Signed, Table, shown
from explorer.wording import level_label, listed, number, with_unit
from scoring.activity_sheet import branches
from scoring.facts import Facts
from scoring.nomenclature import Node
from scoring.question import Question
from scoring.value_chain import FAR_KM, LEAST_SHARE, NEAR_KM, Around, Ring, Trade, ValueChain, around, chains_with

FLOWS = ("wiod-france-io",)
# The distance to the land border, in km.
BORDER = "access.border_km"
JOBS = ("wiod-france-io", "urssaf-zone-a38", "insee-flores-zone-a38")
CHARTED = 12
# Sections that make or transform goods: trade and services are bought everywhere.
GOODS = "ABCDEF"


def chain_page(
    request: HttpRequest, facts: Facts, node: Node, found: ValueChain | None, zone_code: str | None
) -> dict[str, Any]:
    """Return the context of the page; `found` is None where no flow of the branch is known."""
    own = branches(facts, node)
    question = Question(node.code, node.level)
    page: dict[str, Any] = {
        "edition": facts.edition,
        "activity": {"code": node.code, "label": node.label, "level": level_label(node.level)},
        "activity_url": activity_url(question),
        "branch": branch_names(own),
        "basins": [
            {"code": one.code, "name": one.name, "is_chosen": one.code == zone_code}
            for one in sorted(facts.zones, key=lambda zone: zone.name)
        ],
        "level": node.level,
        "near": with_unit(number(NEAR_KM, 0), "km"),
        "far": with_unit(number(FAR_KM, 0), "km"),
        "groups_url": f"{reverse('explorer:complementarity')}?{groups_query(question, zone_code)}",
        "chains": [
            {
                "label": str(one.label),
                "url": f"{reverse('explorer:complementarity')}?{preset_query(one.id)}",
                "steps": [str(step.name) for step in one.steps],
            }
            for one in chains_with(node)
        ],
        "permalink": permalink(request, chain_url(node, zone_code), facts.edition),
        "basin_name": facts.zones[facts.zone(zone_code)].name if zone_code else "",
    }
    return page if found is None else page | known(facts, node, found, zone_code)


def known(facts: Facts, node: Node, found: ValueChain, zone_code: str | None) -> dict[str, Any]:
    """Return what the flows tell: the answer in a sentence, purchases, dependences, sales, and where they are."""
    names = ["purchases", "sales", *(AROUND if zone_code else ())]
    return {
        "headline": headline(found),
        "critical": [critical_words(one) for one in found.suppliers if one.is_critical],
        "unread": unread_words(found),
        "figures": {
            name: shown(facts, FIGURES[name](facts, node, found, zone_code), csv_url=figure_url(node, name, zone_code))
            for name in names
        },
    }


def chain_url(node: Node, zone_code: str | None) -> str:
    """Return the shortest address of the chain of an activity."""
    return f"{reverse('explorer:chain', args=(node.code,))}{query(node, zone_code)}"


def figure_url(node: Node, figure: str, zone_code: str | None) -> str:
    """Return the address of the file of a figure."""
    return f"{reverse('explorer:chain-figure', args=(node.code, figure))}{query(node, zone_code)}"


def query(node: Node, zone_code: str | None) -> str:
    """Return the query string: the level where the code alone does not settle it, and the basin."""
    _named, _amp, level = Question(node.code, node.level).to_query("activite").partition("&")
    text = "&".join(part for part in (level, urlencode({"bassin": zone_code}) if zone_code else "") if part)
    return f"?{text}" if text else ""


def groups_query(question: Question, zone_code: str | None) -> str:
    """Return the question on groups of basins for the activity, with the basin if there is one."""
    text = question.to_query("activite")
    return f"{text}&bassin={zone_code}" if zone_code else text


def percent(share: float | None, decimals: int = 0) -> str:
    return "—" if share is None else with_unit(number(100 * share, decimals), "%")


def headline(found: ValueChain) -> str:
    """Return what the branch buys per 100 of output, and how much comes from abroad."""
    goods = [one for one in found.suppliers if one.codes[0][0] in GOODS and not one.is_own][:2]
    told = _(
        "Pour 100 € produits, la branche achète %(bought)s € à d'autres et à elle-même ; premiers biens : %(first)s."
    ) % {
        "bought": number(100 * found.bought, 0),
        "first": listed([one.label for one in goods]),
    }
    if found.imported is None:
        return told
    imported = _("%(imported)s de ces achats, là où la source le dit, viennent de l'étranger.")
    return f"{told} {imported % {'imported': percent(found.imported)}}"


def unread_words(found: ValueChain) -> str:
    """Return how much of the purchases has an origin that cannot be read; empty when all has one."""
    if found.unread < 0.0005:
        return ""
    return _(
        "%(unread)s des achats ont une origine que cette source ne permet pas de lire (textile et électronique y sont "
        "donnés tout entiers pour importés) : inconnue, pas nulle. L'Insee (tableau des entrées-sorties) et Eurostat "
        "(Figaro) la publient ; cette édition ne les contient pas."
    ) % {"unread": percent(found.unread)}


def critical_words(one: Trade) -> dict[str, str]:
    """Return a dependence: what, how much of it is imported, how much it weighs."""
    return {
        "label": one.label,
        "imported": percent(one.imported),
        "weight": number(100 * (one.coefficient or 0.0), 1),
    }


def trade_label(one: Trade) -> str:
    """Return the name of a branch, marked where it is the activity's own."""
    return _("%(label)s (la branche elle-même)") % {"label": one.label} if one.is_own else one.label


def purchases(facts: Facts, node: Node, found: ValueChain, zone_code: str | None) -> Figure:
    """Return what the branch buys from each branch, largest first."""
    first = next(one for one in found.suppliers)
    table = Table(
        id="purchases",
        title=_("D'abord « %(label)s » : %(share)s des achats")
        % {"label": first.label, "share": percent(first.share)},
        columns=[
            Column(_("Branche qui vend"), is_french=True),
            Column(_("Code")),
            Column(_("Achats"), unit=_("% de la production"), decimals=2),
            Column(_("Part des achats"), unit="%", decimals=1),
            Column(_("Dont importé"), unit="%", decimals=0),
            Column(_("Dépendance"), decimals=None),
        ],
        rows=[
            [
                trade_label(one),
                "+".join(one.codes),
                100 * (one.coefficient or 0.0),
                100 * one.share,
                None if one.imported is None else 100 * one.imported,
                _("non lisible") if one.imported is None else _("critique") if one.is_critical else _("non"),
            ]
            for one in found.suppliers
        ],
        sources=FLOWS,
        status="observed",
    )
    charted = found.suppliers[:CHARTED]
    return Figure(
        table,
        subtitle=_(
            "Achats de la branche, en % de sa production ; part importée en sombre, origine non lisible en gris"
        ),
        note=_("Les marges du commerce y comptent comme des achats au commerce. Table nationale, par branche."),
        chart=lambda: charts_chain.purchases_chart(charted, [trade_label(one) for one in charted]),
    )


def sales(facts: Facts, node: Node, found: ValueChain, zone_code: str | None) -> Figure:
    """Return which branches the branch sells to, largest first."""
    first = found.customers[0] if found.customers else None
    table = Table(
        id="sales",
        title=_("D'abord « %(label)s » : %(share)s des ventes entre branches")
        % {"label": first.label, "share": percent(first.share)}
        if first
        else _("Aucune vente à une autre branche"),
        columns=[
            Column(_("Branche qui achète"), is_french=True),
            Column(_("Code")),
            Column(_("Part des ventes entre branches"), unit="%", decimals=1),
        ],
        rows=[[trade_label(one), "+".join(one.codes), 100 * one.share] for one in found.customers],
        sources=FLOWS,
        status="observed",
    )
    note = _("Ventes aux entreprises en France seulement : les ménages et l'exportation n'y sont pas.")
    charted = found.customers[:CHARTED]
    return Figure(
        table,
        subtitle=_("Les premières branches clientes, en % des ventes entre branches"),
        note=note,
        chart=lambda: charts_chain.sales_chart([trade_label(one) for one in charted], [one.share for one in charted]),
    )


def suppliers_around(facts: Facts, node: Node, found: ValueChain, zone_code: str | None) -> Figure:
    """Return where the branches it buys from are around a basin."""
    name = facts.zones[facts.zone(zone_code or "")].name
    title = _("Ses fournisseurs autour de %(basin)s") % {"basin": name}
    return around_figure(facts, "suppliers", title, found.suppliers, zone_code or "")


def customers_around(facts: Facts, node: Node, found: ValueChain, zone_code: str | None) -> Figure:
    """Return where the branches it sells to are around a basin."""
    name = facts.zones[facts.zone(zone_code or "")].name
    title = _("Ses clients autour de %(basin)s") % {"basin": name}
    return around_figure(facts, "customers", title, found.customers, zone_code or "")


def around_figure(facts: Facts, figure: str, title: str, trades: Sequence[Trade], zone_code: str) -> Figure:
    """Return the jobs of branches inside a basin, in two rings around it, and beyond."""
    rows = around(facts, zone_code, trades)
    table = Table(
        id=figure,
        title=title,
        columns=[
            Column(_("Branche"), is_french=True),
            Column(_("Part"), unit="%", decimals=0),
            Column(_("Dans le bassin"), unit=_("emplois"), decimals=0),
            Column(_("À moins de 50 km"), unit=_("emplois"), decimals=0),
            Column(_("De 50 à 100 km"), unit=_("emplois"), decimals=0),
            Column(_("Au-delà"), unit=_("emplois"), decimals=0),
            Column(_("Présence jusqu'à 50 km"), unit=_("fois la part nationale"), decimals=1),
            Column(_("Bassins inconnus jusqu'à 100 km"), decimals=0),
            Column(_("Dans le bassin : statut"), is_status=True),
        ],
        rows=[around_row(one) for one in rows],
        sources=JOBS,
    )
    return Figure(
        table,
        subtitle=_("Branches qui font %(least)s ou plus de ces échanges") % {"least": percent(LEAST_SHARE)},
        note=_(
            "Distances à vol d'oiseau entre centres de population : les temps de route ne sont pas dans cette "
            "édition. Des emplois de la branche, pas des contrats : personne ne publie qui achète à qui."
        )
        + alone_words(rows)
        + border_words(facts, facts.zone(zone_code)),
    )


def border_words(facts: Facts, index: int) -> str:
    """Return what a border hides of the rings around a basin; empty where none is near enough, or none is known."""
    if BORDER not in facts.values:
        return ""
    km = float(facts.values[BORDER][0][index])
    if not km <= FAR_KM:
        return ""
    return " " + _("La frontière est à %(km)s : ce qui est au-delà n'est pas dans la statistique française.") % {
        "km": with_unit(number(km, 0), "km")
    }


def alone_words(rows: Sequence[Around]) -> str:
    """Return that no basin stands in either ring, so that their zeros count nobody; empty where one does."""
    if not rows or any(one.near.zones or one.far.zones for one in rows):
        return ""
    return " " + _("Aucun autre bassin n'a son centre à moins de %(km)s : ces deux couronnes sont vides.") % {
        "km": with_unit(number(FAR_KM, 0), "km")
    }


def around_row(one: Around) -> list[Any]:
    """Return a trading branch around the basin."""
    return [
        trade_label(one.trade),
        100 * one.trade.share,
        one.inside,
        ring_cell(one.near),
        ring_cell(one.far),
        ring_cell(one.beyond),
        one.quotient,
        one.unknown_zones,
        one.inside_status,
    ]


def ring_cell(one: Ring) -> Signed:
    """Return the jobs of a ring; a sum without the basins that are not known is a least."""
    return Signed(one.jobs, AT_LEAST if one.unknown else "")


FIGURES = {
    "purchases": purchases,
    "sales": sales,
    "suppliers": suppliers_around,
    "customers": customers_around,
}
AROUND = ("suppliers", "customers")

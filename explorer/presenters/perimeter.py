"""The page of one perimeter: its zones with shares both ways, its map, what lies inside, its score for an activity."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.models import Perimeter
from basins.perimeter_map import VIEW_BOX, DrawnZone
from basins.perimeters import PerimeterMember, PerimeterZone
from economy.models import Plant
from explorer.citations import cited
from explorer.perimeter_kinds import kind_label, perimeter_url
from explorer.perimeter_queries import PerimeterInside
from explorer.presenters.perimeter_score import score_card
from explorer.presenters.ranking import why_url
from explorer.value_classes import Scale
from explorer.wording import listed, number, with_unit
from scoring.facts import Facts
from scoring.perimeter_score import PerimeterScore
from scoring.ranking import MAP_BREAKS, Ranking

# Share of a zone's people inside, in percent: fixed, so that two perimeters can be compared.
SHARE_BREAKS = (5.0, 20.0, 40.0, 60.0, 80.0, 95.0)
# From this share of its people, a zone is wholly inside: outlines and counts of communes differ by a hamlet.
WHOLE = 0.995
NAMED_AT_MOST = 3
# Room of a name on the map, in units of the view box.
LETTER_WIDTH, NAME_HEIGHT = 11.0, 26.0
SITES_SHOWN, PLANTS_SHOWN, LONGEST_OPEN = 20, 60, 10


def perimeter_page(
    facts: Facts,
    perimeter: Perimeter,
    inside: PerimeterInside,
    answer: tuple[Ranking, PerimeterScore] | None,
) -> dict[str, Any]:
    """Return the context of the page of a perimeter; `answer` is its score for the activity asked, if any."""
    shown = perimeter_url(perimeter.kind, perimeter.code)
    return {
        "edition": facts.edition,
        "perimeter": {
            "name": perimeter.name,
            "kind": kind_label(perimeter.kind),
            "code": perimeter.code,
            "url": shown,
            "legal_form": legal_form(perimeter.legal_form),
        },
        "headline": headline(inside.zones),
        "key_figures": key_figures(facts, perimeter, inside),
        "zones": [zone_row(one) for one in inside.zones],
        "map": drawn_map(inside, answer[0] if answer else None),
        "score": score_card(facts, perimeter, *answer) if answer else None,
        "groups": [group_rows(title, rows) for title, rows in inside.groups if rows],
        "members": [member_row(one) for one in inside.members],
        "sites": sites(inside),
        "plants": plants(facts, inside),
        "sources": {
            "zones": cited(facts, "commune-zones", "insee-populations"),
            "outline": cited(facts, *outline_sources(perimeter.kind)),
            "members": cited(facts, "anct-industry-territory-members"),
            "sites": cited(facts, "cerema-cartofriches"),
            "plants": cited(facts, "epv-firms", "irep-large-plants"),
        },
    }


def outline_sources(kind: str) -> tuple[str, ...]:
    """Return the data sets that compose and outline the perimeters of a kind."""
    if kind == Perimeter.Kind.INDUSTRY_TERRITORY:
        return ("anct-industry-territories", "anct-industry-territory-communes")
    return ("dgcl-epci", "insee-ept", "commune-shapes") if kind == Perimeter.Kind.EPCI else ("commune-shapes",)


def legal_form(code: str) -> str:
    """Return the legal form of a grouping in words, empty where the kind has none."""
    return {
        "CC": _("communauté de communes"),
        "CA": _("communauté d'agglomération"),
        "CU": _("communauté urbaine"),
        "METRO": _("métropole"),
        "MET69": _("métropole de Lyon"),
        "EPT": _("établissement public territorial"),
    }.get(code, "")


def headline(zones: Sequence[PerimeterZone]) -> str:
    """Return over which basins the perimeter lies, and how much of them it is."""
    first, values = zones[0], {"count": number(len(zones), 0), "zone": zones[0].name}
    whole = [one.name for one in zones if one.zone_share > WHOLE]
    if len(zones) == 1:
        if whole:
            return _("Ce périmètre est le bassin de %(zone)s tout entier.") % values
        told = _("Ce périmètre tient dans un seul bassin, %(zone)s, et compte %(share)s de ses habitants.")
        return told % (values | {"share": percent(first.zone_share)})
    values["share"] = percent(first.perimeter_share)
    if len(whole) == len(zones):
        return _("Ce périmètre réunit %(count)s bassins entiers ; %(zone)s fait %(share)s de ses habitants.") % values
    told = _("Ce périmètre s'étend sur %(count)s bassins ; %(share)s de ses habitants vivent dans celui de %(zone)s.")
    return f"{told % values} {whole_sentence(whole)}"


def whole_sentence(whole: Sequence[str]) -> str:
    """Return which basins lie wholly inside."""
    if not whole:
        return _("Aucun bassin n'y est tout entier.")
    if len(whole) > NAMED_AT_MOST:
        return _("%(count)s bassins y sont tout entiers.") % {"count": number(len(whole), 0)}
    return ngettext("%(names)s y est tout entier.", "%(names)s y sont tout entiers.", len(whole)) % {
        "names": listed(list(whole))
    }


def percent(share: float) -> str:
    """Return a share (0-1) as a percentage; a trace is not nothing."""
    if 0 < share < 0.005:
        return f"<\u202f{with_unit('1', '%')}"
    return with_unit(number(100 * share, 0), "%")


def key_figures(facts: Facts, perimeter: Perimeter, inside: PerimeterInside) -> list[dict[str, str]]:
    """Return the figures of the head of the page, each with its producer and vintage."""
    usable = [one for one in inside.sites if one.is_usable]
    surface = sum(one.surface_ha or 0.0 for one in usable)
    people = facts.vintages.get("insee-populations", ("Insee", "", ""))
    return [
        {
            "label": _("Habitants"),
            "value": number(perimeter.population, 0),
            "note": _("%(count)s communes") % {"count": number(perimeter.commune_count, 0)},
            "source": f"{people[0]}, {people[2]}",
        },
        {
            "label": _("Bassins touchés"),
            "value": number(len(inside.zones), 0),
            "note": "",
            "source": named_source(facts, "commune-zones"),
        },
        {
            "label": _("Friches utilisables"),
            "value": number(len(usable), 0),
            "note": with_unit(number(surface, 0), "ha"),
            "source": named_source(facts, "cerema-cartofriches"),
        },
        {
            "label": _("Établissements connus"),
            "value": number(len(inside.plants), 0),
            "note": _("patrimoine vivant, grands émetteurs"),
            "source": named_source(facts, "epv-firms"),
        },
    ]


def named_source(facts: Facts, slug: str) -> str:
    """Return the producer and vintage of a data set, empty where the edition does not hold it."""
    producer, _title, vintage = facts.vintages.get(slug, ("", "", ""))
    return f"{producer}, {vintage}" if producer else ""


def zone_row(one: PerimeterZone) -> dict[str, str]:
    """Return a zone of the perimeter with its shares both ways."""
    return {
        "name": one.name,
        "url": reverse("explorer:basin", args=(one.code,)),
        "inside": number(one.population_inside, 0),
        "perimeter_share": percent(one.perimeter_share),
        "zone_share": percent(one.zone_share),
        "communes": number(one.commune_count, 0),
    }


def drawn_map(inside: PerimeterInside, ranking: Ranking | None) -> dict[str, Any]:
    """Return the zones shaded by the share of their people inside, or by their score for the activity asked."""
    scale = Scale(SHARE_BREAKS if ranking is None else MAP_BREAKS, "sequential", 0)
    shares = {one.code: one for one in inside.zones}
    links = [zone_link(one, shares.get(one.code), scale, ranking) for one in inside.map.zones]
    drawn = {one.code: one for one in inside.map.zones}
    return {
        "view_box": VIEW_BOX,
        "zones": mark_safe("".join(links)),  # noqa: S308 - every part is escaped
        "labels": labels([drawn[one.code] for one in inside.zones if one.code in drawn]),
        "outline": inside.map.outline,
        "legend": scale.legend(),
        "is_score": ranking is not None,
    }


def labels(zones: Sequence[DrawnZone]) -> list[dict[str, str]]:
    """Return the names that find room on the map, the first zones served first; the table names the others."""
    placed: list[DrawnZone] = []
    for one in zones:
        if not any(collide(one, other) for other in placed):
            placed.append(one)
    return [{"x": f"{one.label_x:.0f}", "y": f"{one.label_y:.0f}", "name": one.name} for one in placed]


def collide(one: DrawnZone, other: DrawnZone) -> bool:
    """Whether the names of two zones would overlap."""
    room = LETTER_WIDTH * (len(one.name) + len(other.name)) / 2
    return abs(one.label_x - other.label_x) < room and abs(one.label_y - other.label_y) < NAME_HEIGHT


def zone_link(drawn: DrawnZone, part: PerimeterZone | None, scale: Scale, ranking: Ranking | None) -> SafeString:
    """Return a zone of the map as a link, every part escaped."""
    url = reverse("explorer:basin", args=(drawn.code,)) if ranking is None else why_url(drawn.code, ranking.question)
    if part is None:
        css_class, title = "out", _("%(name)s : hors du périmètre") % {"name": drawn.name}
    elif ranking is None:
        css_class = scale.css_class(100 * part.zone_share)
        title = _("%(name)s : %(share)s de ses habitants sont dans le périmètre") % {
            "name": drawn.name,
            "share": percent(part.zone_share),
        }
    else:
        score = ranking.basin(drawn.code).score
        css_class = scale.css_class(score)
        title = _("%(name)s : %(score)s points") % {"name": drawn.name, "score": number(score, 1)}
    return mark_safe(  # noqa: S308 - every part is escaped
        f'<a href="{escape(url)}" data-zone="{escape(drawn.code)}" tabindex="-1">'
        f'<path class="{css_class}" d="{escape(drawn.path)}"></path><title>{escape(title)}</title></a>'
    )


def group_rows(title: str, rows: Sequence[Perimeter]) -> dict[str, Any]:
    """Return perimeters linked to this one, under the words that say how."""
    return {
        "title": title,
        "rows": [
            {"name": one.name, "url": perimeter_url(one.kind, one.code), "population": number(one.population, 0)}
            for one in rows
        ],
        "is_long": len(rows) > LONGEST_OPEN,
    }


def member_row(one: PerimeterMember) -> dict[str, str]:
    """Return a member of a Territoire d'industrie; a single commune has no page of its own."""
    is_grouping = one.kind != "COM"
    return {
        "name": one.name,
        "kind": one.kind_label,
        "url": perimeter_url(Perimeter.Kind.EPCI, one.siren) if is_grouping else "",
    }


def sites(inside: PerimeterInside) -> dict[str, Any]:
    """Return the verified brownfields of its communes, usable ones first, what is not shown counted."""
    usable = sum(one.is_usable for one in inside.sites)
    return {
        "sentence": ngettext(
            "%(usable)s friche vérifiée, sans projet et en vocation d'activité, sur %(all)s vérifiées.",
            "%(usable)s friches vérifiées, sans projet et en vocation d'activité, sur %(all)s vérifiées.",
            usable,
        )
        % {"usable": number(usable, 0), "all": number(len(inside.sites), 0)},
        "rows": [
            {
                "name": one.name or _("sans nom (%(code)s)") % {"code": one.code},
                "commune": inside.commune_names.get(one.insee_code, one.insee_code),
                "surface": "—" if one.surface_ha is None else with_unit(number(one.surface_ha, 1), "ha"),
                "state": one.get_site_status_display(),
                "is_usable": one.is_usable,
            }
            for one in inside.sites[:SITES_SHOWN]
        ],
        "hidden": max(0, len(inside.sites) - SITES_SHOWN),
        "count": number(len(inside.sites), 0),
        "is_long": len(inside.sites) > LONGEST_OPEN,
    }


def plants(facts: Facts, inside: PerimeterInside) -> dict[str, Any]:
    """Return the known establishments inside, with their fine activity and its page."""
    kinds = {value: str(label) for value, label in Plant.Kind.choices}
    rows = []
    for one in inside.plants[:PLANTS_SHOWN]:
        node = facts.nomenclature.nodes.get(f"subclass:{one.naf_code}")
        rows.append(
            {
                "name": one.name,
                "kind": kinds[one.kind],
                "naf_code": one.naf_code,
                "activity": node.label if node else "",
                "url": reverse("explorer:activity", args=(one.naf_code,)) if node else "",
            }
        )
    return {
        "rows": rows,
        "hidden": max(0, len(inside.plants) - PLANTS_SHOWN),
        "count": number(len(inside.plants), 0),
        "is_long": len(inside.plants) > LONGEST_OPEN,
    }

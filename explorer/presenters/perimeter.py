"""The page of one perimeter: its zones with shares both ways, its map, what lies inside, its score for an activity."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.models import Perimeter
from basins.perimeters import AnyPerimeter, PerimeterMember, PerimeterZone
from economy.commune_jobs import PerimeterJobs
from explorer.citations import cited
from explorer.perimeter_kinds import figure_url, kind_label, page_url, perimeter_url, report_links
from explorer.perimeter_queries import PerimeterInside
from explorer.presenters import detailed_map
from explorer.presenters.basin_knowhow import activity_label
from explorer.presenters.basin_land import site_name
from explorer.presenters.own_list import own_list_card
from explorer.presenters.perimeter_counts import counts_figure, region_sentence
from explorer.presenters.perimeter_indicators import ZONES_SHOWN, theme_cards, zones_note
from explorer.presenters.perimeter_jobs import (
    COUNT,
    jobs_card,
    jobs_key_figure,
    named_source,
    no_course_sentence,
    zone_jobs,
)
from explorer.presenters.perimeter_map import drawn_map, percent
from explorer.presenters.perimeter_people import people_sentence, people_source
from explorer.presenters.perimeter_score import score_card
from explorer.presenters.perimeter_weights import weighting
from explorer.tables import Column, Table, shown, written
from explorer.wording import listed, number, with_unit
from scoring.facts import Facts
from scoring.perimeter_score import PerimeterScore
from scoring.ranking import Ranking

# From this share of its people, a zone is wholly inside: outlines and counts of communes differ by a hamlet.
WHOLE = 0.995
NAMED_AT_MOST = 3
SITES_SHOWN, PLANTS_SHOWN, LONGEST_OPEN = 20, 60, 10


def perimeter_page(
    facts: Facts,
    perimeter: AnyPerimeter,
    inside: PerimeterInside,
    answer: tuple[Ranking, PerimeterScore] | None,
) -> dict[str, Any]:
    """Return the context of the page of a perimeter; `answer` is its score for the activity asked, if any."""
    return {
        "edition": facts.edition,
        "perimeter": {
            "name": perimeter.name,
            "kind": kind_label(perimeter.kind),
            "code": perimeter.code if isinstance(perimeter, Perimeter) else "",
            "url": page_url(perimeter),
            "given_name": "" if isinstance(perimeter, Perimeter) else perimeter.given_name,
            "legal_form": legal_form(perimeter.legal_form),
        },
        "headline": headline(inside.zones),
        "key_figures": key_figures(facts, perimeter, inside),
        "people": people_sentence(facts, inside.zones),
        "zones": [zone_row(one, inside.jobs) for one in inside.zones],
        "jobs": jobs_card(facts, perimeter, inside.jobs, inside.national_jobs, csv_url=figure_url(perimeter, "jobs")),
        "no_course": no_course_sentence(inside.jobs),
        "counts": counts_card(facts, perimeter, inside),
        "themes": {"note": zones_note(len(inside.zones) - ZONES_SHOWN), "figures": theme_cards(facts, inside.zones)},
        "csv": {name: figure_url(perimeter, name) for name in ("zones", "communes", "indicators")},
        "region_code": perimeter.code if perimeter.kind == Perimeter.Kind.REGION else "",
        "region_note": region_sentence(perimeter, inside.zones),
        "report_links": report_links(perimeter, answer[0].question.to_query("activite") if answer else ""),
        "own": own_list_card(facts, perimeter),
        "map": drawn_map(inside, answer[0] if answer else None),
        "detailed": detailed_map.local_map(facts, zone_codes=[one.code for one in inside.zones], perimeter=perimeter),
        "score": score_card(facts, *answer, weighting=weighting(inside)) if answer else None,
        "groups": [group_rows(title, rows) for title, rows in inside.groups if rows],
        "members": [member_row(one) for one in inside.members],
        "sites": sites(inside),
        "plants": plants(facts, inside),
        "sources": {
            "zones": cited(facts, "commune-zones"),
            "outline": cited(facts, *outline_sources(perimeter.kind)),
            "members": cited(facts, "anct-industry-territory-members"),
            "sites": cited(facts, "cerema-cartofriches"),
            "plants": cited(facts, "epv-firms", "irep-large-plants"),
        },
    }


def counts_card(facts: Facts, perimeter: AnyPerimeter, inside: PerimeterInside) -> dict[str, Any] | None:
    """Return what the page shows of what its communes add up to."""
    figure = counts_figure(perimeter, inside.counts, inside.listed)
    return shown(facts, figure, csv_url=figure_url(perimeter, "counts")) if figure else None


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


def key_figures(facts: Facts, perimeter: AnyPerimeter, inside: PerimeterInside) -> list[dict[str, str]]:
    """Return the figures of the head of the page, each with its producer and vintage."""
    usable = [one for one in inside.sites if one.is_usable]
    surface = sum(one.surface_ha or 0.0 for one in usable)
    return [
        {
            "label": _("Habitants"),
            "value": number(perimeter.population, 0),
            "note": _("%(count)s communes") % {"count": number(perimeter.commune_count, 0)},
            "source": people_source(facts, inside.zones),
        },
        jobs_key_figure(facts, inside.jobs),
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


def zones_table(perimeter: AnyPerimeter, zones: Sequence[PerimeterZone], jobs: PerimeterJobs) -> Table:
    """Return the zones of a perimeter as a file holds them, with shares both ways."""
    return Table(
        id="zones",
        title=_("%(name)s : ses bassins") % {"name": perimeter.name},
        columns=[
            Column(_("Bassin"), is_french=True),
            Column(_("Code")),
            Column(_("Périmètre"), is_french=True),
            Column(_("Code du périmètre")),
            Column(_("Habitants du périmètre dans le bassin"), decimals=0),
            Column(_("Emplois privés du périmètre dans le bassin"), decimals=0),
            Column(_("Part du périmètre"), unit="%", decimals=1),
            Column(_("Part du bassin"), unit="%", decimals=1),
            Column(_("Communes"), decimals=0),
            Column(_("Habitants des communes dont les emplois sont connus"), unit="%", decimals=0),
        ],
        rows=[
            [
                one.name,
                one.code,
                perimeter.name,
                perimeter.code,
                one.population_inside,
                zone_jobs(jobs, one.code),
                100 * one.perimeter_share,
                100 * one.zone_share,
                one.commune_count,
                100 * float(jobs.coverage[one.code]),
            ]
            for one in zones
        ],
        sources=("commune-zones", "urssaf-commune-series"),
        status="observed",
    )


def zone_row(one: PerimeterZone, jobs: PerimeterJobs) -> dict[str, str]:
    """Return a zone of the perimeter with its shares both ways, and the private jobs of the perimeter in it."""
    return {
        "name": one.name,
        "url": reverse("explorer:basin", args=(one.code,)),
        "inside": number(one.population_inside, 0),
        "perimeter_share": percent(one.perimeter_share),
        "zone_share": percent(one.zone_share),
        "jobs": written(zone_jobs(jobs, one.code), COUNT),
        "communes": number(one.commune_count, 0),
    }


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
                "name": site_name(one),
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
    rows = []
    for one in inside.plants[:PLANTS_SHOWN]:
        label = activity_label(facts, one.naf_code)
        rows.append(
            {
                "name": one.name,
                "kind": one.get_kind_display(),
                "naf_code": one.naf_code,
                "activity": label,
                "url": reverse("explorer:activity", args=(one.naf_code,)) if label else "",
            }
        )
    return {
        "rows": rows,
        "hidden": max(0, len(inside.plants) - PLANTS_SHOWN),
        "count": number(len(inside.plants), 0),
        "is_long": len(inside.plants) > LONGEST_OPEN,
    }

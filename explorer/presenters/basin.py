"""The page of one basin: a sentence, its identity, what it makes, whom it employs, its land, access and programmes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer import maps
from explorer.citations import cited, shown_vintage
from explorer.presenters.basin_figures import figures, marking_branch
from explorer.wording import STATUS_SIGNS, listed, number, status_label, with_unit
from scoring.facts import Facts
from scoring.numbers import ordinal
from scoring.service import FittingActivity
from scoring.sheet import AccessKm, BasinSheet, IndicatorValue

# The best placed activities: those where the basin is in the first tenth, three at least, eight at most.
BEST_SHOWN, BEST_AT_LEAST, BEST_RANK = 8, 3, 30
SITES_SHOWN = 20
# A list longer than this is folded: a telephone shows the rest of the page first.
LONGEST_OPEN = 10
KEY_INDICATORS = ("economy.jobs_total", "economy.industrial_jobs", "economy.industrial_share_pct", "land.usable_sites")


def basin_page(
    facts: Facts, sheet: BasinSheet, commune_names: Mapping[str, str], best: Sequence[FittingActivity]
) -> dict[str, Any]:
    """Return the context of the page of a basin."""
    return {
        "edition": facts.edition,
        "zone": sheet.zone,
        "regions": listed(list(sheet.region_names)),
        "headline": headline(sheet),
        "best": best_rows(facts, best, sheet.zone.code),
        "key_figures": key_figures(facts, sheet),
        "indicator_groups": indicator_groups(sheet),
        "figures": figures(facts, sheet),
        "access": [access_row(one) for one in sheet.access],
        "access_source": access_source(facts),
        "sites": sites(facts, sheet, commune_names),
        "plants": plants(facts, sheet),
        "plants_source": cited(facts, "epv-firms", "irep-large-plants"),
        "territories": [one.name for one in sheet.industry_territories],
        "territories_source": cited(facts, "anct-industry-territories"),
        "locator": maps.locator(facts, sheet.zone.code),
    }


def best_rows(facts: Facts, best: Sequence[FittingActivity], zone_code: str) -> list[dict[str, Any]]:
    """Return the manufacturing activities for which the basin ranks best, each with the link to its reasons."""
    manufacturing = set(facts.nomenclature.manufacturing)
    rows: list[dict[str, Any]] = []
    for one in best:
        node = facts.nomenclature.find(one.activity.code, one.activity.level)
        if node.a38 and set(node.a38) <= manufacturing:
            url = reverse("explorer:why", args=(zone_code,))
            rows.append(
                {
                    "label": node.label,
                    "code": node.code,
                    "rank": one.rank_among_basins,
                    "score": one.score,
                    "url": f"{url}?activite={node.code}",
                }
            )
    return [row for place, row in enumerate(rows[:BEST_SHOWN]) if place < BEST_AT_LEAST or row["rank"] <= BEST_RANK]


def by_id(sheet: BasinSheet, indicator: str) -> IndicatorValue | None:
    return next((one for one in sheet.indicators if one.id == indicator), None)


def headline(sheet: BasinSheet) -> str:
    """Return the sentence that says what the basin is."""
    industrial, branch = by_id(sheet, "economy.industrial_jobs"), marking_branch(sheet)
    if industrial is None or industrial.value is None or branch is None or branch.quotient is None:
        return _(
            "%(name)s : l'emploi industriel n'est pas connu assez finement pour dire ce qui marque ce bassin."
        ) % {"name": sheet.zone.name}
    return _(
        "%(name)s compte %(jobs)s emplois industriels ; « %(branch)s » y pèse %(times)s fois sa part nationale."
    ) % {
        "name": sheet.zone.name,
        "jobs": number(industrial.value, 0),
        "branch": branch.label,
        "times": number(branch.quotient, 1),
    }


def key_figures(facts: Facts, sheet: BasinSheet) -> list[dict[str, str]]:
    """Return the figures of the head of the page, each with its rank, producer and vintage."""
    zone = sheet.zone
    people = {
        "label": _("Habitants"),
        "value": number(zone.population, 0),
        "note": "",
        "source": sourced(facts.vintages.get("commune-zones", ("Insee",))[0], str(zone.population_year)),
    }
    known = [one for one in (by_id(sheet, key) for key in KEY_INDICATORS) if one is not None]
    return [people] + [
        {
            "label": one.label,
            "value": written(one),
            "note": standing(one) or status_label(one.status),
            "source": sourced(one.source, one.vintage),
        }
        for one in known
    ]


def sourced(producer: str, vintage: str) -> str:
    """Return a producer and a vintage as they stand under a figure."""
    return f"{producer}, {shown_vintage(vintage)}"


def written(one: IndicatorValue) -> str:
    """Return a value with its unit, ≈ before an estimate, a dash where there is none; no word of the label twice."""
    if one.value is None:
        return "—"
    unit = "" if one.unit.lower() in one.label.lower() else one.unit
    value = with_unit(number(one.value, one.decimals), unit)
    return f"≈\u202f{value}" if one.status == "estimated" else value


def standing(one: IndicatorValue) -> str:
    """Return the national rank in words, empty where there is none."""
    if one.national_rank is None:
        return ""
    return _("%(rank)s sur %(count)s") % {"rank": ordinal(one.national_rank), "count": one.ranked}


def indicator_groups(sheet: BasinSheet) -> list[dict[str, Any]]:
    """Return the indicators by group, in the order of their files."""
    labels = {
        "population": _("Population"),
        "economy": _("Économie"),
        "living": _("Conditions de vie"),
        "land": _("Foncier"),
        "access": _("Accès"),
        "skills": _("Compétences"),
    }
    groups: dict[str, list[dict[str, str]]] = {}
    for one in sheet.indicators:
        groups.setdefault(one.group, []).append(indicator_row(one))
    return [{"label": labels.get(group, group), "rows": rows} for group, rows in groups.items()]


def indicator_row(one: IndicatorValue) -> dict[str, str]:
    return {
        "label": one.label,
        "value": number(one.value, one.decimals) if one.value is not None else "—",
        "sign": STATUS_SIGNS.get(one.status, ""),
        "unit": one.unit,
        "status": status_label(one.status),
        "standing": standing(one) or "—",
        "vintage": shown_vintage(one.vintage),
        "source": one.source,
    }


def access_row(one: AccessKm) -> dict[str, str]:
    return {
        "label": one.label,
        "km": "—" if one.km is None else with_unit(number(one.km, 1), "km"),
        "nearest": one.nearest or "—",
        "status": status_label(one.status),
    }


def access_source(facts: Facts) -> str:
    """Return the producers of the networks."""
    from scoring.definitions import criteria

    return cited(facts, *next(one.sources for one in criteria() if one.id == "access.modes"))


def sites(facts: Facts, sheet: BasinSheet, commune_names: Mapping[str, str]) -> dict[str, Any]:
    """Return the verified brownfields, usable ones first, with what was not shown counted."""
    usable = [one for one in sheet.sites if one.is_usable]
    return {
        "sentence": ngettext(
            "%(usable)s friche vérifiée, sans projet et en vocation d'activité, sur %(all)s vérifiées.",
            "%(usable)s friches vérifiées, sans projet et en vocation d'activité, sur %(all)s vérifiées.",
            len(usable),
        )
        % {"usable": number(len(usable), 0), "all": number(len(sheet.sites), 0)},
        "rows": [
            {
                "name": one.name or _("sans nom (%(code)s)") % {"code": one.code},
                "commune": commune_names.get(one.insee_code, one.insee_code),
                "type": one.get_site_type_display(),
                "state": one.get_site_status_display(),
                "zoning": one.get_zoning_display(),
                "surface": "—" if one.surface_ha is None else with_unit(number(one.surface_ha, 1), "ha"),
                "is_usable": one.is_usable,
            }
            for one in sheet.sites[:SITES_SHOWN]
        ],
        "hidden": max(0, len(sheet.sites) - SITES_SHOWN),
        "count": number(len(sheet.sites), 0),
        "is_long": len(sheet.sites) > LONGEST_OPEN,
        "source": cited(facts, "cerema-cartofriches"),
    }


def plants(facts: Facts, sheet: BasinSheet) -> list[dict[str, Any]]:
    """Return the known establishments by kind, each with its fine activity and a link to who else fits it."""
    groups: dict[str, list[dict[str, str]]] = {}
    titles: dict[str, str] = {}
    for one in sheet.plants:
        node = facts.nomenclature.nodes.get(f"subclass:{one.naf_code}")
        titles[one.kind] = str(one.get_kind_display())
        groups.setdefault(one.kind, []).append(
            {
                "name": one.name,
                "naf_code": one.naf_code,
                "activity": node.label if node else "",
                "url": f"{reverse('explorer:ranking')}?activite={one.naf_code}" if node else "",
            }
        )
    return [
        {"label": titles[kind], "rows": rows, "is_long": len(rows) > LONGEST_OPEN} for kind, rows in groups.items()
    ]

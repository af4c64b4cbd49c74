"""The page of one basin: a sentence, its identity, then each section with its sentence, its figures, its lists."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from explorer import maps
from explorer.citations import cited, shown_vintage
from explorer.perimeter_kinds import perimeter_url
from explorer.presenters import basin_knowhow, detailed_map
from explorer.presenters.basin_access import access_note
from explorer.presenters.basin_comparison import figure_text, rank_note, standing
from explorer.presenters.basin_figures import FIGURES, marking_branch
from explorer.presenters.basin_land import SiteFilter, land_caution, land_section, land_sentence
from explorer.presenters.basin_peers import short_peers
from explorer.presenters.basin_perimeters import perimeter_groups, perimeters_note, territories_sentence
from explorer.presenters.basin_skills import rare_sentence
from explorer.presenters.rows import unmet_list
from explorer.presenters.suggestion_words import little_known
from explorer.presenters.unmet import unmet_of
from explorer.tables import shown
from explorer.wording import listed, number, status_label, with_unit
from scoring.facts import Facts
from scoring.known_share import is_too_little_known
from scoring.service import FittingActivity
from scoring.sheet import BasinSheet, IndicatorValue

# The best placed activities: those where the basin is in the first tenth, three at least, eight at most.
BEST_SHOWN, BEST_AT_LEAST, BEST_RANK = 8, 3, 30
# Above this rank, a third of the basins, the best placed activity is no strength.
FAIR_RANK = 102
KEY_INDICATORS = ("economy.jobs_total", "economy.industrial_jobs", "economy.industrial_share_pct", "land.usable_sites")
# Lists that the page shows in a form of their own.
LISTED_APART = ("sites", "plants")


def basin_page(facts: Facts, sheet: BasinSheet, best: Sequence[FittingActivity]) -> dict[str, Any]:
    """Return the context of the page of a basin."""
    zone = sheet.zone
    figures = shown_figures(facts, sheet)
    rows = best_rows(facts, best, zone.code)
    return {
        "edition": facts.edition,
        "zone": zone,
        "regions": regions(sheet),
        "headline": headline(sheet),
        "sections": sections(figures),
        "compared_title": compared_title(sheet),
        "best": rows,
        "best_caution": best_caution(facts, sheet, rows),
        "best_note": best_note() if rows else "",
        "activities_url": reverse("explorer:basin-activities", args=(zone.code,)),
        "key_figures": key_figures(facts, sheet),
        "figures": figures,
        "access_note": access_note(),
        "rank_note": rank_note(),
        "skills_sentence": rare_sentence(sheet),
        "land_sentence": land_sentence(sheet.sites),
        "land_caution": land_caution(),
        "land": land_section(facts, zone.code, sheet.sites, SiteFilter(), 1) if sheet.sites else None,
        "land_source": cited(facts, "cerema-cartofriches"),
        "knowhow_sentence": basin_knowhow.knowhow_sentence(facts, sheet),
        "indications": sheet.indications,
        "indications_source": cited(facts, "inpi-industrial-indications"),
        "plants": basin_knowhow.plants(facts, sheet),
        "plants_csv_url": figure_url(zone.code, "plants") if sheet.plants else "",
        "plants_source": cited(facts, *basin_knowhow.SOURCES),
        "territories": [
            {"name": one.name, "url": perimeter_url(one.kind, one.code)} for one in sheet.industry_territories
        ],
        "peers": short_peers(facts, zone.code),
        "perimeters": perimeter_groups(facts, zone.code),
        "perimeters_note": perimeters_note(),
        "perimeters_source": cited(facts, "commune-zones"),
        "territories_sentence": territories_sentence(len(sheet.industry_territories)),
        "territories_source": cited(facts, "anct-industry-territories"),
        "locator": maps.locator(facts, zone.code),
        "detailed": detailed_map.local_map(facts, zone_codes=[zone.code]),
    }


def figure_url(zone_code: str, figure_id: str) -> str:
    """Return the address of the file of a figure."""
    return reverse("explorer:basin-figure", args=(zone_code, figure_id))


def shown_figures(facts: Facts, sheet: BasinSheet) -> dict[str, dict[str, Any]]:
    """Return by identifier the figures that the data of the basin allow, drawn and written."""
    built = {name: build(facts, sheet) for name, build in FIGURES.items() if name not in LISTED_APART}
    return {name: shown(facts, one, csv_url=figure_url(sheet.zone.code, name)) for name, one in built.items() if one}


def sections(figures: dict[str, Any]) -> list[dict[str, str]]:
    """Return the sections of the page, for its list of anchors."""
    labels = {
        "best": _("Ce qui lui va"),
        "made": _("Ce que l'on y fait"),
        "compared": _("Comparaison"),
        "skills": _("Métiers"),
        "known": _("Savoir-faire"),
        "land": _("Foncier"),
        "access": _("Accès"),
        "living": _("Conditions de vie"),
        "programmes": _("Programmes"),
        "perimeters": _("Périmètres"),
        "indicators": _("Tous les indicateurs"),
    }
    return [{"anchor": f"explorer-{name}", "label": label} for name, label in labels.items()]


def compared_title(sheet: BasinSheet) -> str:
    """Return what the basin is compared with."""
    count = len(sheet.territories) - 1
    return {0: _("Comparé à la France"), 1: _("Comparé à sa région et à la France")}.get(
        count, _("Comparé à ses régions et à la France")
    )


def regions(sheet: BasinSheet) -> str:
    """Return the regions of a basin, with the share of its people in each when there are several."""
    if len(sheet.parts) == 1:
        return sheet.parts[0].name
    return listed([f"{one.name} ({percent_text(one.share_pct)})" for one in sheet.parts])


def percent_text(value: float) -> str:
    """Return a percentage; what rounds to nothing is said to be under 1 %."""
    share = with_unit(number(max(value, 1.0), 0), "%")
    told = _("moins de %(share)s des habitants") if value < 0.5 else _("%(share)s des habitants")
    return told % {"share": share}


def best_rows(facts: Facts, best: Sequence[FittingActivity], zone_code: str) -> list[dict[str, Any]]:
    """Return the manufacturing activities for which the basin ranks best, each with the link to its reasons.

    None where too little is known of the basin.
    """
    if is_too_little_known(facts, zone_code):
        return []
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
                    "unmet": unmet_of(facts, zone_code, node),
                    "unmet_list": unmet_list(facts, zone_code, node),
                    "url": f"{url}?activite={node.code}",
                    "activity_url": reverse("explorer:activity", args=(node.code,)),
                }
            )
    return [row for place, row in enumerate(rows[:BEST_SHOWN]) if place < BEST_AT_LEAST or row["rank"] <= BEST_RANK]


def best_caution(facts: Facts, sheet: BasinSheet, rows: Sequence[dict[str, Any]]) -> str:
    """Return why there is no list, or what to think of ranks of which none is in the first third; else empty."""
    unknown = little_known(facts, sheet.zone)
    if unknown or (rows and rows[0]["rank"] <= FAIR_RANK):
        return unknown
    return _("Ce bassin n'est dans le premier tiers pour aucune activité industrielle : voici les moins éloignées.")


def best_note() -> str:
    """Return what the list of the best placed activities is."""
    return _(
        "Activités industrielles où ce bassin est le mieux placé par rapport aux autres, à poids par défaut. C'est "
        "une piste, pas une étude de marché."
    )


def by_id(sheet: BasinSheet, indicator: str) -> IndicatorValue | None:
    return next((one for one in sheet.indicators if one.id == indicator), None)


def headline(sheet: BasinSheet) -> str:
    """Return the sentence that says what the basin is."""
    industrial, branch = by_id(sheet, "economy.industrial_jobs"), marking_branch(sheet)
    if industrial is None or industrial.value is None or branch is None or branch.quotient is None:
        return _(
            "%(name)s : l'emploi industriel n'est pas connu assez finement pour dire ce qui marque ce bassin."
        ) % {"name": sheet.zone.name}
    if branch.quotient < 1:
        return _("%(name)s compte %(jobs)s emplois industriels ; aucune branche n'y dépasse sa part nationale.") % {
            "name": sheet.zone.name,
            "jobs": number(industrial.value, 0),
        }
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
            "value": short_text(one),
            "note": standing(one) or status_label(one.status),
            "source": sourced(one.source, one.vintage),
        }
        for one in known
    ]


def sourced(producer: str, vintage: str) -> str:
    """Return a producer and a vintage as they stand under a figure."""
    return f"{producer}, {shown_vintage(vintage)}"


def short_text(one: IndicatorValue) -> str:
    """Return a value with its unit, which is left out where the label already says it."""
    return figure_text(one, with_its_unit=one.unit.lower() not in one.label.lower())

"""Starting from the resources of a basin: each notable one with the activities that would use it."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer import queries
from explorer.citations import cited
from explorer.presenters.basin_land import site_name
from explorer.presenters.rows import unmet_list
from explorer.presenters.suggestion_words import FIRMS_NAMED, hectares
from explorer.presenters.unmet import unmet_column, unmet_of
from explorer.tables import Cell, Column, Table
from explorer.wording import apart, listed, number
from scoring.criteria.land import is_land_unknown
from scoring.facts import Facts, ZoneCard
from scoring.numbers import ordinal
from scoring.question import Question
from scoring.resource_leads import (
    LEAST_FILLED,
    LEAST_JOBS,
    LEAST_NEED,
    LEAST_SITE_HA,
    STRONG_QUOTIENT,
    FamilyResource,
    KnowHowResource,
    NearSite,
    Resources,
    SiteResource,
)
from scoring.reverse import Suggestion

OCCUPATION_SOURCES = ("dares-fap-sectors", "dares-fap-regions", "insee-flores-zone-a38", "hires-naf-rome")
SITE_SOURCES = ("cerema-cartofriches",)
KNOW_HOW_SOURCES = ("epv-firms", "irep-large-plants", "inpi-industrial-indications", "hires-naf-rome")
SITES_NAMED = 3


def resources_page(facts: Facts, zone: ZoneCard, found: Resources) -> dict[str, Any]:
    """Return the context of the page: three kinds of resources, each with its note and sources."""
    names = commune_names(facts, found)
    return {
        "edition": facts.edition,
        "zone": zone,
        "activities_url": reverse("explorer:basin-activities", args=(zone.code,)),
        "land_url": reverse("explorer:basin-land", args=(zone.code,)),
        "csv_url": reverse("explorer:basin-resources-csv", args=(zone.code,)),
        "headline": headline(facts, zone, found),
        "parts": [
            {
                "id": "metiers",
                "title": _("Partir des métiers"),
                "note": occupations_note(),
                "empty": _(
                    "Aucun métier de production n'y dépasse nettement la part nationale, ou rien n'est publié."
                ),
                "rows": [
                    resource(facts, zone, family_text(one), family_detail(one), one.uses) for one in found.families
                ],
                "source": cited(facts, *OCCUPATION_SOURCES),
            },
            {
                "id": "terrains",
                "title": _("Partir des terrains"),
                "note": sites_note(),
                "empty": no_site(facts, zone),
                "rows": [
                    resource(facts, zone, sites_text(one), sites_detail(one, names), one.uses) for one in found.sites
                ],
                "source": cited(facts, *SITE_SOURCES),
            },
            {
                "id": "savoir-faire",
                "title": _("Partir des savoir-faire"),
                "note": know_how_note(),
                "empty": _("Les listes publiées ne nomment ici ni entreprise du patrimoine vivant, ni grand site."),
                "rows": [resource(facts, zone, one.label, know_how_detail(one), one.uses) for one in found.know_how],
                "source": cited(facts, *KNOW_HOW_SOURCES),
            },
        ],
    }


def resource(facts: Facts, zone: ZoneCard, label: str, detail: str, uses: Sequence[Suggestion]) -> dict[str, Any]:
    """Return a resource with the activities that would use it."""
    return {
        "label": label,
        "detail": detail,
        "uses": [
            {
                "label": one.node.label,
                "code": one.node.code,
                "rank": one.fit.rank_among_basins,
                "unmet": unmet_of(facts, zone.code, one.node),
                "unmet_list": unmet_list(facts, zone.code, one.node),
                "url": f"{reverse('explorer:why', args=(zone.code,))}?{question_of(one).to_query('activite')}",
            }
            for one in uses
        ],
    }


def question_of(one: Suggestion) -> Question:
    return Question(one.node.code, one.node.level)


def headline(facts: Facts, zone: ZoneCard, found: Resources) -> str:
    """Return how much there is to start from."""
    sites = sum(len(one.sites) for one in found.sites)
    parts = [
        ngettext("%(count)s métier fort", "%(count)s métiers forts", len(found.families))
        % {"count": number(len(found.families), 0)},
        ngettext("%(count)s terrain utilisable", "%(count)s terrains utilisables", sites)
        % {"count": number(sites, 0)},
        ngettext("%(count)s savoir-faire connu", "%(count)s savoir-faire connus", len(found.know_how))
        % {"count": number(len(found.know_how), 0)},
    ]
    return _("À %(name)s, %(parts)s : voici ce qui s'en servirait.") % {"name": zone.name, "parts": listed(parts)}


def occupations_note() -> str:
    return _(
        "Familles de métiers qui pèsent au moins %(times)s fois leur part nationale et %(jobs)s emplois ; les rares "
        "d'abord. En regard, les activités dont elles font au moins %(need)s %% des emplois de production, celles où "
        "le bassin est le mieux classé d'abord, une par groupe de la nomenclature."
    ) % {
        "times": number(STRONG_QUOTIENT, 1),
        "jobs": number(LEAST_JOBS, 0),
        "need": number(100 * LEAST_NEED, 0),
    }


def sites_note() -> str:
    return _(
        "Friches utilisables d'au moins %(least)s ha, dans le bassin puis à moins de 40 km de son centre. En regard, "
        "les activités dont le projet de taille courante y tient et en occupe au moins %(part)s %%."
    ) % {"least": number(LEAST_SITE_HA, 0), "part": number(100 * LEAST_FILLED, 0)}


def know_how_note() -> str:
    return _(
        "Entreprises du patrimoine vivant, grands établissements et indications géographiques. En regard, l'activité "
        "elle-même, puis celles qui embauchent les mêmes métiers. L'absence d'une liste n'est pas une preuve."
    )


def no_site(facts: Facts, zone: ZoneCard) -> str:
    """Return why there is no site: none found, or an inventory too thin to tell."""
    if is_land_unknown(facts)[facts.zone(zone.code)]:
        return _("L'inventaire des friches est trop mince ici pour conclure : à demander à l'observatoire local.")
    return _("Aucune friche utilisable de cette taille n'est connue à moins de 40 km.")


def family_text(one: FamilyResource) -> str:
    return str(one.family.label)


def family_detail(one: FamilyResource) -> str:
    """Return how strong the basin is in an occupation."""
    return _("≈ %(jobs)s emplois (± %(error)s %%), %(times)s fois la part nationale, %(rank)s bassin%(rare)s") % {
        "jobs": number(one.jobs, 0),
        "error": number(100 * one.error_share, 0),
        "times": number(one.quotient, 1),
        "rank": ordinal(one.national_rank),
        "rare": _(", métier rare") if one.is_rare else "",
    }


def sites_text(one: SiteResource) -> str:
    """Return the surface of a site, or the range of those of several."""
    surfaces = sorted(site.surface_ha for site in one.sites)
    if len(surfaces) == 1:
        return _("Une friche de %(surface)s") % {"surface": hectares(surfaces[0])}
    return _("%(count)s friches de %(least)s à %(most)s") % {
        "count": number(len(surfaces), 0),
        "least": hectares(surfaces[0]),
        "most": hectares(surfaces[-1]),
    }


def sites_detail(one: SiteResource, names: dict[str, str]) -> str:
    """Return the names of the first sites of a size, with their commune and distance."""
    told = [
        _("%(name)s, %(commune)s, %(where)s")
        % {
            "name": site_name(site.site),
            "commune": names.get(site.site.insee_code, site.site.insee_code),
            "where": where(site),
        }
        for site in one.sites[:SITES_NAMED]
    ]
    left = len(one.sites) - len(told)
    more = ngettext("et %(count)s autre", "et %(count)s autres", left) % {"count": number(left, 0)} if left else ""
    return apart(one for one in [*told, more] if one)


def where(site: NearSite) -> str:
    if site.is_own:
        return _("dans le bassin")
    return _("hors du bassin, à %(km)s km") % {"km": number(site.km, 0)}


def know_how_detail(one: KnowHowResource) -> str:
    """Return the establishments behind a know-how."""
    if not one.code:
        return _("indication géographique industrielle")
    named = list(dict.fromkeys(firm.name for firm in one.firms))[:FIRMS_NAMED]
    return ngettext(
        "classe %(code)s, %(count)s établissement connu : %(named)s",
        "classe %(code)s, %(count)s établissements connus, dont %(named)s",
        len(one.firms),
    ) % {"code": one.code, "count": number(len(one.firms), 0), "named": listed(named)}


def commune_names(facts: Facts, found: Resources) -> dict[str, str]:
    codes = [site.site.insee_code for one in found.sites for site in one.sites]
    return queries.commune_names(facts.edition, codes)


def resources_table(facts: Facts, zone: ZoneCard, found: Resources) -> Table:
    """Return a row for each resource and activity that would use it."""
    columns = [
        Column(_("Ressource")),
        Column(_("Détail")),
        Column(_("Activité qui s'en servirait"), is_french=True),
        Column(_("Code NAF")),
        Column(_("Rang du bassin"), decimals=0),
        Column(_("Bassins classés"), decimals=0),
        unmet_column(),
    ]
    rows: list[list[Cell]] = [
        [one["label"], one["detail"], use["label"], use["code"], use["rank"], len(facts.zones), use["unmet"]]
        for part in resources_page(facts, zone, found)["parts"]
        for one in part["rows"]
        for use in one["uses"]
    ]
    title = _("Les ressources du bassin de %(name)s et ce qui s'en servirait") % {"name": zone.name}
    sources = (*OCCUPATION_SOURCES, *SITE_SOURCES, *KNOW_HOW_SOURCES[:-1])
    return Table("resources", title, columns, rows, sources=sources, status="estimated")

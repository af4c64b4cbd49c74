"""The known sites of a basin: filtered, usable ones first, page by page, drawn on its outline."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer import land_map, queries
from explorer.citations import cited
from explorer.paging import paged
from explorer.tables import Cell, Column, Table
from explorer.wording import number, with_unit
from infrastructure.models import BrownfieldSite
from scoring.errors import BadQuestion
from scoring.evidence import CountedSite
from scoring.facts import Facts
from scoring.sheet import BasinSheet

SOURCES = ("cerema-cartofriches",)
PAGE_SIZE = 15
USABLE = "utilisable"
PARAMETERS = ("surface", "zonage", "usage", "page")
LARGEST_HA = 10_000


@dataclass(frozen=True)
class SiteFilter:
    """What the reader asks of a site: hectares at least, a zoning, only usable ones."""

    least_ha: float = 0.0
    zoning: str = ""
    usable_only: bool = False

    @classmethod
    def from_params(cls, params: QueryDict) -> "SiteFilter":
        """Return the filter of a query string; raises `BadQuestion`."""
        return cls(hectares(params), zoning_of(params), usable_of(params))

    def keeps(self, site: BrownfieldSite) -> bool:
        """Whether a site answers; one of unknown surface answers only when no surface is asked."""
        return (
            (not self.least_ha or (site.surface_ha or 0.0) >= self.least_ha)
            and (not self.zoning or site.zoning == self.zoning)
            and (site.is_usable or not self.usable_only)
        )

    def query(self, page: int = 1) -> str:
        """Return the query string of a page of the filtered list, differences from the default only."""
        given = {
            "surface": f"{self.least_ha:g}" if self.least_ha else "",
            "zonage": self.zoning,
            "usage": USABLE if self.usable_only else "",
            "page": page if page > 1 else "",
        }
        text = urlencode({name: value for name, value in given.items() if value})
        return f"?{text}" if text else ""


def hectares(params: QueryDict) -> float:
    """Return the least surface asked, 0 without; a decimal comma is read."""
    text = params.get("surface", "").strip().replace(",", ".")
    try:
        value = float(text or 0)
    except ValueError:
        value = -1.0
    if not 0 <= value <= LARGEST_HA:
        sentence = _("« %(text)s » n'est pas une surface : un nombre d'hectares de 0 à %(most)s est attendu.")
        raise BadQuestion("surface", sentence % {"text": text[:20], "most": number(LARGEST_HA, 0)})
    return value


def zoning_of(params: QueryDict) -> str:
    """Return the zoning asked, empty without."""
    asked = params.get("zonage", "").strip()
    if asked and asked not in BrownfieldSite.Zoning.values:
        sentence = _("« %(asked)s » n'est pas un zonage. Valeurs acceptées de zonage : %(accepted)s.")
        values = {"asked": asked[:20], "accepted": ", ".join(BrownfieldSite.Zoning.values)}
        raise BadQuestion("zonage", sentence % values)
    return asked


def usable_of(params: QueryDict) -> bool:
    """Whether only usable sites are asked."""
    asked = params.get("usage", "").strip()
    if asked not in ("", USABLE):
        sentence = _("« %(asked)s » n'est pas un usage. Valeur acceptée de usage : %(accepted)s.")
        raise BadQuestion("usage", sentence % {"asked": asked[:20], "accepted": USABLE})
    return asked == USABLE


def land_section(
    facts: Facts, zone_code: str, sites: Sequence[BrownfieldSite], asked: SiteFilter, page: int
) -> dict[str, Any]:
    """Return the list of a basin's sites that answer a filter, one page of it, and their map."""
    kept = [one for one in sites if asked.keeps(one)]
    url = reverse("explorer:basin-land", args=(zone_code,))
    shown, pages = paged(kept, page, PAGE_SIZE, lambda number: f"{url}{asked.query(number)}")
    names = queries.commune_names(facts.edition, [one.insee_code for one in shown])
    return {
        "url": url,
        "permalink": f"{url}{asked.query(page)}",
        "answer": count_sentence(len(kept), len(sites)),
        "rows": [site_row(one, names) for one in shown],
        "filter": asked,
        "zonings": zonings_present(sites, asked),
        "pages": pages,
        "map": land_map.land_map(facts, zone_code, kept) if kept else None,
        "csv_url": reverse("explorer:basin-figure", args=(zone_code, "sites")),
        "source": cited(facts, *SOURCES),
    }


def count_sentence(kept: int, everything: int) -> str:
    """Return how many sites answer."""
    if kept == everything:
        return ngettext("%(all)s site connu", "%(all)s sites connus", everything) % {"all": number(everything, 0)}
    return _("%(kept)s sites sur %(all)s") % {"kept": number(kept, 0), "all": number(everything, 0)}


def zonings_present(sites: Sequence[BrownfieldSite], asked: SiteFilter) -> list[dict[str, Any]]:
    """Return the zonings of the sites of the basin, to choose from."""
    held = {one.zoning for one in sites} | ({asked.zoning} - {""})
    return [
        {"value": value, "label": str(label), "is_chosen": value == asked.zoning}
        for value, label in BrownfieldSite.Zoning.choices
        if value in held
    ]


def site_row(one: BrownfieldSite, names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": site_name(one),
        "commune": names.get(one.insee_code, one.insee_code),
        "type": one.get_site_type_display(),
        "state": one.get_site_status_display(),
        "zoning": one.get_zoning_display(),
        "surface": surface_text(one.surface_ha),
        "is_usable": one.is_usable,
    }


def surface_text(surface_ha: float | None) -> str:
    """Return a surface in hectares; what rounds to nothing is said to be under a tenth, or not known when it is 0."""
    if not surface_ha:
        return "—"
    return with_unit(number(surface_ha, 1) if surface_ha >= 0.05 else f"<\u202f{number(0.1, 1)}", "ha")


def site_name(one: BrownfieldSite | CountedSite) -> str:
    """Return the name of a site, its code where it has none."""
    return one.name or _("sans nom (%(code)s)") % {"code": one.code}


def sites_table(facts: Facts, sheet: BasinSheet) -> Table | None:
    """Return every known site of a basin, usable ones first."""
    if not sheet.sites:
        return None
    names = queries.commune_names(facts.edition, [one.insee_code for one in sheet.sites])
    columns = [
        Column(_("Site"), is_french=True),
        Column(_("Identifiant")),
        Column(_("Commune"), is_french=True),
        Column(_("Code INSEE")),
        Column(_("Surface"), unit="ha", decimals=1),
        Column(_("Nature")),
        Column(_("État")),
        Column(_("Zonage")),
        Column(_("Utilisable")),
        Column(_("Longitude"), unit="°", decimals=5),
        Column(_("Latitude"), unit="°", decimals=5),
    ]
    rows: list[list[Cell]] = [
        [
            site_name(one),
            one.code,
            names.get(one.insee_code, ""),
            one.insee_code,
            one.surface_ha,
            str(one.get_site_type_display()),
            str(one.get_site_status_display()),
            str(one.get_zoning_display()),
            _("oui") if one.is_usable else _("non"),
            one.point.x,
            one.point.y,
        ]
        for one in sheet.sites
    ]
    return Table("sites", _("Friches vérifiées"), columns, rows, sources=SOURCES, status="observed")


def land_caution() -> str:
    """Return what the inventory of sites is worth."""
    return _("L'inventaire dépend des observatoires locaux : il n'est pas exhaustif.")


def land_sentence(sites: Sequence[BrownfieldSite]) -> str:
    """Return how many sites could be taken back, their surface, and the largest."""
    usable = [one for one in sites if one.is_usable]
    if not sites:
        return _("Aucune friche vérifiée n'est recensée ici : cela dit où l'on recense, pas s'il y a du foncier.")
    if not usable:
        return _("Aucune des %(all)s friches vérifiées n'est à la fois sans projet et en vocation d'activité.") % {
            "all": number(len(sites), 0)
        }
    known = [one.surface_ha for one in usable if one.surface_ha is not None]
    told = ngettext(
        "%(usable)s friche vérifiée, sans projet et en vocation d'activité, sur %(all)s vérifiées",
        "%(usable)s friches vérifiées, sans projet et en vocation d'activité, sur %(all)s vérifiées",
        len(usable),
    ) % {"usable": number(len(usable), 0), "all": number(len(sites), 0)}
    if not known:
        return f"{told}."
    largest = _(" ; la plus grande fait %(largest)s.") % {"largest": with_unit(number(max(known), 1), "ha")}
    return told + largest

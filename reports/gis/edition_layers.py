"""The layers of an edition to take away whole: basins with their indicators, communes, sites, nodes, territories."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basins.indicators import indicators
from basins.models import Commune, EmploymentZone, Perimeter
from basins.outlines import zone_outlines
from explorer.citations import cited
from explorer.presenters.zone_files import held_indicators
from explorer.wording import listed, status_label
from infrastructure.models import BrownfieldSite, LogisticsNode
from reports.gis.layer import BOOLEAN, INTEGER, POINT, POLYGON, REAL, Cell, Field, Layer
from reports.gis.ranking_layer import STATUSES, column_name, rounded
from scoring.facts import Facts
from sources.models import Edition


@dataclass(frozen=True)
class LayerSpec:
    """A layer that can be taken away: its name in addresses, what it is, the data sets behind, how it is made."""

    name: str
    label: Promise
    sources: Callable[[Facts], tuple[str, ...]]
    make: Callable[[Facts], Layer]
    is_point: bool = False


def edition_of(facts: Facts) -> Edition:
    return Edition.objects.get(content_hash=facts.edition.content_hash)


def described(facts: Facts, spec_label: str) -> str:
    """Return what a catalogue shows under the title of a layer."""
    return _("%(label)s, Bassins, édition %(name)s.") % {"label": spec_label, "name": facts.edition.name}


def basins_layer(facts: Facts) -> Layer:
    """Return the basins with two columns per indicator: its value, and what is known of it."""
    outlines, label = zone_outlines(edition_of(facts)), _("Bassins d'emploi et leurs indicateurs")
    held = [(one.id, *facts.values[one.id]) for one in held_indicators(facts)]
    rows: list[list[Cell]] = [
        [
            zone.code,
            zone.name,
            " ".join(zone.region_codes),
            zone.population,
            zone.population_year,
            *(cell for _key, value, status in held for cell in (rounded(value[index]), str(status[index]))),
        ]
        for index, zone in enumerate(facts.zones)
    ]
    fields = [
        Field("code", _("Code du bassin"), _("Code de la zone d'emploi 2020, INSEE.")),
        Field("nom", _("Bassin"), _("Nom de la zone d'emploi.")),
        Field("regions", _("Codes des régions"), _("Régions que touche le bassin.")),
        Field("population", _("Habitants"), _("Population municipale."), INTEGER),
        Field("population_annee", _("Année de la population"), _("Année du recensement."), INTEGER),
        *(field for key, _value, _status in held for field in indicator_fields(facts, key)),
    ]
    geometries = [outlines[zone.code] for zone in facts.zones]
    return Layer("bassins", label, described(facts, label), POLYGON, fields, rows, geometries)


def indicator_fields(facts: Facts, key: str) -> list[Field]:
    """Return the two columns of an indicator."""
    one = indicators()[key]
    known = listed([f"{status} ({status_label(status)})" for status in STATUSES])
    label = f"{one.label} ({one.group})"
    source = cited(facts, *one.sources)
    return [
        Field(column_name(key), label, str(one.method), REAL, str(one.unit), source),
        Field(column_name(key, "statut"), _("%(label)s : statut") % {"label": label}, known + "."),
    ]


def table_layer(
    facts: Facts, name: str, label: str, rows: Any, *, geometry: str, kind: str, columns: Sequence[tuple[Field, Any]]
) -> Layer:
    """Return a layer read from a table: each column is a field and the expression, or the labels, of its cells."""
    named = {f"cell_{position}": expression(how) for position, (_field, how) in enumerate(columns)}
    found = rows.annotate(wkb=AsWKB(geometry), **named).values_list("wkb", *named)
    words = [how[1] if isinstance(how, tuple) else None for _field, how in columns]
    cells, geometries = [], []
    for wkb, *row in found.iterator(chunk_size=5000):
        geometries.append(None if wkb is None else bytes(wkb))
        cells.append([table[cell] if table else cell for cell, table in zip(row, words, strict=True)])
    fields = [field for field, _how in columns]
    return Layer(name, label, described(facts, label), kind, fields, cells, geometries)


def expression(how: Any) -> F:
    """Return the column of the database that feeds a field."""
    return F(how[0] if isinstance(how, tuple) else how)


def words_of(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Return the words of each value of a closed list."""
    return {str(value): str(label) for value, label in choices}


def communes_layer(facts: Facts) -> Layer:
    """Return the communes with the basin each belongs to; those recreated since 2018 have no outline."""
    columns = [
        (Field("insee", _("Code INSEE"), _("Code officiel géographique de la commune.")), "insee_code"),
        (Field("nom", _("Commune"), _("Nom de la commune.")), "name"),
        (Field("departement", _("Département"), _("Code du département.")), "department_id"),
        (Field("bassin", _("Code du bassin"), _("Zone d'emploi 2020 de la commune.")), "zone__code"),
        (Field("bassin_nom", _("Bassin"), _("Nom de la zone d'emploi.")), "zone__name"),
        (Field("epci", _("SIREN de l'EPCI"), _("Intercommunalité, vide s'il n'y en a pas.")), "epci_siren"),
        (Field("ept", _("SIREN de l'EPT"), _("Établissement public territorial du Grand Paris.")), "ept_siren"),
        (Field("population", _("Habitants"), _("Population municipale."), INTEGER), "population"),
    ]
    rows = Commune.objects.of(edition_of(facts)).order_by("insee_code")
    return table_layer(facts, "communes", _("Communes"), rows, geometry="geom", kind=POLYGON, columns=columns)


def brownfields_layer(facts: Facts) -> Layer:
    """Return the verified brownfields as points."""
    site = BrownfieldSite
    types, states = words_of(site.SiteType.choices), words_of(site.SiteStatus.choices)
    zonings, inventories = words_of(site.Zoning.choices), words_of(site.Inventory.choices)
    usable = str(site._meta.get_field("is_usable").help_text)
    columns = [
        (Field("code", _("Identifiant"), _("Identifiant du site dans son inventaire.")), "code"),
        (Field("nom", _("Site"), _("Nom du site, vide s'il n'en a pas.")), "name"),
        (Field("nature", _("Nature"), _("Ce que le site a été.")), ("site_type", types)),
        (Field("etat", _("État"), _("Où en est le site.")), ("site_status", states)),
        (Field("surface_ha", _("Surface"), _("Vide si elle n'est pas connue."), REAL, "ha"), "surface_ha"),
        (Field("zonage", _("Zonage"), _("Usage dominant au plan local d'urbanisme.")), ("zoning", zonings)),
        (Field("utilisable", _("Utilisable"), usable, BOOLEAN), "is_usable"),
        (Field("insee", _("Commune"), _("Code INSEE de la commune.")), "insee_code"),
        (Field("bassin", _("Code du bassin"), _("Zone d'emploi 2020 du site.")), "zone__code"),
        (Field("inventaire", _("Inventaire"), _("Qui parle du site.")), ("inventory", inventories)),
        (Field("source", _("Source"), _("Publication qui le donne.")), "release__source__title"),
        (Field("millesime", _("Millésime"), _("De la publication.")), "release__vintage"),
    ]
    rows = site.objects.of(edition_of(facts)).order_by("code")
    return table_layer(facts, "friches", _("Friches vérifiées"), rows, geometry="point", kind=POINT, columns=columns)


def nodes_layer(facts: Facts) -> Layer:
    """Return the places where goods reach a network."""
    kinds, lands = words_of(LogisticsNode.Kind.choices), words_of(EmploymentZone.LandMass.choices)
    columns = [
        (Field("code", _("Identifiant"), _("Identifiant du nœud.")), "code"),
        (Field("nature", _("Nature"), _("Ce qu'est le nœud.")), ("kind", kinds)),
        (Field("nom", _("Nom"), _("Nom du nœud.")), "name"),
        (
            Field("pays", _("Pays"), _("À deux lettres ; des nœuds proches de la frontière sont étrangers.")),
            "country",
        ),
        (Field("territoire", _("Territoire"), _("Territoire d'un seul tenant.")), ("land_mass", lands)),
        (Field("source", _("Source"), _("Publication qui le donne.")), "release__source__title"),
        (Field("millesime", _("Millésime"), _("De la publication.")), "release__vintage"),
    ]
    rows = LogisticsNode.objects.of(edition_of(facts)).order_by("code")
    return table_layer(facts, "noeuds", _("Nœuds logistiques"), rows, geometry="point", kind=POINT, columns=columns)


def territories_layer(facts: Facts) -> Layer:
    """Return the Territoires d'industrie."""
    columns = [
        (Field("code", _("Code"), _("Code de l'ANCT.")), "code"),
        (Field("nom", _("Territoire d'industrie"), _("Nom du territoire.")), "name"),
        (Field("population", _("Habitants"), _("Population municipale."), INTEGER), "population"),
        (Field("communes", _("Communes"), _("Combien de communes le composent."), INTEGER), "commune_count"),
    ]
    kind = Perimeter.Kind.INDUSTRY_TERRITORY
    rows = Perimeter.objects.of(edition_of(facts)).filter(kind=kind).order_by("code")
    label = _("Territoires d'industrie")
    return table_layer(facts, "territoires_industrie", label, rows, geometry="geom", kind=POLYGON, columns=columns)


NODE_SOURCES = (
    "cerema-toll-stations", "cerema-road-traffic", "sncf-sidings", "sncf-stations", "sncf-marshalling-yards",
    "gntc-terminals", "nga-world-port-index", "osm-inland-ports", "ourairports-airports",
)  # fmt: skip
COMMUNE_SOURCES = ("insee-communes", "commune-zones", "commune-shapes", "insee-populations", "dgcl-epci", "insee-ept")
TERRITORY_SOURCES = ("anct-industry-territories", "anct-industry-territory-communes", "commune-shapes")


def indicator_sources(facts: Facts) -> tuple[str, ...]:
    """Return the data sets behind the indicators of an edition, and its outlines."""
    return ("zone-outlines", *sorted({slug for one in held_indicators(facts) for slug in one.sources}))


LAYERS = {
    one.name: one
    for one in (
        LayerSpec("bassins", gettext_lazy("bassins et tous leurs indicateurs"), indicator_sources, basins_layer),
        LayerSpec("communes", gettext_lazy("communes et leur bassin"), lambda _facts: COMMUNE_SOURCES, communes_layer),
        LayerSpec(
            "friches",
            gettext_lazy("friches vérifiées"),
            lambda _facts: ("cerema-cartofriches",),
            brownfields_layer,
            is_point=True,
        ),
        LayerSpec(
            "noeuds-logistiques",
            gettext_lazy("nœuds logistiques"),
            lambda _facts: NODE_SOURCES,
            nodes_layer,
            is_point=True,
        ),
        LayerSpec(
            "territoires-industrie",
            gettext_lazy("Territoires d'industrie"),
            lambda _facts: TERRITORY_SOURCES,
            territories_layer,
        ),
    )
}

"""The collections: where each is read, what each feature says, and by which properties it may be filtered."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from basins.models import EmploymentZone, Perimeter
from infrastructure.models import BrownfieldSite, LogisticsNode


@dataclass(frozen=True)
class Property:
    """A property of features: the SQL that gives it, its JSON type, what it means.

    In the SQL, `f` is the row of the collection's table, `z` its basin, `{source}` and `{vintage}` what its release
    says. A property that `may_lack` is left out of the features that have none. `filter` is the condition on the bare
    row that keeps what has a value, `{value}` standing for it; without one the property is no filter.
    """

    name: str
    sql: str
    title: Promise | str
    json_type: str = "string"
    choices: type[TextChoices] | None = None
    filter: str = ""
    may_lack: bool = False


@dataclass(frozen=True)
class Collection:
    """A collection: its table, the column that names its features, its geometry, its sources.

    `geometry` is SQL on the row `f`, in EPSG:4326; `indexed` the column whose index finds it, of projection
    `indexed_srid`. `release` is SQL on `f` that gives the id of the release of a feature, where `{slug}` stands for
    the id of the release of a data set. `sources` are the data sets that features are made from.
    """

    name: str
    title: Promise | str
    description: Promise | str
    table: str
    key: str
    geometry: str
    geometry_type: str
    release: str
    sources: tuple[str, ...]
    properties: tuple[Property, ...]
    indexed: str = "geom"
    indexed_srid: int = 4326
    has_basin: bool = False
    may_lack_geometry: bool = False

    @property
    def filters(self) -> dict[str, Property]:
        """Return the properties that are filters, by name."""
        return {one.name: one for one in self.properties if one.filter}


def same(column: str) -> str:
    """Return the filter of a column by equality."""
    return f"f.{column} = {{value}}"


IN_REGION = "{value} = ANY(f.region_codes)"
IN_BASIN = "f.zone_id = (SELECT id FROM basins_employmentzone WHERE edition_id = f.edition_id AND code = {value})"
PROVENANCE = (
    Property("source", "{source}", _("producteur et titre du jeu de données")),
    Property("vintage", "{vintage}", _("millésime du jeu de données")),
)
LAND_MASS = Property(
    "land_mass", "f.land_mass", _("territoire d'un seul tenant"),
    choices=EmploymentZone.LandMass, filter=same("land_mass"),
)  # fmt: skip
POPULATION = Property("population", "f.population", _("population municipale, habitants"), "integer")

BASINS = Collection(
    name="basins",
    title=_("Bassins : les zones d'emploi de 2020"),
    description=_(
        "Les zones d'emploi de 2020, avec leur contour simplifié. La population est celle des communes réunies."
    ),
    table="basins_employmentzone",
    key="code",
    geometry="f.geom",
    geometry_type="MultiPolygon",
    release="{zone-outlines}",
    sources=("zone-outlines", "insee-populations"),
    properties=(
        Property("code", "f.code", _("code Insee de la zone d'emploi")),
        Property("name", "f.name", _("nom")),
        Property("region", "f.region_codes", _("codes Insee des régions"), "array", filter=IN_REGION),
        LAND_MASS,
        POPULATION,
        Property("population_year", "f.population_year", _("année de la population"), "integer"),
        Property("commune_count", "f.commune_count", _("nombre de communes"), "integer"),
        Property("area_km2", "f.area_km2", _("superficie, km²"), "number"),
        *PROVENANCE,
    ),
)  # fmt: skip
COMMUNES = Collection(
    name="communes",
    title=_("Communes"),
    description=_(
        "Les communes du code officiel géographique et le bassin de chacune, avec leur contour simplifié. "
        "Les communes recréées depuis 2018 n'ont pas de contour : outline_status le dit."
    ),
    table="basins_commune",
    key="insee_code",
    geometry="f.geom",
    geometry_type="MultiPolygon",
    may_lack_geometry=True,
    release="{insee-communes}",
    sources=("insee-communes", "commune-shapes", "commune-zones", "insee-populations", "dgcl-epci", "insee-ept"),
    has_basin=True,
    properties=(
        Property("code", "f.insee_code", _("code Insee de la commune")),
        Property("name", "f.name", _("nom")),
        Property("department", "f.department_id", _("code du département"), filter=same("department_id")),
        Property("basin", "z.code", _("code du bassin"), filter=IN_BASIN),
        Property(
            "epci",
            "NULLIF(f.epci_siren, '')",
            _("SIREN de l'intercommunalité"),
            filter=same("epci_siren"),
            may_lack=True,
        ),
        Property(
            "ept",
            "NULLIF(f.ept_siren, '')",
            _("SIREN de l'établissement public territorial"),
            filter=same("ept_siren"),
            may_lack=True,
        ),
        POPULATION,
        Property(
            "outline_status", "CASE WHEN f.geom IS NULL THEN 'missing' ELSE 'observed' END", _("statut du contour")
        ),
        *PROVENANCE,
    ),
)
BROWNFIELDS = Collection(
    name="brownfields",
    title=_("Friches vérifiées"),
    description=_(
        "Les friches que quelqu'un a vérifiées, quel que soit leur avenir. L'inventaire dépend des observatoires "
        "locaux : un territoire sans friche ici n'en est pas forcément dépourvu."
    ),
    table="infrastructure_brownfieldsite",
    key="code",
    geometry="f.point::geometry",
    geometry_type="Point",
    release="f.release_id",
    sources=("cerema-cartofriches",),
    indexed="tile_point",
    indexed_srid=3857,
    has_basin=True,
    properties=(
        Property("code", "f.code", _("identifiant de l'inventaire")),
        Property("name", "NULLIF(f.name, '')", _("nom"), may_lack=True),
        Property("site_type", "f.site_type", _("nature"), choices=BrownfieldSite.SiteType, filter=same("site_type")),
        Property(
            "site_status", "f.site_status", _("état"), choices=BrownfieldSite.SiteStatus, filter=same("site_status")
        ),
        Property("surface_ha", "f.surface_ha", _("surface, hectares"), "number", may_lack=True),
        Property(
            "surface_status",
            "CASE WHEN f.surface_ha IS NULL THEN 'missing' ELSE 'observed' END",
            _("statut de la surface"),
        ),
        Property("zoning", "f.zoning", _("zonage"), choices=BrownfieldSite.Zoning, filter=same("zoning")),
        Property("is_usable", "f.is_usable", _("utilisable pour une activité"), "boolean", filter=same("is_usable")),
        Property("commune", "f.insee_code", _("code Insee de la commune"), filter=same("insee_code")),
        Property("basin", "z.code", _("code du bassin"), filter=IN_BASIN),
        Property("located_by", "f.located_by", _("localisé par"), choices=BrownfieldSite.LocatedBy),
        Property(
            "inventory", "f.inventory", _("inventaire"), choices=BrownfieldSite.Inventory, filter=same("inventory")
        ),
        *PROVENANCE,
    ),
)  # fmt: skip
NODES = Collection(
    name="logistics_nodes",
    title=_("Nœuds logistiques"),
    description=_(
        "Les lieux où les marchandises rejoignent un réseau : accès autoroutiers, embranchements, terminaux, ports, "
        "aéroports, en France et près des frontières."
    ),
    table="infrastructure_logisticsnode",
    key="code",
    geometry="f.point::geometry",
    geometry_type="Point",
    release="f.release_id",
    sources=(
        "cerema-toll-stations", "cerema-road-traffic", "sncf-stations", "sncf-sidings", "sncf-marshalling-yards",
        "gntc-terminals", "nga-world-port-index", "osm-inland-ports", "ourairports-airports",
    ),
    indexed="tile_point",
    indexed_srid=3857,
    properties=(
        Property("code", "f.code", _("identifiant")),
        Property("kind", "f.kind", _("nature"), choices=LogisticsNode.Kind, filter=same("kind")),
        Property("name", "f.name", _("nom")),
        Property("country", "f.country", _("code ISO du pays"), filter=same("country")),
        LAND_MASS,
        *PROVENANCE,
    ),
)  # fmt: skip
PERIMETERS = Collection(
    name="perimeters",
    title=_("Périmètres : Territoires d'industrie, intercommunalités, départements, régions"),
    description=_(
        "Les périmètres du site avec leur contour simplifié ; kind dit la nature, par exemple "
        "kind=industry_territory pour les Territoires d'industrie."
    ),
    table="basins_perimeter",
    key="key",
    geometry="f.geom",
    geometry_type="MultiPolygon",
    release=(
        "CASE WHEN f.kind = 'industry_territory' THEN {anct-industry-territories} WHEN f.kind = 'epci' AND "
        "f.legal_form = 'EPT' THEN {insee-ept} WHEN f.kind = 'epci' THEN {dgcl-epci} ELSE {insee-communes} END"
    ),
    sources=(
        "anct-industry-territories", "dgcl-epci", "insee-ept", "insee-communes", "commune-shapes", "insee-populations",
    ),
    properties=(
        Property("kind", "f.kind", _("nature"), choices=Perimeter.Kind, filter=same("kind")),
        Property("code", "f.code", _("code, propre à chaque nature"), filter=same("code")),
        Property("name", "f.name", _("nom")),
        Property(
            "legal_form", "NULLIF(f.legal_form, '')", _("nature juridique"), filter=same("legal_form"), may_lack=True
        ),
        POPULATION,
        Property("commune_count", "f.commune_count", _("nombre de communes"), "integer"),
        *PROVENANCE,
    ),
)  # fmt: skip

COLLECTIONS: Mapping[str, Collection] = {one.name: one for one in (BASINS, COMMUNES, BROWNFIELDS, NODES, PERIMETERS)}

"""Land (brownfields, business parks), logistics nodes, the transmission grid, and access of zones to them."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.utils.translation import gettext_lazy as _

from basins.models import Commune, EmploymentZone
from infrastructure.raw import (
    BrownfieldOutlineRow,
    BrownfieldRow,
    CommuneBrownfieldRow,
    NodeRow,
    ParkPlotRow,
    ParkRow,
    RailLineRow,
    RoadSectionRow,
    SubstationRow,
)
from sources.models import EditionRow, Release, Status, status_matches_value

__all__ = [
    "BrownfieldOutlineRow",
    "BrownfieldRow",
    "BrownfieldSite",
    "BusinessPark",
    "CommuneBrownfieldRow",
    "CommuneBrownfields",
    "GridLevel",
    "LogisticsNode",
    "NodeRow",
    "ParkPlotRow",
    "ParkRow",
    "RailLine",
    "RailLineRow",
    "RoadSectionRow",
    "Substation",
    "SubstationRow",
    "ZoneAccess",
]


class BrownfieldSite(EditionRow):
    """A brownfield that somebody has verified (Cerema, Cartofriches, a local inventory), whatever has become of it."""

    class SiteType(models.TextChoices):
        INDUSTRIAL = "industrial", _("friche industrielle")
        RAIL = "rail", _("friche ferroviaire")
        LOGISTICS = "logistics", _("friche logistique")
        COMMERCIAL = "commercial", _("friche commerciale")
        AGRO_INDUSTRIAL = "agro_industrial", _("friche agro-industrielle")
        PORT = "port", _("friche portuaire")
        EXTRACTION = "extraction", _("ancienne carrière ou mine")
        HOUSING = "housing", _("friche d'habitat")
        PUBLIC_FACILITY = "public_facility", _("friche d'équipement public")
        HOSPITAL = "hospital", _("friche hospitalière")
        MILITARY = "military", _("friche militaire")
        LEISURE = "leisure", _("friche de loisir ou de tourisme")
        MIXED = "mixed", _("friche mixte")
        OTHER = "other", _("autre friche")
        UNKNOWN = "unknown", _("nature inconnue")

    class SiteStatus(models.TextChoices):
        WITHOUT_PROJECT = "without_project", _("sans projet")
        WITH_PROJECT = "with_project", _("avec projet")
        RECONVERTED = "reconverted", _("reconvertie")
        POTENTIAL = "potential", _("friche potentielle")

    class Zoning(models.TextChoices):
        """Dominant use that the local plan gives to the land."""

        ACTIVITY = "activity", _("zone d'activité")
        HOUSING = "housing", _("zone d'habitat")
        MIXED = "mixed", _("zone mixte d'habitat et d'activité")
        LEISURE = "leisure", _("zone de loisir et de tourisme")
        OTHER = "other", _("autre zone")
        UNKNOWN = "unknown", _("zonage inconnu")

    class LocatedBy(models.TextChoices):
        SITE = "site", _("point du site")
        COMMUNE = "commune", _("point de la commune")

    class Inventory(models.TextChoices):
        """Which inventory speaks for the site."""

        NATIONAL = "national", _("inventaire national")
        LOCAL = "local", _("inventaire local")
        UNCONFIRMED = "unconfirmed", _("inventaire national, non repris par l'inventaire local")

    code = models.CharField(_("identifiant"), max_length=40)
    name = models.CharField(_("nom"), max_length=300, blank=True)
    site_type = models.CharField(_("nature"), max_length=16, choices=SiteType.choices)
    site_status = models.CharField(_("état"), max_length=16, choices=SiteStatus.choices)
    surface_ha = models.FloatField(_("surface (ha)"), null=True)
    zoning = models.CharField(_("zonage"), max_length=10, choices=Zoning.choices)
    is_usable = models.BooleanField(
        _("utilisable"), help_text=_("sans projet, d'activité par sa nature ou son zonage, jamais en zone d'habitat")
    )
    insee_code = models.CharField(_("code INSEE"), max_length=5)
    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="+", verbose_name=_("zone"))
    located_by = models.CharField(_("localisé par"), max_length=8, choices=LocatedBy.choices)
    point = models.PointField(_("point"), geography=True)
    outline = models.MultiPolygonField(_("contour"), null=True)
    inventory = models.CharField(_("inventaire"), max_length=11, choices=Inventory.choices, default=Inventory.NATIONAL)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="brownfield_code_once")]
        verbose_name = _("friche vérifiée")
        verbose_name_plural = _("friches vérifiées")

    def __str__(self) -> str:
        return self.name or self.code


class CommuneBrownfields(EditionRow):
    """How many sites the national inventory lists in a commune, verified or not: to be summed over any perimeter."""

    commune = models.ForeignKey(Commune, models.CASCADE, related_name="+", verbose_name=_("commune"))
    site_count = models.PositiveIntegerField(_("sites recensés"))
    industrial_count = models.PositiveIntegerField(_("de nature industrielle"))
    unknown_type_count = models.PositiveIntegerField(_("de nature inconnue"))
    without_project_count = models.PositiveIntegerField(_("sans projet"))
    with_project_count = models.PositiveIntegerField(_("avec projet"))
    reconverted_count = models.PositiveIntegerField(_("reconvertis"))
    potential_count = models.PositiveIntegerField(_("potentiels, non vérifiés"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=("edition", "commune"), name="commune_brownfields_once")]
        verbose_name = _("friches recensées d'une commune")
        verbose_name_plural = _("friches recensées des communes")


class BusinessPark(EditionRow):
    """A business park as its local authority declares it (CNIG standard « Sites économiques », SITE-ECO)."""

    class Stage(models.TextChoices):
        ACTIVE = "active", _("existant et actif")
        PROJECT = "project", _("en projet")
        CREATION = "creation", _("en création")
        CLOSING = "closing", _("projet de déclassement")
        CLOSED = "closed", _("déclassé")
        CANCELLED = "cancelled", _("annulé")
        UNKNOWN = "unknown", _("état inconnu")

    code = models.CharField(_("identifiant"), max_length=40)
    name = models.CharField(_("nom"), max_length=300)
    park_type = models.CharField(_("type"), max_length=80)
    vocation = models.CharField(_("vocation dominante"), max_length=80)
    stage = models.CharField(_("état"), max_length=9, choices=Stage.choices)
    gross_ha = models.FloatField(_("surface totale (ha)"))
    available_ha = models.FloatField(_("surface disponible (ha)"), null=True)
    largest_plot_ha = models.FloatField(
        _("plus grand terrain à vendre (ha)"), null=True, help_text=_("vide quand les terrains ne sont pas connus")
    )
    networks = ArrayField(models.CharField(max_length=20), verbose_name=_("réseaux"))
    is_usable = models.BooleanField(
        _("utilisable"), help_text=_("actif ou en création, ouvert à l'industrie ou à la logistique")
    )
    insee_code = models.CharField(_("code INSEE"), max_length=5)
    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="+", verbose_name=_("zone"))
    point = models.PointField(_("point"), geography=True)
    outline = models.MultiPolygonField(_("contour"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="business_park_code_once")]
        verbose_name = _("parc d'activité")
        verbose_name_plural = _("parcs d'activité")

    def __str__(self) -> str:
        return self.name


class LogisticsNode(EditionRow):
    """A place where goods reach a network: a road access, a siding, a terminal, a port, an airport."""

    class Kind(models.TextChoices):
        MOTORWAY = "motorway", _("autoroute ou voie express")
        SIDING = "siding", _("embranchement ferroviaire")
        FREIGHT_STATION = "freight_station", _("gare ouverte au fret")
        COMBINED_TERMINAL = "combined_terminal", _("terminal de transport combiné")
        MARSHALLING_YARD = "marshalling_yard", _("gare de triage")
        SEAPORT = "seaport", _("port maritime de commerce")
        INLAND_PORT = "inland_port", _("port fluvial")
        AIRPORT = "airport", _("aéroport à lignes régulières")

    code = models.CharField(_("identifiant"), max_length=200)
    kind = models.CharField(_("nature"), max_length=18, choices=Kind.choices)
    name = models.CharField(_("nom"), max_length=200)
    country = models.CharField(_("pays"), max_length=2)
    land_mass = models.CharField(
        _("territoire d'un seul tenant"), max_length=12, choices=EmploymentZone.LandMass.choices
    )
    point = models.PointField(_("point"), geography=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="logistics_node_code_once")]
        verbose_name = _("nœud logistique")
        verbose_name_plural = _("nœuds logistiques")

    def __str__(self) -> str:
        return self.name


class RailLine(EditionRow):
    """A line of the national rail network, drawn for small scales; nothing says whether goods run on it."""

    code = models.CharField(_("identifiant"), max_length=8)
    name = models.CharField(_("nom"), max_length=200)
    geom = models.MultiLineStringField(_("tracé"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="rail_line_code_once")]
        verbose_name = _("ligne ferroviaire")
        verbose_name_plural = _("lignes ferroviaires")

    def __str__(self) -> str:
        return self.name


class Substation(EditionRow):
    """A node of the transmission grid (RTE): where power may be drawn, or a mere tap on a line."""

    class Function(models.TextChoices):
        SUBSTATION = "substation", _("poste de transformation")
        TAP_POINT = "tap_point", _("point de piquage")

    class State(models.TextChoices):
        IN_OPERATION = "in_operation", _("en exploitation")
        PLANNED = "planned", _("accord administratif")

    code = models.CharField(_("identifiant"), max_length=20)
    name = models.CharField(_("nom"), max_length=200)
    function = models.CharField(_("nature"), max_length=10, choices=Function.choices)
    state = models.CharField(_("état"), max_length=12, choices=State.choices)
    highest_kv = models.PositiveSmallIntegerField(
        _("plus haute tension (kV)"), null=True, help_text=_("vide : hors tension ou courant continu")
    )
    land_mass = models.CharField(
        _("territoire d'un seul tenant"), max_length=12, choices=EmploymentZone.LandMass.choices
    )
    point = models.PointField(_("point"), geography=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="substation_code_once")]
        verbose_name = _("poste électrique")
        verbose_name_plural = _("postes électriques")

    def __str__(self) -> str:
        return self.name


class GridLevel(models.TextChoices):
    """Substations in operation, by the least of their highest voltage."""

    GRID_63 = "grid_63", _("poste électrique à 63 kV ou plus")
    GRID_225 = "grid_225", _("poste électrique à 225 kV ou plus")
    GRID_400 = "grid_400", _("poste électrique à 400 kV")


class ZoneAccess(EditionRow):
    """How far, as the crow flies, the inhabitants of a zone are from the nearest node of a kind on their land mass."""

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="accesses", verbose_name=_("zone"))
    kind = models.CharField(_("nature"), max_length=18, choices=[*LogisticsNode.Kind.choices, *GridLevel.choices])
    value = models.FloatField(_("distance (km)"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    nearest = models.CharField(_("le plus proche du centre de population"), max_length=200, blank=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "zone", "kind"), name="zone_access_once"),
            status_matches_value("zone_access_status"),
        ]
        verbose_name = _("accès d'une zone")
        verbose_name_plural = _("accès des zones")

"""Brownfields, logistics nodes and access of zones by mode."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from basins.models import EmploymentZone
from infrastructure.raw import BrownfieldRow, NodeRow, RoadSectionRow
from sources.models import EditionRow, Release, Status, status_matches_value

__all__ = ["BrownfieldRow", "BrownfieldSite", "LogisticsNode", "NodeRow", "RoadSectionRow", "ZoneAccess"]


class BrownfieldSite(EditionRow):
    """A brownfield that somebody has verified (Cerema, Cartofriches), whatever has become of it."""

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
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="brownfield_code_once")]
        verbose_name = _("friche vérifiée")
        verbose_name_plural = _("friches vérifiées")

    def __str__(self) -> str:
        return self.name or self.code


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


class ZoneAccess(EditionRow):
    """How far, as the crow flies, the inhabitants of a zone are from the nearest node of a kind on their land mass."""

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="accesses", verbose_name=_("zone"))
    kind = models.CharField(_("nature"), max_length=18, choices=LogisticsNode.Kind.choices)
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

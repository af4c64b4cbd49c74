"""The keys everybody joins on: regions, departments, zones, communes, perimeters, zone values, map shapes."""

from typing import Self

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.utils.translation import gettext_lazy as _

from basins.commune_sets import CommuneSet
from basins.listed import CommuneList, FormerCommune
from basins.raw import (
    RawCommune,
    RawCommuneMove,
    RawCommunePlace,
    RawCommuneShape,
    RawDensityLevel,
    RawDepartment,
    RawDisasterOrders,
    RawDwellings,
    RawEpciCommune,
    RawEptCommune,
    RawEquipment,
    RawFlatPrice,
    RawIncome,
    RawIndustryTerritory,
    RawIndustryTerritoryCommune,
    RawIndustryTerritoryMember,
    RawLongVacancy,
    RawNeighbourLand,
    RawPermits,
    RawPopulation,
    RawPractitioners,
    RawPropertyTax,
    RawRegion,
    RawRent,
    RawSalePrice,
    RawZoneMigration,
    RawZoneOutline,
    RawZoneProfile,
    RawZoneUnemployment,
)
from basins.resemblance import resembles
from basins.values import CommuneCounts, ZonePeriod, ZoneValue
from sources.models import EditionRow, EditionRowQuerySet

__all__ = [
    "Commune",
    "CommuneCounts",
    "CommuneList",
    "Department",
    "EmploymentZone",
    "FormerCommune",
    "IndustryTerritoryMember",
    "NeighbourLand",
    "Perimeter",
    "PerimeterCommune",
    "RawCommune",
    "RawCommuneMove",
    "RawCommunePlace",
    "RawCommuneShape",
    "RawDensityLevel",
    "RawDepartment",
    "RawDisasterOrders",
    "RawDwellings",
    "RawEpciCommune",
    "RawEptCommune",
    "RawEquipment",
    "RawFlatPrice",
    "RawIncome",
    "RawIndustryTerritory",
    "RawIndustryTerritoryCommune",
    "RawIndustryTerritoryMember",
    "RawLongVacancy",
    "RawNeighbourLand",
    "RawPermits",
    "RawPopulation",
    "RawPractitioners",
    "RawPropertyTax",
    "RawRegion",
    "RawRent",
    "RawSalePrice",
    "RawZoneMigration",
    "RawZoneOutline",
    "RawZoneProfile",
    "RawZoneUnemployment",
    "Region",
    "ZonePeriod",
    "ZoneShape",
    "ZoneValue",
]


class Region(models.Model):
    """Région, INSEE code officiel géographique."""

    code = models.CharField(_("code"), primary_key=True, max_length=2)
    name = models.CharField(_("nom"), max_length=60)

    class Meta:
        ordering = ("name",)
        verbose_name = _("région")

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """Département, INSEE code officiel géographique."""

    code = models.CharField(_("code"), primary_key=True, max_length=3)
    name = models.CharField(_("nom"), max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, related_name="departments", verbose_name=_("région"))

    class Meta:
        ordering = ("code",)
        verbose_name = _("département")

    def __str__(self) -> str:
        return self.name


class EmploymentZoneQuerySet(EditionRowQuerySet):
    def in_region(self, region_code: str) -> Self:
        """Zones any part of which lies in the region."""
        return self.filter(region_codes__contains=[region_code])


class EmploymentZone(EditionRow):
    """Zone d'emploi 2020, INSEE: where most of the labour force lives and works."""

    class LandMass(models.TextChoices):
        """Land on which one can drive or rail without leaving it."""

        MAINLAND = "mainland", _("France continentale")
        CORSICA = "corsica", _("Corse")
        GUADELOUPE = "guadeloupe", _("Guadeloupe")
        MARTINIQUE = "martinique", _("Martinique")
        GUYANE = "guyane", _("Guyane")
        REUNION = "reunion", _("La Réunion")
        MAYOTTE = "mayotte", _("Mayotte")

    code = models.CharField(_("code"), max_length=4)
    name = models.CharField(_("nom"), max_length=100)
    region_codes = ArrayField(models.CharField(max_length=2), verbose_name=_("régions"))
    land_mass = models.CharField(_("territoire d'un seul tenant"), max_length=12, choices=LandMass.choices)
    population = models.PositiveIntegerField(_("population municipale"))
    population_year = models.PositiveSmallIntegerField(_("année de la population"))
    commune_count = models.PositiveSmallIntegerField(_("communes"))
    area_km2 = models.FloatField(_("superficie (km²)"))
    point = models.PointField(_("point représentatif"), geography=True)
    centre = models.PointField(_("centre de population"), geography=True)
    geom = models.MultiPolygonField(_("contour"))

    objects = EmploymentZoneQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="zone_code_once")]
        verbose_name = _("zone d'emploi")
        verbose_name_plural = _("zones d'emploi")

    def __str__(self) -> str:
        return self.name


class ZoneShape(EditionRow):
    """The zone as drawn on the national SVG map, projected, overseas in insets; coordinates of the map's view box."""

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="shapes", verbose_name=_("zone"))
    path = models.TextField(_("tracé SVG"))
    label_x = models.FloatField()
    label_y = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("edition", "zone"), name="zone_shape_once")]
        verbose_name = _("tracé de zone")


class CommuneQuerySet(EditionRowQuerySet):
    def beginning(self, normalised: str) -> Self:
        """Communes whose normalised name begins with the text."""
        return self.filter(name_normalised__startswith=normalised)

    def resembling(self, normalised: str) -> Self:
        """Communes whose normalised name resembles the text."""
        return self.filter(resembles(normalised))

    def in_perimeter(self, perimeter: "Perimeter | CommuneSet") -> Self:
        """Communes of the perimeter's own edition that compose it.

        A Territoire d'industrie has its list of communes, so does a set; the other kinds are composed by facts of
        each commune.
        """
        if isinstance(perimeter, CommuneSet):
            return self.filter(insee_code__in=perimeter.insee_codes, edition=perimeter.edition_id)
        kind, code = perimeter.kind, perimeter.code
        composed = {
            Perimeter.Kind.INDUSTRY_TERRITORY: models.Q(memberships__perimeter=perimeter),
            Perimeter.Kind.EPCI: models.Q(epci_siren=code) | models.Q(ept_siren=code),
            Perimeter.Kind.DEPARTMENT: models.Q(department=code),
            Perimeter.Kind.REGION: models.Q(department__region=code),
        }
        return self.filter(composed[Perimeter.Kind(kind)], edition=perimeter.edition_id)


class Commune(EditionRow):
    """Commune, INSEE code officiel géographique at the edition's vintage."""

    reference_field = "insee_code"
    # 11 m and 1 m: shapes are good to 350 m, points stand anywhere inside.
    compact_decimals = {"geom": 4, "point": 5}

    insee_code = models.CharField(_("code INSEE"), max_length=5)
    name = models.CharField(_("nom"), max_length=100)
    name_normalised = models.CharField(_("nom sans accents"), max_length=100)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("département"))
    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="communes", verbose_name=_("zone"))
    epci_siren = models.CharField(_("SIREN de l'EPCI"), max_length=9, blank=True)
    ept_siren = models.CharField(
        _("SIREN de l'EPT"), max_length=9, blank=True, help_text=_("établissement public territorial du Grand Paris")
    )
    population = models.PositiveIntegerField(_("population municipale"))
    point = models.PointField(_("point dans la commune"), geography=True)
    geom = models.MultiPolygonField(
        _("contour simplifié"), null=True, help_text=_("vide pour les communes recréées depuis 2018")
    )

    objects = CommuneQuerySet.as_manager()

    class Meta:
        ordering = ("insee_code",)
        constraints = [models.UniqueConstraint(fields=("edition", "insee_code"), name="commune_code_once")]
        indexes = [
            GinIndex(fields=["name_normalised"], opclasses=["gin_trgm_ops"], name="commune_name_trigram"),
            models.Index(fields=["edition", "epci_siren"], name="commune_epci"),
            models.Index(fields=["edition", "ept_siren"], name="commune_ept"),
        ]
        verbose_name = _("commune")

    def __str__(self) -> str:
        return self.name


def perimeter_key(kind: str, code: str) -> str:
    """Return the name of a perimeter in the edition files, e.g. `epci:200065886`."""
    return f"{kind}:{code}"


class Perimeter(EditionRow):
    """A named set of communes with its outline: Territoire d'industrie, intercommunalité, department, region.

    Producers: ANCT, DGCL (INSEE for the establishments of the Grand Paris), INSEE.
    Which communes compose it: `Commune.objects.in_perimeter(perimeter)`.
    """

    reference_field = "key"
    compact_decimals = {"geom": 4}

    class Kind(models.TextChoices):
        INDUSTRY_TERRITORY = "industry_territory", _("Territoire d'industrie")
        EPCI = "epci", _("Intercommunalité")
        DEPARTMENT = "department", _("Département")
        REGION = "region", _("Région")

    kind = models.CharField(_("nature"), max_length=24, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=20)
    key = models.CharField(_("nature et code"), max_length=45, help_text=_("par exemple « epci:200065886 »"))
    name = models.CharField(_("nom"), max_length=150)
    legal_form = models.CharField(_("nature juridique"), max_length=8, blank=True)
    population = models.PositiveIntegerField(_("population municipale"))
    commune_count = models.PositiveSmallIntegerField(_("communes"))
    geom = models.MultiPolygonField(_("contour simplifié"))

    class Meta:
        ordering = ("kind", "code")
        constraints = [
            models.UniqueConstraint(fields=("edition", "kind", "code"), name="perimeter_code_once"),
            models.UniqueConstraint(fields=("edition", "key"), name="perimeter_key_once"),
        ]
        verbose_name = _("périmètre")

    def __str__(self) -> str:
        return self.name


class PerimeterCommune(EditionRow):
    """A commune that belongs to a perimeter."""

    perimeter = models.ForeignKey(Perimeter, models.CASCADE, related_name="memberships", verbose_name=_("périmètre"))
    commune = models.ForeignKey(Commune, models.CASCADE, related_name="memberships", verbose_name=_("commune"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "perimeter", "commune"), name="perimeter_commune_once")
        ]
        verbose_name = _("commune d'un périmètre")
        verbose_name_plural = _("communes d'un périmètre")


class IndustryTerritoryMember(EditionRow):
    """A grouping (EPCI, EPT) or single commune that joined a Territoire d'industrie; ANCT."""

    class Kind(models.TextChoices):
        EPCI = "EPCI", _("intercommunalité")
        EPT = "EPT", _("établissement public territorial")
        COMMUNE = "COM", _("commune seule")

    perimeter = models.ForeignKey(Perimeter, models.CASCADE, related_name="members", verbose_name=_("périmètre"))
    kind = models.CharField(_("nature"), max_length=4, choices=Kind.choices)
    code = models.CharField(_("SIREN"), max_length=9)
    name = models.CharField(_("nom"), max_length=150)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="industry_territory_member_once")]
        verbose_name = _("membre d'un Territoire d'industrie")
        verbose_name_plural = _("membres d'un Territoire d'industrie")


class NeighbourLand(EditionRow):
    """A country around metropolitan France, drawn under the detailed map; Natural Earth."""

    code = models.CharField(_("code ISO à trois lettres"), max_length=3)
    name = models.CharField(_("nom anglais"), max_length=60)
    geom = models.MultiPolygonField(_("contour"))

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="neighbour_land_code_once")]
        verbose_name = _("pays voisin")
        verbose_name_plural = _("pays voisins")

"""Activities (NAF rev. 2), jobs by zone and activity, plants and labels."""

from typing import Self

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.utils.translation import gettext_lazy as _

from basins.models import Commune, Department, EmploymentZone
from economy.raw import (
    RawBranchFlow,
    RawCommuneJobs,
    RawDepartmentAid,
    RawHeritageFirm,
    RawIndication,
    RawLargePlant,
    RawNafChain,
    RawNafLabel,
    RawZoneEstablishments,
    RawZoneJobs,
    RawZoneProfile,
    RawZoneSector,
)
from sources.models import EditionRow, EditionRowQuerySet, Release, Status, status_matches_value

__all__ = [
    "BranchFlow",
    "CommuneJobs",
    "DepartmentAid",
    "GeographicalIndication",
    "Plant",
    "RawBranchFlow",
    "RawCommuneJobs",
    "RawDepartmentAid",
    "RawHeritageFirm",
    "RawIndication",
    "RawLargePlant",
    "RawNafChain",
    "RawNafLabel",
    "RawZoneEstablishments",
    "RawZoneJobs",
    "RawZoneProfile",
    "RawZoneSector",
    "Sector",
    "ZoneEstablishments",
    "ZoneJobs",
    "ZoneSectorJobs",
    "ZoneSubclassJobs",
]


class Sector(models.Model):
    """A node of NAF rev. 2 (INSEE) at one of seven levels; `key` is "level:code", since levels share codes."""

    class Level(models.TextChoices):
        A17 = "a17", _("A17")
        SECTION = "section", _("section")
        A38 = "a38", _("A38")
        DIVISION = "division", _("division")
        GROUP = "group", _("groupe")
        CLASS = "class", _("classe")
        SUBCLASS = "subclass", _("sous-classe")

    key = models.CharField(_("clé"), primary_key=True, max_length=16)
    level = models.CharField(_("niveau"), max_length=8, choices=Level.choices)
    code = models.CharField(_("code"), max_length=6)
    label = models.CharField(_("libellé"), max_length=300)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name=_("niveau au-dessus")
    )
    # Empty where the node spreads over several: section C has no single A38.
    a38 = models.CharField(_("code A38"), max_length=2, blank=True)
    a17 = models.CharField(_("code A17"), max_length=2, blank=True)

    class Meta:
        ordering = ("key",)
        verbose_name = _("activité")

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class ZoneSectorJobsQuerySet(EditionRowQuerySet):
    def at(self, *, scope: str, year: int) -> Self:
        """Cells of one scope and one year."""
        return self.filter(scope=scope, year=year)


class ZoneSectorJobs(EditionRow):
    """Jobs of a zone in an A38 activity on 31 December: private salaried (Urssaf) or all salaried (INSEE, Flores)."""

    class Scope(models.TextChoices):
        PRIVATE = "private", _("emploi salarié privé")
        ALL = "all", _("emploi salarié total")

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="sector_jobs", verbose_name=_("zone"))
    a38 = models.CharField(_("activité A38"), max_length=2)
    year = models.PositiveSmallIntegerField(_("année"))
    scope = models.CharField(_("champ"), max_length=7, choices=Scope.choices)
    value = models.FloatField(_("emplois"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    objects = ZoneSectorJobsQuerySet.as_manager()

    class Meta:
        constraints = [
            # In the order in which tables are asked: one scope, one year.
            models.UniqueConstraint(fields=("edition", "scope", "year", "zone", "a38"), name="zone_sector_jobs_once"),
            status_matches_value("zone_sector_jobs_status"),
        ]
        verbose_name = _("emplois d'une activité")
        verbose_name_plural = _("emplois par activité")


class ZoneJobs(EditionRow):
    """All salaried jobs of a zone in a year (INSEE, estimations d'emploi)."""

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="jobs", verbose_name=_("zone"))
    year = models.PositiveSmallIntegerField(_("année"))
    value = models.FloatField(_("emplois"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "zone", "year"), name="zone_jobs_once"),
            status_matches_value("zone_jobs_status"),
        ]
        verbose_name = _("emplois d'une zone")
        verbose_name_plural = _("emplois des zones")


class Plant(EditionRow):
    """A known establishment with its fine activity: a heritage firm (EPV) or a large declared plant (IREP)."""

    class Kind(models.TextChoices):
        EPV = "epv", _("entreprise du patrimoine vivant")
        LARGE_PLANT = "large_plant", _("grand établissement déclarant ses émissions")

    code = models.CharField(_("code"), max_length=20)
    kind = models.CharField(_("nature"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("nom"), max_length=200)
    naf_code = models.CharField(_("code NAF"), max_length=6)
    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="plants", verbose_name=_("zone"))
    point = models.PointField(_("point"), geography=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="plant_code_once")]
        verbose_name = _("établissement")

    def __str__(self) -> str:
        return self.name


class ZoneEstablishments(EditionRow):
    """Employer establishments of a zone in an A17 activity, artisans included (INSEE, Flores)."""

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="establishments", verbose_name=_("zone"))
    a17 = models.CharField(_("activité A17"), max_length=2)
    value = models.FloatField(_("établissements"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "zone", "a17"), name="zone_establishments_once"),
            status_matches_value("zone_establishments_status"),
        ]
        verbose_name = _("établissements d'une activité")
        verbose_name_plural = _("établissements par activité")


class BranchFlow(EditionRow):
    """What an A38 branch buys from another in the country, domestic and imported, in million dollars (WIOD).

    The imported part is null where the source does not let it be read. Two branches that the source does not tell
    apart share one code: "QA+QB".
    """

    supplier = models.CharField(_("branche qui vend"), max_length=5)
    customer = models.CharField(_("branche qui achète"), max_length=5)
    total_musd = models.FloatField(_("achats (millions de dollars)"))
    imported_musd = models.FloatField(_("dont importés (millions de dollars)"), null=True)
    input_coefficient = models.FloatField(_("achats par unité produite par l'acheteur"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "supplier", "customer"), name="branch_flow_once"),
        ]
        verbose_name = _("achats entre branches")
        verbose_name_plural = _("achats entre branches")


class GeographicalIndication(EditionRow):
    """An industrial geographical indication (INPI, partial list) and the zones that its area touches."""

    name = models.CharField(_("indication géographique"), max_length=120)
    registered_in = models.CharField(_("mois d'homologation"), max_length=7, blank=True)
    place = models.CharField(_("aire, telle que nommée"), max_length=120)
    division = models.CharField(_("division de la NAF (notre lecture)"), max_length=2)
    zone_codes = ArrayField(models.CharField(max_length=4), verbose_name=_("zones touchées"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=("edition", "name"), name="geographical_indication_once")]
        verbose_name = _("indication géographique")
        verbose_name_plural = _("indications géographiques")

    def __str__(self) -> str:
        return self.name


class CommuneJobs(EditionRow):
    """All private salaried jobs of a commune, year after year from `first_year` (Urssaf)."""

    commune = models.ForeignKey(Commune, models.CASCADE, related_name="private_jobs", verbose_name=_("commune"))
    first_year = models.PositiveSmallIntegerField(_("première année"))
    jobs = ArrayField(models.PositiveIntegerField(), verbose_name=_("emplois par année"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=("edition", "commune"), name="commune_jobs_once")]
        verbose_name = _("emplois d'une commune")
        verbose_name_plural = _("emplois des communes")


class DepartmentAid(EditionRow):
    """Industrial firms aided by France Relance in a department, and its manufacturing jobs, apportioned from zones."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("département"))
    firms = models.PositiveIntegerField(_("entreprises aidées"))
    industrial_jobs = models.FloatField(_("emplois industriels privés, estimés"), null=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=("edition", "department"), name="department_aid_once")]
        verbose_name = _("aides d'un département")
        verbose_name_plural = _("aides des départements")


class ZoneSubclassJobs(EditionRow):
    """Private jobs of a zone in a sub-class of NAF rev. 2, where the Urssaf file covers the zone.

    A zone with any row is covered: a sub-class without row has no private job there.
    """

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="subclass_jobs", verbose_name=_("zone"))
    naf_code = models.CharField(_("code NAF"), max_length=6)
    year = models.PositiveSmallIntegerField(_("année"))
    value = models.FloatField(_("emplois"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "year", "zone", "naf_code"), name="zone_subclass_jobs_once"),
            status_matches_value("zone_subclass_jobs_status"),
        ]
        verbose_name = _("emplois d'une sous-classe")
        verbose_name_plural = _("emplois par sous-classe")

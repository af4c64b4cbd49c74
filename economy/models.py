"""Activities (NAF rev. 2), jobs by zone and activity, plants and labels."""

from typing import Self

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from basins.models import EmploymentZone
from economy.raw import (
    RawHeritageFirm,
    RawLargePlant,
    RawNafChain,
    RawNafLabel,
    RawZoneJobs,
    RawZoneSector,
)
from sources.models import EditionRow, EditionRowQuerySet, Release, Status, status_matches_value

__all__ = [
    "RawHeritageFirm",
    "RawLargePlant",
    "RawNafChain",
    "RawNafLabel",
    "Plant",
    "Sector",
    "ZoneJobs",
    "RawZoneJobs",
    "ZoneSectorJobs",
    "RawZoneSector",
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

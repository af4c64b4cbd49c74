"""Occupations, what activities hire, and the estimated stock of occupations in each zone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from basins.models import EmploymentZone
from skills.raw import RawFapRegion, RawFapRome, RawFapSector, RawHire, RawRomeLabel
from sources.models import EditionRow, Release, Status, status_matches_value

__all__ = [
    "ActivityFamilyHire",
    "ActivityHire",
    "RawFapRegion",
    "RawFapRome",
    "RawFapSector",
    "RawHire",
    "Occupation",
    "OccupationFamily",
    "RawRomeLabel",
    "ZoneOccupation",
]


class OccupationFamily(models.Model):
    """Famille professionnelle at 87 posts (FAP-2009, Dares)."""

    code = models.CharField(_("code"), primary_key=True, max_length=3)
    label = models.CharField(_("libellé"), max_length=200)

    class Meta:
        ordering = ("code",)
        verbose_name = _("famille professionnelle")
        verbose_name_plural = _("familles professionnelles")

    def __str__(self) -> str:
        return self.label


class Occupation(models.Model):
    """Métier of the ROME v3 (France Travail)."""

    code = models.CharField(_("code"), primary_key=True, max_length=5)
    label = models.CharField(_("libellé"), max_length=200)

    class Meta:
        ordering = ("code",)
        verbose_name = _("métier")

    def __str__(self) -> str:
        return self.label


class ActivityHire(EditionRow):
    """Hires of an occupation by a NAF sub-class: flows, not stocks."""

    naf_code = models.CharField(_("code NAF"), max_length=6)
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="+", verbose_name=_("métier"))
    hires = models.PositiveIntegerField(_("embauches"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "naf_code", "occupation"), name="activity_hire_once")
        ]
        verbose_name = _("embauches d'une activité")
        verbose_name_plural = _("embauches des activités")


class ActivityFamilyHire(EditionRow):
    """Hires of an occupation family by a NAF sub-class, shared out where an occupation belongs to several families."""

    naf_code = models.CharField(_("code NAF"), max_length=6)
    family = models.ForeignKey(
        OccupationFamily, models.PROTECT, related_name="+", verbose_name=_("famille professionnelle")
    )
    hires = models.FloatField(_("embauches"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "naf_code", "family"), name="activity_family_hire_once")
        ]
        verbose_name = _("embauches d'une activité par famille")
        verbose_name_plural = _("embauches des activités par famille")


class ZoneOccupation(EditionRow):
    """Jobs of an occupation family in a zone, self-employed included: an estimate, with its relative error."""

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="occupations", verbose_name=_("zone"))
    family = models.ForeignKey(
        OccupationFamily, models.PROTECT, related_name="+", verbose_name=_("famille professionnelle")
    )
    value = models.FloatField(_("emplois"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    error_share = models.FloatField(_("erreur relative"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "zone", "family"), name="zone_occupation_once"),
            status_matches_value("zone_occupation_status"),
        ]
        verbose_name = _("emplois d'une famille professionnelle")
        verbose_name_plural = _("emplois des familles professionnelles")

"""Occupations: what activities hire, who is there, who is sought, where people are trained."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from basins.models import EmploymentZone
from skills.families import ENGINEER, SKILLED_WORKER, TECHNICIAN, UNSKILLED_WORKER
from skills.market import FamilyContext, Tightness, TrainingPlace, ZoneDepartment, ZoneHiring
from skills.nomenclatures import JobTitle, Occupation, OccupationFamily
from skills.raw import (
    RawCommuneJobs,
    RawCourse,
    RawFamilyFigure,
    RawFamilySpeciality,
    RawFapPcs,
    RawFapRegion,
    RawFapRome,
    RawFapSector,
    RawHigherSchool,
    RawHire,
    RawHiringIntention,
    RawJobTitle,
    RawRomeLabel,
    RawSurveyBasin,
    RawTightness,
    RawVocationalSchool,
)
from sources.models import EditionRow, Release, Status, status_matches_value

__all__ = [
    "ActivityFamilyHire",
    "ActivityHire",
    "ActivityTradeHire",
    "FamilyContext",
    "FamilyLevel",
    "JobTitle",
    "Level",
    "Occupation",
    "OccupationFamily",
    "RawCommuneJobs",
    "RawCourse",
    "RawFamilyFigure",
    "RawFamilySpeciality",
    "RawFapPcs",
    "RawFapRegion",
    "RawFapRome",
    "RawFapSector",
    "RawHigherSchool",
    "RawHire",
    "RawHiringIntention",
    "RawJobTitle",
    "RawRomeLabel",
    "RawSurveyBasin",
    "RawTightness",
    "RawVocationalSchool",
    "Tightness",
    "TrainingPlace",
    "ZoneDepartment",
    "ZoneHiring",
    "ZoneLevel",
    "ZoneOccupation",
]


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


class ActivityTradeHire(EditionRow):
    """Hires of a trade (`skills/data/trades.toml`) by a NAF sub-class."""

    naf_code = models.CharField(_("code NAF"), max_length=6)
    trade = models.CharField(_("métier"), max_length=30)
    hires = models.FloatField(_("embauches"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "naf_code", "trade"), name="activity_trade_hire_once")
        ]
        verbose_name = _("embauches d'une activité par groupe de métiers")
        verbose_name_plural = _("embauches des activités par groupe de métiers")


class Level(models.TextChoices):
    """Level of skill, read from the PCS posts of an occupation family (`skills.levels`)."""

    UNSKILLED_WORKER = UNSKILLED_WORKER, _("ouvriers non qualifiés")
    SKILLED_WORKER = SKILLED_WORKER, _("ouvriers qualifiés")
    TECHNICIAN = TECHNICIAN, _("techniciens et agents de maîtrise")
    ENGINEER = ENGINEER, _("ingénieurs et cadres")


class FamilyLevel(EditionRow):
    """Share (0-1) of a production or maintenance family's national jobs at a level; shares of a family sum to 1."""

    family = models.ForeignKey(
        OccupationFamily, models.PROTECT, related_name="+", verbose_name=_("famille professionnelle")
    )
    level = models.CharField(_("niveau"), max_length=16, choices=Level.choices)
    share = models.FloatField(_("part"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=("edition", "family", "level"), name="family_level_once")]
        verbose_name = _("niveau d'une famille professionnelle")
        verbose_name_plural = _("niveaux des familles professionnelles")


class ZoneLevel(EditionRow):
    """Estimated jobs of the production and maintenance trades of a zone by level, with their relative error."""

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="+", verbose_name=_("zone"))
    level = models.CharField(_("niveau"), max_length=16, choices=Level.choices)
    value = models.FloatField(_("emplois"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    error_share = models.FloatField(_("erreur relative"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "zone", "level"), name="zone_level_once"),
            status_matches_value("zone_level_status"),
        ]
        verbose_name = _("emplois d'une zone par niveau")
        verbose_name_plural = _("emplois des zones par niveau")

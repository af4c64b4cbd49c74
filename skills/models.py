"""Occupations: what activities hire, who is there, who is sought, where people are trained."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from basins.models import EmploymentZone
from skills.raw import (
    RawCommuneJobs,
    RawCourse,
    RawFapRegion,
    RawFapRome,
    RawFapSector,
    RawHire,
    RawHiringIntention,
    RawRomeLabel,
    RawSurveyBasin,
    RawVocationalSchool,
)
from skills.training import BTS, BUT, ENGINEERING, LYCEE
from sources.models import EditionRow, Release, Status, status_matches_value

__all__ = [
    "ActivityFamilyHire",
    "ActivityHire",
    "ActivityTradeHire",
    "Occupation",
    "OccupationFamily",
    "RawCommuneJobs",
    "RawCourse",
    "RawFapRegion",
    "RawFapRome",
    "RawFapSector",
    "RawHire",
    "RawHiringIntention",
    "RawRomeLabel",
    "RawSurveyBasin",
    "RawVocationalSchool",
    "TrainingPlace",
    "ZoneHiring",
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


class ZoneHiring(EditionRow):
    """Hiring projects of a trade in a zone (survey Besoins en main-d'œuvre), shared out from survey basins.

    `trade` is a code of `skills/data/trades.toml`, or "all". `low` and `high` bound what secret numbers and the
    sharing leave open; they stand without a value where nothing is published.
    """

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="+", verbose_name=_("zone"))
    trade = models.CharField(_("métier"), max_length=30)
    year = models.PositiveSmallIntegerField(_("année de l'enquête"))
    nomenclature = models.CharField(_("nomenclature"), max_length=7)
    value = models.FloatField(_("projets de recrutement"), null=True)
    low = models.FloatField(_("au moins"), null=True)
    high = models.FloatField(_("au plus"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "zone", "trade", "year"), name="zone_hiring_once"),
            status_matches_value("zone_hiring_status"),
        ]
        verbose_name = _("projets de recrutement d'une zone")
        verbose_name_plural = _("projets de recrutement des zones")


class TrainingPlace(EditionRow):
    """A school and what it trains for: candidates to a vocational baccalauréat, or courses after the baccalauréat."""

    class Kind(models.TextChoices):
        LYCEE = LYCEE, _("lycée professionnel")
        BTS = BTS, _("BTS")
        BUT = BUT, _("BUT")
        ENGINEERING = ENGINEERING, _("école d'ingénieurs")

    code = models.CharField(_("identifiant"), max_length=50)
    kind = models.CharField(_("nature"), max_length=12, choices=Kind.choices)
    domain = models.CharField(_("domaine"), max_length=30)
    candidates = models.PositiveIntegerField(_("candidats"), null=True)
    courses = models.PositiveSmallIntegerField(_("formations"), null=True)
    name = models.CharField(_("établissement"), max_length=200)
    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="+", verbose_name=_("zone"))
    point = models.PointField(_("point"), geography=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="training_place_code_once")]
        verbose_name = _("lieu de formation")
        verbose_name_plural = _("lieux de formation")

    def __str__(self) -> str:
        return self.name

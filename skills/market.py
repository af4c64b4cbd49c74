"""The labour market as surveyed: hiring projects, tightness, training, national figures of the families."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from basins.models import Department, EmploymentZone
from skills.nomenclatures import OccupationFamily
from skills.training import BTS, BUT, ENGINEERING, HIGHER_EDUCATION, LYCEE
from sources.models import EditionRow, Release, Status, status_matches_value


class ZoneHiring(EditionRow):
    """Hiring projects of a trade in a zone (survey Besoins en main-d'œuvre), shared out from survey basins.

    `trade` is a code of `skills/data/trades.toml`, or "all". `low` and `high` bound what secret numbers and the
    sharing leave open; they stand without a value where nothing is published. `hard_pct` is the share of the projects
    that employers judge hard to fill, null where secrecy leaves it too open.
    """

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="+", verbose_name=_("zone"))
    trade = models.CharField(_("métier"), max_length=30)
    year = models.PositiveSmallIntegerField(_("année de l'enquête"))
    nomenclature = models.CharField(_("nomenclature"), max_length=7)
    value = models.FloatField(_("projets de recrutement"), null=True)
    low = models.FloatField(_("au moins"), null=True)
    high = models.FloatField(_("au plus"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    hard_pct = models.FloatField(_("projets jugés difficiles (%)"), null=True)
    # With a default in the database: an edition built before the share was known still loads.
    hard_status = models.CharField(
        _("statut de la part difficile"), max_length=10, choices=Status.choices, db_default=Status.MISSING
    )
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "zone", "trade", "year"), name="zone_hiring_once"),
            status_matches_value("zone_hiring_status"),
        ]
        verbose_name = _("projets de recrutement d'une zone")
        verbose_name_plural = _("projets de recrutement des zones")


class TrainingPlace(EditionRow):
    """A school and what it trains for: candidates to a vocational baccalauréat, or courses after the baccalauréat.

    A university or other school of higher education has neither: it is shown, at its head office, and not counted.
    """

    class Kind(models.TextChoices):
        LYCEE = LYCEE, _("lycée professionnel")
        BTS = BTS, _("BTS")
        BUT = BUT, _("BUT")
        ENGINEERING = ENGINEERING, _("école d'ingénieurs")
        HIGHER_EDUCATION = HIGHER_EDUCATION, _("université ou grande école")

    code = models.CharField(_("identifiant"), max_length=50)
    kind = models.CharField(_("nature"), max_length=16, choices=Kind.choices)
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


class Tightness(EditionRow):
    """Recruitment tightness of a family in an area, at the grain it was published (Dares, 2019).

    Only what is published for the area itself: where a department has no row the producer repeats the region's figure,
    where a region has none the country's. Categories go from 1 (low) to 5 (high).
    """

    class Grain(models.TextChoices):
        COUNTRY = "country", _("France")
        REGION = "region", _("région")
        DEPARTMENT = "department", _("département")

    grain = models.CharField(_("maille"), max_length=10, choices=Grain.choices)
    area_code = models.CharField(_("code du territoire"), max_length=3)
    family_code = models.CharField(_("famille professionnelle"), max_length=5)
    value = models.FloatField(_("indice de tension"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    category = models.PositiveSmallIntegerField(_("niveau de tension"))
    hiring_intensity = models.PositiveSmallIntegerField(_("intensité d'embauches"))
    training_link = models.PositiveSmallIntegerField(_("lien formation-emploi"))
    labour_scarcity = models.PositiveSmallIntegerField(_("manque de main-d'œuvre disponible"))
    job_instability = models.PositiveSmallIntegerField(_("non-durabilité de l'emploi"))
    demanding_conditions = models.PositiveSmallIntegerField(_("conditions de travail contraignantes"))
    geographic_mismatch = models.PositiveSmallIntegerField(_("inadéquation géographique"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "grain", "area_code", "family_code"), name="tightness_once"),
            status_matches_value("tightness_status"),
        ]
        verbose_name = _("tension de recrutement")
        verbose_name_plural = _("tensions de recrutement")


class ZoneDepartment(EditionRow):
    """Share (0-1) of a zone's jobs that lies in a department; shares of a zone sum to 1."""

    zone = models.ForeignKey(EmploymentZone, models.CASCADE, related_name="+", verbose_name=_("zone"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("département"))
    jobs_share = models.FloatField(_("part des emplois"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=("edition", "zone", "department"), name="zone_department_once")]
        verbose_name = _("part d'une zone dans un département")
        verbose_name_plural = _("parts des zones dans les départements")


class FamilyContext(EditionRow):
    """A national figure of an occupation family (Dares): wage, tightness and jobs by period, specialities held.

    `item` is the period ("2017-2019", "2019"), or the code of the speciality, which `label` then names.
    """

    class Measure(models.TextChoices):
        MEDIAN_WAGE = "median_wage_eur", _("salaire médian net mensuel (€)")
        TIGHTNESS = "tightness", _("indice de tension")
        JOBS = "jobs", _("emplois")
        SPECIALITY = "speciality_pct", _("part des personnes formées dans la spécialité (%)")

    family = models.ForeignKey(
        OccupationFamily, models.PROTECT, related_name="+", verbose_name=_("famille professionnelle")
    )
    measure = models.CharField(_("mesure"), max_length=16, choices=Measure.choices)
    item = models.CharField(_("période ou spécialité"), max_length=9)
    label = models.CharField(_("libellé"), max_length=200, blank=True)
    value = models.FloatField(_("valeur"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "family", "measure", "item"), name="family_context_once"),
            status_matches_value("family_context_status"),
        ]
        verbose_name = _("repère national d'une famille professionnelle")
        verbose_name_plural = _("repères nationaux des familles professionnelles")

"""Figures of an edition: indicators of zones, their course in time, counts of communes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models import EditionRow, Release, Status, status_matches_value


class ZoneValue(EditionRow):
    """One indicator of one zone, with its status and the release it comes from; labels and units are in
    `basins/indicators.toml`."""

    indicator = models.CharField(_("indicateur"), max_length=60)
    zone = models.ForeignKey("basins.EmploymentZone", models.CASCADE, related_name="values", verbose_name=_("zone"))
    value = models.FloatField(_("valeur"), null=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("edition", "indicator", "zone"), name="zone_value_once"),
            status_matches_value("zone_value_status"),
        ]
        verbose_name = _("valeur d'une zone")
        verbose_name_plural = _("valeurs des zones")


class ZonePeriod(EditionRow):
    """A measure of one zone in one period (quarter or year), so that its course can be drawn.

    A period that is not published has no row.
    """

    class Series(models.TextChoices):
        UNEMPLOYMENT = "unemployment_rate", _("Taux de chômage (%)")
        PERMITS = "dwellings_authorised", _("Logements autorisés")

    series = models.CharField(_("série"), max_length=40, choices=Series.choices)
    zone = models.ForeignKey("basins.EmploymentZone", models.CASCADE, related_name="+", verbose_name=_("zone"))
    period = models.CharField(_("période"), max_length=7, help_text=_("« 2025 » ou « 2025-T4 »"))
    value = models.FloatField(_("valeur"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("publication"))

    class Meta:
        ordering = ("series", "zone", "period")
        constraints = [
            models.UniqueConstraint(fields=("edition", "series", "zone", "period"), name="zone_period_once")
        ]
        verbose_name = _("valeur d'une zone par période")
        verbose_name_plural = _("valeurs des zones par période")


class CommuneCounts(EditionRow):
    """What can be added up from communes, so that any perimeter has its own figures; null is unknown, never zero."""

    commune = models.ForeignKey("basins.Commune", models.CASCADE, related_name="+", verbose_name=_("commune"))
    dwellings = models.PositiveIntegerField(_("logements"), null=True)
    second_homes = models.PositiveIntegerField(_("résidences secondaires"), null=True)
    vacant_dwellings = models.PositiveIntegerField(_("logements vacants"), null=True)
    general_practitioners = models.PositiveIntegerField(_("médecins généralistes"), null=True)
    nurses = models.PositiveIntegerField(_("infirmiers"), null=True)
    pharmacies = models.PositiveIntegerField(_("pharmacies"), null=True)
    nurseries = models.PositiveIntegerField(_("crèches"), null=True)
    primary_schools = models.PositiveIntegerField(_("écoles"), null=True)
    middle_schools = models.PositiveIntegerField(_("collèges"), null=True)
    high_schools = models.PositiveIntegerField(_("lycées"), null=True)
    large_stores = models.PositiveIntegerField(_("grandes surfaces"), null=True)
    stations = models.PositiveIntegerField(_("gares de voyageurs"), null=True)
    dwellings_authorised = models.PositiveIntegerField(_("logements autorisés en trois ans"), null=True)
    sales = models.PositiveIntegerField(_("ventes de logements dans l'année"), null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("edition", "commune"), name="commune_counts_once")]
        verbose_name = _("dénombrements d'une commune")
        verbose_name_plural = _("dénombrements des communes")

"""Occupation families, occupations and job titles: the nomenclatures that the other tables of the skills name."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class JobTitle(models.Model):
    """Appellation of the ROME v3 (France Travail): a job as people call it."""

    code = models.CharField(_("code OGR"), primary_key=True, max_length=6)
    label = models.CharField(_("appellation"), max_length=200)
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="titles", verbose_name=_("métier"))

    class Meta:
        ordering = ("code",)
        verbose_name = _("appellation de métier")
        verbose_name_plural = _("appellations de métiers")

    def __str__(self) -> str:
        return self.label

"""Communes that are no more, by code and by name, and lists of communes that people keep."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from basins.commune_sets import KEY_LENGTH
from basins.resemblance import resembles
from sources.models import EditionRow, EditionRowQuerySet


class FormerCommuneQuerySet(EditionRowQuerySet):
    """Searches by name leave out what has changed its code only: it is found by the name of today."""

    def renamed(self) -> Self:
        """Rows whose name is not that of the commune of today."""
        return self.exclude(name_normalised=models.F("commune__name_normalised"))

    def beginning(self, normalised: str) -> Self:
        """Rows whose normalised name begins with the text."""
        return self.renamed().filter(name_normalised__startswith=normalised)

    def resembling(self, normalised: str) -> Self:
        """Rows whose normalised name resembles the text."""
        return self.renamed().filter(resembles(normalised))


class FormerCommune(EditionRow):
    """A code or a name that a commune no longer bears, and the commune that holds its land; INSEE, commune moves.

    A code that is in force too has changed its name only. The name is empty where INSEE does not give it.
    """

    code = models.CharField(_("ancien code INSEE"), max_length=5)
    name = models.CharField(_("ancien nom"), max_length=100, blank=True)
    name_normalised = models.CharField(_("nom sans accents"), max_length=100, blank=True)
    commune = models.ForeignKey("basins.Commune", models.CASCADE, related_name="+", verbose_name=_("commune"))
    ended_on = models.DateField(_("jusqu'au"), null=True)
    is_direct = models.BooleanField(
        _("devenue celle d'aujourd'hui"), default=False, help_text=_("faux quand d'autres changements ont suivi")
    )

    objects = FormerCommuneQuerySet.as_manager()

    class Meta:
        ordering = ("code", "name")
        constraints = [models.UniqueConstraint(fields=("edition", "code", "name"), name="former_commune_name_once")]
        indexes = [
            GinIndex(fields=["name_normalised"], opclasses=["gin_trgm_ops"], name="former_commune_name_trigram"),
        ]
        verbose_name = _("ancienne commune")
        verbose_name_plural = _("anciennes communes")


class CommuneList(models.Model):
    """A list of communes under its own hash: it never changes, and belongs to nobody and to no edition."""

    key = models.CharField(_("empreinte"), primary_key=True, max_length=KEY_LENGTH)
    insee_codes = ArrayField(models.CharField(max_length=5), verbose_name=_("codes INSEE"))
    kept_at = models.DateTimeField(_("gardée le"), auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kept_at"], name="commune_list_kept_at")]
        verbose_name = _("liste de communes")
        verbose_name_plural = _("listes de communes")

    def __str__(self) -> str:
        return self.key

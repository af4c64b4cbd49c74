"""Communes that are no more, and lists of communes that people keep."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from basins.commune_sets import KEY_LENGTH
from sources.models import EditionRow


class FormerCommune(EditionRow):
    """A commune code that is no longer in force, and the commune that holds its land; INSEE, commune moves."""

    code = models.CharField(_("ancien code INSEE"), max_length=5)
    commune = models.ForeignKey("basins.Commune", models.CASCADE, related_name="+", verbose_name=_("commune"))

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=("edition", "code"), name="former_commune_code_once")]
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

"""What the interface counts: the units that each client has spent in the current minute."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateCount(models.Model):
    """Units spent by a client in a minute; the client is a keyed hash of its address, kept a few minutes.

    The table is unlogged: a crash of the database forgets it, and counting writes nothing to its journal.
    """

    client = models.CharField(_("client"), max_length=32, primary_key=True)
    minute = models.BigIntegerField(_("minute"), help_text=_("depuis 1970"))
    spent = models.PositiveIntegerField(_("unités dépensées"))

    class Meta:
        verbose_name = _("dépense d'un client")
        verbose_name_plural = _("dépenses des clients")

    def __str__(self) -> str:
        return f"{self.client}, {self.spent}"

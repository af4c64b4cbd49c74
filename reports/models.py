"""What a reader has asked to be made apart from a page: its state, its progress, and the file itself in pieces."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an export is; a done one whose date has passed is expired, which no row needs to be told."""

    QUEUED = "queued", _("en attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("prêt")
    FAILED = "failed", _("échoué")


WAITING = (State.QUEUED, State.RUNNING)


class ExportQuerySet(models.QuerySet["Export"]):
    def waiting(self) -> Self:
        """Restrict to what is still to be made."""
        return self.filter(state__in=WAITING)

    def at_hand(self, now: datetime) -> Self:
        """Restrict to files that can be taken."""
        return self.filter(state=State.DONE, expires_at__gt=now)

    def expired(self, now: datetime) -> Self:
        """Restrict to files and failures whose time has passed."""
        return self.filter(expires_at__lte=now)

    def asked_by(self, client: str) -> Self:
        """Restrict to what an address has asked for."""
        return self.filter(client=client)


class Export(models.Model):
    """A file made by a worker. Its address cannot be guessed; the file is whole or is not there.

    `claim` is the run that makes it now: a worker that finds another claim than its own has lost the export. `job` is
    its place in the queue. `client` is a keyed digest of the address that asked, kept while the file is waited for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("genre"), max_length=40)
    parameters = models.JSONField(_("paramètres"), default=dict)
    language = models.CharField(_("langue"), max_length=5)
    base_url = models.CharField(_("adresse du site"), max_length=200)
    edition_hash = models.CharField(_("empreinte de l'édition"), max_length=64)
    fingerprint = models.CharField(_("empreinte de la demande"), max_length=64, db_index=True)
    client = models.CharField(_("demandeur"), max_length=64, blank=True)

    state = models.CharField(_("état"), max_length=10, choices=State.choices, default=State.QUEUED)
    step = models.CharField(_("étape"), max_length=200, blank=True)
    done = models.PositiveIntegerField(_("fait"), default=0)
    total = models.PositiveIntegerField(_("à faire"), default=0)
    reason = models.CharField(_("raison de l'échec"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    claim = models.UUIDField(_("passage"), null=True, editable=False)
    job = models.BigIntegerField(_("rang dans la file"), null=True, db_index=True)

    created_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    started_at = models.DateTimeField(_("commencé le"), null=True)
    finished_at = models.DateTimeField(_("fini le"), null=True)
    expires_at = models.DateTimeField(_("expire le"), null=True)

    file_name = models.CharField(_("nom du fichier"), max_length=120, blank=True)
    content_type = models.CharField(_("type du fichier"), max_length=120, blank=True)
    size = models.BigIntegerField(_("octets"), default=0)
    sha256 = models.CharField(_("empreinte du fichier"), max_length=64, blank=True)

    objects: ClassVar[ExportQuerySet] = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("fingerprint",), condition=Q(state__in=("queued", "running")), name="export_waited_for_once"
            )
        ]
        indexes = [models.Index(fields=("expires_at",), name="export_expiry")]
        verbose_name = _("export")

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    def is_expired(self, now: datetime) -> bool:
        """Whether the file was there and its time has passed."""
        return self.state == State.DONE and self.expires_at is not None and self.expires_at <= now

    @property
    def percentage(self) -> int:
        """How much is made, 0 to 100."""
        return min(100, 100 * self.done // self.total) if self.total else 0


class ExportPiece(models.Model):
    """A piece of the file of an export; all are written in the transaction that says it is done."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="pieces", verbose_name=_("export"))
    number = models.PositiveIntegerField(_("rang"))
    content = models.BinaryField(_("octets"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=("export", "number"), name="export_piece_once")]
        verbose_name = _("morceau d'export")
        verbose_name_plural = _("morceaux d'export")

    def __str__(self) -> str:
        return f"{self.export_id} {self.number}"

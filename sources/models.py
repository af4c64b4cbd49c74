"""Where figures come from: sources, releases, rejected rows, editions."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A published data set: who publishes it, under which licence, and where its page is."""

    slug = models.SlugField(_("identifiant"), primary_key=True, max_length=60)
    title = models.CharField(_("titre"), max_length=200)
    producer = models.CharField(_("producteur"), max_length=120)
    licence = models.CharField(_("licence"), max_length=80)
    page = models.URLField(_("page du producteur"), max_length=300, blank=True)
    note = models.TextField(_("limites connues"), blank=True)

    class Meta:
        ordering = ("producer", "title")
        verbose_name = _("source")

    def __str__(self) -> str:
        return f"{self.producer}, {self.title}"


class Release(models.Model):
    """One file of a source, immutable: the same checksum is never taken twice."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="releases", verbose_name=_("source"))
    key = models.CharField(_("clé"), max_length=120, unique=True)
    vintage = models.CharField(_("millésime"), max_length=40)
    part = models.CharField(
        _("partie"), max_length=40, blank=True, help_text=_("territoire couvert, quand le jeu se publie par parties")
    )
    checksum = models.CharField(_("empreinte SHA-256"), max_length=64)
    row_count = models.PositiveIntegerField(_("lignes retenues"), default=0)
    rejected_count = models.PositiveIntegerField(_("lignes rejetées"), default=0)
    has_rows = models.BooleanField(
        _("lignes présentes"), default=False, help_text=_("faux quand la publication n'est connue que par une édition")
    )
    created_at = models.DateTimeField(_("enregistrée le"), auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("source", "checksum"), name="release_once")]
        verbose_name = _("publication")

    def __str__(self) -> str:
        return self.key


class RejectedRow(models.Model):
    """A row of a release that was refused: line, column, value and reason."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="rejected_rows", verbose_name=_("publication"))
    line = models.PositiveIntegerField(_("ligne"))
    column = models.CharField(_("colonne"), max_length=80)
    value = models.CharField(_("valeur"), max_length=200, blank=True)
    reason = models.CharField(_("raison"), max_length=300)

    class Meta:
        verbose_name = _("ligne rejetée")
        verbose_name_plural = _("lignes rejetées")


class RawRow(models.Model):
    """Base of the raw tables: one record of a release, kept as read, read only by `build_edition`."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class EditionQuerySet(models.QuerySet["Edition"]):
    def current(self) -> "Edition":
        """Return the edition on show; raises `Edition.DoesNotExist` when none is loaded."""
        return self.get(is_current=True)


class Edition(models.Model):
    """A set of derived tables computed from named releases; one at a time is on show."""

    name = models.CharField(_("nom"), max_length=40)
    content_hash = models.CharField(_("empreinte du contenu"), max_length=64, unique=True)
    is_current = models.BooleanField(_("en service"), default=False)
    loaded_at = models.DateTimeField(_("chargée le"), auto_now_add=True)
    releases = models.ManyToManyField(Release, related_name="editions", verbose_name=_("publications"))

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("is_current",), condition=Q(is_current=True), name="one_current_edition")
        ]
        verbose_name = _("édition")

    def __str__(self) -> str:
        return self.name


class EditionRowQuerySet(models.QuerySet):
    def of(self, edition: Edition) -> Self:
        """Rows of one edition."""
        return self.filter(edition=edition)


class EditionRow(models.Model):
    """Base of the derived tables: rows that belong to one edition and go with it."""

    # The column by which other tables of the same edition name this row in the edition files.
    reference_field: ClassVar[str] = "code"
    # Geometries that the edition files hold as TWKB, and to how many decimals of a degree; the others as EWKB.
    compact_decimals: ClassVar[dict[str, int]] = {}

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")

    objects = EditionRowQuerySet.as_manager()

    class Meta:
        abstract = True


class Status(models.TextChoices):
    """What is known of a value."""

    OBSERVED = "observed", _("observé")
    ESTIMATED = "estimated", _("estimé")
    SUPPRESSED = "suppressed", _("secret statistique")
    MISSING = "missing", _("non disponible")
    ABSENT = "absent", _("n'existe pas ici")


def status_matches_value(name: str) -> models.CheckConstraint:
    """Return the constraint that ties a null value to its status (`absent` carries no number either)."""
    known = Q(status__in=(Status.OBSERVED, Status.ESTIMATED), value__isnull=False)
    unknown = Q(status__in=(Status.SUPPRESSED, Status.MISSING, Status.ABSENT), value__isnull=True)
    return models.CheckConstraint(condition=known | unknown, name=name)

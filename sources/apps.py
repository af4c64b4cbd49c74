"""Provenance, import and editions."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "sources"
    verbose_name = _("sources et éditions")


def discover_datasets() -> None:
    """Import each app's `ingest` and `derive` modules, which register data sets and providers."""
    autodiscover_modules("ingest", "derive")

"""Zones, communes, perimeters and the values measured on zones."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BasinsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "basins"
    verbose_name = _("bassins")

"""The files that leave the site: reports, tables, maps."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports, exports and the long jobs that make them."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "reports"

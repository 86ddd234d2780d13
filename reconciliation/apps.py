"""App configuration of the spine."""

from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    """Cases, submissions, runs and results."""

    name = "reconciliation"
    default_auto_field = "django.db.models.BigAutoField"

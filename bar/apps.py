"""App configuration of the BAR."""

from django.apps import AppConfig


class BarConfig(AppConfig):
    """BARs, signatures, PINs and keys."""

    name = "bar"
    default_auto_field = "django.db.models.BigAutoField"

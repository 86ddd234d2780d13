"""App configuration of the roads in."""

from django.apps import AppConfig


class AdkConfig(AppConfig):
    """Uploads, findings, treasury intake."""

    name = "adk"
    default_auto_field = "django.db.models.BigAutoField"

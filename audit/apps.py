"""App configuration of the audit chain."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit chain."""

    name = "audit"
    default_auto_field = "django.db.models.BigAutoField"

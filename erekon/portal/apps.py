"""App configuration of the portal."""

from django.apps import AppConfig

from erekon.celery import app as celery_app


class PortalConfig(AppConfig):
    """The composing app; loading it configures the Celery application for web processes too."""

    name = "erekon.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
    celery_app = celery_app

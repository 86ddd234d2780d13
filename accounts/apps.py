"""App configuration of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Offices, satkers and people."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

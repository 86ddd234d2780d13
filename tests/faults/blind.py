"""An app that only takes the guard away: the sweep neither takes rows back nor rings again."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig


def _sees_nothing(**_: Any) -> dict[str, int]:
    return {}


class Blind(AppConfig):
    """Blinds the sweep of the process that loads it."""

    name = "tests.faults"
    label = "blind"

    def ready(self) -> None:
        import_module("erekon.portal.tasks").sweep_runs = _sees_nothing  # type: ignore[attr-defined]

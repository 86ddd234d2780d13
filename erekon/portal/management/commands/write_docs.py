"""`manage.py write_docs`: the generated pages of docs/, or with --check whether they are fresh."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from erekon.portal.lifecycle_page import lifecycle_page


class Command(BaseCommand):
    """Write the generated pages, or name those that are stale."""

    help = "Write docs/lifecycle.md from the code; --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--check` writes nothing and fails when a page is stale."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Pages are compared as text; the first stale one ends a check."""
        path = Path(settings.BASE_DIR) / "docs" / "lifecycle.md"
        wanted = lifecycle_page()
        if not options["check"]:
            path.write_text(wanted, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != wanted:
            raise CommandError(f"{path.name} is stale: run make docs")

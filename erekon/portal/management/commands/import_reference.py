"""`manage.py import_reference DIR | --shipped`: load reference and set-up tables."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from erekon.lib import clock
from erekon.portal.references.loading import FILES, SHIPPED, import_folder
from erekon.portal.references.problems import ImportRefused


class Command(BaseCommand):
    """Idempotent and whole or nothing; a bad row is named by file, line and column."""

    help = "Load reference CSV files: " + ", ".join(kind.file for kind in FILES)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", help="folder with the CSV files")
        parser.add_argument(
            "--shipped", action="store_true", help="load the public references that come along"
        )
        parser.add_argument("--with-secrets", action="store_true", help="also take passwords and PINs")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["folder"]) == options["shipped"]:
            raise CommandError("Sebutkan satu folder, atau --shipped.")
        folder = SHIPPED if options["shipped"] else Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(f"Folder {folder} tidak ada.")
        try:
            outcome = import_folder(folder, with_secrets=options["with_secrets"], now=clock.now())
        except ImportRefused as refused:
            raise CommandError(str(refused)) from refused
        for notice in outcome.notices:
            self.stdout.write(notice)
        if not outcome.counts:
            raise CommandError(f"Tidak ada berkas referensi yang dikenal di {folder}.")
        for file, count in outcome.counts.items():
            self.stdout.write(f"{file}: {count} baris")

"""`manage.py audit_forget pengguna:7 --letter S-12/2026`: erase the name behind an actor's key, on a written request.

The events stay, under the key alone, and the chain stays whole. What the law asks to be kept (the signers on
a BAR) stays with the BAR.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from audit.services import forget_name
from erekon.lib import clock


class Command(BaseCommand):
    """Erase one name."""

    help = "Erase the name behind an actor's key in the audit trail; the chain stays whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="such as pengguna:7")
        parser.add_argument("--letter", required=True, help="number of the written request")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            erased = forget_name(
                key=options["key"], letter=options["letter"], actor="sistem", now=clock.now()
            )
        if not erased:
            raise CommandError(f"{options['key']}: no name is kept under this key")
        self.stdout.write(f"{options['key']}: name erased, the events stay")

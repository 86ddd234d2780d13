"""`manage.py rerun_check CASE [--run N]`: does a stored result follow from what is stored?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from erekon.portal.rederiving import lines_of, run_of
from reconciliation.services.rederiving import CannotRederive, rederive

DIFFERENT, CANNOT = 1, 2


class Command(BaseCommand):
    """Work a result out again and compare it byte for byte; writes nothing."""

    help = "Work a result out again: exit code 0 identical, 1 different, 2 cannot be worked out."

    def add_arguments(self, parser: CommandParser) -> None:
        """The case, and which of its runs."""
        parser.add_argument("case", help="id of the case, or satker/period as 503202/2026-09")
        parser.add_argument("--run", type=int, help="number of the run; without it the one that stands")

    def handle(self, *args: Any, **options: Any) -> None:
        """Name the first difference: element, key, figures."""
        try:
            run = run_of(options["case"], options["run"])
            difference, notes = rederive(run, lines_of(run))
        except CannotRederive as reason:
            raise CommandError(f"cannot: {reason}", returncode=CANNOT) from None
        for note in notes:
            self.stdout.write(note)
        if difference:
            raise CommandError(f"different: {difference}", returncode=DIFFERENT)
        self.stdout.write(
            f"identical: case {run.case_id}, run {run.number}, rules {run.rule_version}, "
            f"ledger version {run.ledger_version}"
        )

"""`manage.py audit_verify`: is the audit chain whole, and does it agree with every signed checkpoint?

Exit code 0: whole. 1: an event does not fit; it is named. 2: the events fit each other, but a checkpoint is not
one of this installation's. 3: a file named with `--checkpoints` cannot be read.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.models import Checkpoint, Event
from audit.verifying import verify_chain
from audit.witness import Witness


class Command(BaseCommand):
    """Walk the whole chain and name the first bad event."""

    help = "Verify the audit chain and its signed checkpoints; names the first bad event."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoints",
            action="append",
            default=[],
            metavar="FILE",
            help="a copy of checkpoints.txt kept elsewhere",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        bad = verify_chain(note for name in options["checkpoints"] for note in _read(Path(name)))
        if bad and bad.seq:
            raise CommandError(f"event {bad.seq}: {bad.reason}", returncode=1)
        if bad:
            raise CommandError(bad.reason, returncode=2)
        self.stdout.write(
            f"{Event.objects.count()} events, chain whole, {Checkpoint.objects.count()} checkpoints agree"
        )


def _read(path: Path) -> list[str]:
    if not path.is_file():
        raise CommandError(f"{path}: no such file", returncode=3)
    return Witness(path).notes()

"""`manage.py audit_verify`: is the audit chain whole? Exit code 0 when it is, 1 when not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.models import Event
from audit.services import verify_chain


class Command(BaseCommand):
    """Walk the whole chain and name the first bad event."""

    help = "Verify the audit chain; names the first bad event."

    def handle(self, *args: Any, **options: Any) -> None:
        bad = verify_chain()
        if bad:
            raise CommandError(f"event {bad.seq}: {bad.reason}", returncode=1)
        self.stdout.write(f"{Event.objects.count()} events, chain whole")

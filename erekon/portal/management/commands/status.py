"""`manage.py status`: what waits, runs and failed, and what the portal stands on.

Exit code 1 when something needs a person; the last lines then say what.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from erekon.lib import clock
from erekon.portal.status import GIBIBYTE, Status, minutes, status_of


class Command(BaseCommand):
    """Say how the portal is."""

    help = "Queues, failures, leases, broker, sweep, disk; exit code 1 when something needs a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Text unless told."""
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, print, and end with what needs a person."""
        status = status_of(now=clock.now())
        told = (
            json.dumps(asdict(status), default=_as_text, indent=2)
            if options["json"]
            else "\n".join(lines(status))
        )
        self.stdout.write(told)
        if status.needs:
            raise CommandError(
                "needs a person: " + "; ".join(need.text for need in status.needs), returncode=1
            )


def lines(status: Status) -> Iterator[str]:
    """The status as text."""
    yield f"{'queue':<10}{'waiting':>8}{'running':>8}{'failed':>8}  oldest waiting"
    for queue in status.queues:
        oldest = f"{minutes(status.at - queue.since)}, since {_moment(queue.since)}" if queue.since else "-"
        yield f"{queue.kind:<10}{queue.waiting:>8}{queue.running:>8}{queue.failed:>8}  {oldest}"
    yield f"\nfailed for good, still standing or of the last day: {len(status.failures)}"
    for failure in status.failures:
        yield f"  {failure.number:<12}{failure.satker or '-':<8}{_moment(failure.at)}  {failure.error}"
    yield f"leases: {len(status.leases)}"
    for lease in status.leases:
        yield f"  {lease.work:<12}{lease.owner}  until {_moment(lease.until)}"
    yield f"broker: {'answers' if status.broker else 'does not answer'}"
    yield f"last sweep: {_moment(status.last_sweep)}"
    yield f"disk: {status.disk_free / GIBIBYTE:.1f} of {status.disk_total / GIBIBYTE:.1f} GiB free"
    yield f"last checkpoint: {status.checkpoint or '-'}, {_moment(status.checkpoint_at)}"


def _moment(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S UTC") if at else "never"


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)

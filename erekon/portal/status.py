"""How the portal is: what waits, runs and failed, who holds what, and whether a person is needed.

Seven queries, however much waits.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
)

from adk.models import TreasuryIntake, Upload
from audit.models import Checkpoint
from erekon.lib.leases import RunState
from erekon.lib.ring import broker_answers
from erekon.portal.heartbeat import last_sweep
from erekon.portal.pages.entry_links import support_number
from reconciliation.models import MatchRun
from reconciliation.models.run import RunStep

DAY = timedelta(days=1)
TOO_LONG = timedelta(minutes=10)  # for work that waits
SWEEP_MISSED = timedelta(minutes=5)
LEAST_SHARE, LEAST_BYTES = 0.05, 1 << 30
GIBIBYTE = 1 << 30
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_NONE: dict[str, Any] = {"waiting": 0, "running": 0, "failed": 0, "since": None}
KIND_OF: dict[type[Any], str] = {TreasuryIntake: "KIRIMAN", Upload: "ADK", MatchRun: "REKON"}
_OF_ITS_CASE = Q(pk=F("case__run"))
_WAITS, _RUNS, _FAILED = (Q(state=state) for state in (RunState.WAITING, RunState.RUNNING, RunState.FAILED))


@dataclass(frozen=True)
class Queue:
    """One kind of work. `failed` counts what failed for good and was not replaced; `since`: the oldest waiting."""

    kind: str
    waiting: int
    running: int
    failed: int
    since: datetime | None


@dataclass(frozen=True)
class Failure:
    """Work that failed for good, with the number that people quote; `stands`: nothing later replaced it.

    `satker` and `period` (2026-09) are empty for a KPPN's file.
    """

    kind: str
    pk: int
    number: str
    satker: str
    period: str
    at: datetime | None
    error: str
    stands: bool


@dataclass(frozen=True)
class Lease:
    """Who works on what, and until when it is his."""

    work: str
    owner: str
    until: datetime | None


class Trouble(StrEnum):
    """What a person should look at."""

    FAILED = "failed"
    LATE = "late"
    BROKER = "broker"
    SWEEP = "sweep"
    DISK = "disk"


@dataclass(frozen=True)
class Need:
    """One reason to look, in words for a console; `queue` is the kind of work where it is about one."""

    trouble: Trouble
    text: str
    queue: str = ""


@dataclass(frozen=True)
class Status:
    """Everything at one instant; `needs` is empty when nobody is needed. `failures`: those of the last day and
    those that still stand, newest first."""

    at: datetime
    queues: tuple[Queue, ...]
    failures: tuple[Failure, ...]
    leases: tuple[Lease, ...]
    broker: bool
    last_sweep: datetime | None
    disk_free: int
    disk_total: int
    checkpoint: int | None
    checkpoint_at: datetime | None
    needs: tuple[Need, ...]


def status_of(*, now: datetime) -> Status:
    """Read the queues, the leases, the failures of a day and what the portal stands on."""
    queues = (*_queues("treasury", _intakes()), *_queues("check", _uploads()), *_run_queues())
    rows = [row for found in _sources() for row in _looked_at(found, now)]
    running = [row for row in rows if row.state == RunState.RUNNING]
    failed = [_failure(row) for row in rows if row.state == RunState.FAILED]
    free, total = _disk()
    swept, broker = last_sweep(), broker_answers()
    kept = Checkpoint.objects.order_by("-seq").first()
    return Status(
        at=now,
        queues=queues,
        failures=tuple(sorted(failed, key=lambda one: one.at or _LONG_AGO, reverse=True)),
        leases=tuple(Lease(_name(row), row.owner, row.lease_until) for row in running),
        broker=broker,
        last_sweep=swept,
        disk_free=free,
        disk_total=total,
        checkpoint=kept.seq if kept else None,
        checkpoint_at=kept.at if kept else None,
        needs=(*_about_queues(queues, now), *_about_ground(broker, swept, free, total, now)),
    )


def _uploads() -> QuerySet[Any]:
    later = Upload.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    return Upload.objects.order_by().annotate(stands=~Exists(later))


def _intakes() -> QuerySet[Any]:
    later = TreasuryIntake.objects.filter(kppn=OuterRef("kppn"), pk__gt=OuterRef("pk"))
    return TreasuryIntake.objects.order_by().annotate(stands=~Exists(later))


def _runs() -> QuerySet[Any]:
    """A failed run that its case no longer has is nobody's trouble."""
    stands = ExpressionWrapper(_OF_ITS_CASE, output_field=BooleanField())
    return MatchRun.objects.order_by().annotate(stands=stands)


def _counted(standing: Q) -> dict[str, Any]:
    return {
        "waiting": Count("pk", filter=_WAITS),
        "running": Count("pk", filter=_RUNS),
        "failed": Count("pk", filter=_FAILED & standing),
        "since": Min("not_before", filter=_WAITS),
    }


def _queues(kind: str, rows: QuerySet[Any]) -> Iterator[Queue]:
    yield Queue(kind, **rows.aggregate(**_counted(Q(stands=True))))


def _run_queues() -> Iterator[Queue]:
    """Comparing and publishing, in one query."""
    rows = MatchRun.objects.order_by().values("step")
    found: dict[str, Any] = {each["step"]: each for each in rows.annotate(**_counted(_OF_ITS_CASE))}
    for step in RunStep:
        counted = {name: count for name, count in found.get(step, _NONE).items() if name != "step"}
        yield Queue(step.value.lower(), **counted)


def _sources() -> tuple[QuerySet[Any], ...]:
    return (
        _intakes(),
        _uploads().select_related("case__period"),
        _runs().select_related("case__period"),
    )


def _looked_at(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    told = Q(failed_at__gt=now - DAY) | Q(stands=True)
    return rows.filter(_RUNS | (_FAILED & told)).order_by("id")


def _name(row: Any) -> str:
    return f"{KIND_OF[type(row)]}-{row.pk}"


def _failure(row: Any) -> Failure:
    case = getattr(row, "case", None)
    return Failure(
        kind=KIND_OF[type(row)],
        pk=row.pk,
        number=_name(row) if case is None else support_number(row),
        satker=case.satker_id if case else "",
        period=case.period.code if case else "",
        at=row.failed_at,
        error=row.error.partition("\n")[0][:200],
        stands=bool(row.stands),
    )


def _disk() -> tuple[int, int]:
    """Free and all bytes of the disk that holds the files."""
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return usage.free, usage.total


def _about_queues(queues: tuple[Queue, ...], now: datetime) -> Iterator[Need]:
    for queue in queues:
        if queue.failed:
            yield Need(Trouble.FAILED, f"{queue.kind}: {queue.failed} failed for good", queue.kind)
        if queue.since and now - queue.since > TOO_LONG:
            waited = minutes(now - queue.since)
            yield Need(Trouble.LATE, f"{queue.kind}: the oldest has waited {waited}", queue.kind)


def _about_ground(
    broker: bool, swept: datetime | None, free: int, total: int, now: datetime
) -> Iterator[Need]:
    if not broker:
        yield Need(Trouble.BROKER, "the broker does not answer")
    if swept is None or now - swept > SWEEP_MISSED:
        gone = "ever" if swept is None else minutes(now - swept)
        yield Need(Trouble.SWEEP, f"no sweep for {gone}")
    if free < max(LEAST_BYTES, LEAST_SHARE * total):
        yield Need(Trouble.DISK, f"the disk is nearly full: {free / GIBIBYTE:.1f} GiB free")


def minutes(span: timedelta) -> str:
    """A span as people say it: `40 s`, `12 min`."""
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min"  # noqa: PLR2004

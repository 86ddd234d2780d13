"""What an upload waits for, told honestly: its place in the queue, the usual minutes, and what is missing."""

from datetime import date, timedelta
from math import ceil
from statistics import median
from typing import Any

from django.db.models import Max, QuerySet

from adk.models import TreasuryIntake, Upload, Verdict
from erekon.lib.indonesian import long_date
from erekon.lib.leases import RunState
from reconciliation.lifecycle import FROZEN, Stage
from reconciliation.models import Holiday, MatchRun, Reconciliation

RECENT = 50
# From fewer finished pieces of work nobody may say what is usual.
FEWEST = 5
MINUTE = timedelta(minutes=1)
SATURDAY = 5


def queue_note(row: Upload | MatchRun, *, at_work: str) -> str:
    """Where a run row stands, in words: `antrean ke-3, biasanya 2 menit`; `at_work` once it is under way."""
    minutes = usual_minutes(type(row).objects.all())
    usual = f", biasanya {minutes} menit" if minutes else ""
    if row.state != RunState.WAITING:
        return at_work + usual
    return f"antrean ke-{place_of(row)}{usual}"


def place_of(row: Upload | MatchRun) -> int:
    """The place of a waiting row in its queue, 1 for the next."""
    rows: QuerySet[Any] = type(row).objects.filter(state=RunState.WAITING, pk__lt=row.pk)
    if isinstance(row, MatchRun):
        rows = rows.filter(step=row.step)
    return rows.count() + 1


def usual_minutes(rows: QuerySet[Any]) -> int | None:
    """The median of the last finished rows, from queued to finished, in minutes rounded up; None for too few."""
    spans = rows.filter(state=RunState.DONE, finished_at__isnull=False).order_by("-id")
    taken = [end - start for start, end in spans.values_list("queued_at", "finished_at")[:RECENT]]
    return max(1, ceil(median(taken) / MINUTE)) if len(taken) >= FEWEST else None


def causes_of(upload: Upload, run: MatchRun | None) -> list[str]:
    """Why this upload takes longer or its result is not whole yet, in sentences; empty when nothing hinders it."""
    found = [
        f"Percobaan ke-{row.attempts} terganggu. Sistem mencoba lagi sendiri, berkas tidak perlu diunggah lagi."
        for row in (upload, run)
        if row is not None and row.attempts and row.state == RunState.WAITING
    ]
    return [*found, *_treasury_gap(upload.case)]


def _treasury_gap(case: Reconciliation) -> list[str]:
    if Stage(case.stage) in FROZEN:
        return []
    intakes = TreasuryIntake.objects.filter(kppn=case.satker.kppn_id, verdict=Verdict.STANDAR)
    last = intakes.aggregate(last=Max("day"))["last"]
    period = case.period
    if last is not None and not _works_after(last, period.last_day, case.satker.kppn_id):
        return []
    if last is None or (last.year, last.month) < (period.year, period.month):
        reach = f"belum sampai {period.label}" if last is None else f"baru sampai {long_date(last)}"
        return [
            f"Data SiAP KPPN {case.satker.kppn_id} {reach}, jadi transaksi {period.label} belum dapat dicocokkan."
        ]
    return [
        f"Data SiAP KPPN {case.satker.kppn_id} baru sampai {long_date(last)}. "
        "Transaksi sesudahnya dicocokkan sendiri setelah datanya masuk."
    ]


def _works_after(last: date, end: date, kppn: str) -> bool:
    """Whether an office day of this KPPN lies after `last`, up to and including `end`."""
    free = set(
        Holiday.objects.filter(date__gt=last, date__lte=end, kppn__in=("", kppn)).values_list(
            "date", flat=True
        )
    )
    days = [last + timedelta(days=number) for number in range(1, (end - last).days + 1)]
    return any(day.weekday() < SATURDAY and day not in free for day in days)

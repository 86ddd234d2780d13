"""Setting a period's schedule, and the case rows that come with it."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import Satker
from reconciliation.lifecycle import Stage
from reconciliation.models import Period, Reconciliation, Terpusat

BATCH = 500


def set_period(
    *,
    year: int,
    month: int,
    opens_at: datetime,
    closes_at: datetime,
    on_time_until: datetime,
    sanction_from: datetime,
    letter_number: str,
    letter_date: date,
) -> Period:
    """Set or change the schedule of one month and make its missing cases; whole or nothing.

    Instants are aware; the month keeps its cases and their stages when only its schedule changes.
    """
    with transaction.atomic():
        period, _ = Period.objects.update_or_create(
            year=year,
            month=month,
            defaults={
                "opens_at": opens_at,
                "closes_at": closes_at,
                "on_time_until": on_time_until,
                "sanction_from": sanction_from,
                "letter_number": letter_number,
                "letter_date": letter_date,
            },
        )
        ensure_cases(periods=[period])
    return period


def ensure_cases(*, periods: Iterable[Period] | None = None, satkers: Iterable[Satker] | None = None) -> int:
    """Make the missing case of every satker and period (None: all of them); returns how many were made.

    A case that nobody uploaded for yet follows its satker to another office; later ones keep theirs. Satkers
    that share one database with BUN have none.
    """
    months = list(Period.objects.all() if periods is None else periods)
    units = list(Satker.objects.all() if satkers is None else satkers)
    with transaction.atomic():
        _forget_exempt_cases()
        units = [satker for satker in units if not satker.is_bun]
        return sum(_ensure_month(period, units) for period in months)


def _forget_exempt_cases() -> None:
    """Untouched cases of satkers that came to share one database with BUN; what has a history stays."""
    for case in Reconciliation.objects.filter(satker__is_bun=True, stage=Stage.BELUM_UPLOAD):
        # An upload under check protects its case.
        with suppress(ProtectedError):
            case.delete()


def _ensure_month(period: Period, satkers: list[Satker]) -> int:
    central = _central_offices(period)
    wanted = {satker.code: central.get(satker.code, satker.kppn_id) for satker in satkers}
    standing = {
        satker: (pk, stage, office)
        for pk, satker, stage, office in Reconciliation.objects.filter(period=period).values_list(
            "pk", "satker_id", "stage", "office_id"
        )
    }
    missing = [
        Reconciliation(satker_id=satker, period=period, office_id=office)
        for satker, office in wanted.items()
        if satker not in standing
    ]
    Reconciliation.objects.bulk_create(missing, batch_size=BATCH, ignore_conflicts=True)
    moved = [
        Reconciliation(pk=standing[satker][0], office_id=office)
        for satker, office in wanted.items()
        if satker in standing and standing[satker][1] == Stage.BELUM_UPLOAD and standing[satker][2] != office
    ]
    Reconciliation.objects.bulk_update(moved, ["office"], batch_size=BATCH)
    return len(missing)


def office_of(satker: Satker, period: Period) -> str:
    """The code of the office that a satker's case of this period is with."""
    return _central_offices(period).get(satker.code, satker.kppn_id)


def _central_offices(period: Period) -> dict[str, str]:
    """The office of each central satker's case: KPPN 183 or PUSAT (Rekonsiliasi Terpusat)."""
    last = period.last_day
    return {
        rule.satker_pusat: rule.counterpart
        for rule in Terpusat.objects.order_by("id")
        if (rule.valid_from is None or rule.valid_from <= last)
        and (rule.valid_to is None or rule.valid_to >= last)
    }

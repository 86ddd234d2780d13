"""The KPPN's home: where the satkers of the office stand, and what waits for Vera or Kasi Vera."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from adk.models import Upload
from bar.models import ResetRequest
from erekon.portal.pages.calendar_words import checked_words, deadline_of, schedule_card, today_words
from erekon.portal.pages.common import when
from erekon.portal.pages.entry_links import result_url, support_number
from erekon.portal.pages.home_parts import Desk, tag, task
from erekon.portal.pages.positions import positions_of
from erekon.portal.worklists import (
    counts_by_stage,
    exempt_satkers,
    failed_runs,
    failed_uploads,
    office_cases,
    open_resets,
    own_offices,
    present_period,
    with_offices,
)
from reconciliation.lifecycle import Stage
from reconciliation.models import MatchRun, Period, Reconciliation

LATE_SHOWN = 8


@dataclass(frozen=True)
class Turn:
    """What one role of the office does next: at which stage, in which words, on which page."""

    stage: Stage
    title: str
    text: str
    route: str
    button: str


VERA = Turn(
    Stage.PERSETUJUAN_BAR,
    "{n} BAR menunggu persetujuan",
    "{equal} semua sama, {different} dengan selisih yang dijelaskan.",
    "antrean",
    "Buka antrean",
)
KASI_VERA = Turn(
    Stage.TTD_KASI_VERA,
    "{n} BAR menunggu tanda tangan Anda",
    "{equal} semua sama, {different} dengan selisih yang dijelaskan.",
    "ttd",
    "Baca dan tanda tangani",
)


def vera_desk(user: User, now: datetime) -> Desk:
    """Draw the home of a Vera officer."""
    return _desk(user, now, VERA)


def kasi_vera_desk(user: User, now: datetime) -> Desk:
    """Draw the home of the head of Seksi Vera."""
    return _desk(user, now, KASI_VERA)


def _desk(user: User, now: datetime, turn: Turn) -> Desk:
    period, offices = present_period(now), own_offices(user, now)
    cases = office_cases(user, offices, period)
    counted = counts_by_stage(cases)
    waiting = _turn(user, offices, turn, period, now)
    tasks = _tasks(user, cases, resets=turn is VERA)
    context = {
        "title": f"Rekonsiliasi {period.label}" if period else "Rekonsiliasi",
        "today": today_words(now),
        **positions_of(counted, period=period.code if period else ""),
        "turn": waiting,
        "tasks": tasks,
        "late": [_late(case) for case in cases.filter(stage=Stage.BELUM_UPLOAD)[:LATE_SHOWN]],
        "schedule": schedule_card(period, now),
        "exempt": exempt_satkers(user),
        "checked_at": checked_words(now),
    }
    return Desk("portal/beranda_kppn.html", context, bool(waiting or tasks))


def _turn(
    user: User, offices: list[str], turn: Turn, period: Period | None, now: datetime
) -> dict[str, Any] | None:
    """What waits at the turn's stage, of any period: an old BAR waits as much as a new one."""
    waiting = with_offices(user, offices).filter(stage=turn.stage)
    # A difference without an explanation is the operator's turn.
    mine = waiting.filter(Q(verdict="SAMA") | Q(unexplained=0))
    count, equal = mine.count(), mine.filter(verdict="SAMA").count()
    if not count:
        return None
    words = {"n": count, "equal": equal, "different": count - equal}
    return {
        "title": turn.title.format(**words),
        "text": turn.text.format(**words),
        "url": reverse(turn.route),
        "button": turn.button,
        **(deadline_of(period, now) if period else {}),
    }


def _tasks(user: User, cases: QuerySet[Reconciliation], *, resets: bool) -> list[dict[str, Any]]:
    tasks = [_reset(one) for one in (open_resets(user) if resets else ())]
    tasks += [_stale(case) for case in cases.filter(stale=True)[:LATE_SHOWN]]
    tasks += [_failed(work) for work in failed_uploads(user)]
    return tasks + [_failed(work) for work in failed_runs(user)]


def _reset(request: ResetRequest) -> dict[str, Any]:
    case = request.case
    return task(
        reverse("reset"),
        "undo-2",
        f"Permohonan reset BAR {case.period.label}: {case.satker}",
        f"Surat {request.letter_number}, diajukan {when(request.asked_at)}",
        mark=tag("Reset", "awas", "rotate-ccw"),
        button="Putuskan",
    )


def _stale(case: Reconciliation) -> dict[str, Any]:
    return task(
        result_url(case),
        "refresh-cw",
        f"Data SiAP berubah: {case.satker}",
        f"Rekon {case.period.label} dihitung dengan data lama.",
        mark=tag("Data berubah", "awas", "triangle-alert"),
        button="Lihat",
    )


def _failed(work: Upload | MatchRun) -> dict[str, Any]:
    page = reverse("unggahan", args=[work.pk]) if isinstance(work, Upload) else result_url(work.case)
    return task(
        page,
        "triangle-alert",
        f"Gagal diproses: {work.case.satker}",
        f"{work.case.period.label}, kode {support_number(work)}",
        mark=tag("Gagal diproses", "awas", "triangle-alert"),
        button="Lihat",
    )


def _late(case: Reconciliation) -> dict[str, Any]:
    return task(result_url(case), "landmark", str(case.satker), f"Belum mengunggah {case.period.label}")

"""How the portal is, for those who keep it running: what `manage.py status` says, with the way to begin failed work again."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.roles import BY_CODE, Power
from accounts.scoping import assignments_of
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.pages.common import briefly, page, person_of, when
from erekon.portal.status import GIBIBYTE, Failure, Need, Queue, Status, Trouble, status_of

SHOWN = 50
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
QUEUES = {
    "treasury": "Kiriman KPPN",
    "check": "Pemeriksaan ADK",
    "match": "Pencocokan",
    "publish": "Penerbitan hasil",
}
ADVICE = {
    Trouble.FAILED: "Baca galatnya di bawah, betulkan sebabnya, lalu proses ulang.",
    Trouble.LATE: "Pastikan ada worker yang berjalan; yang sedang dikerjakan tertulis di bawah.",
    Trouble.BROKER: "Tidak ada yang hilang: pekerjaan menunggu di basis data. Nyalakan lagi broker (Redis).",
    Trouble.SWEEP: "Penjadwal atau worker berhenti. Periksa log serve; penjadwal harus tepat satu.",
    Trouble.DISK: "Kosongkan ruang. Bila penuh, unggahan ditolak dan tidak ada yang tersimpan.",
}


@require_GET
@page
def status(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    return render(request, "portal/status.html", _context(request))


@require_GET
@page
def status_live(request: HttpRequest) -> HttpResponse:
    """The live part alone."""
    return render(request, "portal/_status.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    user, now = person_of(request), clock.now()
    if not any(Power.READ_STATUS in BY_CODE[held.role].powers for held in assignments_of(user, now)):
        raise Refusal("BUKAN_HAK")
    found = status_of(now=now)
    return {
        "at": when(now),
        "needs": [{"text": _trouble(need, found), "advice": ADVICE[need.trouble]} for need in found.needs],
        "queues": [_queue(one, found) for one in found.queues],
        "failures": [_failure(one) for one in found.failures[:SHOWN]],
        "failures_total": len(found.failures),
        "leases": [
            {"work": one.work, "owner": one.owner, "until": briefly(one.until)} for one in found.leases
        ],
        "ground": _ground(found),
        "live_url": reverse("status-kabar"),
    }


def _trouble(need: Need, found: Status) -> str:
    queue = next((one for one in found.queues if one.kind == need.queue), None)
    if queue and need.trouble is Trouble.FAILED:
        return f"{QUEUES[queue.kind]}: {queue.failed} gagal diproses."
    if queue:
        return f"{QUEUES[queue.kind]}: yang tertua sudah menunggu {_since(queue, found)}."
    return {
        Trouble.BROKER: "Broker tidak menjawab.",
        Trouble.SWEEP: f"Penyapuan berhenti; terakhir {_sweep(found)}."
        if found.last_sweep
        else "Penyapuan belum pernah berjalan.",
        Trouble.DISK: f"Ruang disk hampir habis: tersisa {_gibibytes(found.disk_free)}.",
    }[need.trouble]


def _queue(one: Queue, found: Status) -> dict[str, Any]:
    return {
        "name": QUEUES[one.kind],
        "waiting": one.waiting,
        "running": one.running,
        "failed": one.failed,
        "oldest": _since(one, found),
        "since": briefly(one.since),
    }


def _failure(one: Failure) -> dict[str, Any]:
    return {
        "number": one.number,
        "url": _url(one),
        "satker": one.satker,
        "period": one.period,
        "at": briefly(one.at),
        "error": one.error,
        "rerun_url": _rerun_url(one) if one.stands else "",
        "note": _note(one),
    }


def _url(one: Failure) -> str:
    """The page of the upload or of the case; empty for a KPPN's file."""
    if one.kind == "ADK":
        return reverse("unggahan", kwargs={"pk": one.pk})
    return reverse("rekon", kwargs=_case(one)) if one.kind == "REKON" else ""


def _rerun_url(one: Failure) -> str:
    """Where it begins again; empty for a KPPN's file, which is sent again instead."""
    if one.kind == "ADK":
        return reverse("unggahan-ulangi", kwargs={"pk": one.pk})
    if one.kind == "REKON":
        return reverse("proses-ulang", kwargs=_case(one))
    return ""


def _case(one: Failure) -> dict[str, str]:
    return {"satker": one.satker, "period": one.period}


def _note(one: Failure) -> str:
    if not one.stands:
        return "Sudah digantikan yang lebih baru"
    return "Supervisor KPPN mengirim ulang berkasnya" if one.kind == "KIRIMAN" else ""


def _ground(found: Status) -> list[dict[str, str]]:
    free, total = _gibibytes(found.disk_free), _gibibytes(found.disk_total)
    kept = (
        f"peristiwa {found.checkpoint}, {when(found.checkpoint_at)}" if found.checkpoint else "belum pernah"
    )
    return [
        {"label": "Broker", "text": "menjawab" if found.broker else "tidak menjawab"},
        {"label": "Penyapuan terakhir", "text": _sweep(found)},
        {"label": "Ruang disk", "text": f"{free} dari {total} tersisa"},
        {"label": "Titik periksa jejak audit", "text": kept},
    ]


def _sweep(found: Status) -> str:
    if found.last_sweep is None:
        return "belum pernah"
    return f"{_span(found.at - found.last_sweep)} yang lalu, {when(found.last_sweep)}"


def _since(queue: Queue, found: Status) -> str:
    return _span(found.at - queue.since) if queue.since else ""


def _span(span: timedelta) -> str:
    """A span as people say it, "40 detik", "12 menit", "5 jam"; never below nothing."""
    span = max(span, timedelta(0))
    if span < 2 * MINUTE:
        return f"{span.seconds} detik"
    return f"{span // MINUTE} menit" if span < 2 * HOUR else f"{span // HOUR} jam"


def _gibibytes(count: int) -> str:
    return f"{count / GIBIBYTE:.1f} GiB".replace(".", ",")

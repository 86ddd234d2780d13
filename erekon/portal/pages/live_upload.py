"""One upload as it goes: what its live part shows, and when the polling may stop."""

from typing import Any

from django.urls import reverse

from accounts.actors import powers_over
from accounts.models import User
from accounts.roles import Power
from adk.models import Upload, Verdict
from adk.queries import finding_documents
from erekon.lib import clock
from erekon.portal.pages.common import when
from erekon.portal.pages.entry_links import result_url, support_number
from erekon.portal.pages.rejection import where
from erekon.portal.pages.steps import checks_of, failure_of, stands, steps_of
from erekon.portal.waiting import causes_of
from reconciliation.lifecycle import RUNNING, Stage

KIBIBYTE = 1024
WARNINGS_SHOWN = 20


def live_context(upload: Upload, user: User) -> dict[str, Any]:
    """What `adk/_berjalan.html` shows of an upload that was not refused."""
    title, checks = checks_of(upload)
    shown = stands(upload) and Stage(upload.case.stage) not in RUNNING
    warnings = finding_documents(upload.findings.filter(severity="peringatan"))
    return {
        "filename": upload.filename,
        "size": size_words(upload.size),
        "number": upload.number,
        "received": when(upload.received_at),
        "checks_title": title,
        "checks": checks,
        "steps": steps_of(upload),
        "failure": failure_of(upload),
        "rerun_url": again_url(upload, user),
        "causes": causes_of(upload, upload.case.run if stands(upload) else None),
        "warnings": [{"message": one["message"], "where": where(one)} for one in warnings[:WARNINGS_SHOWN]],
        "warnings_total": _warnings_total(upload, warnings),
        "warnings_more": max(0, _warnings_total(upload, warnings) - WARNINGS_SHOWN),
        "result_url": result_url(upload.case) if shown else "",
        "history_url": reverse("riwayat"),
        "same_as": upload.same_as,
        "live_url": reverse("unggahan-kabar", kwargs={"pk": upload.pk}),
        "busy": live_state(upload) == "busy",
    }


def again_url(upload: Upload, user: User) -> str:
    """Where this user lets a failed check or run begin again; empty where nothing failed or he may not."""
    case = upload.case
    if not failure_of(upload):
        return ""
    if Power.RERUN not in powers_over(user, case.satker, at=clock.now(), office=case.office_id):
        return ""
    if support_number(upload):
        return reverse("unggahan-ulangi", kwargs={"pk": upload.pk})
    return reverse("proses-ulang", kwargs={"satker": case.satker_id, "period": case.period.code})


def _warnings_total(upload: Upload, listed: list[dict[str, Any]]) -> int:
    """All warnings the gate counted; the rows of an accepted upload are warnings, at most 200 of them listed."""
    return max(upload.findings_total, len(listed)) if listed else 0


def live_state(upload: Upload) -> str:
    """`busy` while the check or the run goes on, `done` once nothing more will change by itself."""
    if failure_of(upload):
        return "done"
    if upload.verdict == Verdict.DIPERIKSA:
        return "busy"
    return "busy" if stands(upload) and Stage(upload.case.stage) in RUNNING else "done"


def size_words(size: int) -> str:
    """A file's size as people read it: `0 KB`, `412 KB`, `4,8 MB`."""
    kilobytes = -(-size // KIBIBYTE)
    if kilobytes < KIBIBYTE:
        return f"{kilobytes} KB"
    return f"{size / KIBIBYTE / KIBIBYTE:.1f} MB".replace(".", ",")

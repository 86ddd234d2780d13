"""The KPA's home: the BARs that wait for his signature, told in one breath each."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.queries import satkers_with
from accounts.roles import Power
from erekon.portal.pages.calendar_words import checked_words, deadline_of
from erekon.portal.pages.common import when
from erekon.portal.pages.home_parts import Desk, task, turn_words
from erekon.portal.worklists import last_changes, present_period, satker_cases
from reconciliation.lifecycle import Action, Stage, label_of, turn_of
from reconciliation.models import Reconciliation, StageChange

SIGNED_SHOWN = 6


def kpa_desk(user: User, now: datetime) -> Desk:
    """Draw the KPA's home."""
    own = satkers_with(user, Power.SIGN_KPA, at=now)
    period = present_period(now)
    cases = satker_cases(user, own, year=period.year) if period else []
    waiting = [case for case in cases if Stage(case.stage) is Stage.TTD_KPA]
    signed = [case for case in cases if Stage(case.stage) in {Stage.TTD_KASI_VERA, Stage.SIAP_DOWNLOAD}]
    approvals = last_changes(waiting, (Action.APPROVE,))
    uploads = last_changes(waiting, (Action.SUBMIT,))
    signatures = last_changes(signed[:SIGNED_SHOWN], (Action.SIGN_KPA,))
    context = {
        "place": ", ".join(str(satker) for satker in own),
        "checked_at": f"Terakhir diperiksa {checked_words(now)}",
        "working": _working(cases),
        "bars": [
            _bar(case, uploads.get(case.pk), approvals.get(case.pk), now, several=len(own) > 1)
            for case in waiting
        ],
        "sign_all_url": reverse("ttd") if len(waiting) > 1 else "",
        "signed": [_signed(case, signatures.get(case.pk)) for case in signed[:SIGNED_SHOWN]],
    }
    return Desk("portal/beranda_kpa.html", context, bool(waiting))


def _bar(
    case: Reconciliation,
    upload: StageChange | None,
    approval: StageChange | None,
    now: datetime,
    *,
    several: bool,
) -> dict[str, Any]:
    equal = case.verdict == "SAMA"
    trail = [("ADK diunggah operator", upload), ("Disetujui Seksi Vera KPPN", approval)]
    return {
        "id": f"bar-{case.pk}",
        "title": f"BAR {case.period.label}" + (f", satker {case.satker_id}" if several else ""),
        "equal": equal,
        "verdict": "Semua sama" if equal else "Tidak semua sama",
        "verdict_text": "Data satker dan KPPN cocok."
        if equal
        else "Setiap selisih dijelaskan dan diterima KPPN.",
        "url": reverse("bar", kwargs={"pk": case.pk}),
        "trail": [
            {"text": text, "by": f"{change.actor_name}, {when(change.at)}"}
            for text, change in trail
            if change
        ],
        **deadline_of(case.period, now),
    }


def _working(cases: list[Reconciliation]) -> str:
    """Who works now on the newest case that is under way."""
    for case in cases:
        stage = Stage(case.stage)
        if stage not in {Stage.SIAP_DOWNLOAD, Stage.BELUM_UPLOAD}:
            turn = turn_words(turn_of(stage, unexplained=case.unexplained))
            return f"{case.period.label}: {label_of(stage, early_month=case.early_month)}. {turn}."
    return ""


def _signed(case: Reconciliation, signature: StageChange | None) -> dict[str, Any]:
    at = signature.at if signature else case.stage_since
    return task(
        reverse("bar", kwargs={"pk": case.pk}),
        "file-check",
        f"BAR {case.period.label}",
        f"Anda tanda tangani {when(at)}" if at else "",
        mark=case.stage,
        button="Lihat",
    )

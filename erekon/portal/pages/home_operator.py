"""The operator's home: what to do first, what else, and what waits for others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.queries import satkers_with
from accounts.roles import Power
from adk.models import Upload, Verdict
from bar.models import ResetRequest
from erekon.portal.pages.calendar_words import checked_words, deadline_of, schedule_card, today_words
from erekon.portal.pages.common import when
from erekon.portal.pages.entry_links import result_url, support_number, upload_url
from erekon.portal.pages.home_parts import Desk, months_of, stage_note, tag, task, turn_words
from erekon.portal.pages.upload import drop_zone
from erekon.portal.upload_choice import uploads_due
from erekon.portal.worklists import (
    REASONED,
    last_changes,
    last_uploads,
    open_resets,
    present_period,
    satker_cases,
)
from reconciliation.lifecycle import BEFORE_DATA, FROZEN, RUNNING, Action, Stage, turn_of
from reconciliation.models import Reconciliation, StageChange

DOWNLOADS_SHOWN = 3
WAITING_SHOWN = 8
REFUSED = frozenset({Verdict.TIDAK_STANDAR, Verdict.PERIODE_TIDAK_DIPERKENANKAN})


@dataclass(frozen=True)
class Facts:
    """What the operator's page is drawn from."""

    cases: list[Reconciliation]
    uploads: dict[int, Upload]
    reasons: dict[int, StageChange]
    resets: list[ResetRequest]
    several: bool
    now: datetime

    def name(self, case: Reconciliation) -> str:
        """The period, with the satker's code where the operator serves several."""
        return f"{case.period.label}, satker {case.satker_id}" if self.several else case.period.label


def operator_desk(user: User, now: datetime) -> Desk:
    """Draw the operator's home."""
    own = satkers_with(user, Power.UPLOAD, at=now)
    period = present_period(now)
    cases = satker_cases(user, own, year=period.year) if period else []
    unfinished = [case for case in cases if Stage(case.stage) is not Stage.SIAP_DOWNLOAD]
    facts = Facts(
        cases,
        last_uploads(unfinished),
        last_changes(unfinished, REASONED),
        open_resets(user),
        len(own) > 1,
        now,
    )
    due = uploads_due(cases, now)
    explain = [case for case in cases if _to_explain(case)]
    first = (due + explain)[:1]
    tasks = _tasks(facts, due, explain, first)
    count = len(first) + len([one for one in tasks if one["button"] != "Unduh"])
    strip = first[0].satker_id if first else own[0].code if own else ""
    context = {
        "today": today_words(now),
        "summary": f"{count} tugas" + (", 1 mendesak" if first else "") if count else "tidak ada tugas",
        "history_url": reverse("riwayat"),
        "turn": _turn(facts, first[0]) if first else None,
        "tasks": tasks,
        "waiting": _waiting(facts),
        "year": period.year if period else now.year,
        "months": months_of([case for case in cases if case.satker_id == strip], period.year, period, now)
        if period
        else [],
        "schedule": schedule_card(first[0].period if first else period, now),
        "checked_at": checked_words(now),
        "exempt": [str(satker) for satker in own if satker.is_bun],
    }
    return Desk("portal/beranda_operator.html", context, bool(count))


def _to_explain(case: Reconciliation) -> bool:
    return turn_of(Stage(case.stage), unexplained=case.unexplained) == "OPERATOR_SATKER" and (
        Stage(case.stage) is Stage.PERSETUJUAN_BAR
    )


def _turn(facts: Facts, case: Reconciliation) -> dict[str, Any]:
    deadline = deadline_of(case.period, facts.now, granted=case.window_grant)
    if Stage(case.stage) is Stage.PERSETUJUAN_BAR:
        return {
            "title": f"Jelaskan selisih {facts.name(case)}",
            "upload": None,
            "text": f"{case.unexplained} selisih belum dijelaskan. Jelaskan, atau perbaiki di SAIBA lalu unggah ulang.",
            "url": result_url(case),
            "button": "Jelaskan selisih",
            "lhr_url": reverse("api-lhr", kwargs={"pk": case.pk}),
            **deadline,
        }
    again = "" if Stage(case.stage) is Stage.BELUM_UPLOAD else " ulang"
    return {
        "title": f"Unggah{again} ADK {facts.name(case)}",
        "upload": drop_zone(case),
        "text": _cause(facts, case),
        "url": upload_url(case),
        "button": "Pilih berkas",
        **deadline,
    }


def _tasks(
    facts: Facts,
    due: Sequence[Reconciliation],
    explain: Sequence[Reconciliation],
    first: list[Reconciliation],
) -> list[dict[str, Any]]:
    tasks = [_rejected(facts, case) for case in facts.cases if _was_rejected(facts, case)]
    tasks += [_upload_task(facts, case) for case in due if case not in first]
    tasks += [_explain_task(facts, case) for case in explain if case not in first]
    tasks += [_late(facts, case) for case in facts.cases if _is_late(case, facts.now)]
    ready = [case for case in facts.cases if Stage(case.stage) is Stage.SIAP_DOWNLOAD]
    return tasks + [_download(facts, case) for case in ready[:DOWNLOADS_SHOWN]]


def _was_rejected(facts: Facts, case: Reconciliation) -> bool:
    upload = facts.uploads.get(case.pk)
    return upload is not None and upload.verdict in REFUSED


def _rejected(facts: Facts, case: Reconciliation) -> dict[str, Any]:
    upload = facts.uploads[case.pk]
    stays = "" if Stage(case.stage) in BEFORE_DATA else " Data sebelumnya tetap berlaku."
    return task(
        reverse("unggahan", kwargs={"pk": upload.pk}),
        "circle-alert",
        f"Unggahan ke-{upload.number} untuk {facts.name(case)} ditolak",
        f"{upload.filename}, {when(upload.received_at)}.{stays}",
        mark=tag("Ditolak", "err", "x"),
        button="Lihat sebabnya",
    )


def _upload_task(facts: Facts, case: Reconciliation) -> dict[str, Any]:
    return task(
        upload_url(case),
        "cloud-upload",
        f"Unggah ADK {facts.name(case)}",
        _cause(facts, case) or deadline_of(case.period, facts.now, granted=case.window_grant)["deadline"],
        mark=case.stage,
        button="Unggah",
    )


def _explain_task(facts: Facts, case: Reconciliation) -> dict[str, Any]:
    return task(
        result_url(case),
        "pen-line",
        f"Jelaskan selisih {facts.name(case)}",
        f"{case.unexplained} selisih belum dijelaskan.",
        mark=case.stage,
        button="Jelaskan",
    )


def _is_late(case: Reconciliation, now: datetime) -> bool:
    closed = case.period.closes_at is not None and case.period.closes_at < now
    return Stage(case.stage) in BEFORE_DATA and closed and not case.window_grant


def _late(facts: Facts, case: Reconciliation) -> dict[str, Any]:
    return task(
        reverse("jadwal"),
        "lock",
        f"ADK {facts.name(case)} belum diterima",
        f"Jadwal ditutup {when(case.period.closes_at)}. Ajukan dispensasi melalui K/L atau hubungi KPPN.",
        mark=tag("Jadwal ditutup", "err", "lock"),
        button="Jadwal",
    )


def _download(facts: Facts, case: Reconciliation) -> dict[str, Any]:
    return task(
        reverse("api-bar-pdf", kwargs={"pk": case.pk}),
        "file-check",
        f"Unduh BAR {facts.name(case)}",
        f"Ditandatangani lengkap {when(case.stage_since)}.",
        mark=case.stage,
        button="Unduh",
    )


def _cause(facts: Facts, case: Reconciliation) -> str:
    change = facts.reasons.get(case.pk)
    if change is None or Stage(case.stage) not in {Stage.UPLOAD_ULANG, Stage.DIBATALKAN}:
        return ""
    if not change.reason:
        return stage_note(case)
    return f"{'BAR direset' if change.action == Action.RESET else 'Pesan KPPN'}: {change.reason}"


def _waiting(facts: Facts) -> list[dict[str, Any]]:
    waiting = [_reset(one) for one in facts.resets]
    waiting += [_under_way(facts, case) for case in facts.cases if _waits_for_others(case)]
    waiting += [
        _under_check(facts, case)
        for case in facts.cases
        if (upload := facts.uploads.get(case.pk)) and upload.verdict == Verdict.DIPERIKSA
    ]
    return waiting[:WAITING_SHOWN]


def _waits_for_others(case: Reconciliation) -> bool:
    stage = Stage(case.stage)
    if stage is Stage.PERSETUJUAN_BAR:
        return not case.unexplained
    return stage in RUNNING or (stage in FROZEN and stage is not Stage.SIAP_DOWNLOAD)


def _reset(request: ResetRequest) -> dict[str, Any]:
    return task(
        reverse("reset"),
        "undo-2",
        f"Reset BAR {request.case.period.label}",
        f"Diajukan {when(request.asked_at)} dengan surat {request.letter_number}.",
        mark=tag("Giliran KPPN", "", "hourglass"),
        button="Lihat",
    )


def _under_way(facts: Facts, case: Reconciliation) -> dict[str, Any]:
    failure = support_number(case.run) if Stage(case.stage) in RUNNING else ""
    text = f"Sejak {when(case.stage_since)}" if case.stage_since else ""
    mark = tag(turn_words(turn_of(Stage(case.stage), unexplained=case.unexplained)), "", "hourglass")
    if failure:
        text, mark = (
            f"Gagal diproses, bukan salah Anda. Kode {failure}",
            tag("Gagal diproses", "awas", "triangle-alert"),
        )
    return task(result_url(case), "scale", f"Rekon {facts.name(case)}", text, mark=mark, button="Lihat")


def _under_check(facts: Facts, case: Reconciliation) -> dict[str, Any]:
    upload = facts.uploads[case.pk]
    failure = support_number(upload)
    return task(
        reverse("unggahan", kwargs={"pk": upload.pk}),
        "file-archive",
        f"Unggahan ke-{upload.number} untuk {facts.name(case)}",
        f"Gagal diproses, bukan salah Anda. Kode {failure}"
        if failure
        else "Berkas diterima, sedang diperiksa.",
        mark=tag("Gagal diproses", "awas", "triangle-alert") if failure else tag("Sistem", "", "hourglass"),
        button="Lihat",
    )

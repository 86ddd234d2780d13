"""The seven steps of one upload, and the checks it goes through, as the upload pages draw them."""

from typing import Any

from adk.models import Upload, Verdict
from erekon.lib.leases import RunState
from erekon.portal.pages.entry_links import support_number
from erekon.portal.pages.road import PLACES, ROAD
from erekon.portal.waiting import queue_note
from reconciliation.lifecycle import BEFORE_DATA, FROZEN, LOOKS, RUNNING, Stage
from reconciliation.models import Reconciliation

APPROVAL = PLACES[Stage.PERSETUJUAN_BAR]
END = len(ROAD)


def steps_before(case: Reconciliation | None) -> list[dict[str, str]]:
    """The road before the next upload: its first step is the satker's, unless the BAR is already on its way."""
    if case is not None and Stage(case.stage) in FROZEN:
        return _road_of_case(case)
    return _road(0)


def steps_of(upload: Upload) -> list[dict[str, str]]:
    """The road as far as this upload has come."""
    if upload.state == RunState.FAILED:
        return _road(0, broken=True, note="gagal diproses")
    if upload.verdict == Verdict.DIPERIKSA:
        return _road(0, note=queue_note(upload, at_work="sedang diperiksa"))
    if not stands(upload):
        return _road(1, under_way=False)
    return _road_of_case(upload.case)


def stands(upload: Upload) -> bool:
    """Whether the case's data is this upload's."""
    return upload.submission_id is not None and upload.submission_id == upload.case.submission_id


def failure_of(upload: Upload) -> str:
    """The support number when the check or the run of this upload failed for good; else empty."""
    return support_number(upload) or (support_number(upload.case.run) if stands(upload) else "")


def checks_of(upload: Upload) -> tuple[str, list[dict[str, Any]]]:
    """The title and the checks: passed together, as a refused file has its own screen."""
    case, passed = upload.case, True if upload.verdict == Verdict.STANDAR else None
    checks = [
        {"text": text, "note": note, "passed": passed}
        for text, note in (
            ("Berkas .zip utuh dan bisa dibuka", ""),
            (f"Kiriman kumulatif s.d. {case.period.label}", "sama dengan periode pilihan"),
            (f"Kode satker {case.satker_id}", "sama dengan akun Anda"),
            ("Susunan tabel dan jumlah baris", f"{upload.rows} baris" if upload.rows else ""),
            ("Isi setiap baris", ""),
        )
    ]
    title = f"Pemeriksaan: lolos {len(checks)} dari {len(checks)}" if passed else "Pemeriksaan berkas"
    return title, checks


def _road_of_case(case: Reconciliation) -> list[dict[str, str]]:
    stage = Stage(case.stage)
    if stage is Stage.SIAP_DOWNLOAD:
        return _road(END)
    if stage in BEFORE_DATA:
        return _road(APPROVAL, broken=True, note=LOOKS[stage].label)
    failed = bool(support_number(case.run))
    return _road(PLACES[stage], broken=failed, note="gagal diproses" if failed else _run_note(case, stage))


def _run_note(case: Reconciliation, stage: Stage) -> str:
    return queue_note(case.run, at_work="berjalan") if case.run and stage in RUNNING else ""


def _road(here: int, *, broken: bool = False, under_way: bool = True, note: str = "") -> list[dict[str, str]]:
    present = "gagal" if broken else "kini" if under_way else "nanti"
    return [
        {
            "label": LOOKS[step.stage].label,
            "note": note if place == here and note else step.to_operator,
            "text": step.happens if place >= here else "",
            "state": "ok" if place < here else present if place == here else "nanti",
        }
        for place, step in enumerate(ROAD)
    ]

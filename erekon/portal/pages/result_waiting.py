"""What Hasil Rekon says while there is no result: nothing sent, refused, sent back, under way, failed."""

from typing import Any

from django.urls import reverse

from erekon.portal.lists import spoken_of
from erekon.portal.pages.entry_links import support_number, upload_url
from erekon.portal.waiting import queue_note
from erekon.portal.worklists import last_uploads
from reconciliation.lifecycle import RUNNING, Action, Stage
from reconciliation.models import Reconciliation

_NOT_SENT = "Hasil muncul di sini sesudah satker mengunggah ADK dan sistem membandingkannya dengan data SiAP."


def waiting_block(case: Reconciliation, *, may_upload: bool) -> dict[str, Any]:
    """Title, sentence and next step; `busy` while the system is at work and the page looks again by itself."""
    stage = Stage(case.stage)
    block = {"busy": False, "tone": "info", "text": _NOT_SENT, "url": "", "button": ""}
    if may_upload:
        block |= {"url": upload_url(case), "button": "Unggah ADK"}
    if stage in RUNNING:
        return block | _under_way(case)
    if stage is Stage.TIDAK_STANDAR:
        return block | _refused(case)
    if stage in {Stage.UPLOAD_ULANG, Stage.DIBATALKAN}:
        return block | {"title": "Menunggu ADK yang baru", "text": _reason(case)}
    return block | {"title": "Belum ada unggahan"}


def _under_way(case: Reconciliation) -> dict[str, Any]:
    code = support_number(case.run)
    if not code:
        note = queue_note(case.run, at_work="sedang dikerjakan") if case.run else "menunggu giliran"
        text = f"Berkas sudah diterima: {note}. Anda boleh menutup halaman ini."
        return {"busy": True, "title": "Hasil sedang dibentuk", "text": text, "url": "", "button": ""}
    return {
        "tone": "awas",
        "title": f"Gagal diproses, bukan salah Anda. Kode {code}",
        "text": "Berkas satker sudah diterima dan tidak perlu diunggah lagi. "
        "Sebutkan kode ini kepada KPPN, yang membentuk hasilnya sekali lagi.",
        "url": "",
        "button": "",
    }


def _refused(case: Reconciliation) -> dict[str, Any]:
    upload = last_uploads([case]).get(case.pk)
    shown = (
        {"url": reverse("unggahan", kwargs={"pk": upload.pk}), "button": "Lihat sebabnya"} if upload else {}
    )
    text = "Unggahan terakhir ditolak pemeriksaan, jadi belum ada yang dibandingkan."
    return {"tone": "err", "title": "ADK Tidak Standar", "text": text, **shown}


def _reason(case: Reconciliation) -> str:
    spoken = spoken_of(case)
    if not spoken or not spoken[-1].reason:
        return _NOT_SENT
    last = spoken[-1]
    return f"{'BAR direset' if last.action == Action.RESET else 'Pesan KPPN'}: {last.reason}"

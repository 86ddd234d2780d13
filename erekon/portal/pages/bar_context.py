"""The context of the BAR page: read once, whatever the role."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.actors import Actor, find_actor
from accounts.models import User
from accounts.roles import Power
from bar.models import Bar, BarStatus
from bar.queries import bar_of, content_of
from bar.services.pins import closed_pin
from bar.services.signing import open_signing
from erekon.lib.refusals import Refusal
from erekon.portal.pages.bar_words import history_of, office_words, signatures_of, summary_of
from erekon.portal.pages.common import when
from erekon.portal.signing import POWER_OF_STAGE
from reconciliation.lifecycle import FROZEN, HAS_DOCUMENTS, Stage, label_of
from reconciliation.models import Reconciliation

CAPACITY = {
    Stage.TTD_KPA: "Anda menandatangani sebagai Kuasa Pengguna Anggaran {satker}.",
    Stage.TTD_KASI_VERA: "Anda menandatangani sebagai Kepala Seksi Verifikasi dan Akuntansi {office}.",
}
NEXT = {
    Stage.TTD_KPA: "Setelah Anda tanda tangani, BAR diteruskan ke Kasi Vera {office}.",
    Stage.TTD_KASI_VERA: "Setelah Anda tanda tangani, BAR siap diunduh {satker}.",
}


def bar_context(case: Reconciliation, user: User, *, now: datetime) -> dict[str, Any]:
    """Everything that `bar/bar.html` shows to this user; a signer gets a fresh nonce.

    Raises BELUM_ADA while there is nothing to show.
    """
    bar = bar_of(case)
    content = content_of(case, bar, now=now)
    stage = Stage(case.stage)
    voided = bar is not None and bar.status == BarStatus.DIBATALKAN
    run = bar.run if bar is not None and (voided or stage in FROZEN) else case.run
    if run is None:
        raise Refusal("BELUM_ADA")
    sign = _sign(case, user, now)
    return {
        "back_url": reverse("ttd") if sign else reverse("rekon", args=[case.satker_id, case.period.code]),
        "period_label": case.period.label,
        "satker": str(case.satker),
        "kppn": office_words(case.office),
        "number": bar.number if bar else "",
        "stage": case.stage,
        "stage_label": label_of(stage, early_month=case.early_month),
        "stale": case.stale and stage in FROZEN,
        **summary_of(content, run),
        "lpj": content.get("lpj"),
        "signatures": signatures_of(bar, content),
        "history": history_of(case),
        "sign": sign,
        **_papers(case, bar),
        "reset": _void(bar) if bar is not None and voided else None,
        "replaces": _replaced(bar),
        "reset_url": _reset_url(case, user, now),
    }


def _sign(case: Reconciliation, user: User, now: datetime) -> dict[str, Any] | None:
    """The signing form for the person whose turn it is, else None."""
    if _signer(case, user, now) is None:
        return None
    stage, closed = Stage(case.stage), closed_pin(user, now=now)
    names = {"satker": case.satker, "office": office_words(case.office)}
    return {
        "action_url": reverse("bar-sign", args=[case.pk]),
        "decline_url": reverse("bar-decline", args=[case.pk]),
        "pin_url": reverse("pin"),
        "content_hash": case.content_hash,
        "nonce": "" if closed else open_signing(case=case, user=user, now=now).nonce,
        "capacity": CAPACITY[stage].format(**names),
        "next": NEXT[stage].format(**names),
        "no_pin": closed is not None and closed.code == "PIN_BELUM_ADA",
        "locked": closed.detail if closed and closed.code != "PIN_BELUM_ADA" else "",
        "pin_error": "",
    }


def _signer(case: Reconciliation, user: User, now: datetime) -> Actor | None:
    wanted = POWER_OF_STAGE.get(Stage(case.stage))
    return find_actor(user, wanted, case.satker, at=now, office=case.office_id) if wanted else None


def _papers(case: Reconciliation, bar: Bar | None) -> dict[str, Any]:
    """Downloads and the public address; a draft is for reading, so it stands apart."""
    pdf_url = reverse("api-bar-pdf", args=[case.pk])
    final = bar is not None and bar.status != BarStatus.DRAFT
    stands = Stage(case.stage) in HAS_DOCUMENTS
    draft = {
        "url": pdf_url,
        "title": "BAR lengkap dan lampiran",
        "note": "PDF, draf sampai dua pihak tanda tangan",
    }
    return {
        "pdf": None if final else draft,
        "downloads": {
            "bar_pdf": pdf_url if final else "",
            "lhr_xlsx": reverse("api-lhr", args=[case.pk]) if stands and case.run else "",
            "lhr_pdf": reverse("api-lhr-pdf", args=[case.pk]) if stands and case.run else "",
        },
        "verify_url": reverse("verifikasi", args=[bar.verify_id]) if bar and bar.sealed else "",
        "sha256": bar.sealed if bar else "",
    }


def _void(bar: Bar) -> dict[str, str]:
    return {"at": when(bar.voided_at), "letter": bar.void_letter}


def _replaced(bar: Bar | None) -> dict[str, str] | None:
    """The voided BAR that this one replaces; its public page exists only once it was sealed."""
    if bar is None or bar.replaces is None:
        return None
    old = bar.replaces
    url = reverse("verifikasi", args=[old.verify_id]) if old.sealed else ""
    return {"number": old.number, "url": url}


def _reset_url(case: Reconciliation, user: User, now: datetime) -> str:
    if Stage(case.stage) not in FROZEN:
        return ""
    asks = find_actor(user, Power.ASK_RESET, case.satker, at=now, office=case.office_id)
    return f"{reverse('reset')}?kasus={case.pk}" if asks else ""

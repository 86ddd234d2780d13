"""Public verification: the answer first, no sign-in, no rupiah."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from bar.api.views import VerifyThrottle
from bar.documents.verify_id import group_verify_id, normalise_verify_id
from bar.queries import Verification, verification_of
from erekon.lib import clock
from erekon.lib.indonesian import long_date
from erekon.portal.pages.bar_words import ROLE_WORDS, office_words
from erekon.portal.pages.common import when

UNKNOWN = "Periksa lagi kodenya: 26 huruf dan angka di kaki dokumen. Bila tetap tidak ditemukan, jangan pakai dokumennya."

REVOKED = (
    "Kunci {role} sudah dicabut ketika menandatangani. Jangan pakai dokumennya; minta BAR baru dari KPPN."
)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form for a typed code; a well-formed one leads to its page."""
    code = request.GET.get("kode", "").strip()
    verify_id = normalise_verify_id(code)
    if verify_id:
        return HttpResponseRedirect(reverse("verifikasi", args=[verify_id]))
    context = {"verdict": "TIDAK_DIKENAL", "text": UNKNOWN} if code else {"verdict": ""}
    return _answer(request, {**context, "code": code, "document": None})


@require_safe
def verdict(request: HttpRequest, verify_id: str) -> HttpResponse:
    """The verdict on one BAR; an unknown id answers 200 like any other."""
    VerifyThrottle().allow_request(cast(Request, request), cast(Any, None))
    found = verification_of(verify_id)
    context = {
        "verdict": found.verdict,
        "text": _text(found),
        "heading": "Tanda tangannya tidak berlaku" if found.revoked else "",
        "document": _document(found),
        "code": verify_id,
    }
    return _answer(request, context)


def _answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    shared = {"checked_at": when(clock.now()), "search_url": reverse("verifikasi-cari"), "report": ""}
    response = render(request, "bar/verifikasi.html", shared | context)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _text(found: Verification) -> str:
    bar = found.bar
    if found.revoked:
        return REVOKED.format(role=ROLE_WORDS[found.revoked.role])
    if bar is None:
        return UNKNOWN
    if found.verdict == "SAH":
        return "Tercatat di e-Rekon-LK dan ditandatangani kedua pihak."
    dated = f" tanggal {long_date(bar.void_letter_date)}" if bar.void_letter_date else ""
    successor = f" Gunakan {found.replaced_by.number}." if found.replaced_by else ""
    return f"Dibatalkan {when(bar.voided_at)} atas surat {bar.void_letter}{dated}.{successor}"


def _document(found: Verification) -> dict[str, Any] | None:
    bar = found.bar
    if bar is None:
        return None
    after = found.replaced_by
    return {
        "number": bar.number,
        "code": group_verify_id(bar.verify_id),
        "satker": str(bar.case.satker),
        "kppn": office_words(bar.kppn),
        "period": bar.case.period.label,
        "signers": [
            {"role": ROLE_WORDS[one.role], "name": one.name, "at": when(one.at)} for one in found.signatures
        ],
        "verify_id": bar.verify_id,
        "content_hash": bar.content_hash,
        "sha256": bar.sealed,
        "replaced_by": after.number if after else "",
        "replaced_url": reverse("verifikasi", args=[after.verify_id]) if after else "",
    }

"""The preview of one case beside Vera's queue: the satker's words, and what may be decided."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.actors import powers_over
from erekon.lib import clock
from erekon.portal.cases import view_of, visible_case
from erekon.portal.explanations import exchange_of
from erekon.portal.found import Found, found_by_account
from erekon.portal.pages.common import person_of, when
from erekon.portal.pages.explanation_block import explanation_block
from erekon.portal.pages.lpj_context import lpj_notes
from erekon.portal.pages.result_opening import Opening, Rows
from reconciliation.matching.elements import element_label
from reconciliation.models import ElementResult, Reconciliation, Submission
from reconciliation.queries import Difference, differences_of, explanations_of, undecided_of

WARNINGS_SHOWN = 3
DOCUMENTS_SHOWN = 3
TEMPLATES = (
    "SP2D yang tercatat di KPPN belum direkam di SAIBA. Rekam, posting, lalu unggah ulang.",
    "Setoran (NTPN) belum direkam di SAIBA. Rekam setoran, lalu unggah ulang.",
    "Akun di SAIBA berbeda dari SP2D. Perbaiki akun, posting, lalu unggah ulang.",
    "Transaksi tercatat dua kali di SAIBA. Hapus salah satu, lalu unggah ulang.",
)


def preview_of(request: HttpRequest, case: Reconciliation) -> dict[str, Any]:
    """What `components/_pratinjau.html` shows of a case."""
    person = person_of(request)
    case = visible_case(person, pk=case.pk)
    view = view_of(case)
    key = {"satker": case.satker_id, "period": case.period.code}
    powers = powers_over(person, case.satker, at=clock.now(), office=case.office_id)
    rows = Rows(
        view,
        Opening(),
        powers,
        reverse("rekon", kwargs=key),
        case.office.kanwil.timezone,
        exchange=exchange_of(case, person),
        person=person.pk,
    )
    found = found_by_account(case.run, most=DOCUMENTS_SHOWN)
    different = [row for row in view.elements if row.applicable and not row.equal]
    return {
        "code": case.satker_id,
        "name": case.satker.name,
        "full_url": reverse("rekon", kwargs=key),
        "history_url": f"{reverse('riwayat')}?satker={case.satker_id}&periode={case.period.code}",
        "meta": _meta(case),
        "equal": case.verdict == "SAMA",
        "verdict": "Semua sama" if not different else f"{len(different)} elemen berbeda",
        "verdict_text": _verdict_text(view.elements, case),
        "differences": [
            _difference(rows, item, found.get((item.element, item.akun), Found()))
            for item in view.differences
        ],
        "checks": _warnings(case.submission),
        "lpj": lpj_notes(case),
        "approve_url": reverse("setujui", kwargs=key),
        "reject_url": reverse("kembalikan", kwargs=key),
        "content_hash": case.content_hash,
        "templates": TEMPLATES,
        "blocked": _blocked(case),
    }


def _warnings(submission: Submission | None) -> list[dict[str, Any]]:
    """The first warnings of the gate in their own sentences, and how many more there are."""
    if submission is None or not submission.warnings:
        return []
    first = [str(line["message"]) for line in submission.warning_lines[:WARNINGS_SHOWN]]
    more = submission.warnings - len(first)
    rest = [f"{more} peringatan lain dari pemeriksaan ADK, semuanya di LHR"] if more else []
    return [{"text": text, "passed": False} for text in (*first, *rest)]


def _meta(case: Reconciliation) -> str:
    if case.submission is None:
        return case.period.label
    return f"{case.period.label} · unggahan ke-{case.submission.number}, {when(case.submission.received_at)}"


def _verdict_text(elements: tuple[ElementResult, ...], case: Reconciliation) -> str:
    equal = sum(row.applicable and row.equal for row in elements)
    if case.verdict == "SAMA":
        return f"{equal} elemen sama antara SiAP dan SAI."
    told = (
        "semua sudah dijelaskan" if not case.unexplained else f"{case.unexplained} selisih belum dijelaskan"
    )
    return f"{equal} elemen lain sama; {told}."


def _difference(rows: Rows, item: Difference, found: Found) -> dict[str, Any]:
    """The satker's words beside what the system found."""
    return {
        "title": f"{element_label(item.element)}, {item.akun}",
        "amount": item.amount,
        "siap": item.siap,
        "sai": item.sai,
        "hint": found.text,
        "documents": found.documents,
        "documents_left": found.total - len(found.documents),
        "explanation": {**explanation_block(rows, item.element, item.akun), "write_url": ""},
    }


def _blocked(case: Reconciliation) -> str:
    open_items = undecided_of(differences_of(case.run), explanations_of(case))
    if not open_items:
        return ""
    return f"{len(open_items)} selisih belum dijelaskan satker atau belum Anda terima."

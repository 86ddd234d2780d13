"""Hasil Rekon: the page where differences end."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.actors import powers_over
from accounts.roles import BY_CODE, Power
from bar.services.approving import UNDO_WITHIN
from erekon.lib import clock
from erekon.portal.cases import LABELS, CaseView, actions_of, is_explained, view_of, visible_case
from erekon.portal.drilldown import coa_gap
from erekon.portal.lists import last_change, spoken_of
from erekon.portal.pages.common import page, person_of, when
from erekon.portal.pages.result_rows import Opening, Rows, element_rows, first_open
from erekon.portal.pages.track import track_of
from reconciliation.lifecycle import FROZEN, HAS_DOCUMENTS, Action, Stage, label_of, turn_of
from reconciliation.models import Reconciliation
from reconciliation.services.cases import parse_period

FILTERS = (("", "Semua", ""), ("beda", "Berbeda", False), ("sama", "Sama", True))


def case_at(request: HttpRequest, satker: str, period: str) -> Reconciliation:
    """The case of this address among those the person sees."""
    year, month = parse_period(period)
    return visible_case(person_of(request), satker=satker, period__year=year, period__month=month)


@require_GET
@page
def result(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """One case: verdict, elements, accounts, documents, explanations, and what may be done."""
    return render_result(request, case_at(request, satker, period))


@require_GET
@page
def result_live(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """The steps of a case under way; "done" as soon as its result stands."""
    case = case_at(request, satker, period)
    response = render(request, "components/_jejak.html", {"steps": track_of(case, _zone(case))})
    response["X-Live-State"] = "done" if Stage(case.stage) in HAS_DOCUMENTS else "busy"
    return response


def render_result(
    request: HttpRequest,
    case: Reconciliation,
    *,
    status: int = 200,
    opened: tuple[str, str] | None = None,
    **form: Any,
) -> HttpResponse:
    """The page of a case; `form` carries errors and drafts of an explanation that was not accepted.

    `opened` is the (element, akun) to open instead of the one that the address or the case asks for.
    """
    view = view_of(case)
    powers = powers_over(person_of(request), case.satker, at=clock.now(), office=case.office_id)
    opening = Opening(*opened) if opened else _opening(request, view)
    rows = Rows(view, opening, powers, _url(case), _zone(case), **form)
    context = {**_head(request, view, powers), **_results(rows), **_bottom(request, view, powers)}
    return render(request, "reconciliation/hasil.html", context, status=status)


def _opening(request: HttpRequest, view: CaseView) -> Opening:
    asked = request.GET
    element, akun = asked.get("elemen", ""), asked.get("akun", "")
    if not element:
        element, akun = first_open(view)
    elif not akun:
        akun = next((item.akun for item in view.differences if item.element == element), "")
    return Opening(element, akun, "semua" in asked, "semua_akun" in asked, asked.get("saring", ""))


def _head(request: HttpRequest, view: CaseView, powers: frozenset[Power]) -> dict[str, Any]:
    case = view.case
    stage = Stage(case.stage)
    own, other = _turn(case, powers)
    return {
        "period_label": case.period.label,
        "satker": f"{case.satker_id} {case.satker.name}",
        "stage": stage,
        "stage_label": label_of(stage, early_month=case.early_month),
        "turn": own,
        "turn_other": other,
        "locked": stage in FROZEN,
        "ready": stage in HAS_DOCUMENTS and case.run is not None,
        "steps": track_of(case, _zone(case)),
        "live_url": reverse("rekon-kabar", kwargs=_key(case)),
        "ledger_at": when(case.run.ledger_at, _zone(case))
        if case.run and case.run.ledger_at
        else "belum ada",
        "stale": case.stale,
        "content_hash": case.content_hash,
    }


def _turn(case: Reconciliation, powers: frozenset[Power]) -> tuple[str, str]:
    """Whose turn it is, as "yours" or as somebody else's; both empty when nobody's."""
    role = turn_of(Stage(case.stage), unexplained=case.unexplained)
    if role is None:
        return "", ""
    if BY_CODE[role].powers & powers:
        many = f": {case.unexplained} penjelasan" if role == "OPERATOR_SATKER" and case.unexplained else ""
        return f"Giliran Anda{many}", ""
    return "", f"Giliran {BY_CODE[role].label}"


def _results(rows: Rows) -> dict[str, Any]:
    view = rows.view
    applicable = [row for row in view.elements if row.applicable]
    different = [row for row in applicable if not row.equal]
    counts = {"": len(view.elements), "beda": len(different), "sama": len(applicable) - len(different)}
    explained = sum(is_explained(item, view.explanations) for item in view.differences)
    run = view.case.run
    return {
        "verdict": _verdict(view, len(applicable), len(different), explained),
        "filters": [
            {
                "url": f"{rows.url}?saring={value}" if value else rows.url,
                "label": label,
                "count": counts[value],
                "mark": mark,
                "current": rows.opening.filter == value,
            }
            for value, label, mark in FILTERS
        ],
        "compare": None,
        "elements": element_rows(rows),
        "outside": {
            "siap_rows": run.outside_siap_rows,
            "siap_total": run.outside_siap_total,
            "sai_rows": run.outside_sai_rows,
            "sai_total": run.outside_sai_total,
        }
        if run
        else None,
        "progress": {
            "explained": explained,
            "different": len(view.differences),
            "text": _next_words(view),
        }
        if view.differences
        else None,
    }


def _next_words(view: CaseView) -> str:
    """What is still to be explained, in words."""
    missing = [item for item in view.differences if not is_explained(item, view.explanations)]
    if not missing:
        return "Semua selisih sudah dijelaskan; KPPN memutuskan."
    more = f" dan {len(missing) - 1} lagi" if len(missing) > 1 else ""
    return f"Tinggal {LABELS[missing[0].element]} {missing[0].akun}{more}."


def _verdict(view: CaseView, applicable: int, different: int, explained: int) -> dict[str, Any]:
    if not view.elements:
        return {"equal": None, "title": "Hasil belum ada", "text": "", "difference": None}
    if not different:
        text = f"{applicable} elemen sama antara SiAP dan SAI. Tidak perlu tindakan."
        return {"equal": True, "title": "Semua sama", "text": text, "difference": None}
    missing = len(view.differences) - explained
    text = (
        f"{different} dari {applicable} elemen berbeda. {explained} selisih sudah dijelaskan, {missing} belum. "
        "KPPN menyetujui BAR bila selisih diperbaiki atau dijelaskan."
    )
    return {
        "equal": False,
        "title": "Tidak semua sama",
        "text": text,
        "difference": sum(abs(row.difference) for row in view.elements),
        "coa_different": coa_gap(view.case.run),
    }


def _bottom(request: HttpRequest, view: CaseView, powers: frozenset[Power]) -> dict[str, Any]:
    case, key = view.case, _key(view.case)
    actions = actions_of(case, person_of(request), now=clock.now())
    documents = Stage(case.stage) in HAS_DOCUMENTS
    urls = {
        "approve_url": reverse("setujui", kwargs=key) if Action.APPROVE in actions else "",
        "reject_url": reverse("kembalikan", kwargs=key) if Action.REJECT in actions else "",
        "rerun_url": reverse("proses-ulang", kwargs=key) if Action.RERUN in actions else "",
        "undo_url": reverse("batal-setuju", kwargs=key) if _may_undo(request, case, actions) else "",
        "reset_url": f"{reverse('reset')}?kasus={case.pk}"
        if Stage(case.stage) in FROZEN and Power.ASK_RESET in powers
        else "",
    }
    return {
        "downloads": {
            "lhr_xlsx": reverse("api-lhr", args=[case.pk]) if documents else "",
            "lhr_pdf": "",
            "bar_pdf": reverse("api-bar-pdf", args=[case.pk]) if documents else "",
        },
        "upload_url": f"{reverse('upload')}?periode={case.period.code}&satker={case.satker_id}"
        if Action.SUBMIT in actions
        else "",
        "history_url": f"{reverse('riwayat')}?satker={case.satker_id}&periode={case.period.code}",
        "bar_url": reverse("bar", args=[case.pk]) if Stage(case.stage) in FROZEN else "",
        "thread": [
            {"by": change.actor_name, "at": when(change.at, _zone(case)), "text": change.reason}
            for change in spoken_of(case)
        ],
        "actions": urls,
        "errors": [],
    }


def _may_undo(request: HttpRequest, case: Reconciliation, actions: list[str]) -> bool:
    if Action.UNDO_APPROVE not in actions:
        return False
    last = last_change(case, Action.APPROVE)
    return last is not None and last.user_id == person_of(request).pk and clock.now() - last.at <= UNDO_WITHIN


def _key(case: Reconciliation) -> dict[str, str]:
    return {"satker": case.satker_id, "period": case.period.code}


def _url(case: Reconciliation) -> str:
    return reverse("rekon", kwargs=_key(case))


def _zone(case: Reconciliation) -> str:
    return case.office.kanwil.timezone

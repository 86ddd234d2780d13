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
from erekon.portal.cases import CaseView, actions_of, view_of, visible_case
from erekon.portal.earlier import Before, chosen_run, earlier_runs
from erekon.portal.explanations import exchange_of
from erekon.portal.lists import last_change, spoken_of
from erekon.portal.pages.common import briefly, page, person_of, when
from erekon.portal.pages.entry_links import support_number
from erekon.portal.pages.lpj_context import lpj_section
from erekon.portal.pages.result_against import against_block
from erekon.portal.pages.result_opening import Opening, Rows, opening_of
from erekon.portal.pages.result_summary import summary_block
from erekon.portal.pages.result_waiting import waiting_block
from erekon.portal.pages.track import track_of
from erekon.portal.waiting import causes_of
from reconciliation.lifecycle import FROZEN, HAS_DOCUMENTS, RUNNING, Action, Stage, label_of, turn_of
from reconciliation.models import Reconciliation
from reconciliation.services.cases import parse_period


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
    """The steps of a case under way; "done" as soon as its result stands, or nothing more happens."""
    case = case_at(request, satker, period)
    response = render(request, "components/_jejak.html", {"steps": track_of(case, _zone(case))})
    busy = Stage(case.stage) in RUNNING and not support_number(case.run)
    response["X-Live-State"] = "busy" if busy else "done"
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
    opening = Opening(*opened) if opened else opening_of(request.GET, view)
    runs = earlier_runs(case) if view.elements else []
    earlier = chosen_run(runs, opening.against)
    before = Before(earlier) if earlier else None
    person = person_of(request)
    form |= {"exchange": exchange_of(case, person), "person": person.pk}
    rows = Rows(view, opening, powers, _url(case), _zone(case), before=before, **form)
    bottom = _bottom(request, view, powers)
    context = {
        **_head(request, view, powers),
        **summary_block(rows),
        "compare": against_block(rows, runs),
        "waiting": waiting_block(case, may_upload=bool(bottom["upload_url"])) if not view.elements else None,
        **bottom,
        "lpj": lpj_section(view, powers),
    }
    return render(request, "reconciliation/hasil.html", context, status=status)


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
        "ready": bool(view.elements),
        "steps": track_of(case, _zone(case)),
        "live_url": reverse("rekon-kabar", kwargs=_key(case)),
        "ledger_at": briefly(case.run.ledger_at if case.run else None, _zone(case)) or "belum ada",
        "stale": case.stale,
        "causes": causes_of(view.upload, case.run) if view.upload else [],
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


def _bottom(request: HttpRequest, view: CaseView, powers: frozenset[Power]) -> dict[str, Any]:
    case, key = view.case, _key(view.case)
    actions = actions_of(case, person_of(request), now=clock.now())
    documents = Stage(case.stage) in HAS_DOCUMENTS
    urls = {
        "approve_url": reverse("setujui", kwargs=key) if Action.APPROVE in actions else "",
        "reject_url": reverse("kembalikan", kwargs=key) if Action.REJECT in actions else "",
        "rerun_url": reverse("proses-ulang", kwargs=key) if _may_rerun(case, powers, actions) else "",
        "undo_url": reverse("batal-setuju", kwargs=key) if _may_undo(request, case, actions) else "",
        "reset_url": f"{reverse('reset')}?kasus={case.pk}"
        if Stage(case.stage) in FROZEN and Power.ASK_RESET in powers
        else "",
    }
    return {
        "downloads": {
            "lhr_xlsx": reverse("api-lhr", args=[case.pk]) if documents else "",
            "lhr_pdf": reverse("api-lhr-pdf", args=[case.pk]) if documents else "",
            "rows_xlsx": reverse("api-rows-xlsx", args=[case.pk]) if documents else "",
            "rows_csv": reverse("api-rows", args=[case.pk]) if documents else "",
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


def _failure(case: Reconciliation) -> str:
    """The support number of the case's run when it failed for good; else empty."""
    return support_number(case.run) if Stage(case.stage) in RUNNING else ""


def _may_rerun(case: Reconciliation, powers: frozenset[Power], actions: list[str]) -> bool:
    return Action.RERUN in actions or (Power.RERUN in powers and bool(_failure(case)))


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

"""Vera's and the operator's decisions on a case, posted from its page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.roles import Power
from bar.services.approving import approve, reject, undo_approve
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.cases import acting
from erekon.portal.pages.common import done, error_list, page, person_of
from erekon.portal.pages.result import case_at, render_result
from reconciliation.models import Reconciliation
from reconciliation.services.explaining import judge_explanation, write_explanation
from reconciliation.services.rerunning import rerun


def _actor(request: HttpRequest, case: Reconciliation, power: Power) -> Any:
    return acting(person_of(request), power, case, at=clock.now())


def _back(request: HttpRequest, case: Reconciliation) -> str:
    """To the queue when the decision was made beside it, else to the case's page."""
    if request.POST.get("dari") == "antrean":
        return reverse("antrean")
    return reverse("rekon", kwargs={"satker": case.satker_id, "period": case.period.code})


@require_POST
@page
def explain(request: HttpRequest, satker: str, period: str, element: str, akun: str) -> HttpResponse:
    """Write an explanation; what was wrong is said beside the form, and nothing typed is lost."""
    case = case_at(request, satker, period)
    actor = _actor(request, case, Power.EXPLAIN)
    fields = {name: request.POST.get(name, "") for name in ("location", "reason", "text")}
    try:
        write_explanation(case_id=case.pk, element=element, akun=akun, actor=actor, now=clock.now(), **fields)
    except Refusal as refusal:
        if refusal.code != "ISIAN":
            raise
        key = (element, akun)
        errors = {key: _targets(refusal, element, akun)}
        return render_result(request, case, status=400, opened=key, errors=errors, drafts={key: fields})
    return done(request, _back(request, case), f"Penjelasan akun {akun} tersimpan.")


def _targets(refusal: Refusal, element: str, akun: str) -> list[dict[str, str]]:
    ids = {
        "text": f"teks-{element}-{akun}",
        "reason": f"sebab-{element}-{akun}",
        "location": f"letak-{element}-{akun}",
    }
    return [{"target": ids.get(one["target"], ""), "message": one["message"]} for one in error_list(refusal)]


@require_POST
@page
def accept(request: HttpRequest, satker: str, period: str, element: str, akun: str) -> HttpResponse:
    """Accept an explanation."""
    case = case_at(request, satker, period)
    actor = _actor(request, case, Power.JUDGE_EXPLANATION)
    judge_explanation(case_id=case.pk, element=element, akun=akun, accept=True, actor=actor, now=clock.now())
    return done(request, _again(request, case), f"Penjelasan akun {akun} diterima.")


@require_POST
@page
def refuse(request: HttpRequest, satker: str, period: str, element: str, akun: str) -> HttpResponse:
    """Refuse an explanation with a reason."""
    case = case_at(request, satker, period)
    actor = _actor(request, case, Power.JUDGE_EXPLANATION)
    judge_explanation(
        case_id=case.pk,
        element=element,
        akun=akun,
        accept=False,
        reason=request.POST.get("reason", ""),
        actor=actor,
        now=clock.now(),
    )
    return done(
        request, _again(request, case), f"Penjelasan akun {akun} ditolak. Satker membaca alasan Anda."
    )


def _again(request: HttpRequest, case: Reconciliation) -> str:
    back = _back(request, case)
    return f"{back}?kasus={case.pk}" if back == reverse("antrean") else back


@require_POST
@page
def approve_case(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """Approve what the page showed; the next case of the queue opens by itself."""
    case = case_at(request, satker, period)
    actor = _actor(request, case, Power.APPROVE)
    bar = approve(case=case, content_hash=request.POST.get("content_hash", ""), actor=actor, now=clock.now())
    sentence = f"{bar.number} untuk {case.satker.name} disetujui dan diteruskan ke KPA."
    return done(request, _back(request, case), sentence)


@require_POST
@page
def undo(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """Take an approval back."""
    case = case_at(request, satker, period)
    undo_approve(case=case, actor=_actor(request, case, Power.APPROVE), now=clock.now())
    return done(request, _back(request, case), "Persetujuan dibatalkan.")


@require_POST
@page
def reject_case(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """Send a case back to its satker."""
    case = case_at(request, satker, period)
    actor = _actor(request, case, Power.REJECT)
    reject(case=case, reason=request.POST.get("reason", ""), actor=actor, now=clock.now())
    return done(request, _back(request, case), f"{case.satker.name} diminta mengunggah ulang.")


@require_POST
@page
def rerun_case(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """Compare a case again."""
    case = case_at(request, satker, period)
    rerun(case_id=case.pk, actor=_actor(request, case, Power.RERUN), now=clock.now())
    return done(request, _back(request, case), "Rekon diproses ulang dengan data SiAP terbaru.")

"""Vera's decisions on a case, posted from its page or from the queue."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts.roles import Power
from bar.services.approving import approve, reject, undo_approve
from erekon.lib import clock
from erekon.portal.cases import acting
from erekon.portal.pages.common import done, page, person_of, way_back
from erekon.portal.pages.result import case_at
from reconciliation.models import Reconciliation
from reconciliation.services.rerunning import rerun


def _actor(request: HttpRequest, case: Reconciliation, power: Power) -> Any:
    return acting(person_of(request), power, case, at=clock.now())


def _seen(request: HttpRequest) -> str:
    """The content hash that the page showed; a form without one has seen nothing that holds."""
    return request.POST.get("content_hash", "")


@require_POST
@page
def approve_case(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """Approve what the page showed; the next case of the queue opens by itself."""
    case = case_at(request, satker, period)
    actor = _actor(request, case, Power.APPROVE)
    bar = approve(case=case, content_hash=_seen(request), actor=actor, now=clock.now())
    sentence = f"{bar.number} untuk {case.satker.name} disetujui dan diteruskan ke KPA."
    return done(request, way_back(request, case), sentence)


@require_POST
@page
def undo(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """Take an approval back."""
    case = case_at(request, satker, period)
    undo_approve(case=case, actor=_actor(request, case, Power.APPROVE), now=clock.now())
    return done(request, way_back(request, case), "Persetujuan dibatalkan.")


@require_POST
@page
def reject_case(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """Send a case back to its satker."""
    case = case_at(request, satker, period)
    actor = _actor(request, case, Power.REJECT)
    reason = request.POST.get("reason", "")
    reject(case=case, reason=reason, content_hash=_seen(request), actor=actor, now=clock.now())
    return done(request, way_back(request, case), f"{case.satker.name} diminta mengunggah ulang.")


@require_POST
@page
def rerun_case(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """Compare a case again."""
    case = case_at(request, satker, period)
    rerun(case_id=case.pk, actor=_actor(request, case, Power.RERUN), now=clock.now())
    return done(request, way_back(request, case), "Rekon diproses ulang dengan data SiAP terbaru.")

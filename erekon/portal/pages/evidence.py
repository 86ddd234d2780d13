"""The files behind an explanation from its page, and the form that the satker prints."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Power
from erekon.lib import clock
from erekon.lib.attachments.checking import CONTENT_TYPES
from erekon.lib.downloads import stored_attachment
from erekon.portal.api.explanations import form_answer
from erekon.portal.explanations import visible_evidence
from erekon.portal.pages.common import done, page, person_of
from erekon.portal.pages.explain_answers import actor_of, attached, keep, way_to
from erekon.portal.pages.explanation_block import Typed
from erekon.portal.pages.result import case_at
from reconciliation.services.evidencing import remove_evidence


@require_POST
@page
def attach(request: HttpRequest, satker: str, period: str, element: str, akun: str) -> HttpResponse:
    """Add a file; what is typed in the same form is kept as a draft."""
    case = case_at(request, satker, period)
    actor, key = actor_of(request, case, Power.EXPLAIN), (element, akun)
    keep(case, key, Typed.of(request.POST), actor)
    return attached(request, case, key, actor)


@require_POST
@page
def remove(
    request: HttpRequest, satker: str, period: str, element: str, akun: str, evidence: int
) -> HttpResponse:
    """Take a file away."""
    case = case_at(request, satker, period)
    actor, key = actor_of(request, case, Power.EXPLAIN), (element, akun)
    file = visible_evidence(person_of(request), case, key, evidence)
    keep(case, key, Typed.of(request.POST), actor)
    remove_evidence(evidence=file, actor=actor, now=clock.now())
    return done(request, way_to(case, key), f"{file.name} dihapus dari akun {akun}.")


@require_safe
@page
def evidence_file(
    request: HttpRequest, satker: str, period: str, element: str, akun: str, evidence: int
) -> HttpResponse:
    """The bytes of a file, for who sees the case; never shown inside the portal's own pages."""
    case = case_at(request, satker, period)
    file = visible_evidence(person_of(request), case, (element, akun), evidence)
    return stored_attachment(file.content, file.name, CONTENT_TYPES[file.kind])


@require_safe
@page
def form(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """The Formulir Penjelasan Selisih as a download."""
    return form_answer(case_at(request, satker, period))

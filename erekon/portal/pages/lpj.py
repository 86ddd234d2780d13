"""The LPJ page of a case: read by whoever sees the case, written by its operator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.actors import powers_over
from accounts.roles import Power
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.cases import acting, view_of
from erekon.portal.lpj import bendahara_of
from erekon.portal.pages.common import done, page, person_of
from erekon.portal.pages.lpj_context import Returned, lpj_section
from erekon.portal.pages.result import case_at
from reconciliation.lpj.lines import BENDAHARA_LABELS, Bendahara, lines_of
from reconciliation.models import Reconciliation
from reconciliation.services.lpj import Draft, write_lpj

NO_VERSION = -1
LONGEST_VERSION = 9


@require_GET
@page
def lpj(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """Both LPJs beside the Neraca Percobaan, with their forms for the operator."""
    return _shown(request, case_at(request, satker, period))


@require_POST
@page
def save_lpj(request: HttpRequest, satker: str, period: str, bendahara: str) -> HttpResponse:
    """Save one LPJ; what was wrong or overtaken comes back beside the form, and nothing typed is lost."""
    case = case_at(request, satker, period)
    now = clock.now()
    actor = acting(person_of(request), Power.EXPLAIN, case, at=now)
    chosen = bendahara_of(bendahara)
    typed = _typed(request, chosen)
    draft = Draft({line.code: typed[line.code] for line in lines_of(chosen)}, typed["number"], typed["date"])
    try:
        write_lpj(
            case_id=case.pk,
            bendahara=chosen,
            version=_version(request),
            draft=draft,
            actor=actor,
            now=now,
        )
    except Refusal as refusal:
        returned = _returned(refusal, chosen, typed)
        if returned is None:
            raise
        return _shown(request, case, returned=returned, status=refusal.status)
    back = reverse("rekon", kwargs={"satker": case.satker_id, "period": case.period.code})
    return done(request, f"{back}#lpj", f"LPJ {BENDAHARA_LABELS[chosen]} tersimpan.")


def _shown(
    request: HttpRequest, case: Reconciliation, *, returned: Returned | None = None, status: int = 200
) -> HttpResponse:
    powers = powers_over(person_of(request), case.satker, at=clock.now(), office=case.office_id)
    context = {
        "period_label": case.period.label,
        "satker": f"{case.satker_id} {case.satker.name}",
        "result_url": reverse("rekon", kwargs={"satker": case.satker_id, "period": case.period.code}),
        "lpj": lpj_section(view_of(case), powers, returned=returned, whole=True),
    }
    return render(request, "reconciliation/lpj.html", context, status=status)


def _returned(refusal: Refusal, chosen: Bendahara, typed: dict[str, str]) -> Returned | None:
    if refusal.code == "ISIAN":
        errors = {str(one["field"]): str(one["message"]) for one in refusal.errors}
        return Returned(chosen, typed, errors)
    if refusal.code == "BERUBAH" and "stands" in refusal.extra:
        return Returned(chosen, typed, conflict=refusal.detail)
    return None


def _typed(request: HttpRequest, chosen: Bendahara) -> dict[str, str]:
    names = (*(line.code for line in lines_of(chosen)), "number", "date")
    return {name: request.POST.get(name, "")[:500] for name in names}


def _version(request: HttpRequest) -> int:
    """The version that the page showed; one that cannot stand where it named none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_VERSION else NO_VERSION

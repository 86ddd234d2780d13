"""Explaining a difference from its page: words, drafts, thread, and Vera's decision on them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from accounts.roles import Power
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.cases import speaking
from erekon.portal.pages.common import done, page, person_of, way_back
from erekon.portal.pages.explain_answers import (
    actor_of,
    attached,
    both_texts,
    keep,
    refused,
    way_again,
    way_to,
)
from erekon.portal.pages.explanation_block import Typed, clock_words
from erekon.portal.pages.result import case_at
from reconciliation.services.drafting import drop_draft
from reconciliation.services.explaining import judge_explanation, write_explanation
from reconciliation.services.talking import say


@require_POST
@page
def explain(request: HttpRequest, satker: str, period: str, element: str, akun: str) -> HttpResponse:
    """Write an explanation, and take the file chosen with it; whatever goes wrong, nothing typed is lost."""
    case = case_at(request, satker, period)
    actor = actor_of(request, case, Power.EXPLAIN)
    typed, key = Typed.of(request.POST), (element, akun)
    fields = {"location": typed.location, "reason": typed.reason, "text": typed.text}
    seen = typed.seen if "version" in request.POST else None
    try:
        write_explanation(
            case_id=case.pk, element=element, akun=akun, seen=seen, actor=actor, now=clock.now(), **fields
        )
    except Refusal as refusal:
        keep(case, key, typed, actor)
        if "yours" in refusal.extra:
            return both_texts(request, case, key, typed, refusal)
        return refused(request, case, key, typed, refusal)
    if request.FILES:
        return attached(request, case, key, actor)
    return done(request, way_to(case, key), f"Penjelasan akun {akun} tersimpan.")


@require_POST
@page
def draft(request: HttpRequest, satker: str, period: str, element: str, akun: str) -> HttpResponse:
    """Keep what is typed: by itself while typing (JSON), or by the button."""
    case = case_at(request, satker, period)
    actor = actor_of(request, case, Power.EXPLAIN)
    kept = keep(case, (element, akun), Typed.of(request.POST), actor, strict=True)
    words = f"Draf tersimpan otomatis {clock_words(clock.now(), case.office.kanwil.timezone)}" if kept else ""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"saved": words})
    said = f"Draf akun {akun} tersimpan, belum dikirim ke KPPN." if kept else f"Draf akun {akun} kosong."
    return done(request, way_to(case, (element, akun)), said)


@require_POST
@page
def drop(request: HttpRequest, satker: str, period: str, element: str, akun: str) -> HttpResponse:
    """Forget a draft."""
    case = case_at(request, satker, period)
    author = actor_of(request, case, Power.EXPLAIN).person
    drop_draft(case=case, element=element, akun=akun, author=author)
    return done(request, way_to(case, (element, akun)), f"Draf akun {akun} dibuang.")


@require_POST
@page
def talk(request: HttpRequest, satker: str, period: str, element: str, akun: str) -> HttpResponse:
    """Say something in the thread: the operator, whose typing is kept besides, or Vera."""
    case = case_at(request, satker, period)
    actor, typed, key = (
        speaking(person_of(request), case, at=clock.now()),
        Typed.of(request.POST),
        (element, akun),
    )
    if Power.EXPLAIN in actor.powers:
        keep(case, key, typed, actor)
    try:
        say(case_id=case.pk, element=element, akun=akun, text=typed.message, actor=actor, now=clock.now())
    except Refusal as refusal:
        return refused(request, case, key, typed, refusal)
    return done(request, way_again(request, case) or way_to(case, key), f"Pesan pada akun {akun} terkirim.")


@require_POST
@page
def accept(request: HttpRequest, satker: str, period: str, element: str, akun: str) -> HttpResponse:
    """Accept an explanation."""
    return _judge(request, satker, period, (element, akun), accept=True)


@require_POST
@page
def refuse(request: HttpRequest, satker: str, period: str, element: str, akun: str) -> HttpResponse:
    """Refuse an explanation with a reason."""
    return _judge(request, satker, period, (element, akun), accept=False)


def _run_seen(request: HttpRequest) -> int | None:
    text = request.POST.get("run", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004


def _judge(
    request: HttpRequest, satker: str, period: str, key: tuple[str, str], *, accept: bool
) -> HttpResponse:
    case = case_at(request, satker, period)
    actor, typed = actor_of(request, case, Power.JUDGE_EXPLANATION), Typed.of(request.POST)
    try:
        judge_explanation(
            case_id=case.pk,
            element=key[0],
            akun=key[1],
            accept=accept,
            reason=typed.reason,
            seen=request.POST.get("seen", ""),
            run_number=_run_seen(request),
            actor=actor,
            now=clock.now(),
        )
    except Refusal as refusal:
        # A reason already written must not be typed again because the satker's words changed.
        return refused(request, case, key, typed, refusal, targets={"reason": "tolak"})
    said = "diterima." if accept else "ditolak. Satker membaca alasan Anda."
    back = way_again(request, case) or way_back(request, case)
    return done(request, back, f"Penjelasan akun {key[1]} {said}")

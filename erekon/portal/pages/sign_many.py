"""Many BARs by one PIN: choose, see what is inside and type the PIN, read what became of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from bar.services.batches import MOST, Outcome, open_batch, progress_of, sign_batch
from bar.services.pins import closed_pin
from bar.services.signing import NONCE_LIFE, Request
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.bar_reads import named_cases, signed_by, standing_bars, waiting_for
from erekon.portal.pages.bar_page import PIN_REFUSALS
from erekon.portal.pages.bar_words import office_words
from erekon.portal.pages.common import page, person_of
from erekon.portal.signing import wanted_by
from reconciliation.lifecycle import Stage
from reconciliation.models import Reconciliation

_LONGEST_PK = 16


@dataclass(frozen=True)
class Item:
    """One BAR of the form: case, the hash its list showed, the one-time right."""

    pk: int
    content_hash: str
    nonce: str


@page
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """What was ticked: how many are equal, how many explained; then the PIN, once for all."""
    user, now = person_of(request), clock.now()
    waiting = waiting_for(user, now)
    ticked = [int(text) for text in request.POST.getlist("case")[:MOST] if _is_number(text)]
    cases = list(waiting.filter(pk__in=ticked).order_by("stage_since", "pk"))
    if not cases:
        response = HttpResponseRedirect(f"{reverse('ttd')}?kosong")
        response.status_code = 303
        return response
    closed = closed_pin(user, now=now)
    rights = [] if closed else open_batch(cases=cases, user=user, now=now)
    items = [Item(one.case_id, one.content_hash, one.nonce) for one in rights]
    return _ask(request, cases, items, now + NONCE_LIFE, closed)


@page
@sensitive_post_parameters("pin")
@require_POST
def sign_chosen(request: HttpRequest) -> HttpResponse:
    """Sign them with the PIN, inside this request; the answer names each that failed."""
    user, now = person_of(request), clock.now()
    waiting = waiting_for(user, now)
    items = [item for text in request.POST.getlist("item")[:MOST] if (item := _item(text))]
    wanted = [wanted_by(user, one.pk, Request(one.content_hash, one.nonce), at=now) for one in items]
    if not wanted:
        return render(request, "bar/ttd_hasil.html", {"signed": 0, "failed": []}, status=400)
    try:
        outcomes = sign_batch(wanted=wanted, user=user, pin=request.POST.get("pin", ""), clock=clock.now)
    except Refusal as refusal:
        if refusal.code not in PIN_REFUSALS:
            raise
        cases = list(waiting.filter(pk__in=[one.pk for one in items]).order_by("stage_since", "pk"))
        ends = _moment(request.POST.get("sampai", "")) or now + NONCE_LIFE
        return _ask(request, cases, items, ends, refusal, status=refusal.status)
    return _tell(request, items, outcomes, user)


@page
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """How many of a batch are signed, while its request is under way; 204 where there is no such batch."""
    user = person_of(request)
    waiting_for(user, clock.now())
    ends = _moment(request.GET.get("sampai", ""))
    signed, total = progress_of(user, ends) if ends else (0, 0)
    if not total:
        return HttpResponse(status=204)
    return HttpResponse(
        f"{signed} dari {total} BAR sudah ditandatangani.", content_type="text/plain; charset=utf-8"
    )


def _ask(
    request: HttpRequest,
    cases: Sequence[Reconciliation],
    items: Iterable[Item],
    ends: datetime,
    closed: Refusal | None,
    status: int = 200,
) -> HttpResponse:
    bars = standing_bars(cases)
    equal = sum(bool(bar.content["semua_sama"]) for bar in bars.values())
    wrong = closed is not None and closed.code == "PIN_SALAH"
    context = {
        "count": len(cases),
        "equal": equal,
        "different": len(bars) - equal,
        "capacity": _capacity(cases),
        "explained": [
            _named(case) for case in cases if case.pk in bars and not bars[case.pk].content["semua_sama"]
        ],
        "items": [f"{one.pk}:{one.content_hash}:{one.nonce}" for one in items],
        "ends": ends.isoformat(),
        "progress_url": f"{reverse('ttd-kemajuan')}?sampai={ends:%Y-%m-%dT%H:%M:%S.%fZ}",
        "action_url": reverse("ttd-banyak-simpan"),
        "pin_url": reverse("pin"),
        "back_url": reverse("ttd"),
        "pin_error": closed.detail if closed and wrong else "",
        "locked": closed.detail if closed and not wrong else "",
    }
    return render(request, "bar/ttd_banyak.html", context, status=status)


def _tell(
    request: HttpRequest, items: Sequence[Item], outcomes: Sequence[Outcome], user: User
) -> HttpResponse:
    """What became of each: a BAR that stands signed by this person counts as signed, whichever click did it."""
    cases = named_cases(user, [one.pk for one in items])
    failed = []
    for item, outcome in zip(items, outcomes, strict=True):
        case = cases.get(item.pk)
        if outcome.refusal is None or (case and signed_by(case, user, item.content_hash)):
            continue
        failed.append(
            {
                "name": str(case.satker) if case else "",
                "period": case.period.label if case else "",
                "sentence": outcome.refusal.detail,
                "url": reverse("bar", args=[item.pk]) if case else "",
            }
        )
    context = {"signed": len(items) - len(failed), "failed": failed, "back_url": reverse("ttd")}
    return render(request, "bar/ttd_hasil.html", context)


def _capacity(cases: Sequence[Reconciliation]) -> str:
    if not cases:
        return ""
    if cases[0].stage == Stage.TTD_KPA:
        return "Sebagai Kuasa Pengguna Anggaran."
    return f"Sebagai Kepala Seksi Verifikasi dan Akuntansi, {office_words(cases[0].office)}."


def _named(case: Reconciliation) -> dict[str, str]:
    return {"name": str(case.satker), "period": case.period.label, "url": reverse("bar", args=[case.pk])}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < _LONGEST_PK


def _item(text: str) -> Item | None:
    pk, _, rest = text.partition(":")
    content_hash, _, nonce = rest.partition(":")
    return Item(int(pk), content_hash[:64], nonce[:43]) if _is_number(pk) else None


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text[:40].replace(" ", "+"))
    except ValueError:
        return None
    return found if found and found.tzinfo else None

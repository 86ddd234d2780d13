"""What pages share: a signed-in user, dates as people read them, and the way back with a message."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User
from erekon.lib.indonesian import long_moment, short_moment
from erekon.lib.refusals import Refusal
from reconciliation.models import Reconciliation

WIB = "Asia/Jakarta"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

LISTS = frozenset({"antrean", "status"})

Page = Callable[..., HttpResponse]


def page(view: Page) -> Page:
    """A page for signed-in people; its private answer is kept by no cache between."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.setdefault("Cache-Control", "private, no-store")
        return response

    return guarded


def person_of(request: HttpRequest) -> User:
    """The signed-in person; only behind `page`."""
    assert isinstance(request.user, User)
    return request.user


def when(moment: datetime | None, zone: str = WIB) -> str:
    """An instant as people read it, "7 Oktober 2026, 13.05 WIB"; empty for none."""
    return long_moment(moment, zone) if moment else ""


def briefly(moment: datetime | None, zone: str = WIB) -> str:
    """An instant where space is short, "7 Okt, 13.05"; empty for none."""
    return short_moment(moment, zone) if moment else ""


def time_left(until: datetime, now: datetime) -> str:
    """How long is left, in words: "2 hari lagi", "5 jam lagi", "kurang dari 1 jam lagi", "sudah lewat"."""
    left = until - now
    if left < timedelta(0):
        return "sudah lewat"
    if left >= DAY:
        return f"{left // DAY} hari lagi"
    return f"{left // HOUR} jam lagi" if left >= HOUR else "kurang dari 1 jam lagi"


def waited(since: datetime | None, now: datetime) -> str:
    """How long something has waited, in words: "3 hari", "5 jam", "kurang dari 1 jam"."""
    if since is None:
        return ""
    gone = now - since
    if gone >= 2 * DAY:
        return f"{gone // DAY} hari"
    return f"{gone // HOUR} jam" if gone >= HOUR else "kurang dari 1 jam"


def done(request: HttpRequest, url: str, sentence: str) -> HttpResponseRedirect:
    """Go on to a page that says what was done; a reload does not do it again."""
    messages.success(request, sentence)
    return HttpResponseRedirect(url)


def way_back(request: HttpRequest, case: Reconciliation) -> str:
    """To the list beside which the decision was made, else to the case's page."""
    return list_beside(request) or reverse(
        "rekon", kwargs={"satker": case.satker_id, "period": case.period.code}
    )


def list_beside(request: HttpRequest) -> str:
    """The address of the list that a form names in `dari`; empty for none."""
    name = request.POST.get("dari", "")
    return reverse(name) if name in LISTS else ""


def error_list(refusal: Refusal) -> list[dict[str, str]]:
    """The refusal as the error summary lists it: `{target, message}`, one entry a field."""
    if refusal.errors:
        return [{"target": str(one["field"] or ""), "message": str(one["message"])} for one in refusal.errors]
    return [{"target": "", "message": refusal.detail}]

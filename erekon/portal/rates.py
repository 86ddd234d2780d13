"""How often the expensive addresses may be called: by account, by satker, by network address."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.models import User
from accounts.roles import BY_CODE, PlaceKind
from accounts.scoping import assignments_of
from accounts.services.limits import Limit, spend
from erekon.lib import clock
from erekon.lib.network import address_of
from erekon.lib.refusals import Refusal
from erekon.portal.middleware import Answer, refusal_response

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Rate:
    """One kind of expensive call: what its addresses' names are, and how many a minute of whom."""

    name: str
    addresses: frozenset[str]
    methods: frozenset[str]
    account: int
    satker: int
    network: int


# An office shares one network address, and on closing day everybody sends: these stop machines, not people.
RATES: tuple[Rate, ...] = (
    Rate(
        "kirim",
        frozenset({"api-adk", "api-chunks", "api-treasury", "api-explanation-evidence", "api-reset-requests"})
        | {"upload", "penjelasan-bukti", "reset"},
        frozenset({"POST"}),
        account=240,
        satker=480,
        network=1200,
    ),
    Rate(
        "unduh",
        frozenset({"api-lhr", "api-bar-pdf", "api-rows", "api-adk-file", "api-evidence-file"})
        | {"api-explanation-form", "formulir-penjelasan", "bukti", "reset-scan"},
        frozenset({"GET", "HEAD"}),
        account=120,
        satker=240,
        network=600,
    ),
    Rate(
        "tanda-tangan",
        frozenset({"api-sign", "bar-sign", "pin"}),
        frozenset({"POST"}),
        account=60,
        satker=120,
        network=600,
    ),
)
BY_ADDRESS = {
    (address, method): rate for rate in RATES for address in rate.addresses for method in rate.methods
}


def spend_rates(request: HttpRequest, user: User) -> None:
    """Count this call on each of its limits; raises TERLALU_SERING at the first that is used up."""
    match = request.resolver_match
    rate = BY_ADDRESS.get((match.url_name or "" if match else "", request.method or ""))
    if rate is None:
        return
    now = clock.now()
    spend(Limit(f"{rate.name}:akun", rate.account, MINUTE), str(user.pk), now=now)
    spend(Limit(f"{rate.name}:alamat", rate.network, MINUTE), address_of(request), now=now)
    for held in assignments_of(user, now):
        # Counted on the caller's own satker, so that no stranger uses up somebody else's.
        if BY_CODE[held.role].place is PlaceKind.SATKER:
            spend(Limit(f"{rate.name}:satker", rate.satker, MINUTE), held.place, now=now)


class RateThrottle(BaseThrottle):
    """The rates in the API, where token and session are known by now."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count; raises TERLALU_SERING."""
        if isinstance(request.user, User):
            spend_rates(request._request, request.user)
        return True


class RateMiddleware:
    """The rates of the pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Count, where a page's address is a costly one; a page with 429 when it is one too many."""
        if request.path.startswith("/api/") or not isinstance(request.user, User):
            return None
        try:
            spend_rates(request, request.user)
        except Refusal as refusal:
            return refusal_response(request, refusal)
        return None

"""Throttles that count failures, not successes."""

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.services.tokens import wait_after_failures
from erekon.lib import clock
from erekon.lib.network import address_of


class TokenFailureThrottle(BaseThrottle):
    """Refuses an address after 30 failures within an hour until the oldest of them is an hour old."""

    _wait: float | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this address may still try."""
        self._wait = wait_after_failures(address=address_of(request), now=clock.now())
        return self._wait is None

    def wait(self) -> float | None:
        """Seconds until it may try again."""
        return self._wait

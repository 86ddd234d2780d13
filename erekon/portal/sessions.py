"""The session in every request: over when it should be, alive by what people do and not by what pages ask for."""

from urllib.parse import urlencode, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User
from accounts.sessions import touch, why_ended
from erekon.lib import clock
from erekon.portal.middleware import Answer

SAFE = frozenset({"GET", "HEAD"})
# What live.js and sesi.js send with the calls that a page makes by itself.
BY_ITSELF = "X-Live"
PUBLIC = "public"


class SessionLifeMiddleware:
    """Ends a session that is over: a page leads to the sign-in and back, the API answers 401."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look, pass on, and let nobody keep the private answer."""
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        now = clock.now()
        why = why_ended(request.session, user, now=now)
        if why:
            return self._end(request, why)
        if BY_ITSELF not in request.headers:
            touch(request.session, now=now)
        response = self.get_response(request)
        if PUBLIC not in response.get("Cache-Control", ""):
            response.setdefault("Cache-Control", "private, no-store")
        return response

    def _end(self, request: HttpRequest, why: str) -> HttpResponse:
        request.session.flush()
        request.user = AnonymousUser()
        if request.path.startswith("/api/") or request.path == reverse("masuk"):
            return self.get_response(request)
        return HttpResponseRedirect(f"{reverse('masuk')}?{urlencode({'next': _back(request), 'sebab': why})}")


def _back(request: HttpRequest) -> str:
    """Where the person was: the page itself, or the one whose form was sent."""
    if request.method in SAFE:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path or "/" if came_from.netloc == request.get_host() else "/"

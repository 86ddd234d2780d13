"""The first and the last word on a request: when it came, how large it may be, and how refusals read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.scoping import one_request
from erekon.lib import clock
from erekon.lib.files import FileDamaged
from erekon.lib.problem import damaged_refusal, problem_response, with_wait
from erekon.lib.refusals import Refusal

Answer = Callable[[HttpRequest], HttpResponse]
# A multipart body is a little larger than the file in it.
ENVELOPE = 64 * 1024
MEBIBYTE = 1024 * 1024
SERVER_ERROR = 500


class FirstByteMiddleware:
    """Stamps `received_at` before the body is read, and refuses an oversize body by its Content-Length."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Stamp, weigh, pass on."""
        request.received_at = clock.now()  # type: ignore[attr-defined]
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdecimal() else 0
        if size > settings.MAX_UPLOAD_BYTES + ENVELOPE:
            refusal = Refusal(
                "TOLAK_UKURAN",
                mb=f"{size / MEBIBYTE:.1f}".replace(".", ","),
                batas=settings.MAX_UPLOAD_BYTES // MEBIBYTE,
            )
            return refusal_response(request, refusal)
        with one_request():
            return self.get_response(request)


class RefusalMiddleware:
    """A refusal that a page's view raises becomes a page with its sentence and its status."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer refusals; leave everything else to Django."""
        if isinstance(exception, FileDamaged):
            return refusal_response(request, damaged_refusal(exception))
        return refusal_response(request, exception) if isinstance(exception, Refusal) else None


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as a problem document below `/api/`, as a page elsewhere."""
    if request.path.startswith("/api/"):
        return problem_response(refusal)
    context = {
        "code": refusal.code,
        "detail": refusal.detail,
        "errors": refusal.errors,
        "again_url": request.headers.get("Referer", "/"),
    }
    response = render(request, f"{_template(refusal.status)}.html", context, status=refusal.status)
    return with_wait(response, refusal)


def _template(status: int) -> str:
    if status in {400, 403, 404, 409, 413, 429, 500}:
        return str(status)
    return "400" if status < SERVER_ERROR else "500"

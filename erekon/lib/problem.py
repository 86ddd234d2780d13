"""Errors of the API as `application/problem+json` (RFC 9457), with a stable code and an Indonesian sentence."""

import uuid
from typing import Any, TypeVar

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from erekon.lib.files import FileDamaged
from erekon.lib.refusals import Refusal

Answer = TypeVar("Answer", bound=HttpResponse)
CONTENT_TYPE = "application/problem+json"
logger = structlog.get_logger(__name__)


def body(refusal: Refusal) -> dict[str, Any]:
    """The members of the problem document for this refusal."""
    return {
        "type": f"urn:erekon:{refusal.code.lower()}",
        "title": refusal.code.replace("_", " ").capitalize(),
        "status": refusal.status,
        "code": refusal.code,
        "detail": refusal.detail,
        "errors": refusal.errors,
        **refusal.extra,
    }


def problem_response(refusal: Refusal) -> JsonResponse:
    """The refusal as a plain Django response, for views outside DRF."""
    response = JsonResponse(body(refusal), status=refusal.status, content_type=CONTENT_TYPE)
    return with_wait(response, refusal)


def with_wait(response: Answer, refusal: Refusal) -> Answer:
    """Say in the header too how long to wait, where the refusal knows it."""
    wait = refusal.extra.get("retry_after")
    if wait is not None:
        response["Retry-After"] = str(wait)
    return response


def problem_handler(error: Exception, context: dict[str, Any]) -> Response:
    """DRF's exception handler: whatever was raised becomes one problem document."""
    refusal = as_refusal(error, context.get("request"))
    response = Response(body(refusal), status=refusal.status, content_type=CONTENT_TYPE)
    if refusal.status == exceptions.NotAuthenticated.status_code:
        response["WWW-Authenticate"] = "Token"
    return with_wait(response, refusal)


def as_refusal(error: Exception, request: HttpRequest | None = None) -> Refusal:
    """Translate what Django and DRF raise into the refusals of the catalogue."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, Http404 | exceptions.NotFound):
        return Refusal("TIDAK_DITEMUKAN")
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return Refusal("BELUM_MASUK")
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return Refusal("BUKAN_HAK")
    if isinstance(error, exceptions.APIException):
        return _of_api(error, request)
    if isinstance(error, FileDamaged):
        return damaged_refusal(error)
    return _of_hostile_input(error, request) or _unexpected()


def damaged_refusal(error: FileDamaged) -> Refusal:
    """A stored file that is no longer whole: never sent, told with a code, and left in the log."""
    logger.error("stored_file_damaged", sha256=error.sha256)
    return Refusal("BERKAS_RUSAK", kode=error.sha256[:12].upper())


def _of_hostile_input(error: Exception, request: HttpRequest | None) -> Refusal | None:
    """What the libraries let through: a body nested too deep to parse, a token that is no text."""
    if isinstance(error, RecursionError):
        return Refusal("TIDAK_SAH", sebab="isinya bersarang terlalu dalam")
    token = request.headers.get("Authorization", "") if request else ""
    if isinstance(error, UnicodeDecodeError) and not token.isascii():
        return Refusal("BELUM_MASUK")
    return None


def _unexpected() -> Refusal:
    code = uuid.uuid4().hex[:10].upper()
    logger.exception("unexpected_error", support_code=code)
    return Refusal("GANGGUAN", kode=code)


def _of_api(error: exceptions.APIException, request: HttpRequest | None) -> Refusal:
    if isinstance(error, exceptions.ValidationError):
        return Refusal("ISIAN", errors=_field_errors(error.detail))
    if isinstance(error, exceptions.MethodNotAllowed):
        return Refusal("CARA_SALAH", cara=request.method if request else "ini")
    if isinstance(error, exceptions.UnsupportedMediaType):
        return Refusal("JENIS_ISI", jenis=request.content_type if request else "ini")
    if isinstance(error, exceptions.NotAcceptable):
        return Refusal("TIDAK_TERSEDIA")
    if isinstance(error, exceptions.Throttled):
        wait = int(getattr(error, "wait", None) or 60) + 1
        return Refusal("TERLALU_SERING", detik=wait, extra={"retry_after": wait})
    return Refusal("TIDAK_SAH", sebab=str(error.detail)[:200])


def _field_errors(detail: Any) -> list[dict[str, Any]]:
    if isinstance(detail, dict):
        return [{"field": str(name), "message": _sentence(value)} for name, value in detail.items()]
    return [{"field": None, "message": _sentence(detail)}]


def _sentence(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " ".join(_sentence(item) for item in value)
    if isinstance(value, dict):
        return " ".join(_sentence(item) for item in value.values())
    return str(value)

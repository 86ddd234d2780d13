"""What is answered when no view answers: problem documents below `/api/`, pages elsewhere."""

import uuid

import structlog
from django.http import HttpRequest, HttpResponse

from erekon.lib.refusals import Refusal
from erekon.portal.middleware import refusal_response

logger = structlog.get_logger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django could not read."""
    return refusal_response(request, Refusal("TIDAK_SAH", sebab="isinya rusak atau terlalu banyak"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not this person's."""
    return refusal_response(request, Refusal("BUKAN_HAK"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address, or nothing the person may see there."""
    return refusal_response(request, Refusal("TIDAK_DITEMUKAN"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault: a support code that also stands in the log."""
    code = uuid.uuid4().hex[:10].upper()
    logger.error("server_error", support_code=code, path=request.path)
    return refusal_response(request, Refusal("GANGGUAN", kode=code))

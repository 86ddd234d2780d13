"""Is the portal up, is it ready, and what does it count."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET
from django_prometheus.exports import ExportToDjangoView

from erekon.lib.files import path_of
from erekon.lib.refusals import Refusal

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Via")


@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return JsonResponse({"status": "ok"})


@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """200 when database and file store answer, else 503 naming what does not."""
    checks = {"database": _database(), "files": path_of("0" * 64).parent.parent.parent.is_dir()}
    status = 200 if all(checks.values()) else 503
    return JsonResponse({name: "ok" if good else "gagal" for name, good in checks.items()}, status=status)


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Counters in Prometheus' text form, for those whom METRICS_ADDRESSES or METRICS_TOKEN let in; else 404."""
    if not _may_read_metrics(request):
        raise Refusal("TIDAK_DITEMUKAN")
    response: HttpResponse = ExportToDjangoView(request)
    return response


def _may_read_metrics(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return True
    # Behind a proxy on the same machine everybody comes from 127.0.0.1: what was passed on is never local.
    passed_on = any(name in request.headers for name in FORWARDED)
    return not passed_on and request.META.get("REMOTE_ADDR", "") in settings.METRICS_ADDRESSES


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True

"""Is the portal up, is it ready, and what does it count."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET
from django_prometheus.exports import ExportToDjangoView

from erekon.lib.files import path_of


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
    """Counters in Prometheus' text form."""
    response: HttpResponse = ExportToDjangoView(request)
    return response


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True

"""Reading cases: list, one, its accounts, documents and history."""

import re
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from adk.models import Upload
from erekon.lib import clock
from erekon.lib.paging import CursorPages, slice_of, sliced_page
from erekon.lib.refusals import field_refusal
from erekon.portal.api.base import CaseApi
from erekon.portal.api.serializers import (
    CaseSerializer,
    CaseSummarySerializer,
    CoaSerializer,
    DetailSerializer,
    HistorySerializer,
)
from erekon.portal.cases import LABELS, SHOWN_RESULTS, case_document, case_summary
from erekon.portal.drilldown import detail_page
from reconciliation.lifecycle import Stage
from reconciliation.models import CoaRow, Reconciliation, StageChange
from reconciliation.services.cases import parse_period

_FILTERS = {
    "satker": re.compile(r"\w{1,6}"),
    "kppn": re.compile(r"\w{1,5}"),
    "stage": re.compile(r"[A-Z_]{1,20}"),
    "verdict": re.compile(r"SAMA|BEDA"),
}
_COLUMNS = {"satker": "satker", "kppn": "office", "stage": "stage", "verdict": "verdict"}


class CasesView(CaseApi):
    """`GET cases/`: the cases that the caller sees."""

    @extend_schema(
        parameters=[OpenApiParameter(name) for name in ("period", *_FILTERS)],
        responses=CaseSummarySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """One page of cases, newest first."""
        pages = CursorPages()
        cases = pages.paginate_queryset(self._filtered(request), request, view=self) or []
        return pages.get_paginated_response(CaseSummarySerializer([case_summary(c) for c in cases], many=True).data)

    def _filtered(self, request: Request) -> QuerySet[Reconciliation]:
        cases = Reconciliation.objects.visible_to(self.person).select_related("satker", "office", "period")
        period = request.query_params.get("period", "")
        if period:
            year, month = parse_period(period)
            cases = cases.filter(period__year=year, period__month=month)
        for name, shape in _FILTERS.items():
            value = request.query_params.get(name, "")
            if value and not shape.fullmatch(value):
                raise field_refusal(**{name: "Nilai saringan ini tidak dikenal."})
            if value:
                cases = cases.filter(**{_COLUMNS[name]: value})
        return cases


class CaseView(CaseApi):
    """`GET cases/{id}/`."""

    @extend_schema(responses=CaseSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The case with its results."""
        return Response(CaseSerializer(case_document(self.case(), self.person, now=clock.now())).data)


class CoaView(CaseApi):
    """`GET cases/{id}/coa/`."""

    @extend_schema(
        parameters=[OpenApiParameter("element", required=True), OpenApiParameter("only")],
        responses=CoaSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        """The CoA lines of one element."""
        case, element = self.case(), _element(request)
        shown = case.run if Stage(case.stage) in SHOWN_RESULTS else None
        rows = CoaRow.objects.filter(run=shown, element=element) if shown else CoaRow.objects.none()
        if request.query_params.get("only") == "different":
            rows = rows.filter(different=True)
        pages = CursorPages()
        pages.ordering = "id"
        page = pages.paginate_queryset(rows, request, view=self) or []
        found = [
            {"key": row.key, "siap": row.siap, "sai": row.sai, "difference": row.siap - row.sai} for row in page
        ]
        return pages.get_paginated_response(CoaSerializer(found, many=True).data)


class DetailView(CaseApi):
    """`GET cases/{id}/detail/`."""

    @extend_schema(
        parameters=[
            OpenApiParameter("element", required=True),
            OpenApiParameter("akun"),
            OpenApiParameter("only"),
        ],
        responses=DetailSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        """The documents of one element (and account), differing ones first."""
        case, element = self.case(), _element(request)
        start, size = slice_of(request)
        rows, total = [], 0
        if Stage(case.stage) in SHOWN_RESULTS and case.run is not None:
            page = detail_page(
                case.run,
                element,
                akun=request.query_params.get("akun", "")[:6],
                only_different=request.query_params.get("only") == "different",
                start=start,
                most=size,
            )
            rows, total = page.rows, page.total
        results: list[Any] = DetailSerializer(rows, many=True).data
        return Response(sliced_page(request, results, start=start, size=size, total=total))


class HistoryView(CaseApi):
    """`GET cases/{id}/history/`."""

    @extend_schema(responses=HistorySerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Stage changes and uploads, newest first."""
        case = self.case()
        start, size = slice_of(request)
        events = history_of(case)
        page = HistorySerializer(events[start : start + size], many=True).data
        return Response(sliced_page(request, list(page), start=start, size=size, total=len(events)))


def history_of(case: Reconciliation) -> list[dict[str, Any]]:
    """Everything that happened to a case, newest first."""
    changes = [
        {
            "kind": "stage",
            "at": row.at,
            "actor": row.actor_name,
            "role": row.role,
            "action": row.action,
            "from_stage": row.from_stage,
            "to_stage": row.to_stage,
            "reason": row.reason,
        }
        for row in StageChange.objects.filter(case=case).order_by("-id")
    ]
    uploads = [
        {
            "kind": "upload",
            "at": row.received_at,
            "actor": row.received_by.name,
            "upload": row.pk,
            "number": row.number,
            "verdict": row.verdict,
        }
        for row in Upload.objects.filter(case=case).select_related("received_by").order_by("-id")
    ]
    # Stable: changes of one instant keep their order, newest first.
    return sorted(changes + uploads, key=lambda event: event["at"], reverse=True)


def _element(request: Request) -> str:
    element = request.query_params.get("element", "")
    if element not in LABELS:
        raise field_refusal(element=f"Sebutkan kode elemen: {', '.join(LABELS)}.")
    return element

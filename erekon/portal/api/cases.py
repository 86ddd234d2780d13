"""Reading cases: list, one, its accounts, documents and history."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

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
from erekon.portal.drilldown import coa_rows, detail_page
from erekon.portal.lists import FILTERS, filtered_cases, history_of
from reconciliation.lifecycle import Stage


class CasesView(CaseApi):
    """`GET cases/`: the cases that the caller sees."""

    @extend_schema(
        parameters=[OpenApiParameter(name) for name in ("period", *FILTERS)],
        responses=CaseSummarySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """One page of cases, newest first."""
        pages = CursorPages()
        cases = (
            pages.paginate_queryset(filtered_cases(self.person, request.query_params), request, view=self)
            or []
        )
        return pages.get_paginated_response(
            CaseSummarySerializer([case_summary(c) for c in cases], many=True).data
        )


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
        rows = coa_rows(case, element)
        if request.query_params.get("only") == "different":
            rows = rows.filter(different=True)
        pages = CursorPages()
        pages.ordering = "id"
        page = pages.paginate_queryset(rows, request, view=self) or []
        found = [
            {"key": row.key, "siap": row.siap, "sai": row.sai, "difference": row.siap - row.sai}
            for row in page
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
        results = list(DetailSerializer(rows, many=True).data)
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


def _element(request: Request) -> str:
    element = request.query_params.get("element", "")
    if element not in LABELS:
        raise field_refusal(element=f"Sebutkan kode elemen: {', '.join(LABELS)}.")
    return element

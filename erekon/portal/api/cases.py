"""Reading cases: list, one, its accounts, documents and history."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from erekon.lib import clock
from erekon.lib.paging import CursorPages, slice_of, sliced_page
from erekon.lib.refusals import field_refusal
from erekon.portal.api.base import CaseApi
from erekon.portal.api.comparing import against_of, coa_previous, compared_case, detail_previous
from erekon.portal.api.serializers import (
    CaseSerializer,
    CaseSummarySerializer,
    CoaSerializer,
    DetailSerializer,
    HistorySerializer,
)
from erekon.portal.cases import SHOWN_RESULTS, case_document, case_summary, view_of
from erekon.portal.coa import coa_lines_of
from erekon.portal.documents import DetailPage, Documents, documents_of
from erekon.portal.lists import FILTERS, filtered_cases, history_of
from reconciliation.lifecycle import Stage
from reconciliation.matching.elements import KNOWN, LABELS
from reconciliation.models import MatchRun, Reconciliation

AGAINST = OpenApiParameter("against", description="Number of an earlier upload to set beside this result")


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

    @extend_schema(parameters=[AGAINST], responses=CaseSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The case with its results."""
        case = self.case()
        view, before = view_of(case), against_of(request, case)
        document = case_document(case, self.person, now=clock.now(), view=view)
        if before:
            compared_case(document, view.elements, before)
        return Response(CaseSerializer(document).data)


class CoaView(CaseApi):
    """`GET cases/{id}/coa/`."""

    @extend_schema(
        parameters=[OpenApiParameter("element", required=True), OpenApiParameter("only"), AGAINST],
        responses=CoaSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        """The CoA lines of one element."""
        case, element = self.case(), _element(request)
        before = against_of(request, case)
        start, size = slice_of(request)
        lines = coa_lines_of(_shown_run(case), element)
        places = lines.places(only_different=request.query_params.get("only") == "different")
        shown = places[start : start + size].tolist()
        rows = [lines.row(place) for place in shown]
        if before:
            _set_previous(rows, coa_previous(lines, coa_lines_of(before.run, element), shown))
        results = list(CoaSerializer(rows, many=True).data)
        return Response(sliced_page(request, results, start=start, size=size, total=places.size))


class DetailView(CaseApi):
    """`GET cases/{id}/detail/`."""

    @extend_schema(
        parameters=[
            OpenApiParameter("element", required=True),
            OpenApiParameter("akun"),
            OpenApiParameter("only"),
            AGAINST,
        ],
        responses=DetailSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        """The documents of one element (and account), differing ones first."""
        case, element = self.case(), _element(request)
        before, (start, size) = against_of(request, case), slice_of(request)
        documents = _documents(case, element, request.query_params.get("akun", "")[:6])
        page = DetailPage([], 0)
        if documents is not None:
            different = request.query_params.get("only") == "different"
            page = documents.page(only_different=different, start=start, most=size)
            if before:
                older = documents_of(before.run, element)
                _set_previous(page.rows, detail_previous(documents, older, page.rows))
        results = list(DetailSerializer(page.rows, many=True).data)
        return Response(sliced_page(request, results, start=start, size=size, total=page.total))


def _documents(case: Reconciliation, element: str, akun: str) -> Documents | None:
    run = _shown_run(case)
    return documents_of(run, element, akun) if run else None


def _shown_run(case: Reconciliation) -> MatchRun | None:
    """The run whose result the case shows."""
    return case.run if Stage(case.stage) in SHOWN_RESULTS else None


def _set_previous(rows: list[dict[str, Any]], previous: list[dict[str, Any]]) -> None:
    for row, was in zip(rows, previous, strict=True):
        row["previous"] = was


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
    if element not in KNOWN:
        raise field_refusal(element=f"Sebutkan kode elemen: {', '.join(LABELS)}.")
    return element

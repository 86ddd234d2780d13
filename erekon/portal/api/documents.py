"""Downloads of a case: LHR, BAR, rows."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from audit.services import append
from bar.queries import bar_of, pdf_of
from erekon.lib import clock, files
from erekon.portal.api.base import CaseApi, attachment, require_documents
from erekon.portal.drilldown import all_rows
from reconciliation.lhr import filename_of
from reconciliation.models import MatchRun

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would run as a formula when it opens the CSV.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class LhrView(CaseApi):
    """`GET cases/{id}/lhr.xlsx`: the LHR as stored; after approval the final one."""

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The workbook."""
        case = self.case()
        require_documents(case)
        run: MatchRun = case.run  # type: ignore[assignment]  # require_documents has seen to it
        bar = bar_of(case)
        frozen = bar is not None and bar.run_id == run.pk and case.stage != "PERSETUJUAN_BAR"
        stored = bar.workbook if bar is not None and frozen else run.workbook
        return attachment(files.read(stored), filename_of(run, "xlsx"), XLSX)


class BarPdfView(CaseApi):
    """`GET cases/{id}/bar.pdf`: draft, sealed, or the cover sheet of a voided BAR."""

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The PDF; every download of a sealed BAR is an audit event."""
        case = self.case()
        now = clock.now()
        content = pdf_of(case, now=now)
        bar = bar_of(case)
        if bar is not None and bar.sealed:
            with transaction.atomic():
                append(
                    at=now,
                    actor=f"pengguna:{self.person.pk}",
                    actor_name=self.person.name,
                    action="UNDUH_BAR",
                    subject=f"bar:{bar.pk}",
                    satker=case.satker_id,
                )
        name = f"BAR_{case.satker_id}_{case.period.year}{case.period.month:02d}.pdf"
        return attachment(content, name, "application/pdf")


class RowsView(CaseApi):
    """`GET cases/{id}/rows.csv`: every row in play of both sides."""

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, pk: int) -> StreamingHttpResponse:
        """The rows, streamed; text that a spreadsheet would run is quoted as text."""
        case = self.case()
        require_documents(case)
        run: MatchRun = case.run  # type: ignore[assignment]  # require_documents has seen to it
        writer = csv.writer(_Echo())
        lines: Iterator[Any] = (writer.writerow([_inert(cell) for cell in row]) for row in all_rows(case, run))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{filename_of(run, "csv")}"'
        response["Cache-Control"] = "private, no-store"
        return response


class _Echo:
    """A file that hands back what is written to it: csv's way to stream."""

    def write(self, value: str) -> str:
        """The line itself."""
        return value


def _inert(cell: str | int) -> str | int:
    if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS):
        return f"'{cell}"
    return cell



"""Downloads of a case: LHR, BAR, rows."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from bar.queries import bar_of, pdf_of
from erekon.lib import clock
from erekon.lib.downloads import attachment, stored_attachment
from erekon.portal.api.base import CaseApi, require_documents
from erekon.portal.downloads import lhr_of, note_download
from erekon.portal.row_export import csv_of, sides_of, xlsx_of
from reconciliation.lhr import filename_of
from reconciliation.models import MatchRun, Reconciliation
from reconciliation.services.editions import stored_pdf

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


class RunDocument(CaseApi):
    """A document of the run that stands, from PERSETUJUAN_BAR on; every download is an audit event."""

    def standing(self, action: str, form: str) -> tuple[Reconciliation, MatchRun]:
        """The case and its run, the download noted; BELUM_ADA while there are no documents."""
        case = self.case()
        require_documents(case)
        run: MatchRun = case.run  # type: ignore[assignment]  # require_documents has seen to it
        note_download(
            case=case, person=self.person, action=action, subject=f"run:{run.pk}", form=form, now=clock.now()
        )
        return case, run


class LhrView(RunDocument):
    """`GET cases/{id}/lhr.xlsx`: the LHR as stored; after approval the final one."""

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The workbook."""
        case, run = self.standing("UNDUH_LHR", "xlsx")
        return stored_attachment(lhr_of(case, run), filename_of(run, "xlsx"), XLSX)


class LhrPdfView(RunDocument):
    """`GET cases/{id}/lhr.pdf`: what the LHR says, on paper."""

    @extend_schema(responses={(200, PDF): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The PDF of the same content as the workbook; rendered when it is first asked for, then stored."""
        case, run = self.standing("UNDUH_LHR", "pdf")
        return stored_attachment(stored_pdf(lhr_of(case, run)), filename_of(run, "pdf"), PDF)


class BarPdfView(CaseApi):
    """`GET cases/{id}/bar.pdf`: draft, sealed, or the cover sheet of a voided BAR."""

    @extend_schema(responses={(200, PDF): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The PDF; every download of a sealed BAR is an audit event."""
        case = self.case()
        now = clock.now()
        content = pdf_of(case, now=now)
        bar = bar_of(case)
        if bar is not None and bar.sealed:
            note_download(
                case=case, person=self.person, action="UNDUH_BAR", subject=f"bar:{bar.pk}", form="", now=now
            )
        name = f"BAR_{case.satker_id}_{case.period.year}{case.period.month:02d}.pdf"
        return attachment(content, name, PDF)


class RowsView(RunDocument):
    """`GET cases/{id}/rows.csv`: every row in play of both sides."""

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, pk: int) -> StreamingHttpResponse:
        """The rows, streamed; text that a spreadsheet would run begins with an apostrophe."""
        case, run = self.standing("UNDUH_BARIS", "csv")
        name = filename_of(run, "csv", kind="BARIS")
        return _streamed(csv_of(sides_of(case, run)), name, "text/csv; charset=utf-8")


class RowsWorkbookView(RunDocument):
    """`GET cases/{id}/rows.xlsx`: the same rows as a workbook."""

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> StreamingHttpResponse:
        """The rows, streamed while the workbook is made."""
        case, run = self.standing("UNDUH_BARIS", "xlsx")
        return _streamed(xlsx_of(sides_of(case, run)), filename_of(run, "xlsx", kind="BARIS"), XLSX)


def _streamed(content: Iterator[bytes], filename: str, kind: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

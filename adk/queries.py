"""Reads of the roads in: an upload or a KPPN ADK with its sentences."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from adk.formats.sentences import render
from adk.models import Finding, TreasuryFinding, TreasuryIntake, Upload, Verdict
from erekon.lib.leases import RunState
from erekon.lib.refusals import Refusal


def finding_documents(findings: "QuerySet[Finding] | QuerySet[TreasuryFinding]") -> list[dict[str, Any]]:
    """Findings in order, each with its sentence."""
    return [
        {
            "code": row.code,
            "severity": row.severity,
            "message": render(row.code, row.params),
            "member": row.member,
            "row": row.row,
            "field": row.field,
        }
        for row in findings.order_by("position")
    ]


def upload_document(upload: Upload) -> dict[str, Any]:
    """An upload as `GET adk/{id}/` answers it."""
    return {
        "id": upload.pk,
        "case": upload.case_id,
        "satker": upload.case.satker_id,
        "period": upload.case.period.code,
        "number": upload.number,
        "same_as": upload.same_as,
        "filename": upload.filename,
        "sha256": upload.sha256,
        "size": upload.size,
        "source": upload.source,
        "received_at": upload.received_at,
        "received_by": upload.received_by.name,
        "verdict": upload.verdict,
        "rows": upload.rows,
        "findings": finding_documents(upload.findings.all()),
        "findings_total": upload.findings_total,
    }


def intake_document(intake: TreasuryIntake) -> dict[str, Any]:
    """A KPPN ADK as `GET treasury/{id}/` answers it."""
    return {
        "id": intake.pk,
        "kppn": intake.kppn_id,
        "date": intake.day,
        "filename": intake.filename,
        "received_at": intake.received_at,
        "verdict": intake.verdict,
        "colour": colour_of(intake),
        "rows": intake.rows,
        "findings": finding_documents(intake.findings.all()),
        "findings_total": intake.findings_total,
    }


def colour_of(intake: TreasuryIntake) -> str:
    """The sending monitor's colour of one received file: ABU, HITAM, KUNING or HIJAU."""
    if intake.verdict == Verdict.TIDAK_STANDAR:
        return "HITAM"
    if intake.verdict == Verdict.STANDAR:
        return "HIJAU"
    return "KUNING" if intake.state == RunState.FAILED else "ABU"


def uploads_for(user: User) -> QuerySet[Upload]:
    """Every upload that the user sees, newest first; `same_bytes` numbers the first one of equal bytes before it."""
    before = Upload.objects.filter(
        case=OuterRef("case"), sha256=OuterRef("sha256"), number__lt=OuterRef("number")
    )
    return (
        Upload.objects.visible_to(user)
        .annotate(same_bytes=Subquery(before.order_by("number").values("number")[:1]))
        .select_related("case__period", "case__satker", "received_by")
        .order_by("-id")
    )


def visible_upload(user: User, pk: int) -> Upload:
    """The upload among those the user sees, with its case's run; TIDAK_DITEMUKAN for any other."""
    found = uploads_for(user).select_related("case__satker__eselon_satu", "case__run").filter(pk=pk).first()
    if found is None:
        raise Refusal("TIDAK_DITEMUKAN")
    return found


def visible_intake(user: User, pk: int) -> TreasuryIntake:
    """The KPPN ADK among those the user sees; TIDAK_DITEMUKAN for any other."""
    intake = TreasuryIntake.objects.visible_to(user).filter(pk=pk).first()
    if intake is None:
        raise Refusal("TIDAK_DITEMUKAN")
    return intake

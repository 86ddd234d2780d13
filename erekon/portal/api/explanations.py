"""Explaining by the API: words, files, thread, decisions; each address parses and calls one service."""

import re

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Power
from erekon.lib import clock
from erekon.lib.attachments.checking import CONTENT_TYPES, too_large
from erekon.lib.attachments.refusing import LIMIT
from erekon.lib.downloads import attachment, stored_attachment
from erekon.lib.paging import slice_of, sliced_page
from erekon.lib.refusals import Refusal, field_refusal
from erekon.portal.api.base import CaseApi, require_documents
from erekon.portal.api.serializers import CaseSerializer
from erekon.portal.api.serializers_explanations import (
    EvidenceSerializer,
    EvidenceUploadSerializer,
    ExplanationDocumentSerializer,
    ExplanationSerializer,
    JudgeSerializer,
    MessageSerializer,
    MessageUploadSerializer,
)
from erekon.portal.cases import speaking
from erekon.portal.explanations import (
    evidence_document,
    explanation_documents,
    line_document,
    visible_evidence,
)
from reconciliation.explanation_form import form_filename, form_of
from reconciliation.models import Reconciliation
from reconciliation.services.evidencing import attach_evidence, remove_evidence
from reconciliation.services.explaining import judge_explanation, write_explanation
from reconciliation.services.talking import say

PDF = "application/pdf"


class ExplanationsView(CaseApi):
    """`GET cases/{id}/explanations/`."""

    @extend_schema(responses=ExplanationDocumentSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Every difference of the case with what was said about it, in BAR order."""
        start, size = slice_of(request)
        every = explanation_documents(self.case(), self.person)
        page = ExplanationDocumentSerializer(every[start : start + size], many=True).data
        return Response(sliced_page(request, list(page), start=start, size=size, total=len(every)))


class ExplanationView(CaseApi):
    """`GET` and `PUT cases/{id}/explanations/{element}/{akun}/`."""

    @extend_schema(responses=ExplanationDocumentSerializer)
    def get(self, request: Request, pk: int, element: str, akun: str) -> Response:
        """One difference with what was said about it; its version is also the ETag."""
        found = explanation_documents(self.case(), self.person, (element, akun))
        if not found:
            raise Refusal("TIDAK_DITEMUKAN")
        document = ExplanationDocumentSerializer(found[0]).data
        return Response(document, headers={"ETag": f'"{document["version"]}"'})

    @extend_schema(
        request=ExplanationSerializer,
        responses=CaseSerializer,
        parameters=[OpenApiParameter("If-Match", location=OpenApiParameter.HEADER)],
    )
    def put(self, request: Request, pk: int, element: str, akun: str) -> Response:
        """Write or rewrite the explanation of one difference."""
        case = self.case()
        actor = self.actor(case, Power.EXPLAIN)
        fields = self.valid(ExplanationSerializer, request)
        seen = fields.pop("version", _if_match(request))
        write_explanation(
            case_id=case.pk, element=element, akun=akun, seen=seen, actor=actor, now=clock.now(), **fields
        )
        return self.answer(case)


class JudgeView(CaseApi):
    """`POST …/accept/` and `…/refuse/`."""

    accept = True

    @extend_schema(request=JudgeSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: int, element: str, akun: str) -> Response:
        """Accept or refuse one explanation."""
        case = self.case()
        actor = self.actor(case, Power.JUDGE_EXPLANATION)
        judge_explanation(
            case_id=case.pk,
            element=element,
            akun=akun,
            accept=self.accept,
            actor=actor,
            now=clock.now(),
            **self.valid(JudgeSerializer, request),
        )
        return self.answer(case)


class MessagesView(CaseApi):
    """`POST …/messages/`."""

    @extend_schema(request=MessageUploadSerializer, responses={201: MessageSerializer})
    def post(self, request: Request, pk: int, element: str, akun: str) -> Response:
        """Say something in the thread of one difference: its operator or its Vera."""
        case = self.case()
        actor = speaking(self.person, case, at=clock.now())
        text = self.valid(MessageUploadSerializer, request)["text"]
        line = say(case_id=case.pk, element=element, akun=akun, text=text, actor=actor, now=clock.now())
        return Response(MessageSerializer(line_document(line)).data, status=201)


class EvidenceView(CaseApi):
    """`POST …/evidence/`."""

    parser_classes = (MultiPartParser, FormParser)

    @extend_schema(request=EvidenceUploadSerializer, responses={201: EvidenceSerializer})
    def post(self, request: Request, pk: int, element: str, akun: str) -> Response:
        """Add a file, PDF, JPG or PNG of at most 5 MB."""
        case = self.case()
        actor = self.actor(case, Power.EXPLAIN)
        file = self.valid(EvidenceUploadSerializer, request)["file"]
        if file.size > LIMIT:
            raise too_large(file.size)
        evidence = attach_evidence(
            case=case,
            element=element,
            akun=akun,
            filename=file.name,
            content=file.read(),
            actor=actor,
            now=clock.now(),
        )
        return Response(EvidenceSerializer(evidence_document(case, evidence)).data, status=201)


class EvidenceOneView(CaseApi):
    """`DELETE …/evidence/{evidence}/`."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int, element: str, akun: str, evidence: int) -> Response:
        """Take a file away, until the explanation is accepted."""
        case = self.case()
        actor = self.actor(case, Power.EXPLAIN)
        file = visible_evidence(self.person, case, (element, akun), evidence)
        remove_evidence(evidence=file, actor=actor, now=clock.now())
        return Response(status=204)


class EvidenceFileView(CaseApi):
    """`GET …/evidence/{evidence}/file`."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int, element: str, akun: str, evidence: int) -> HttpResponse:
        """The bytes as they came, for who sees the case."""
        file = visible_evidence(self.person, self.case(), (element, akun), evidence)
        return stored_attachment(file.content, file.name, CONTENT_TYPES[file.kind])


class ExplanationFormView(CaseApi):
    """`GET cases/{id}/explanations.pdf`."""

    @extend_schema(responses={(200, PDF): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The satker's form of explanations, as it stands."""
        return form_answer(self.case())


def form_answer(case: Reconciliation) -> HttpResponse:
    """The Formulir Penjelasan Selisih of a case as a download; BELUM_ADA before there is a result."""
    require_documents(case)
    return attachment(form_of(case), form_filename(case), PDF)


def _if_match(request: Request) -> int | None:
    """The version of the header; None without one. `*` asks for nothing."""
    told = request.headers.get("If-Match", "").strip()
    if told in {"", "*"}:
        return None
    number = re.fullmatch(r'(?:W/)?"?([0-9]{1,9})"?', told)
    if number is None:
        raise field_refusal(**{"If-Match": 'Tulis versi yang Anda baca, misalnya "3".'})
    return int(number[1])

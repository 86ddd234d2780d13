"""Uploading and reading ADKs by program."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import BaseParser, FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import require_actor
from accounts.api.idempotency import IdempotentMixin
from accounts.models import User
from accounts.queries import satker_to_upload
from accounts.roles import Power, roles_with
from accounts.scoping import assignments_of
from adk.api.serializers import (
    IntakeReceiptSerializer,
    IntakeSerializer,
    ReceivedSerializer,
    TreasuryFormSerializer,
    UploadFormSerializer,
    UploadSerializer,
)
from adk.queries import intake_document, upload_document, visible_intake, visible_upload
from adk.services.receiving import Received, receive_upload
from adk.services.rechecking import recheck
from adk.services.treasury import receive_treasury
from erekon.lib import clock
from erekon.lib.downloads import stored_attachment
from erekon.lib.refusals import Refusal


class AdkApi(IdempotentMixin):
    """Shared: the signed-in caller and the file as it arrived."""

    parser_classes: tuple[type[BaseParser], ...] = (MultiPartParser, FormParser)

    @property
    def person(self) -> User:
        """The signed-in caller."""
        user = self.request.user
        assert isinstance(user, User)
        return user

    def received(self, form: dict[str, Any]) -> Received:
        """The uploaded file with the instant of its first byte."""
        file = form["file"]
        first_byte = getattr(self.request._request, "received_at", None) or clock.now()
        return Received(file.name, file.read(), first_byte)


class UploadsView(AdkApi):
    """`POST adk/`."""

    @extend_schema(request=UploadFormSerializer, responses={202: ReceivedSerializer})
    def post(self, request: Request) -> Response:
        """Receive a satker ADK."""
        form = UploadFormSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        satker = satker_to_upload(self.person, form.validated_data["satker"], at=clock.now())
        upload = receive_upload(
            user=self.person,
            satker=satker,
            period=form.validated_data["period"],
            file=self.received(form.validated_data),
            now=clock.now(),
        )
        receipt = {
            "id": upload.pk,
            "case": upload.case_id,
            "number": upload.number,
            "verdict": upload.verdict,
        }
        return Response(receipt, status=202)


class UploadView(AdkApi):
    """`GET adk/{id}/`."""

    @extend_schema(responses=UploadSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The upload, its verdict and its findings."""
        return Response(UploadSerializer(upload_document(visible_upload(self.person, pk))).data)


class UploadRerunView(AdkApi):
    """`POST adk/{id}/rerun/`."""

    parser_classes = (JSONParser, MultiPartParser, FormParser)

    @extend_schema(request=None, responses=UploadSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Check an upload again whose check failed for good."""
        upload = visible_upload(self.person, pk)
        case = upload.case
        actor = require_actor(self.person, Power.RERUN, case.satker, at=clock.now(), office=case.office_id)
        recheck(upload=upload, actor=actor, now=clock.now())
        return Response(UploadSerializer(upload_document(visible_upload(self.person, pk))).data)


class UploadFileView(AdkApi):
    """`GET adk/{id}/file`."""

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The bytes as received."""
        upload = visible_upload(self.person, pk)
        name = f"ADK_{upload.case.satker_id}_{upload.case.period.code}_{upload.number}.zip"
        return stored_attachment(upload.sha256, name, "application/zip")


class TreasuryView(AdkApi):
    """`POST treasury/`."""

    @extend_schema(request=TreasuryFormSerializer, responses={202: IntakeReceiptSerializer})
    def post(self, request: Request) -> Response:
        """Receive a KPPN ADK."""
        _require_any(self.person, Power.SEND_TREASURY)
        form = TreasuryFormSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        intake = receive_treasury(user=self.person, file=self.received(form.validated_data), now=clock.now())
        return Response({"id": intake.pk}, status=202)


class IntakeView(AdkApi):
    """`GET treasury/{id}/`."""

    @extend_schema(responses=IntakeSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The KPPN ADK, its verdict and its findings."""
        _require_any(self.person, Power.READ_TREASURY)
        return Response(IntakeSerializer(intake_document(visible_intake(self.person, pk))).data)


def _require_any(user: User, power: Power) -> None:
    if not any(held.role in roles_with(power) for held in assignments_of(user, clock.now())):
        raise Refusal("BUKAN_HAK")

"""Deciding: each address parses, calls one service, and answers with the case."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Power
from accounts.sessions import renew_key
from bar.queries import visible_reset
from bar.services.approving import approve, reject, undo_approve
from bar.services.batches import sign_batch
from bar.services.resetting import ask_reset, grant_reset, refuse_reset
from bar.services.signing import Request as SigningRequest
from bar.services.signing import decline, open_signing, sign
from erekon.lib import clock
from erekon.portal.api.base import CaseApi
from erekon.portal.api.serializers import (
    CaseSerializer,
    ContentHashSerializer,
    ReasonSerializer,
    RejectSerializer,
    ResetAnswerSerializer,
    ResetSerializer,
    SignBatchSerializer,
    SignedSerializer,
    SigningSerializer,
    SignSerializer,
)
from erekon.portal.signing import signer_of, wanted_by
from reconciliation.services.rerunning import rerun


class ApproveView(CaseApi):
    """`POST cases/{id}/approve/`."""

    @extend_schema(request=ContentHashSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Approve what was seen."""
        case = self.case()
        actor = self.actor(case, Power.APPROVE)
        seen = self.valid(ContentHashSerializer, request)["content_hash"]
        approve(case=case, content_hash=seen, actor=actor, now=clock.now())
        return self.answer(case)


class UndoApproveView(CaseApi):
    """`POST cases/{id}/undo-approve/`."""

    @extend_schema(request=None, responses=CaseSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Take an approval back within ten seconds."""
        case = self.case()
        undo_approve(case=case, actor=self.actor(case, Power.APPROVE), now=clock.now())
        return self.answer(case)


class RejectView(CaseApi):
    """`POST cases/{id}/reject/`."""

    @extend_schema(request=RejectSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Send the case back to the satker."""
        case = self.case()
        actor = self.actor(case, Power.REJECT)
        reject(case=case, actor=actor, now=clock.now(), **self.valid(RejectSerializer, request))
        return self.answer(case)


class RerunView(CaseApi):
    """`POST cases/{id}/rerun/`."""

    @extend_schema(request=None, responses=CaseSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Compare again with the treasury ledger as it is now."""
        case = self.case()
        rerun(case_id=case.pk, actor=self.actor(case, Power.RERUN), now=clock.now())
        return self.answer(case)


class DeclineView(CaseApi):
    """`POST cases/{id}/decline/`."""

    @extend_schema(request=ReasonSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Give the BAR back to Vera."""
        case = self.case()
        actor = signer_of(case, self.person, at=clock.now())
        decline(case=case, actor=actor, now=clock.now(), **self.valid(ReasonSerializer, request))
        return self.answer(case)


class SigningView(CaseApi):
    """`GET cases/{id}/signing/`."""

    @extend_schema(responses=SigningSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """A one-time right to sign what the case holds now."""
        case = self.case()
        actor = signer_of(case, self.person, at=clock.now())
        nonce = open_signing(case=case, user=actor.person, now=clock.now())
        return Response(SigningSerializer(nonce).data)


class SignView(CaseApi):
    """`POST cases/{id}/sign/`."""

    @extend_schema(request=SignSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Sign with the PIN."""
        case = self.case()
        actor = signer_of(case, self.person, at=clock.now())
        body = self.valid(SignSerializer, request)
        wish = SigningRequest(body["content_hash"], body["nonce"])
        sign(case=case, request=wish, pin=body["pin"], actor=actor, now=clock.now())
        renew_key(request.session)
        return self.answer(case)


class SignBatchView(CaseApi):
    """`POST sign-batch/`."""

    @extend_schema(request=SignBatchSerializer, responses=SignedSerializer(many=True))
    def post(self, request: Request) -> Response:
        """Sign many BARs with one PIN entry; each by itself."""
        body, now = self.valid(SignBatchSerializer, request), clock.now()
        wanted = [
            wanted_by(self.person, one["id"], SigningRequest(one["content_hash"], one["nonce"]), at=now)
            for one in body["cases"]
        ]
        done = sign_batch(wanted=wanted, user=self.person, pin=body["pin"], clock=clock.now)
        answer = [
            {"id": one.pk, "ok": one.refusal is None, "code": one.refusal.code if one.refusal else ""}
            for one in done
        ]
        return Response(SignedSerializer(answer, many=True).data)


class ResetRequestsView(CaseApi):
    """`POST cases/{id}/reset-requests/`."""

    parser_classes = (MultiPartParser, FormParser)

    @extend_schema(request=ResetSerializer, responses={201: ResetAnswerSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Ask in writing for a reset."""
        case = self.case()
        actor = self.actor(case, Power.ASK_RESET)
        body = self.valid(ResetSerializer, request)
        scan = body.pop("scan").read()
        asked = ask_reset(case=case, scan=scan, actor=actor, now=clock.now(), **body)
        return Response({"id": asked.pk}, status=201)


class ResetDecisionView(CaseApi):
    """`POST reset-requests/{id}/grant/` and `…/refuse/`."""

    grant = True

    @extend_schema(request=ReasonSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Decide a request."""
        asked = visible_reset(self.person, pk)
        actor = self.actor(asked.case, Power.GRANT_RESET)
        options: dict[str, Any] = {"request": asked, "actor": actor, "now": clock.now()}
        if self.grant:
            grant_reset(**options)
        else:
            refuse_reset(**options, reason=self.valid(ReasonSerializer, request)["reason"])
        return self.answer(asked.case)

"""Public verification by program, and the published keys."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_GET
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.services.limits import VERIFYING, spend
from bar.installation import authority, keyring
from bar.queries import Verification, verification_of
from bar.services.certificates import current_list
from bar.services.status import current_status_list
from bar.signing.certificates import authority_jwk
from erekon.lib import clock
from erekon.lib.network import address_of


class SignerSerializer(s.Serializer[Any]):
    """Who signed, in which role, when."""

    role = s.CharField()
    name = s.CharField()
    at = s.DateTimeField()


class VerificationSerializer(s.Serializer[Any]):
    """What the public may know of a BAR; no rupiah."""

    verdict = s.ChoiceField(choices=["SAH", "DIBATALKAN", "TIDAK_DIKENAL"])
    number = s.CharField(allow_null=True)
    satker = s.CharField(allow_null=True)
    kppn = s.CharField(allow_null=True)
    period = s.CharField(allow_null=True)
    signers = SignerSerializer(many=True)
    sha256 = s.CharField(allow_null=True)
    replaced_by = s.CharField(allow_null=True)


class VerifyThrottle(BaseThrottle):
    """So many a minute from one network address, counted for all web processes together."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count this request; raises TERLALU_SERING when it is one too many."""
        spend(VERIFYING, address_of(request), now=clock.now())
        return True


class VerifyView(APIView):
    """`GET verify/{verify_id}/`: public."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (VerifyThrottle,)

    @extend_schema(responses=VerificationSerializer)
    def get(self, request: Request, verify_id: str) -> Response:
        """The verdict on an id; an unknown one answers 200 TIDAK_DIKENAL."""
        return Response(VerificationSerializer(verification_document(verification_of(verify_id))).data)


def verification_document(found: Verification) -> dict[str, Any]:
    """A verification as the API answers it."""
    bar = found.bar
    return {
        "verdict": found.verdict,
        "number": bar.number if bar else None,
        "satker": f"{bar.case.satker_id} {bar.case.satker.name}" if bar else None,
        "kppn": f"{bar.kppn_id} {bar.kppn.name}" if bar else None,
        "period": bar.case.period.code if bar else None,
        "signers": [{"role": each.role, "name": each.name, "at": each.at} for each in found.signatures],
        "sha256": bar.sealed if bar else None,
        "replaced_by": found.replaced_by.number if found.replaced_by else None,
    }


@require_GET
@cache_control(public=True, max_age=300)
def jwks(request: HttpRequest) -> HttpResponse:
    """The keys that sign QR tokens, and the issuing CA, so that this one file is the anchor of trust."""
    keys = [*keyring().public_jwks()["keys"], authority_jwk(authority(clock.now()).ca_pem())]
    return HttpResponse(json.dumps({"keys": keys}), content_type="application/jwk-set+json")


@require_GET
@conditional_page
@cache_control(public=True, max_age=2)
def status_list(request: HttpRequest) -> HttpResponse:
    """The signed list of voided BARs; unchanged within a minute, it answers 304."""
    return HttpResponse(current_status_list(clock.now()), content_type="application/jwt")


@require_GET
@cache_control(public=True, max_age=300)
def revocation_list(request: HttpRequest) -> HttpResponse:
    """The revocation list of the issuing CA, DER."""
    return HttpResponse(current_list(clock.now()), content_type="application/pkix-crl")


@require_GET
@cache_control(public=True, max_age=300)
def ca_certificate(request: HttpRequest) -> HttpResponse:
    """The certificate of the issuing CA, PEM."""
    return HttpResponse(authority(clock.now()).ca_pem(), content_type="application/x-pem-file")

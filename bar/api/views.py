"""Public verification by program, and the published keys."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from bar.installation import authority, keyring
from bar.queries import Verification, verification_of
from erekon.lib import clock


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


class VerifyThrottle(AnonRateThrottle):
    """Guessing ids is hopeless at 128 bits; this only spares the server."""

    rate = "120/min"


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
    """The keys that sign QR tokens."""
    return HttpResponse(json.dumps(keyring().public_jwks()), content_type="application/jwk-set+json")


@require_GET
@cache_control(public=True, max_age=300)
def ca_certificate(request: HttpRequest) -> HttpResponse:
    """The certificate of the issuing CA, PEM."""
    return HttpResponse(authority(clock.now()).ca_pem(), content_type="application/x-pem-file")

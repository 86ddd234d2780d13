"""`POST token/` and `GET me/`."""

from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import schema  # noqa: F401  (registers itself)
from accounts.api.serializers import CredentialsSerializer, MeSerializer, TokenSerializer
from accounts.api.throttles import TokenFailureThrottle
from accounts.models import User
from accounts.scoping import assignments_of
from accounts.services.tokens import issue_token, note_failure
from erekon.lib import clock
from erekon.lib.network import address_of
from erekon.lib.refusals import Refusal


class TokenView(APIView):
    """A token of 12 hours for a name and a password. Wrong name and wrong password read the same."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (TokenFailureThrottle,)
    parser_classes = (JSONParser, FormParser, MultiPartParser)

    @extend_schema(request=CredentialsSerializer, responses=TokenSerializer)
    def post(self, request: Request) -> Response:
        """Make a token."""
        credentials = CredentialsSerializer(data=request.data)
        credentials.is_valid(raise_exception=True)
        # The lock-out after five wrong tries reads and marks Django's own request.
        user = authenticate(request._request, **credentials.validated_data)
        if not isinstance(user, User):
            note_failure(address=address_of(request), now=clock.now())
            raise Refusal("SANDI_SALAH")
        return Response(TokenSerializer(issue_token(user=user, now=clock.now())).data)


class MeView(APIView):
    """The signed-in person."""

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """User name, name and the roles that hold now."""
        return Response(MeSerializer(_profile(request.user)).data)


def _profile(user: User | AnonymousUser) -> dict[str, Any]:
    assert isinstance(user, User)
    return {"username": user.username, "name": user.name, "assignments": assignments_of(user, clock.now())}

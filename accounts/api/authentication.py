"""Tokens that end with the standing in which they were made."""

from typing import Any

from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from accounts.services.tokens import token_stands
from erekon.lib import clock


class StandingTokenAuthentication(TokenAuthentication):  # type: ignore[misc]
    """A knox token, refused and forgotten once its owner's password or roles are others."""

    def authenticate_credentials(self, token: bytes) -> Any:
        """User and token."""
        user, found = super().authenticate_credentials(token)
        if not token_stands(token=found, user=user, now=clock.now()):
            raise AuthenticationFailed
        return user, found

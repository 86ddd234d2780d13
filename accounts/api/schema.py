"""How the OpenAPI document names our tokens: as knox's, which they are on the wire."""

from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme


class StandingTokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]
    """`Authorization: Token …`."""

    target_class = "accounts.api.authentication.StandingTokenAuthentication"

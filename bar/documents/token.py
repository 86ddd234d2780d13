"""What we sign as a compact JWS, Ed25519 and nothing else: the token behind a QR, and the status list.

Stricter than RFC 7515 allows: exactly the header fields we write, a kid we know, and the one spelling of each
base64url part, so that no changed sign anywhere in the text is read as the same token.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "EdDSA"
OF_A_BAR = "JWT"
_PARTS = 3
_LONGEST = 4096
# The token carries no expiry: a BAR stays true until it is voided, and the status list says that.
_OPTIONS = {f"verify_{claim}": False for claim in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}


class TokenProblem(StrEnum):
    """Why a token is not believed."""

    MALFORMED = "BENTUK"
    HEADER = "KEPALA"
    UNKNOWN_KEY = "KUNCI_TIDAK_DIKENAL"
    SIGNATURE = "TANDA_TANGAN"


def make_token(
    claims: Mapping[str, Any], private_key: Ed25519PrivateKey, kid: str, *, kind: str = OF_A_BAR
) -> str:
    """Sign the claims; keys are sorted, so equal claims and key give an equal token. `kind` is its `typ`."""
    ordered = json.loads(json.dumps(claims, sort_keys=True))
    return jwt.encode(ordered, private_key, algorithm=ALGORITHM, headers={"kid": kid, "typ": kind})


def read_token(
    token: str,
    keys: Mapping[str, Ed25519PublicKey],
    *,
    kind: str = OF_A_BAR,
    longest: int = _LONGEST,
) -> dict[str, Any] | TokenProblem:
    """The claims of an authentic token, or the problem; never raises for what a stranger sends.

    `keys` maps kid to public key. Only the key's name is taken from the token: jku, x5u, jwk and any other
    header field make it invalid, and so does a `typ` other than `kind`.
    """
    header = _header(token, longest)
    if header is None:
        return TokenProblem.MALFORMED
    kid = header.get("kid")
    if header != {"alg": ALGORITHM, "typ": kind, "kid": kid} or not isinstance(kid, str):
        return TokenProblem.HEADER
    if kid not in keys:
        return TokenProblem.UNKNOWN_KEY
    try:
        claims: dict[str, Any] = jwt.decode(token, keys[kid], algorithms=[ALGORITHM], options=_OPTIONS)  # type: ignore[arg-type]
    except jwt.InvalidTokenError:
        return TokenProblem.SIGNATURE
    return claims


def _header(token: str, longest: int) -> dict[str, Any] | None:
    parts = token.split(".") if len(token) <= longest and token.isascii() else []
    if len(parts) != _PARTS or not all(_is_canonical(part) for part in parts):
        return None
    try:
        header = json.loads(_decoded(parts[0]))
    except (ValueError, RecursionError):
        return None
    return header if isinstance(header, dict) else None


def _decoded(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)


def _is_canonical(part: str) -> bool:
    try:
        return base64.urlsafe_b64encode(_decoded(part)).rstrip(b"=").decode() == part
    except (binascii.Error, ValueError):
        return False

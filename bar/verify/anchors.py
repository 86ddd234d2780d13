"""What a verifier trusts: the published keys that sign tokens, and the certificate of the issuing CA."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class AnchorError(Exception):
    """Why a file of keys or certificates cannot be used."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Keys of tokens by kid, and the authorities whose certificates count."""

    keys: Mapping[str, Ed25519PublicKey]
    authorities: Sequence[x509.Certificate]


def read_anchors(jwks: str, authority_pem: bytes | None = None) -> Anchors:
    """The anchors in a published key set (RFC 7517); a PEM given beside it stands in place of its `x5c`.

    Raises AnchorError when there is no key or no authority.
    """
    entries = _entries(jwks)
    keys = {str(each.get("kid")): _key(each) for each in entries if each.get("kty") == "OKP"}
    if authority_pem is None:
        authorities = [_certificate(each["x5c"][0]) for each in entries if each.get("x5c")]
    else:
        authorities = _from_pem(authority_pem)
    if not keys or not authorities:
        raise AnchorError("the key set lacks an Ed25519 key or the certificate of the authority (x5c)")
    return Anchors(keys, authorities)


def _entries(jwks: str) -> list[dict[str, Any]]:
    try:
        entries = json.loads(jwks)["keys"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise AnchorError("not a key set") from error
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise AnchorError("not a key set")
    return entries


def _key(entry: Mapping[str, Any]) -> Ed25519PublicKey:
    try:
        raw = str(entry["x"])
        return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
    except (KeyError, ValueError, binascii.Error) as error:
        raise AnchorError("the key set holds a key that is none") from error


def _certificate(encoded: str) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(base64.b64decode(encoded, validate=True))
    except (ValueError, TypeError, binascii.Error) as error:
        raise AnchorError("the key set holds a certificate that is none") from error


def _from_pem(content: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(content)
    except ValueError as error:
        raise AnchorError("not a certificate in PEM") from error

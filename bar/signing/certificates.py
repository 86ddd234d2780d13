"""Certificates as each library wants them; the chain of an installation is the same all day."""

import base64
import hashlib
from functools import lru_cache
from typing import Any

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

_COORDINATE = 32
_KID = 16


def parsed(certificate_pem: bytes) -> Certificate:
    """A PEM certificate in asn1crypto's form, new for each caller: these objects take themselves apart when they
    are first read, and two threads that read one meet a half of it."""
    return Certificate.load(encoded(certificate_pem))


@lru_cache(maxsize=2048)
def encoded(certificate_pem: bytes) -> bytes:
    """A PEM certificate in DER."""
    content: bytes = pem.unarmor(certificate_pem)[2]
    return content


@lru_cache(maxsize=2048)
def loaded(certificate_pem: bytes) -> x509.Certificate:
    """A PEM certificate in cryptography's form."""
    return x509.load_pem_x509_certificate(certificate_pem)


def authority_jwk(certificate_pem: bytes) -> dict[str, Any]:
    """The CA's public key as a JWK (RFC 7517) whose `x5c` carries its certificate; no private part."""
    certificate = loaded(certificate_pem)
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise TypeError("the authority's key is not P-256")
    numbers, content = key.public_numbers(), certificate.public_bytes(Encoding.DER)
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": _base64url(numbers.x.to_bytes(_COORDINATE)),
        "y": _base64url(numbers.y.to_bytes(_COORDINATE)),
        "kid": hashlib.sha256(content).hexdigest()[:_KID],
        "use": "sig",
        "alg": "ES256",
        "x5c": [base64.b64encode(content).decode()],
    }


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()

"""ECDSA P-256: a signer's key, its public name, signatures over a digest."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    Prehashed,
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_DIGEST = 32
_ORDER = ec.SECP256R1().group_order
_ALGORITHM = ec.ECDSA(Prehashed(hashes.SHA256()))


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def key_fingerprint(key: ec.EllipticCurvePublicKey) -> str:
    """The key's public name: the first 16 hex digits of the SHA-256 of its DER form."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    return digest.finalize().hex()[:16]


def sign_digest(key: ec.EllipticCurvePrivateKey, digest: bytes) -> bytes:
    """The DER signature over a SHA-256, with the lower s."""
    return low_s(*decode_dss_signature(key.sign(digest, _ALGORITHM)))


def low_s(r: int, s: int) -> bytes:
    """The DER form of a signature with the lower of s and n − s.

    Both sign the same digest, and whoever holds one can write the other without the key. Only the lower one is
    ever made here, so that a signature is one row of bytes.
    """
    return encode_dss_signature(r, min(s, _ORDER - s))


def is_low_s(signature: bytes) -> bool:
    """Whether a DER signature is the one that `low_s` writes; raises ValueError for what is no signature."""
    return low_s(*decode_dss_signature(signature)) == signature


def verify(key: ec.EllipticCurvePublicKey, content_hash: str, signature: str) -> bool:
    """Whether the hex signature is this key's over this hash; text that is no hex verifies nothing."""
    try:
        key.verify(bytes.fromhex(signature), digest_of(content_hash), _ALGORITHM)
    except (InvalidSignature, ValueError):
        return False
    return True


def digest_of(content_hash: str) -> bytes:
    """The bytes of a SHA-256 given in hex; raises ValueError for anything else.

    The hash is signed as it is, so `openssl dgst -sha256 -verify` over the canonical bytes agrees.
    """
    digest = bytes.fromhex(content_hash)
    if len(digest) != _DIGEST:
        raise ValueError("a content hash is a SHA-256 in hex")
    return digest

"""A signer's own key: ECDSA P-256, kept wrapped so that neither the database nor the PIN alone opens it."""

import os

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from bar.signing.pins import LANES, MEMORY_KIB, PASSES

_VERSION = b"\x01"
_SALT = 16
_NONCE = 12
_KEY = 32
_DIGEST = 32
_PURPOSE = b"erekon-lk signing key v1"
_ALGORITHM = ec.ECDSA(Prehashed(hashes.SHA256()))


class WrongPinError(Exception):
    """The wrapped key did not open: another PIN, server key or owner, or changed bytes (they look alike)."""


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def key_fingerprint(key: ec.EllipticCurvePublicKey) -> str:
    """The key's public name: the first 16 hex digits of the SHA-256 of its DER form."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    return digest.finalize().hex()[:16]


def wrap(key: ec.EllipticCurvePrivateKey, *, pin: str, server_secret: bytes, owner: str) -> bytes:
    """The key as it may lie in the database: version, salt, nonce, AES-256-GCM text.

    `owner` names whose it is and is sealed in, so that one person's row cannot stand in for another's.
    """
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    sealed = AESGCM(_wrapping_key(pin, server_secret, salt)).encrypt(nonce, plain, _bound(owner))
    return _VERSION + salt + nonce + sealed


def unwrap(wrapped: bytes, *, pin: str, server_secret: bytes, owner: str) -> ec.EllipticCurvePrivateKey:
    """Open a wrapped key. Raises WrongPinError when it does not open, ValueError for a form we never wrote."""
    body = 1 + _SALT + _NONCE
    if wrapped[:1] != _VERSION or len(wrapped) <= body:
        raise ValueError("not a wrapped key of this version")
    salt, nonce = wrapped[1 : 1 + _SALT], wrapped[1 + _SALT : body]
    try:
        plain = AESGCM(_wrapping_key(pin, server_secret, salt)).decrypt(nonce, wrapped[body:], _bound(owner))
    except InvalidTag:
        raise WrongPinError from None
    key = load_der_private_key(plain, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("not an elliptic curve key")
    return key


def sign(key: ec.EllipticCurvePrivateKey, content_hash: str) -> str:
    """ECDSA over a SHA-256 given in hex, DER signature in hex.

    The hash is signed as it is, so `openssl dgst -sha256 -verify` over the canonical bytes agrees.
    """
    return key.sign(_digest(content_hash), _ALGORITHM).hex()


def verify(key: ec.EllipticCurvePublicKey, content_hash: str, signature: str) -> bool:
    """Whether the hex signature is this key's over this hash; text that is no hex verifies nothing."""
    try:
        key.verify(bytes.fromhex(signature), _digest(content_hash), _ALGORITHM)
    except (InvalidSignature, ValueError):
        return False
    return True


def _digest(content_hash: str) -> bytes:
    digest = bytes.fromhex(content_hash)
    if len(digest) != _DIGEST:
        raise ValueError("a content hash is a SHA-256 in hex")
    return digest


def _bound(owner: str) -> bytes:
    return _VERSION + owner.encode()


def _wrapping_key(pin: str, server_secret: bytes, salt: bytes) -> bytes:
    stretched = hash_secret_raw(pin.encode(), salt, PASSES, MEMORY_KIB, LANES, _KEY, Type.ID)
    return HKDF(hashes.SHA256(), _KEY, salt, _PURPOSE).derive(server_secret + stretched)

"""How a signer's secret lies in the database: under the server's key and the PIN together, neither alone.

    share    32 random bytes of this envelope, sealed by AES-256-GCM under HKDF(server key)
    secret   what the signer owns, sealed by AES-256-GCM under HKDF(share ‖ Argon2id(PIN, salt))

A stolen database gives nothing to guess a PIN against, because the share needs the server's key; the server's
key alone opens nothing, because the PIN is missing. A new server key seals the same share again, so that
changing it needs no PIN. One Argon2id both judges the PIN and opens the secret.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# OWASP's floor for argon2id: 19 MiB, two passes, one lane.
MEMORY_KIB = 19_456
PASSES = 2
LANES = 1

_VERSION = b"\x02"
_KID, _NONCE, _SALT, _KEY, _TAG = 8, 12, 16, 32, 16
_FIELDS = (len(_VERSION), _KID, _NONCE, _KEY + _TAG, _SALT, _NONCE)
_SHARE_PURPOSE = b"erekon-lk signer share v2"
_SECRET_PURPOSE = b"erekon-lk signer secret v2"


class WrongPinError(Exception):
    """The secret did not open with this PIN."""


class EnvelopeError(Exception):
    """The envelope cannot be opened by any PIN: an unknown server key, another owner, or changed bytes."""


@dataclass(frozen=True, slots=True)
class ServerKey:
    """The key that no database dump holds; `kid` is its public name of 8 bytes."""

    kid: bytes
    secret: bytes


def seal(secret: bytes, *, pin: str, server_key: ServerKey, owner: str) -> bytes:
    """The secret as it may lie in the database. `owner` is sealed in, so that one person's row cannot stand in
    for another's."""
    share, salt, nonce = os.urandom(_KEY), os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_secret_key(share, pin, salt)).encrypt(nonce, secret, _bound(owner))
    return _head(share, server_key, owner) + salt + nonce + sealed


def unseal(envelope: bytes, *, pin: str, server_keys: Mapping[bytes, ServerKey], owner: str) -> bytes:
    """The secret. Raises WrongPinError, and EnvelopeError when no PIN could open it."""
    _, kid, share_nonce, sealed_share, salt, nonce, sealed = _parts(envelope)
    share = _open_share(kid, share_nonce, sealed_share, server_keys, owner)
    try:
        return AESGCM(_secret_key(share, pin, salt)).decrypt(nonce, sealed, _bound(owner))
    except InvalidTag:
        raise WrongPinError from None


def reseal(
    envelope: bytes, *, server_keys: Mapping[bytes, ServerKey], server_key: ServerKey, owner: str
) -> bytes:
    """The same secret and PIN under another server key; raises EnvelopeError. No PIN is needed."""
    _, kid, share_nonce, sealed_share, *_ = _parts(envelope)
    share = _open_share(kid, share_nonce, sealed_share, server_keys, owner)
    return _head(share, server_key, owner) + envelope[sum(_FIELDS[:4]) :]


def server_key_of(envelope: bytes) -> bytes:
    """The kid of the server key that an envelope needs; raises EnvelopeError for what is no envelope."""
    return _parts(envelope)[1]


def _parts(envelope: bytes) -> list[bytes]:
    if envelope[:1] != _VERSION or len(envelope) <= sum(_FIELDS) + _TAG:
        raise EnvelopeError("not an envelope of this version")
    parts, start = [], 0
    for length in _FIELDS:
        parts.append(envelope[start : start + length])
        start += length
    return [*parts, envelope[start:]]


def _head(share: bytes, server_key: ServerKey, owner: str) -> bytes:
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_share_key(server_key)).encrypt(nonce, share, server_key.kid + _bound(owner))
    return _VERSION + server_key.kid + nonce + sealed


def _open_share(
    kid: bytes, nonce: bytes, sealed: bytes, server_keys: Mapping[bytes, ServerKey], owner: str
) -> bytes:
    if kid not in server_keys:
        raise EnvelopeError(f"sealed under server key {kid.hex()}, which is not here")
    try:
        return AESGCM(_share_key(server_keys[kid])).decrypt(nonce, sealed, kid + _bound(owner))
    except InvalidTag:
        raise EnvelopeError("changed, or another person's") from None


def _share_key(server_key: ServerKey) -> bytes:
    return HKDF(hashes.SHA256(), _KEY, None, _SHARE_PURPOSE).derive(server_key.secret)


def _secret_key(share: bytes, pin: str, salt: bytes) -> bytes:
    stretched = hash_secret_raw(pin.encode(), salt, PASSES, MEMORY_KIB, LANES, _KEY, Type.ID)
    return HKDF(hashes.SHA256(), _KEY, salt, _SECRET_PURPOSE).derive(share + stretched)


def _bound(owner: str) -> bytes:
    return _VERSION + owner.encode()

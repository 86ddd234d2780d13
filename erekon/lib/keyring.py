"""The installation's own keys, kept in one folder outside the database.

`token-0001.pem`, `token-0002.pem`, …: Ed25519 keys for tokens and checkpoints; the highest signs, all of them
are published, so that what an older one signed stays verifiable. `server-secret`, `server-secret-0002`, …:
32 bytes each that no database dump holds; the newest seals, the older ones open until they are taken away.
"""

import base64
import hashlib
import json
import secrets
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from erekon.lib.keyfiles import KeyFileError, create_once, read_secret

SECRET_BYTES = 32
_KID_LENGTH = 16  # of a SHA-256 thumbprint: short for the QR, long enough to tell keys apart


class Keyring:
    """The keys of one folder; the folder and the first keys are made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> tuple[str, Ed25519PrivateKey]:
        """The key that signs now, with its kid."""
        key = self._load(self._paths()[-1])
        return key_id(key.public_key()), key

    def rotate(self) -> str:
        """Make a new signing key and answer its kid; the older ones stay published."""
        number = int(self._paths()[-1].stem.removeprefix("token-")) + 1
        path = self.folder / f"token-{number:04d}.pem"
        create_once(path, _new_key)
        return key_id(self._load(path).public_key())

    def public_keys(self) -> dict[str, Ed25519PublicKey]:
        """Every key that ever signed here, by kid."""
        keys = (self._load(path).public_key() for path in self._paths())
        return {key_id(key): key for key in keys}

    def public_jwks(self) -> dict[str, Any]:
        """The published key set (RFC 7517, RFC 8037); no private part."""
        return {"keys": [_jwk(key) | {"kid": kid} for kid, key in self.public_keys().items()]}

    def server_secret(self) -> bytes:
        """The 32 random bytes that seal now; made when first asked for."""
        return self.server_secrets()[-1]

    def server_secrets(self) -> list[bytes]:
        """Every secret that is still here, oldest first. Raises KeyFileError when a file was cut or changed."""
        return [_read_server_secret(path) for path in self.server_secret_paths()]

    def rotate_server_secret(self) -> bytes:
        """Make a new secret that seals from now on; the older ones stay until they are taken away."""
        last = self.server_secret_paths()[-1].name
        number = int(last.removeprefix("server-secret").removeprefix("-") or 1) + 1
        return create_once(self.folder / f"server-secret-{number:04d}", _new_secret)

    def server_secret_paths(self) -> list[Path]:
        """The files of the server's secrets, oldest first."""
        if not self._secrets():
            create_once(self.folder / "server-secret", _new_secret)
        return self._secrets()

    def _secrets(self) -> list[Path]:
        return sorted(
            [*self.folder.glob("server-secret"), *self.folder.glob("server-secret-[0-9][0-9][0-9][0-9]")]
        )

    def _paths(self) -> list[Path]:
        paths = sorted(self.folder.glob("token-[0-9][0-9][0-9][0-9].pem"))
        if not paths:
            first = self.folder / "token-0001.pem"
            create_once(first, _new_key)
            paths = [first]
        return paths

    @staticmethod
    def _load(path: Path) -> Ed25519PrivateKey:
        try:
            key = load_pem_private_key(read_secret(path), None)
        except ValueError as broken:
            raise KeyFileError(path, "not a key") from broken
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyFileError(path, "not an Ed25519 key")
        return key


def _new_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def _read_server_secret(path: Path) -> bytes:
    secret = read_secret(path)
    if len(secret) != SECRET_BYTES:
        raise KeyFileError(path, f"has {len(secret)} bytes, not {SECRET_BYTES}")
    return secret


def key_id(key: Ed25519PublicKey) -> str:
    """The kid of a key: the start of its RFC 7638 thumbprint."""
    member = json.dumps(_thumbprint_members(key), sort_keys=True, separators=(",", ":"))
    return _base64url(hashlib.sha256(member.encode()).digest())[:_KID_LENGTH]


def _thumbprint_members(key: Ed25519PublicKey) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": _base64url(key.public_bytes(Encoding.Raw, PublicFormat.Raw))}


def _jwk(key: Ed25519PublicKey) -> dict[str, Any]:
    return {**_thumbprint_members(key), "use": "sig", "alg": "EdDSA"}


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

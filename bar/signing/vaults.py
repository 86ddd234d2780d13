"""Where private keys live: in our database, sealed, or in a token that never gives them out."""

from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from bar.documents.wording import SIGNATURE_KIND
from bar.signing.keys import new_key, sign_digest


class OpenKey(Protocol):
    """A key that signs now."""

    public_key: ec.EllipticCurvePublicKey

    def sign_digest(self, digest: bytes) -> bytes:
        """The DER signature over a SHA-256, with the lower s: the verifier refuses the other."""


class Vault(Protocol):
    """A home of P-256 keys. `kind` is the honest sentence printed beside a signature; `code` is stored."""

    kind: str
    code: str

    def make(self) -> tuple[ec.EllipticCurvePublicKey, bytes]:
        """A new key: its public half, and the secret that opens it, which the caller seals."""

    def open(self, secret: bytes) -> OpenKey:
        """The key that a secret opens. Raises ValueError for a secret of another kind."""

    def destroy(self, key_id: str) -> None:
        """Make sure that this key never signs again; the caller forgets the envelope."""


class BuiltInVault:
    """The secret is the private key itself: uncertified, and it says so."""

    kind = SIGNATURE_KIND
    code = "BAWAAN"

    def make(self) -> tuple[ec.EllipticCurvePublicKey, bytes]:
        """A fresh key and its PKCS#8 form."""
        key = new_key()
        return key.public_key(), key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def open(self, secret: bytes) -> OpenKey:
        """The key in memory."""
        return _KeyInMemory(secret)

    def destroy(self, key_id: str) -> None:
        """Nothing: the key lies in the envelope alone."""


class _KeyInMemory:
    def __init__(self, secret: bytes) -> None:
        key = load_der_private_key(secret, None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("not an elliptic curve key")
        self._key = key
        self.public_key = key.public_key()

    def sign_digest(self, digest: bytes) -> bytes:
        """The DER signature over a SHA-256."""
        return sign_digest(self._key, digest)

"""Who can sign: one interface, so that a token or a certified provider may stand where our own key stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from bar.signing.authority import Authority, CertificateSubject
from bar.signing.certificates import loaded
from bar.signing.envelope import ServerKey, seal, unseal
from bar.signing.keys import digest_of, key_fingerprint
from bar.signing.vaults import OpenKey, Vault


class SigningSession(Protocol):
    """An opened key: one PIN entry signs many hashes; it lives no longer than the request."""

    key_id: str

    def sign(self, content_hash: str) -> str:
        """The DER signature in hex over a SHA-256 given in hex."""

    def sign_digest(self, digest: bytes) -> bytes:
        """The DER signature over a SHA-256."""


class Signer(Protocol):
    """A person's means of signing. `kind` is the honest sentence printed beside the signature."""

    kind: str
    certificate_pem: bytes

    def unlock(self, pin: str) -> SigningSession:
        """Open the key. Raises WrongPinError."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What is stored when a PIN is set; none of it opens the key without PIN and server key."""

    key_id: str
    envelope: bytes
    certificate_pem: bytes


def enrol(
    pin: str, *, subject: CertificateSubject, server_key: ServerKey, authority: Authority, vault: Vault
) -> Enrolment:
    """Make a key pair and certificate for a signer whose PIN has passed the policy."""
    public, secret = vault.make()
    return Enrolment(
        key_id=key_fingerprint(public),
        envelope=seal(secret, pin=pin, server_key=server_key, owner=subject.nip),
        certificate_pem=authority.issue(public, subject),
    )


class _Session:
    """An opened key of a vault."""

    def __init__(self, key: OpenKey, key_id: str) -> None:
        self._key = key
        self.key_id = key_id

    def sign(self, content_hash: str) -> str:
        """The DER signature in hex over a SHA-256 given in hex."""
        return self._key.sign_digest(digest_of(content_hash)).hex()

    def sign_digest(self, digest: bytes) -> bytes:
        """The DER signature over a SHA-256."""
        return self._key.sign_digest(digest)


class VaultSigner:
    """A signer whose secret lies sealed in our database and opens a key of a vault: our own or a token's."""

    def __init__(
        self,
        envelope: bytes,
        *,
        certificate_pem: bytes,
        owner: str,
        server_keys: Mapping[bytes, ServerKey],
        vault: Vault,
    ) -> None:
        """`owner` is the NIP (or NRP) that the secret was sealed for."""
        self.kind = vault.kind
        self.certificate_pem = certificate_pem
        self._envelope = envelope
        self._owner = owner
        self._server_keys = server_keys
        self._vault = vault

    def unlock(self, pin: str) -> SigningSession:
        """Open the key with PIN and server key.

        Raises WrongPinError, EnvelopeError, and ValueError when the key is not the one the certificate names.
        """
        secret = unseal(self._envelope, pin=pin, server_keys=self._server_keys, owner=self._owner)
        key = self._vault.open(secret)
        certified = loaded(self.certificate_pem).public_key()
        if not isinstance(certified, ec.EllipticCurvePublicKey) or certified != key.public_key:
            raise ValueError("the key is not the certificate's")
        return _Session(key, key_fingerprint(certified))

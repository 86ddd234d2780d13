"""Who can sign: one interface, so that a token or a certified provider may stand where our own key stands."""

from dataclasses import dataclass
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from bar.documents.wording import SIGNATURE_KIND
from bar.signing.authority import Authority, CertificateSubject
from bar.signing.keys import key_fingerprint, new_key, sign, unwrap, wrap
from bar.signing.pins import hash_pin


class SigningSession(Protocol):
    """An opened key: one PIN entry signs many hashes; it lives no longer than the request."""

    key_id: str

    def sign(self, content_hash: str) -> str:
        """The DER signature in hex over a SHA-256 given in hex."""


class Signer(Protocol):
    """A person's means of signing. `kind` is the honest sentence printed beside the signature."""

    kind: str
    certificate_pem: bytes

    def unlock(self, pin: str) -> SigningSession:
        """Open the key. Raises WrongPinError."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What is stored when a PIN is set; none of it opens the key without PIN and server secret."""

    key_id: str
    wrapped_key: bytes
    certificate_pem: bytes
    pin_hash: str


def enrol(pin: str, *, subject: CertificateSubject, server_secret: bytes, authority: Authority) -> Enrolment:
    """Make a key pair and certificate for a signer whose PIN has passed the policy."""
    key = new_key()
    return Enrolment(
        key_id=key_fingerprint(key.public_key()),
        wrapped_key=wrap(key, pin=pin, server_secret=server_secret, owner=subject.nip),
        certificate_pem=authority.issue(key.public_key(), subject),
        pin_hash=hash_pin(pin),
    )


class _OpenKey:
    """The built-in session: a P-256 key in memory."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key
        self.key_id = key_fingerprint(key.public_key())

    def sign(self, content_hash: str) -> str:
        """The DER signature in hex over a SHA-256 given in hex."""
        return sign(self._key, content_hash)


class BuiltInSigner:
    """A signer whose wrapped key lies in our database: uncertified, and it says so."""

    kind = SIGNATURE_KIND

    def __init__(
        self, wrapped_key: bytes, *, certificate_pem: bytes, owner: str, server_secret: bytes
    ) -> None:
        """`owner` is the NIP (or NRP) that the key was wrapped for."""
        self.certificate_pem = certificate_pem
        self._wrapped_key = wrapped_key
        self._owner = owner
        self._server_secret = server_secret

    def unlock(self, pin: str) -> SigningSession:
        """Open the key with PIN and server secret.

        Raises WrongPinError, and ValueError when the opened key is not the one the certificate names.
        """
        key = unwrap(self._wrapped_key, pin=pin, server_secret=self._server_secret, owner=self._owner)
        certificate = x509.load_pem_x509_certificate(self.certificate_pem)
        if certificate.public_key() != key.public_key():
            raise ValueError("the key is not the certificate's")
        return _OpenKey(key)

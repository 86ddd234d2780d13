"""The installation's own issuing authority: a P-256 certificate that vouches for its signers, nothing more."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from bar.signing.certificates import loaded
from erekon.lib.keyfiles import create_once

FILE_NAME = "bar-ca.pem"
CA_LIFE = timedelta(days=20 * 365)
SIGNER_LIFE = timedelta(days=5 * 365)
_EARLIER = timedelta(minutes=5)  # clocks of readers may lag
_COMMON_NAME_LIMIT = 64  # RFC 5280, ub-common-name


@dataclass(frozen=True, slots=True)
class CertificateSubject:
    """Who a certificate names: the person, NIP (or NRP), the role (KPA or KASI_VERA), and the office."""

    name: str
    nip: str
    role: str
    office: str


class Authority:
    """The authority kept in one folder; key and certificate lie in one file, so that they cannot part."""

    def __init__(self, folder: Path, *, installation: str, now: datetime, list_url: str = "") -> None:
        """`installation` names the CA when it is first made; `now` is aware and dates what is issued; `list_url`
        is where its revocation list is published."""
        self.folder = folder
        self.installation = installation
        self.now = now
        self.list_url = list_url

    @cached_property
    def _pem(self) -> bytes:
        return create_once(self.folder / FILE_NAME, lambda: _new_authority(self.installation, self.now))

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        return _private_key(self._pem)

    @cached_property
    def certificate(self) -> x509.Certificate:
        """The self-signed certificate of the authority."""
        return loaded(self._pem)

    def ca_pem(self) -> bytes:
        """The certificate to publish; never the key."""
        return self.certificate.public_bytes(Encoding.PEM)

    def sign_list(self, builder: x509.CertificateRevocationListBuilder) -> bytes:
        """A revocation list in DER, signed."""
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.DER)

    def issue(self, key: ec.EllipticCurvePublicKey, subject: CertificateSubject) -> bytes:
        """A signer's certificate in PEM, for signing documents only."""
        builder = (
            x509.CertificateBuilder()
            .subject_name(_signer_name(subject))
            .issuer_name(self.certificate.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now - _EARLIER)
            .not_valid_after(min(self.now + SIGNER_LIFE, self.certificate.not_valid_after_utc))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(sign_documents=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(authority_identifier(self.certificate), critical=False)
        )
        if self.list_url:
            builder = builder.add_extension(_list_place(self.list_url), critical=False)
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)


@lru_cache(maxsize=8)
def _private_key(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(pem, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the authority's key is not P-256")
    return key


def _new_authority(installation: str, now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "e-Rekon-LK"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"CA {installation}"[:_COMMON_NAME_LIMIT]),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign_documents=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(
        Encoding.PEM
    )


def _signer_name(subject: CertificateSubject) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, subject.office[:_COMMON_NAME_LIMIT]),
            x509.NameAttribute(NameOID.TITLE, subject.role),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, subject.nip),
            x509.NameAttribute(NameOID.COMMON_NAME, subject.name[:_COMMON_NAME_LIMIT]),
        ]
    )


def _usage(*, sign_documents: bool) -> x509.KeyUsage:
    """A signer signs documents; the authority signs certificates and revocation lists."""
    return x509.KeyUsage(
        digital_signature=sign_documents,
        content_commitment=sign_documents,
        key_cert_sign=not sign_documents,
        crl_sign=not sign_documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _list_place(url: str) -> x509.CRLDistributionPoints:
    return x509.CRLDistributionPoints(
        [x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)]
    )


def authority_identifier(authority: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    """The name under which what it issues points to its key."""
    identifier = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)

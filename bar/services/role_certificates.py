"""The certificate that goes with a signature: it names the role in which the key signs."""

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bar.installation import authority
from bar.models import IssuedCertificate, Signature, SignerKey
from bar.signing.authority import CertificateSubject
from bar.signing.certificates import loaded


def certificate_for(signature: Signature) -> bytes:
    """A certificate (PEM) of the signer's key for the role of the signature, valid when it was made.

    A person who signs in another role than when the PIN was set has none yet: it is issued and registered now,
    outside any transaction. Revoking the key revokes it as well.
    """
    key: SignerKey = signature.key
    if _serves(loaded(key.certificate.encode()), signature.role, signature.at):
        return key.certificate.encode()
    for pem in IssuedCertificate.objects.filter(key=key).order_by("-id").values_list("pem", flat=True):
        if _serves(loaded(pem.encode()), signature.role, signature.at):
            return pem.encode()
    return _issue(key, signature)


def _serves(certificate: x509.Certificate, role: str, at: datetime) -> bool:
    titles = [each.value for each in certificate.subject.get_attributes_for_oid(NameOID.TITLE)]
    return titles == [role] and certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _issue(key: SignerKey, signature: Signature) -> bytes:
    public = loaded(key.certificate.encode()).public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        raise TypeError("a signer's key is no elliptic curve key")
    subject = CertificateSubject(signature.name, signature.nip, signature.role, signature.assignment.place)
    pem = authority(signature.at).issue(public, subject)
    certificate = loaded(pem)
    IssuedCertificate.objects.create(
        serial=f"{certificate.serial_number:x}",
        key=key,
        pem=pem.decode(),
        issued_at=signature.at,
        expires_at=certificate.not_valid_after_utc,
    )
    return pem

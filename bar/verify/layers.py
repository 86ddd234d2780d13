"""The two signatures inside the PDF, judged one by one and together.

What pyHanko answers is whether a signature holds over its bytes. That it is the right one, in the right place,
of the right role, and that nothing stands beside or after it, is asked here.
"""

from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko.sign.validation.pdf_embedded import read_certification_data
from pyhanko_certvalidator import ValidationContext

from bar.signing.keys import is_low_s, key_fingerprint
from bar.signing.roles import FIELD_OF_ROLE, KASI_VERA, KPA
from bar.verify.anchors import Anchors
from bar.verify.byte_ranges import check_bytes
from bar.verify.envelopes import check_envelope
from bar.verify.verdicts import different, unknown

ROLES = (KPA, KASI_VERA)
ROLE_WORDS = {KPA: "KPA", KASI_VERA: "Kasi Vera"}
_REVISIONS = 3  # as printed, signed by the KPA, signed by the Kasi Vera


@dataclass(frozen=True, slots=True)
class SignedLayer:
    """A signature that holds: in which role, by whom, with which key and certificate, when, and the address it
    carries."""

    role: str
    name: str
    nip: str
    key_id: str
    serial: int
    at: datetime
    contact: str


def read_layers(reader: PdfFileReader, pdf: bytes, anchors: Anchors) -> tuple[SignedLayer, SignedLayer]:
    """The KPA's layer and the Kasi Vera's, in this order; raises RejectedError for anything else."""
    found = reader.embedded_signatures
    if not any(_issued_here(_certificate(each), anchors) for each in found):
        raise unknown("Tidak ada tanda tangan dari instalasi ini di dalam berkas.")
    try:
        _check_places(reader, found)
        check_bytes(pdf, found)
        _check_permissions(reader, found)
        kpa, kasi_vera = (_layer(role, each, anchors) for role, each in zip(ROLES, found, strict=True))
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError) as error:
        raise different("Susunan berkas rusak atau diubah sesudah ditandatangani.") from error
    return kpa, kasi_vera


def _check_places(reader: PdfFileReader, found: list[EmbeddedPdfSignature]) -> None:
    """Two signatures, each in the field and the revision of its role, and no revision but theirs."""
    if len(found) != len(ROLES):
        raise different(f"Berkas memuat {len(found)} tanda tangan, seharusnya dua.")
    if [each.field_name for each in found] != [FIELD_OF_ROLE[role] for role in ROLES]:
        raise different("Tanda tangan tidak berada di tempat KPA dan Kasi Vera.")
    revisions = [each.signed_revision for each in found]
    if reader.xrefs.total_revisions != _REVISIONS or revisions != [1, 2]:
        raise different("Berkas diubah di antara atau sesudah kedua tanda tangan.")


def _check_permissions(reader: PdfFileReader, found: list[EmbeddedPdfSignature]) -> None:
    """The first certifies and allows signing only; the second locks every field and allows nothing."""
    first, last = found
    certification = read_certification_data(reader)
    certified = certification is not None and certification.author_sig is first.sig_object
    if not certified or first.docmdp_level != MDPPerm.FILL_FORMS or last.docmdp_level != MDPPerm.NO_CHANGES:
        raise different("Tanda tangan KPA tidak mengunci isi dokumen sebagaimana mestinya.")


def _layer(role: str, signature: EmbeddedPdfSignature, anchors: Anchors) -> SignedLayer:
    word = ROLE_WORDS[role]
    certificate, at = _certificate(signature), signature.self_reported_timestamp
    if not _issued_here(certificate, anchors):
        raise different(f"Sertifikat {word} bukan terbitan instalasi ini.")
    check_envelope(signature, [each.public_bytes(Encoding.DER) for each in anchors.authorities])
    if at is None or not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise unknown(f"Sertifikat {word} tidak berlaku pada saat menandatangani.")
    _check_status(word, validate_pdf_signature(signature, _context(anchors, at)))
    _check_value(word, signature)
    if _named(certificate, NameOID.TITLE) != role:
        raise different(f"Yang menandatangani sebagai {word} bukan bersertifikat {word}.")
    return SignedLayer(
        role,
        _named(certificate, NameOID.COMMON_NAME),
        _named(certificate, NameOID.SERIAL_NUMBER),
        _fingerprint(certificate),
        certificate.serial_number,
        at,
        str(signature.sig_object.get("/ContactInfo", "")),
    )


def _check_status(word: str, status: PdfSignatureStatus) -> None:
    if not (status.intact and status.valid):
        raise different(f"Isi berkas tidak sama dengan yang ditandatangani {word}.")
    if not status.trusted:
        raise different(f"Sertifikat {word} tidak boleh dipakai untuk menandatangani BAR.")
    covered = status.coverage in {SignatureCoverageLevel.ENTIRE_REVISION, SignatureCoverageLevel.ENTIRE_FILE}
    if not covered or not status.docmdp_ok:
        raise different(f"Berkas diubah sesudah ditandatangani {word}.")


def _check_value(word: str, signature: EmbeddedPdfSignature) -> None:
    """Of the two values that hold over the same bytes, the one that our signers write; what was sealed before they
    chose is refused like any other copy."""
    if not is_low_s(signature.signer_info["signature"].native):
        raise different(
            f"Nilai tanda tangan {word} ditukar dengan kembarannya (s menjadi n − s) sesudah ditandatangani. "
            "Unduh lagi BAR dari portal."
        )


def _context(anchors: Anchors, at: datetime) -> ValidationContext:
    roots = [asn1.Certificate.load(each.public_bytes(Encoding.DER)) for each in anchors.authorities]
    return ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)


def _certificate(signature: EmbeddedPdfSignature) -> x509.Certificate:
    return x509.load_der_x509_certificate(signature.signer_cert.dump())


def _issued_here(certificate: x509.Certificate, anchors: Anchors) -> bool:
    return any(_is_issued_by(certificate, each) for each in anchors.authorities)


def _is_issued_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _named(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    values = certificate.subject.get_attributes_for_oid(oid)
    return str(values[0].value) if len(values) == 1 else ""


def _fingerprint(certificate: x509.Certificate) -> str:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise TypeError("not an elliptic curve key")
    return key_fingerprint(key)

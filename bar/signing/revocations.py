"""The revocation list of the issuing authority: which certificates do not count, and from which instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509

from bar.signing.authority import Authority, authority_identifier

LIST_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Revoked:
    """A certificate that does not count: its serial number, from which instant on, and when that was decided."""

    serial: int
    since: datetime
    decided: datetime


def revocation_list(authority: Authority, revoked: Iterable[Revoked]) -> bytes:
    """The CRL of the authority in DER, valid from its `now` for a week."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(authority.now)
        .next_update(authority.now + LIST_LIFE)
        .add_extension(authority_identifier(authority.certificate), critical=False)
        .add_extension(x509.CRLNumber(int(authority.now.timestamp())), critical=False)
    )
    for each in revoked:
        builder = builder.add_revoked_certificate(_revoked_entry(each))
    return authority.sign_list(builder)


def _revoked_entry(each: Revoked) -> x509.RevokedCertificate:
    """Readers compare a signature's time with the revocation date, so the instant from which it does not
    count stands there as well."""
    since = min(each.since, each.decided)
    return (
        x509.RevokedCertificateBuilder()
        .serial_number(each.serial)
        .revocation_date(since)
        .add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
        .add_extension(x509.InvalidityDate(since.astimezone(UTC).replace(tzinfo=None)), critical=False)
        .build()
    )

"""What makes a signature verifiable for long: a trusted time (B-T) and the revocation data of its day (B-LT)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import crl, x509
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko_certvalidator import ValidationContext

_PATIENCE = 10  # seconds for the authority to answer
# What a time-stamping authority that is away, late or wrong looks like.
NO_TIME = (TimestampRequestError, TimeoutError)


@dataclass(frozen=True)
class LongTerm:
    """A time-stamping authority, and (for B-LT) the certificates to trust and the revocation lists of a moment;
    without lists the signature is B-T."""

    timestamper: TimeStamper
    trusted: Sequence[x509.Certificate] = ()
    lists: Callable[[datetime], Sequence[bytes]] | None = None

    def validation(self, at: datetime) -> ValidationContext | None:
        """What is known of certificates and revocations at this moment; None for B-T."""
        if self.lists is None:
            return None
        known = [crl.CertificateList.load(one) for one in self.lists(at)]
        return ValidationContext(
            trust_roots=list(self.trusted),
            crls=known,
            allow_fetching=False,
            revocation_mode="soft-fail",
            moment=at,
        )


def authority_at(url: str) -> TimeStamper:
    """The time-stamping authority at an address (RFC 3161 over HTTP)."""
    return HTTPTimeStamper(url, timeout=_PATIENCE)

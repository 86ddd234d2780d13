"""An authority, two signers with opened keys, and the BAR they sign."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto.x509 import Certificate
from pyhanko_certvalidator import ValidationContext

from bar.documents.content import build_content
from bar.documents.pdf import Unsigned, render_unsigned
from bar.documents.stamps import render_stamp
from bar.signing.authority import Authority, CertificateSubject
from bar.signing.certificates import parsed
from bar.signing.envelope import ServerKey
from bar.signing.pades import Layer, LongTerm, certify, countersign
from bar.signing.signer import SigningSession, VaultSigner, enrol
from bar.signing.vaults import BuiltInVault, Vault
from tests.unit.bar.documents.builders import ADDRESS, EQUAL, SIGNATURES

NOW = datetime(2026, 10, 8, 3, 0, tzinfo=UTC)
PIN = "381173"
SERVER = ServerKey(b"\x01" * 8, b"\x22" * 32)
SERVERS = {SERVER.kid: SERVER}


@dataclass
class SigningWorld:
    """What two people need to sign a BAR."""

    authority: Authority
    vault: Vault

    @classmethod
    def begin(cls, folder: Path, vault: Vault | None = None) -> "SigningWorld":
        """An authority of its own in this folder."""
        authority = Authority(
            folder, installation="contoh.go.id", now=NOW, list_url="https://contoh.go.id/bar-ca.crl"
        )
        return cls(authority, vault or BuiltInVault())

    def opened(self, role: str, pin: str = PIN) -> tuple[SigningSession, bytes]:
        """A new signer of this role with his key opened, and his certificate."""
        name, nip = next((each.name, each.nip) for each in SIGNATURES if each.role == role)
        subject = CertificateSubject(name, nip, role, "498765")
        given = enrol(PIN, subject=subject, server_key=SERVER, authority=self.authority, vault=self.vault)
        signer = VaultSigner(
            given.envelope,
            certificate_pem=given.certificate_pem,
            owner=nip,
            server_keys=SERVERS,
            vault=self.vault,
        )
        return signer.unlock(pin), given.certificate_pem

    def layer(self, role: str, at: datetime = NOW) -> Layer:
        """The signature of this role, with its stamp."""
        session, certificate = self.opened(role)
        shown = next(each for each in SIGNATURES if each.role == role)
        stamp = render_stamp(shown, zone="Asia/Jakarta")
        return Layer(role, session, (certificate, self.authority.ca_pem()), at, stamp)

    def unsigned(self) -> Unsigned:
        """The BAR before anybody signed."""
        return render_unsigned(build_content(EQUAL), verify_address=ADDRESS)

    def certified(self, long_term: LongTerm | None = None) -> bytes:
        """The BAR with the KPA's signature."""
        bar = self.unsigned()
        return certify(bar.pdf, bar.places, self.layer("KPA"), long_term)

    def sealed(self, long_term: LongTerm | None = None) -> bytes:
        """The BAR with both signatures."""
        return countersign(self.certified(long_term), self.layer("KASI_VERA"), long_term)

    def root(self) -> Certificate:
        """The published authority, as pyHanko reads it."""
        return parsed(self.authority.ca_pem())

    def context(self, **options: object) -> ValidationContext:
        """What a reader trusts: the published authority and nothing else."""
        return ValidationContext(trust_roots=[self.root()], allow_fetching=False, moment=NOW, **options)

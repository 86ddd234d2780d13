from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bar.signing.authority import Authority, CertificateSubject
from bar.signing.envelope import ServerKey, WrongPinError
from bar.signing.keys import new_key, verify
from bar.signing.signer import Enrolment, Signer, VaultSigner, enrol
from bar.signing.vaults import BuiltInVault

NOW = datetime(2026, 10, 8, 3, 0, tzinfo=UTC)
SERVER = ServerKey(b"\x01" * 8, b"\x22" * 32)
BAMBANG = CertificateSubject(
    "Bambang Setiawan", "197505051998041002", "KPA", "498765 Balai " + "Sagara " * 20
)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path, installation="contoh.go.id", now=NOW)


def enrolled(authority: Authority) -> Enrolment:
    return enrol("381173", subject=BAMBANG, server_key=SERVER, authority=authority, vault=BuiltInVault())


def signer_of(enrolment: Enrolment, certificate: bytes | None = None) -> Signer:
    return VaultSigner(
        enrolment.envelope,
        certificate_pem=certificate or enrolment.certificate_pem,
        owner=BAMBANG.nip,
        server_keys={SERVER.kid: SERVER},
        vault=BuiltInVault(),
    )


def test_one_pin_entry_signs_many_and_the_certificate_verifies_each(authority: Authority) -> None:
    enrolment = enrolled(authority)
    session = signer_of(enrolment).unlock("381173")
    key = x509.load_pem_x509_certificate(enrolment.certificate_pem).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    for content_hash in ("ab" * 32, "cd" * 32):
        assert verify(key, content_hash, session.sign(content_hash))
    assert session.key_id == enrolment.key_id


def test_a_wrong_pin_opens_nothing(authority: Authority) -> None:
    with pytest.raises(WrongPinError):
        signer_of(enrolled(authority)).unlock("381174")


def test_a_key_under_another_certificate_is_refused(authority: Authority) -> None:
    enrolment = enrolled(authority)
    foreign = authority.issue(new_key().public_key(), BAMBANG)
    with pytest.raises(ValueError, match="not the certificate's"):
        signer_of(enrolment, foreign).unlock("381173")


def test_the_built_in_signer_says_that_it_is_not_certified() -> None:
    assert BuiltInVault.kind == "tanda tangan elektronik tidak tersertifikasi"


def test_a_certificate_names_person_nip_and_role_and_chains_to_the_authority(authority: Authority) -> None:
    certificate = x509.load_pem_x509_certificate(enrolled(authority).certificate_pem)
    named = {each.oid: each.value for each in certificate.subject}
    assert named[NameOID.COMMON_NAME] == "Bambang Setiawan"
    assert named[NameOID.SERIAL_NUMBER] == "197505051998041002"
    assert named[NameOID.TITLE] == "KPA"
    certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(authority.ca_pem()))


def test_a_signers_certificate_can_issue_nothing(authority: Authority) -> None:
    certificate = x509.load_pem_x509_certificate(enrolled(authority).certificate_pem)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_the_authority_is_made_once_and_never_shows_its_key(authority: Authority, tmp_path: Path) -> None:
    again = Authority(tmp_path, installation="lain.go.id", now=NOW)
    assert again.ca_pem() == authority.ca_pem()
    assert b"PRIVATE" not in authority.ca_pem()
    assert b"PRIVATE" in (tmp_path / "bar-ca.pem").read_bytes()

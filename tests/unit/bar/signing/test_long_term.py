"""Trusted time (B-T) and the revocation data of the day (B-LT), with an authority in this process."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.x509 import load_der_x509_crl
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext

from bar.signing.certificates import loaded
from bar.signing.pades import certify
from bar.signing.revocations import Revoked, revocation_list
from bar.signing.timestamps import LongTerm
from tests.unit.bar.signing.tsa import LocalTsa
from tests.unit.bar.signing.world import NOW, SigningWorld


@pytest.fixture
def world(tmp_path: Path) -> SigningWorld:
    return SigningWorld.begin(tmp_path)


@pytest.fixture(scope="module")
def tsa() -> LocalTsa:
    return LocalTsa()


def lists(world: SigningWorld, tsa: LocalTsa) -> list[bytes]:
    return [revocation_list(world.authority, []), tsa.list]


def with_time(tsa: LocalTsa) -> LongTerm:
    return LongTerm(tsa.stamper)


def for_long(world: SigningWorld, tsa: LocalTsa) -> LongTerm:
    return LongTerm(tsa.stamper, [world.root(), tsa.root], lambda at: lists(world, tsa))


def statuses(document: bytes, *roots: object):
    trust = ValidationContext(trust_roots=list(roots), allow_fetching=False, moment=NOW)
    reader = PdfFileReader(io.BytesIO(document))
    return [
        validate_pdf_signature(each, trust, ts_validation_context=trust)
        for each in reader.embedded_signatures
    ]


def test_each_signature_carries_a_trusted_time(world: SigningWorld, tsa: LocalTsa) -> None:
    for status in statuses(world.sealed(with_time(tsa)), world.root(), tsa.root):
        assert status.bottom_line
        assert status.timestamp_validity.timestamp == NOW
        assert status.timestamp_validity.trusted


def test_without_an_authority_there_is_no_trusted_time(world: SigningWorld) -> None:
    assert [each.timestamp_validity for each in statuses(world.sealed(), world.root())] == [None, None]


def test_a_time_of_an_authority_nobody_trusts_does_not_count(world: SigningWorld, tsa: LocalTsa) -> None:
    for status in statuses(world.sealed(with_time(tsa)), world.root()):
        assert not status.timestamp_validity.trusted


def test_the_revocation_data_of_the_day_lies_inside_what_is_signed(
    world: SigningWorld, tsa: LocalTsa
) -> None:
    document = world.sealed(for_long(world, tsa))
    stored = DocumentSecurityStore.read_dss(PdfFileReader(io.BytesIO(document)))
    assert len(stored.crls) >= 2
    first, second = statuses(document, world.root(), tsa.root)
    assert first.bottom_line
    assert second.bottom_line
    assert second.coverage == SignatureCoverageLevel.ENTIRE_FILE


def test_the_file_alone_proves_that_nobody_had_revoked(world: SigningWorld, tsa: LocalTsa) -> None:
    strict = {
        "trust_roots": [world.root(), tsa.root],
        "allow_fetching": False,
        "moment": NOW,
        "revocation_mode": "require",
    }

    def held(document: bytes) -> list[bool]:
        reader = PdfFileReader(io.BytesIO(document))
        known = (
            DocumentSecurityStore.read_dss(reader).as_validation_context(dict(strict))
            if "/DSS" in reader.root
            else ValidationContext(**strict, crls=[])
        )
        return [
            validate_pdf_signature(each, known, ts_validation_context=known).bottom_line
            for each in reader.embedded_signatures
        ]

    assert held(world.sealed(for_long(world, tsa))) == [True, True]
    assert held(world.sealed(with_time(tsa))) == [False, False]


def test_the_published_list_takes_back_a_certificate_from_an_instant(world: SigningWorld) -> None:
    certificate = loaded(world.layer("KPA").chain[0])
    since = NOW - timedelta(hours=1)
    content = revocation_list(world.authority, [Revoked(certificate.serial_number, since, NOW)])
    crl = load_der_x509_crl(content)
    assert crl.is_signature_valid(world.authority.certificate.public_key())
    entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
    assert entry.revocation_date_utc == since
    assert crl.get_revoked_certificate_by_serial_number(1) is None


def test_a_reader_with_the_list_refuses_the_revoked_signature(world: SigningWorld) -> None:
    bar, layer = world.unsigned(), world.layer("KPA")
    document = certify(bar.pdf, bar.places, layer)
    serial = PdfFileReader(io.BytesIO(document)).embedded_signatures[0].signer_cert.serial_number

    def judged(*revoked: Revoked) -> bool:
        context = world.context(crls=[revocation_list(world.authority, revoked)], revocation_mode="require")
        return validate_pdf_signature(
            PdfFileReader(io.BytesIO(document)).embedded_signatures[0], context
        ).bottom_line

    assert judged()
    assert not judged(Revoked(serial, NOW - timedelta(hours=1), NOW))

import contextlib
import io
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pypdf import PdfReader

from bar.signing.pades import certify, countersign
from tests.unit.bar.signing.world import NOW, SigningWorld

THREADS = 16


@pytest.fixture
def world(tmp_path: Path) -> SigningWorld:
    return SigningWorld.begin(tmp_path / "keys")


@pytest.fixture
def sealed(world: SigningWorld) -> bytes:
    return world.sealed()


def signatures(document: bytes):
    return PdfFileReader(io.BytesIO(document)).embedded_signatures


def statuses(world: SigningWorld, document: bytes):
    return [validate_pdf_signature(each, world.context()) for each in signatures(document)]


def pdfsig(world: SigningWorld, document: bytes, folder: Path) -> str:
    """What poppler says, with nothing trusted but the published authority."""
    store, authority, pdf = folder / "nss", folder / "ca.pem", folder / "bar.pdf"
    store.mkdir()
    authority.write_bytes(world.authority.ca_pem())
    pdf.write_bytes(document)
    for command in (
        ["certutil", "-N", "-d", f"sql:{store}", "--empty-password"],
        ["certutil", "-A", "-d", f"sql:{store}", "-n", "bar", "-t", "CT,C,C", "-a", "-i", str(authority)],
    ):
        subprocess.run(command, check=True, capture_output=True)
    return subprocess.run(
        ["pdfsig", "-nssdir", f"sql:{store}", str(pdf)], check=False, capture_output=True, text=True
    ).stdout


def test_both_signatures_hold_by_pyhanko_against_the_published_authority(
    world: SigningWorld, sealed: bytes
) -> None:
    first, second = statuses(world, sealed)
    assert first.bottom_line
    assert second.bottom_line
    assert first.modification_level == ModificationLevel.FORM_FILLING
    assert second.modification_level == ModificationLevel.NONE
    assert second.coverage == SignatureCoverageLevel.ENTIRE_FILE


@pytest.mark.pdfsig
def test_both_signatures_hold_by_pdfsig_against_the_published_authority(
    world: SigningWorld, sealed: bytes, tmp_path: Path
) -> None:
    told = pdfsig(world, sealed, tmp_path)
    assert told.count("Signature is Valid.") == 2
    assert told.count("Certificate is Trusted.") == 2
    assert told.count("Signature Type: ETSI.CAdES.detached") == 2
    assert told.count("Total document signed") == 1


@pytest.mark.pdfsig
def test_pdfsig_trusts_no_other_authority(world: SigningWorld, sealed: bytes, tmp_path: Path) -> None:
    stranger = SigningWorld.begin(tmp_path / "other")
    assert "Certificate is Trusted." not in pdfsig(stranger, sealed, tmp_path)
    assert not any(each.bottom_line for each in statuses(stranger, sealed))


def test_the_first_signature_certifies_and_allows_signing_only(world: SigningWorld) -> None:
    (first,) = signatures(world.certified())
    assert first.field_name == "TTD_KPA"
    assert first.docmdp_level == MDPPerm.FILL_FORMS


def test_the_second_signature_fills_the_field_made_with_the_first(world: SigningWorld, sealed: bytes) -> None:
    fields = PdfReader(io.BytesIO(world.certified())).get_fields()
    assert fields is not None
    assert set(fields) == {"TTD_KPA", "TTD_KASI_VERA"}
    assert [each.field_name for each in signatures(sealed)] == ["TTD_KPA", "TTD_KASI_VERA"]
    assert signatures(sealed)[1].docmdp_level == MDPPerm.NO_CHANGES


def test_what_was_rendered_is_the_beginning_of_what_is_signed(world: SigningWorld, sealed: bytes) -> None:
    assert sealed.startswith(world.unsigned().pdf)
    assert world.unsigned().pdf == world.unsigned().pdf


def test_each_signature_carries_the_whole_chain_and_its_time(world: SigningWorld, sealed: bytes) -> None:
    for each in signatures(sealed):
        names = {one.chosen.subject.native["common_name"] for one in each.signed_data["certificates"]}
        assert "CA contoh.go.id" in names
        assert len(names) == 2
        assert each.self_reported_timestamp == NOW


def test_nothing_may_come_after_the_second_signature(world: SigningWorld, sealed: bytes) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    writer.root["/Lang"] = writer.root["/Lang"].__class__("en")
    writer.update_root()
    changed = io.BytesIO()
    writer.write(changed)
    assert not any(each.bottom_line for each in statuses(world, changed.getvalue()))


@pytest.mark.parametrize("place", [9_000, 30_000, -300, -60])
def test_a_changed_byte_breaks_a_signature(world: SigningWorld, sealed: bytes, place: int) -> None:
    changed = bytearray(sealed)
    changed[place] ^= 1
    holds = False
    with contextlib.suppress(Exception):  # a reader may refuse the file altogether
        holds = all(each.bottom_line for each in statuses(world, bytes(changed)))
    assert not holds


def test_a_filled_field_is_never_signed_again(world: SigningWorld, sealed: bytes) -> None:
    with pytest.raises(Exception, match=r"forbids|already|filled"):
        countersign(sealed, world.layer("KASI_VERA"))


def test_both_stamps_are_seen_on_the_page(sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "bar.pdf").write_bytes(sealed)
    command = ["pdftotext", "-layout", str(tmp_path / "bar.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert text.count("Ditandatangani secara elektronik") == 2
    for shown in ("8 Oktober 2020, 09.05 WIB", "NIP 197505051998041002", "NIP 198012122005011003"):
        assert shown in text


def test_threads_that_sign_together_do_not_disturb_each_other(world: SigningWorld) -> None:
    bar, layer = world.unsigned(), world.layer("KPA")
    gate = threading.Barrier(THREADS)

    def sign(_: int) -> bytes:
        gate.wait(60)
        return certify(bar.pdf, bar.places, layer)

    with ThreadPoolExecutor(THREADS) as pool:
        documents = list(pool.map(sign, range(THREADS)))
    assert all(statuses(world, document)[0].bottom_line for document in documents[:3])
    assert len(documents) == THREADS

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bar.documents.blocks import PLACE_HEIGHT, PLACE_WIDTH
from bar.documents.stamps import SignatureBlock, render_stamp
from tests.unit.bar.documents.builders import HOSTILE, KPA_QR, QR, SIGNATURES

ZONE = "Asia/Jakarta"
GOLDEN = (
    "Ditandatangani secara elektronik 8 Oktober 2020, 09.05 WIB Kunci kv-0b77e1d4 "
    "Tanda tangan elektronik tidak tersertifikasi Hendra Suryana NIP 198012122005011003"
)


def text_of(stamp: bytes) -> str:
    (page,) = PdfReader(io.BytesIO(stamp)).pages
    return " ".join(page.extract_text().split())


def decoded(stamp: bytes, folder: Path) -> str:
    (folder / "stamp.pdf").write_bytes(stamp)
    command = ["pdftoppm", "-r", "200", "-png", "-singlefile", folder / "stamp.pdf", folder / "stamp"]
    subprocess.run(command, check=True)
    (found,) = zxingcpp.read_barcodes(Image.open(folder / "stamp.png"))
    return found.text


def test_a_stamp_says_who_when_and_with_what() -> None:
    assert text_of(render_stamp(SIGNATURES[1], zone=ZONE)) == GOLDEN


def test_a_stamp_is_as_large_as_its_place_and_always_the_same() -> None:
    stamp = render_stamp(SIGNATURES[0], zone=ZONE)
    box = PdfReader(io.BytesIO(stamp)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((PLACE_WIDTH, PLACE_HEIGHT), abs=0.01)
    assert stamp == render_stamp(SIGNATURES[0], zone=ZONE)


def test_the_plain_address_and_the_whole_token_are_read_from_paper(tmp_path: Path) -> None:
    assert decoded(render_stamp(SIGNATURES[0], zone=ZONE), tmp_path) == KPA_QR
    assert decoded(render_stamp(SIGNATURES[1], zone=ZONE), tmp_path) == QR


def test_the_longest_name_stays_inside_and_is_printed_not_obeyed() -> None:
    person = HOSTILE.satker.kpa
    assert person is not None
    hostile: SignatureBlock = replace(SIGNATURES[0], name=person.name, nip="1" * 20)
    text = text_of(render_stamp(hostile, zone=ZONE))
    assert "Panjang Panjang" in text
    assert "NIP 11111111111111111111" in text
    assert "<b>" in text_of(render_stamp(replace(hostile, name="<b>Budi</b>"), zone=ZONE))


def test_another_providers_signature_says_what_it_is() -> None:
    certified = replace(SIGNATURES[0], kind="tanda tangan elektronik tersertifikasi BSrE")
    text = text_of(render_stamp(certified, zone=ZONE))
    assert "Tanda tangan elektronik tersertifikasi BSrE" in text
    assert "tidak tersertifikasi" not in text

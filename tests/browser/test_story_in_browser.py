"""The main job as people do it: upload, see the result, approve, sign twice, download, scan, verify."""

import io
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import PHONE
from tests.browser.portal import Portal

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SATKER, SATKER_NAME = "990101", "Balai Diklat Keuangan Tirtasari"
OPERATOR, KPA = "Operator satker", "Kuasa Pengguna Anggaran"
VERA, KASI_VERA = "Petugas Seksi Vera", "Kepala Seksi Vera"
OFFICE = "Tirtasari"
# A worker checks, compares and prints an ADK of the demo in a few seconds; a loaded machine gets a minute.
PROCESSED = 60_000


def upload(page: Page, portal: Portal, name: str) -> None:
    page.goto(f"{portal.url}/upload")
    page.set_input_files("input[type=file]", portal.adk / name)
    button = page.get_by_role("button", name="Unggah")
    if button.is_visible():
        button.click()
    page.wait_for_url("**/upload/*", timeout=PROCESSED)


def test_an_adk_travels_from_the_upload_to_a_verified_bar(portal: Portal, visit, tmp_path: Path) -> None:
    operator = visit(portal.of_satker(OPERATOR, SATKER))

    upload(operator.page, portal, "isi-salah.zip")
    expect(operator.page.get_by_role("alert")).to_contain_text("ADK Tidak Standar", timeout=PROCESSED)
    expect(operator.page.get_by_text("Cara memperbaiki")).to_be_visible()

    upload(operator.page, portal, "merah.zip")
    operator.page.get_by_role("link", name="Lihat hasil").click(timeout=PROCESSED)
    expect(operator.page.get_by_role("heading", name="Tidak semua sama")).to_be_visible(timeout=PROCESSED)

    upload(operator.page, portal, "hijau.zip")
    operator.page.get_by_role("link", name="Lihat hasil").click(timeout=PROCESSED)
    expect(operator.page.get_by_role("heading", name="Semua sama")).to_be_visible(timeout=PROCESSED)
    result_url = operator.page.url

    operator.page.goto(f"{portal.url}/riwayat")
    operator.page.get_by_role("link", name="Bandingkan").first.click()
    expect(operator.page.get_by_role("heading", level=1)).to_contain_text("Bandingkan")
    assert Axe().run(operator.page).violations_count == 0

    vera = visit(portal.person(VERA, OFFICE))
    vera.page.goto(result_url)
    vera.page.get_by_role("button", name="Setujui BAR").click()
    expect(vera.page.get_by_text("disetujui dan diteruskan ke KPA")).to_be_visible()

    signed = [sign_on_a_phone(portal, visit, KPA), sign_on_a_phone(portal, visit, KASI_VERA)]
    assert all("sudah Anda tanda tangani" in sentence for sentence in signed)

    operator.page.goto(result_url)
    expect(operator.page.get_by_text("BAR Siap Didownload").first).to_be_visible()
    operator.page.get_by_role("link", name="Buka BAR").click()
    with operator.page.expect_download() as started:
        operator.page.get_by_role("link", name="Unduh BAR").first.click()
    pdf = Path(started.value.path()).read_bytes()
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "BERITA ACARA REKONSILIASI" in text
    assert "DRAFT" not in text

    stranger = visit()
    stranger.page.goto(scanned(pdf))
    expect(stranger.page.get_by_role("heading", name="Dokumen asli dan masih berlaku")).to_be_visible()
    assert "Rp" not in stranger.page.inner_text("main")


def sign_on_a_phone(portal: Portal, visit, role: str) -> str:
    account = portal.of_satker(role, SATKER) if role == KPA else portal.person(role, OFFICE)
    signer = visit(account, size=PHONE)
    signer.page.goto(f"{portal.url}/ttd")
    signer.page.get_by_role("link", name=SATKER_NAME).first.click()
    signer.page.locator("summary", has_text="Tanda tangani").click()
    signer.page.get_by_label("PIN tanda tangan").fill(account.pin)
    signer.page.get_by_role("button", name="Tanda tangani").click()
    notice = signer.page.get_by_text("sudah Anda tanda tangani").first
    expect(notice).to_be_visible()
    return notice.inner_text()


def scanned(pdf: bytes) -> str:
    """The address in the Kasi Vera's QR, read from the rendered page as a phone's camera would."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()  # the stamps of signatures are fields of a form
    picture = document[0].render(scale=3).to_pil()
    found = [code.text for code in zxingcpp.read_barcodes(picture)]
    with_token = [text for text in found if "#" in text]
    assert with_token, found
    return with_token[0]

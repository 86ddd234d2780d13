"""How many clicks the operator's jobs cost, from the home page on: no more than the design allows (O2 to O5)."""

import io
import time

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfWriter

from tests.browser.portal import Portal

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPERATOR = "Operator satker"
SHORT = {"width": 1366, "height": 625}
PROCESSED = 60_000
DOWNLOAD_SECONDS = 5.0


class Clicks:
    """A person's clicks, counted; what can be done by going on with Tab and typing costs none."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def on(self, target: Locator) -> None:
        self.count += 1
        target.click()


def at_home(portal: Portal, visit, code: str, **options) -> Clicks:
    return Clicks(visit(portal.of_satker(OPERATOR, code), **options).open("/"))


def test_o2_why_an_adk_was_refused_is_one_screen_away_without_a_click(portal: Portal, visit) -> None:
    hand = at_home(portal, visit, "990101", size=SHORT)
    hand.page.set_input_files("input[type=file]", portal.adk / "isi-salah.zip")
    hand.page.get_by_role("button", name="Unggah ADK").click()  # sending is job O1
    expect(hand.page.get_by_role("alert")).to_contain_text("ADK Tidak Standar", timeout=PROCESSED)
    for told in ("ADK Tidak Standar", "Cara memperbaiki"):
        expect(hand.page.get_by_text(told).first).to_be_in_viewport(ratio=1)
    assert hand.page.evaluate("scrollY") == 0
    assert hand.count == 0


def test_o3_to_o5_on_a_case_with_differences(portal: Portal, visit) -> None:
    """One story, as explaining (O4) takes from the home page what the others begin at."""
    hand = at_home(portal, visit, "990104")
    page = hand.page
    assert seconds_to_download(hand, "Unduh LHR") < DOWNLOAD_SECONDS
    assert hand.count == 1  # O5

    hand.count = 0
    hand.on(page.get_by_role("link", name="Jelaskan selisih"))
    expect(page.locator("tr.b").first).to_be_visible()
    assert hand.count == 1  # O3

    explained = int(page.locator(".kaki progress").get_attribute("value") or 0)
    form = page.locator("form.isian")
    hand.on(form.get_by_text("Di satker, akan diperbaiki"))
    form.locator("select").press("ArrowDown")  # reached by Tab
    form.locator("textarea[name=text]").press_sequentially("Dua angka tertukar, sudah kami betulkan.")
    with page.expect_file_chooser() as chooser:
        hand.on(form.locator("input[type=file]"))
    chooser.value.set_files({"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": one_page()})
    hand.on(form.get_by_role("button", name="Simpan", exact=True))
    expect(page.get_by_text(f"{explained + 1} dari 2 selisih dijelaskan")).to_be_visible()
    assert hand.count == 4  # O4


def test_o5_a_bar_is_one_click_away(portal: Portal, visit) -> None:
    hand = at_home(portal, visit, "990102")
    assert seconds_to_download(hand, "Unduh") < DOWNLOAD_SECONDS
    assert hand.count == 1


def seconds_to_download(hand: Clicks, link: str) -> float:
    """From the click on the first such link until the file is there."""
    begun = time.monotonic()
    with hand.page.expect_download() as started:
        hand.on(hand.page.get_by_role("link", name=link).first)
    assert started.value.path().stat().st_size > 1000
    return time.monotonic() - begun


def one_page() -> bytes:
    """A PDF of one empty page."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()

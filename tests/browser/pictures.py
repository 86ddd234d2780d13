"""`make pictures`: photograph the main pages of the running demo into docs/pictures/."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.availability import chromium
from tests.browser.conftest import ARGUMENTS, DESK, PHONE
from tests.browser.portal import ROOT, Account, Portal, running_portal

PICTURES = ROOT / "docs" / "pictures"
OPERATOR, KPA, VERA = "Operator satker", "Kuasa Pengguna Anggaran", "Petugas Seksi Vera"


def main() -> None:
    """Start a demo of its own, walk through it, keep the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_portal(Path(folder)) as portal,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        _satker(browser, portal)
        _kppn(browser, portal)
        _signing(browser, portal)
        browser.close()


def _satker(browser: Browser, portal: Portal) -> None:
    page = _signed_in(browser, portal, portal.of_satker(OPERATOR, "990101"))
    _keep(page, portal, "/", "beranda-operator")
    page.goto(f"{portal.url}/upload")
    page.set_input_files("input[type=file]", portal.adk / "isi-salah.zip")
    page.get_by_role("button", name="Unggah ADK").click()
    page.get_by_text("Cara memperbaiki").wait_for(timeout=60_000)
    page.screenshot(path=PICTURES / "adk-ditolak.png")
    page = _signed_in(browser, portal, portal.of_satker(OPERATOR, "990104"))
    page.get_by_role("link", name="Jelaskan").or_(page.locator("a[href^='/rekon/']")).first.click()
    page.screenshot(path=PICTURES / "hasil-rekon.png")


def _kppn(browser: Browser, portal: Portal) -> None:
    page = _signed_in(browser, portal, portal.person(VERA, "Tirtasari"))
    _keep(page, portal, "/antrean?saring=dijelaskan", "antrean-vera")


def _signing(browser: Browser, portal: Portal) -> None:
    page = _signed_in(browser, portal, portal.of_satker(KPA, "990201"), size=PHONE)
    page.goto(f"{portal.url}/ttd")
    page.get_by_role("link", name="Baca dan tanda tangani").first.click()
    page.screenshot(path=PICTURES / "ttd-kpa.png")
    page = _signed_in(browser, portal, portal.of_satker(OPERATOR, "990102"), size=PHONE)
    page.locator("a[href^='/rekon/']").first.click()
    page.get_by_role("link", name="Buka BAR").click()
    page.get_by_role("link", name="Halaman verifikasi").click()
    page.screenshot(path=PICTURES / "verifikasi.png")


def _signed_in(browser: Browser, portal: Portal, account: Account, size: dict[str, int] = DESK) -> Page:
    page = browser.new_context(viewport=size).new_page()
    page.goto(f"{portal.url}/masuk")
    page.fill("input[name=username]", account.username)
    page.fill("input[name=password]", account.password)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{portal.url}/")
    return page


def _keep(page: Page, portal: Portal, path: str, name: str) -> None:
    page.goto(f"{portal.url}{path}")
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()

"""The public page in a real browser: the QR's token and a chosen PDF against what the page shows."""

import base64
import json

import pytest
from playwright.sync_api import Page, expect

from tests.forgery.bytes_changed import last_gap, twin_signature

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GENUINE, DIFFERENT = "Dokumen asli dan masih berlaku", "Dokumen Anda berbeda dari yang kami simpan"


@pytest.fixture
def finished(visit, portal):
    """The document of a finished case, and its sealed PDF, as the KPPN reads them."""
    vera = visit(portal.person("Petugas Seksi Vera", "Tirtasari"))
    ask = vera.context.request
    listed = ask.get(f"{portal.url}/api/v1/cases/?stage=SIAP_DOWNLOAD").json()["results"]
    address = f"{portal.url}/api/v1/cases/{listed[0]['id']}/"
    return ask.get(address).json()["bar"], ask.get(f"{address}bar.pdf").body()


def token(claims: object) -> str:
    """A token by its shape: the page compares the claims, whoever signed them."""
    return f"kepala.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.segel"


def open_page(visit, bar, fragment: str = "") -> Page:
    return visit().open(f"/v/{bar['verify_id']}{fragment}")


def verdict(page: Page):
    return expect(page.get_by_role("heading", level=1))


def test_the_token_of_this_bar_agrees_and_any_other_differs(visit, finished):
    bar, _ = finished
    page = open_page(visit, bar)
    verdict(page).to_have_text(GENUINE)
    shown = page.locator("[data-sha256]").get_attribute("data-content-hash")
    claims = {"id": bar["verify_id"], "no": bar["number"], "sha256": shown}
    for fragment, words in {
        "#isi": GENUINE,
        f"#{token(claims)}": GENUINE,
        f"#{token({**claims, 'no': 'BAR-999/2026'})}": DIFFERENT,
        f"#{token({**claims, 'sha256': '0' * 64})}": DIFFERENT,
        f"#{token([])}": DIFFERENT,
        f"#{token(None)}": DIFFERENT,
        "#bukan.token!.sama-sekali": DIFFERENT,
    }.items():
        verdict(open_page(visit, bar, fragment)).to_have_text(words)


def test_a_wrong_pdf_differs_and_the_right_one_after_it_agrees(visit, finished):
    bar, sealed = finished
    page = open_page(visit, bar)
    chooser = page.locator("#pdf-anda")
    pdf = {"name": "bar.pdf", "mimeType": "application/pdf"}
    chooser.set_input_files({**pdf, "buffer": b"%PDF-1.7 palsu"})
    verdict(page).to_have_text(DIFFERENT)
    chooser.set_input_files({**pdf, "buffer": sealed})
    verdict(page).to_have_text(GENUINE)
    expect(page.locator("output")).to_contain_text("sama persis")


def test_a_copy_whose_signature_holds_in_other_bytes_differs(visit, finished):
    bar, sealed = finished
    page = open_page(visit, bar)
    copy = twin_signature(sealed, last_gap(sealed))
    page.locator("#pdf-anda").set_input_files(
        {"name": "bar.pdf", "mimeType": "application/pdf", "buffer": copy}
    )
    verdict(page).to_have_text(DIFFERENT)


def test_the_answer_stands_without_scripts(visit, finished):
    bar, _ = finished
    page = visit(scripts=False).open(f"/v/{bar['verify_id']}")
    verdict(page).to_have_text(GENUINE)
    expect(page.locator("#pdf-anda")).to_be_hidden()

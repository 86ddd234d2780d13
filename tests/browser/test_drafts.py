"""What an operator types outlives a reload, a closed tab and a dropped line; two people see both texts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.portal import Portal
from tests.evidence_files import pdf

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# A satker of the demo with two differences that nobody has explained.
SATKER = "990104"
KEPT = re.compile(r"^Draf tersimpan otomatis [0-2]\d\.[0-5]\d$")
LONG = 20_000  # the script waits for a pause of five seconds


@pytest.fixture
def operator(portal: Portal):
    return portal.of_satker("Operator satker", SATKER)


def address(visitor) -> str:
    """The case that waits for the operator, opened on its first unexplained difference."""
    links = visitor.open("/").eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return next(link for link in links if link.startswith("/rekon/"))


def form(page: Page):
    return page.locator("form[data-draf]")


def fill(page: Page, text: str) -> None:
    form(page).get_by_label("Di data KPPN (SiAP)").check()
    form(page).get_by_label("Sebab").select_option("SALAH_SIAP")
    form(page).get_by_label("Penjelasan untuk KPPN").fill(text)


def typed(page: Page) -> str:
    return form(page).get_by_label("Penjelasan untuk KPPN").input_value()


def test_a_draft_keeps_itself_and_survives_a_reload_and_a_closed_tab(operator, visit) -> None:
    visitor = visit(operator)
    place = address(visitor)
    page = visitor.open(place)
    fill(page, "Satu kalimat yang belum selesai")
    expect(form(page).locator("[data-draf-kabar]")).to_have_text(KEPT, timeout=LONG)
    page.reload()
    assert typed(page) == "Satu kalimat yang belum selesai"
    # Closed before the pause is over: the page hands the words over as it goes.
    form(page).get_by_label("Penjelasan untuk KPPN").fill("Satu kalimat yang ditutup mendadak")
    page.close(run_before_unload=True)
    visitor.page = visitor.context.new_page()
    assert typed(visitor.open(place)) == "Satu kalimat yang ditutup mendadak"


def test_a_dropped_line_and_a_closed_tab_together_lose_nothing(operator, visit) -> None:
    visitor = visit(operator)
    place = address(visitor)
    page = visitor.open(place)
    visitor.context.set_offline(True)
    fill(page, "Ditulis tanpa sambungan sama sekali")
    expect(form(page).locator("[data-draf-kabar]")).to_contain_text("kami coba lagi", timeout=LONG)
    page.close()
    visitor.context.set_offline(False)
    visitor.page = visitor.context.new_page()
    page = visitor.open(place)
    assert typed(page) == "Ditulis tanpa sambungan sama sekali"
    expect(form(page).locator("[data-draf-kabar]")).to_have_text(KEPT, timeout=LONG)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draf:')).length") == 0
    # Another browser of the same person has it from the server.
    assert typed(visit(operator).open(place)) == "Ditulis tanpa sambungan sama sekali"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_two_sessions_see_both_texts_and_one_chooses(operator, visit, scripts: bool) -> None:
    words = f"Angka pada SP2D tertukar di data SiAP, {'dengan' if scripts else 'tanpa'} skrip."
    first, second = visit(operator, scripts=scripts), visit(operator, scripts=scripts, size=PHONE)
    place = f"{address(first).partition('?')[0]}?elemen=BLJ"
    for visitor, text in ((first, words), (second, f"Menurut saya lain: {words}")):
        fill(visitor.open(place), text)
    first.page.get_by_role("button", name="Simpan", exact=True).click()
    expect(first.page.get_by_text("tersimpan.").first).to_be_visible()
    second.page.get_by_role("button", name="Simpan", exact=True).click()
    expect(second.page.get_by_role("heading", name=re.compile("^Dua penjelasan"))).to_be_visible()
    expect(second.page.get_by_text(words, exact=True)).to_be_visible()
    assert second.page.get_by_label("Penjelasan untuk KPPN").input_value() == f"Menurut saya lain: {words}"
    if scripts:
        assert Axe().run(second.page).response["violations"] == []
    second.page.get_by_role("button", name="Pakai tulisan saya").click()
    expect(second.page.get_by_text("tersimpan.").first).to_be_visible()
    assert typed(first.open(place)) == f"Menurut saya lain: {words}"
    expect(first.page.get_by_text(words, exact=True)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_file_and_a_message_reach_vera(portal: Portal, operator, visit, scripts: bool) -> None:
    visitor = visit(operator, scripts=scripts)
    page = visitor.open(f"{address(visitor).partition('?')[0]}?elemen=BLJ")
    name = f"bukti-{scripts}.pdf"
    file = {"name": name, "mimeType": "application/pdf", "buffer": pdf(name)}
    form(page).get_by_label("Tambah bukti").set_input_files(file)
    form(page).get_by_role("button", name="Lampirkan").click()
    expect(page.get_by_role("link", name=name)).to_be_visible()
    form(page).get_by_label("Pesan untuk Petugas Vera").fill(f"Lihat {name}.")
    form(page).get_by_role("button", name="Kirim pesan").click()
    expect(page.get_by_text(f"Lihat {name}.")).to_be_visible()
    if scripts:
        assert Axe().run(page).response["violations"] == []
    vera = visit(portal.person("Petugas Seksi Vera", "Tirtasari"), scripts=scripts)
    beside = vera.open("/antrean")
    beside.get_by_role("link", name="KPP Pratama").first.click()
    expect(beside.get_by_role("link", name=name)).to_be_visible()
    beside.get_by_text("Percakapan").first.click()
    expect(beside.get_by_text(f"Lihat {name}.")).to_be_visible()
    if scripts:
        assert Axe().run(beside).response["violations"] == []

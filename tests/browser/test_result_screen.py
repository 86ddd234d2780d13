"""Hasil Rekon by keyboard, by clipboard, by address, without scripts, and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.portal import Portal
from tests.browser.widths import in_every_width, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPERATOR = "Operator satker"
# The account with the swapped digits; which one opens by itself changes as differences are explained.
SWAPPED = "?elemen=BLJ&akun=524111"
# The middle of what has the focus must be seen: not below a sticky header or bar, not outside the window.
HIDDEN = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const x = Math.min(Math.max(box.x + Math.min(box.width, 40) / 2, 1), innerWidth - 1);
  const y = box.y + Math.min(box.height, 40) / 2;
  const top = document.elementFromPoint(x, y);
  return top && (one.contains(top) || top.contains(one)) ? "" : `${one.outerHTML.slice(0, 90)} at ${Math.round(y)}`;
}"""


def result(portal: Portal, visit, code: str = "990104", asked: str = "", **options) -> Page:
    visitor = visit(portal.of_satker(OPERATOR, code), **options)
    return visitor.open(f"{address(visitor, code)}{asked}")


def address(visitor, code: str) -> str:
    links = visitor.page.locator(f"a[href^='/rekon/{code}/']")
    return str(links.first.get_attribute("href")).partition("#")[0]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


def test_arrows_walk_the_tree_open_and_close_it(portal: Portal, visit) -> None:
    page = result(portal, visit, asked="?elemen=-")
    tree = page.get_by_role("treegrid")
    expect(tree.locator("tbody > tr[tabindex='0']")).to_have_count(1)
    page.locator("#el-PGU").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "el-BLJ"
    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
    expect(page.locator("#el-BLJ")).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#el-BLJ")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("tr.ak[aria-level='2']").first).to_be_focused()
    page.keyboard.press("ArrowLeft")  # the open account closes, the element stays open
    page.wait_for_url("**akun=-**")
    expect(page.locator("tr.ak").first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#el-BLJ")).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator("#el-PGU")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**elemen=PGU**")


def test_enter_on_an_open_account_goes_to_its_explanation(portal: Portal, visit) -> None:
    page = result(portal, visit, asked=SWAPPED)
    page.locator("tr.ak.kini").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.sebab') !== null")


def test_a_copied_row_and_a_copied_cell_are_bare_digits(portal: Portal, visit) -> None:
    page = result(portal, visit, asked=SWAPPED)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    row = page.locator("tr.ak.kini")
    row.focus()
    page.keyboard.press("Control+c")
    cells = page.evaluate("navigator.clipboard.readText()").split("\t")
    assert "-27000000" in cells
    page.keyboard.press("ArrowRight")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.isdecimal()
    assert copied == cells[2]
    page.locator("tr.b td.num").first.select_text()
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()").isdecimal()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1366", "390"])
def test_focus_is_never_hidden_by_header_or_bar(portal: Portal, visit, size) -> None:
    page = result(portal, visit, asked=f"{SWAPPED}&semua=1", size=size)
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        hidden.append(page.evaluate(HIDDEN))
    assert len(hidden) > 15
    assert [one for one in hidden if one] == []


def test_back_returns_to_the_filter_before(portal: Portal, visit) -> None:
    page = result(portal, visit)
    page.get_by_role("link", name="Berbeda").click()
    expect(page.locator("tr.el")).to_have_count(2)
    page.get_by_role("link", name="Semua", exact=False).first.click()
    page.go_back()
    expect(page.locator("tr.el")).to_have_count(2)
    assert "saring=beda" in page.url


def test_everything_is_there_without_scripts(portal: Portal, visit) -> None:
    page = result(portal, visit, asked=SWAPPED, scripts=False)
    expect(page.locator("mark")).to_have_text(["25", "52"])
    page.get_by_role("link", name="Tampilkan 19 baris").click()
    expect(page.locator(".sandi tbody tr").nth(19)).to_be_visible()
    page.get_by_label("Bandingkan dengan").select_option("0")
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.get_by_text("Selisih ke-1")).to_have_count(0)
    page.get_by_label("Bandingkan dengan").select_option("1")
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.get_by_text("Dibanding unggahan ke-1")).to_be_visible()
    page.get_by_role("link", name="Buka Pagu Belanja").click()
    expect(page.locator("#el-PGU a.buka")).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[data-pintasan]")).to_be_hidden()


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("990104", SWAPPED),
        ("990104", f"{SWAPPED}&semua=1&semua_akun=1"),
        ("990203", ""),
        ("990206", ""),
        ("990106", ""),
    ],
    ids=["differences", "unfolded", "equal", "sent back", "refused"],
)
def test_no_violation_and_no_sideways_scrolling(portal: Portal, visit, code: str, asked: str) -> None:
    page = result(portal, visit, code, asked)
    for width in in_every_width(page):
        assert violations(page) == []
        if width < DESK["width"] and code == "990104":
            inside = page.locator(".geser").evaluate("one => one.scrollWidth - one.clientWidth")
            assert inside <= 1

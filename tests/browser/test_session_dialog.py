"""Two minutes before an idle session ends a dialog asks; staying prolongs it in every tab, going loses no word."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from accounts.sessions import BEGAN, IDLE, LONGEST, SEEN
from tests.browser.conftest import DESK, PHONE
from tests.browser.portal import Portal

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# A satker of the demo with a difference that nobody has explained.
SATKER = "990104"
LIFE, WARNING = int(IDLE.total_seconds()), 120
AGAIN = 10  # how often an open dialog asks what other tabs did
LONG = 20_000  # the draft is kept after a pause of five seconds


class Idle:
    """One person who does nothing for a while, in all tabs: the portal's clock and the browser's agree on it."""

    def __init__(self, portal: Portal, visitor) -> None:
        self.portal, self.visitor = portal, visitor
        self.pages: list[Page] = [visitor.page]
        visitor.context.clock.install()

    def tab(self) -> Page:
        page = self.visitor.context.new_page()
        self.pages.append(page)
        return page

    def waits(self, seconds: int) -> None:
        self.portal.age_sessions(seconds, BEGAN, SEEN)
        for page in self.pages:
            page.clock.fast_forward(seconds * 1000)

    def left(self) -> int:
        """How long the portal lets the session live."""
        asked = self.visitor.context.request.get(f"{self.portal.url}/sesi", headers={"X-Live": "1"})
        return asked.json()["left"]


@pytest.fixture
def operator(portal: Portal):
    return portal.of_satker("Operator satker", SATKER)


@pytest.fixture
def idle(portal: Portal, visit, operator):
    return lambda size=DESK: Idle(portal, visit(operator, size=size))


def dialog(page: Page):
    return page.get_by_role("dialog", name="Masih di sini?")


def explanation(page: Page):
    return page.locator("form[data-draf]").get_by_label("Penjelasan untuk KPPN")


def open_case(visitor) -> Page:
    links = visitor.open("/").eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return visitor.open(next(link for link in links if link.startswith("/rekon/")))


def type_and_keep(page: Page, text: str) -> None:
    # The line on the page may speak of an earlier draft: this one must be with the server, as keeping it prolongs.
    with page.expect_response(lambda answer: answer.request.method == "POST", timeout=LONG):
        explanation(page).fill(text)
    expect(page.locator("[data-draf-kabar]")).to_contain_text("Draf tersimpan")


def focus_is_inside(page: Page) -> bool:
    return page.evaluate("document.querySelector('dialog[open]').contains(document.activeElement)")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1366"])
def test_the_warning_comes_in_time_holds_the_focus_and_staying_prolongs(idle, size) -> None:
    person = idle(size)
    page = open_case(person.visitor)
    expect(dialog(page)).to_be_hidden()
    explanation(page).focus()
    person.waits(LIFE - WARNING + 5)
    expect(dialog(page)).to_be_visible()
    expect(dialog(page)).to_contain_text(re.compile(r"berakhir dalam \d+ detik karena tidak ada kegiatan"))
    assert 60 < person.left() < WARNING
    assert Axe().run(page).response["violations"] == []
    expect(page.get_by_role("button", name="Tetap masuk")).to_be_focused()
    page.keyboard.press("Tab")
    assert focus_is_inside(page)
    page.keyboard.press("Shift+Tab")
    assert focus_is_inside(page)
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_hidden()
    expect(explanation(page)).to_be_focused()
    assert person.left() > LIFE - 60
    person.waits(LIFE - WARNING - 60)
    expect(dialog(page)).to_be_hidden()


def test_escape_stays_too(idle) -> None:
    person = idle()
    page = person.visitor.open("/riwayat")
    person.waits(LIFE - WARNING + 5)
    expect(dialog(page)).to_be_visible()
    with page.expect_response(
        lambda answer: answer.url.endswith("/sesi") and answer.request.method == "POST"
    ):
        page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    assert person.left() > LIFE - 60


def test_letting_it_pass_leads_to_the_sign_in_and_back_to_what_was_typed(idle, operator) -> None:
    person = idle()
    page = open_case(person.visitor)
    place = page.url
    type_and_keep(page, "Kalimat yang ditinggal pergi")
    # Nothing is saved of this one: it goes with the tab.
    message = page.get_by_label("Pesan untuk Petugas Vera")
    person.waits(LIFE - WARNING + 5)
    expect(dialog(page)).to_be_visible()
    page.evaluate("text => { document.querySelector('[name=message]').value = text }", "Pesan setengah jadi")
    person.waits(WARNING + 5)
    page.wait_for_url(re.compile("/masuk"))
    expect(page.get_by_role("status")).to_contain_text("Sesi berakhir karena terlalu lama tidak dipakai")
    assert person.visitor.context.request.get(f"{person.portal.url}/sesi", max_redirects=0).status == 302
    page.get_by_label("NIP").first.fill(operator.username)
    page.get_by_label("Sandi").first.fill(operator.password)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(place)
    expect(explanation(page)).to_have_value("Kalimat yang ditinggal pergi")
    expect(message).to_have_value("Pesan setengah jadi")
    # And once only: a later visit shows what is stored.
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('ketikan:')).length") == 0


def test_what_is_done_in_one_tab_prolongs_the_other(idle) -> None:
    person = idle()
    first, second = person.visitor.open("/riwayat"), person.tab()
    second.goto(f"{person.portal.url}/jadwal")
    person.waits(LIFE - WARNING - 60)
    second.reload()
    person.waits(WARNING)
    expect(dialog(first)).to_be_hidden()
    expect(dialog(second)).to_be_hidden()
    person.waits(LIFE - 2 * WARNING + 5)
    expect(dialog(first)).to_be_visible()
    expect(dialog(second)).to_be_visible()
    second.get_by_role("button", name="Tetap masuk").click()
    expect(dialog(second)).to_be_hidden()
    person.waits(AGAIN)
    expect(dialog(first)).to_be_hidden()


def test_the_end_comes_to_both_tabs_with_the_same_words(idle) -> None:
    person = idle()
    first, second = person.visitor.open("/riwayat"), person.tab()
    second.goto(f"{person.portal.url}/jadwal")
    person.waits(LIFE + 5)
    for page in (first, second):
        page.wait_for_url(re.compile("/masuk"))
        expect(page.get_by_role("status")).to_contain_text("Sesi berakhir karena terlalu lama tidak dipakai")


def test_on_a_slow_line_the_way_to_the_sign_in_is_taken_once(idle) -> None:
    person = idle()
    page = person.visitor.open("/riwayat")
    held: list[Route] = []
    page.route(
        "**/masuk**",
        lambda route: held.append(route) if route.request.is_navigation_request() else route.continue_(),
    )
    person.waits(LIFE + 5)
    page.wait_for_timeout(4_000)
    # Each further attempt would break off the one before, and on a slow line none would ever arrive.
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_url(re.compile("/masuk"))


def test_the_end_of_the_longest_session_is_said_once_and_cannot_be_put_off(idle) -> None:
    person = idle()
    page = person.visitor.open("/riwayat")
    person.portal.age_sessions(int(LONGEST.total_seconds()) - LIFE + 10, BEGAN)
    person.waits(LIFE - WARNING + 5)
    last = page.get_by_role("dialog", name="Sesi hampir berakhir")
    expect(last).to_contain_text("Sesi paling lama 8 jam")
    expect(page.get_by_role("button", name="Tetap masuk")).to_be_hidden()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Mengerti").click()
    person.waits(20)
    expect(last).to_be_hidden()
    person.waits(WARNING)
    page.wait_for_url(re.compile("/masuk"))
    expect(page.get_by_role("status")).to_contain_text("Sesi berakhir karena sudah 8 jam")


def test_a_dropped_line_is_said_and_the_dialog_stays(idle) -> None:
    person = idle()
    page = person.visitor.open("/riwayat")
    person.waits(LIFE - WARNING + 5)
    expect(dialog(page)).to_be_visible()
    person.visitor.context.set_offline(True)
    page.get_by_role("button", name="Tetap masuk").click()
    expect(dialog(page)).to_contain_text("Sambungan terputus")
    expect(dialog(page)).to_be_visible()
    person.visitor.context.set_offline(False)
    page.get_by_role("button", name="Tetap masuk").click()
    expect(dialog(page)).to_be_hidden()

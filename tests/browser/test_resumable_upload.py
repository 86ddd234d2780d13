"""A dropped line costs nothing: the upload goes on where it stopped, no chunk reaches the server twice."""

import json
import re
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from adk.formats.mistakes import MISTAKES
from adk.formats.writing import satker_draft
from tests.browser.portal import Portal
from tests.unit.adk.formats.cast import row

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SATKER = "990206"
CHUNK = re.compile(r"/api/v1/adk/chunks/\d+/\d+/$")
ROWS = 11_800  # uncompressed, about 4.8 MB


def big_file(page: Page) -> tuple[str, bytes]:
    """A file of the satker and period the page asks for, of about 5 MB."""
    expected = json.loads(page.locator("#prapemeriksaan").text_content() or "")["expected"]
    keys = {name: expected[name] for name in ("kewenangan", "ba", "es1", "satker", "kppn", "year", "month")}
    rows = [row(0, KDTRN="2", RPHREAL=-1), *(row(number) for number in range(1, ROWS))]
    return MISTAKES["tanpa_kompresi"].build(satker_draft(rows, **keys))


class Line:
    """A line that breaks before the third chunk arrives and, later, after the eighth has: its receipt is lost."""

    def __init__(self) -> None:
        self.arrived: Counter[str] = Counter()
        self.broken: list[str] = []

    def carry(self, route: Route) -> None:
        number = route.request.url.rstrip("/").rsplit("/", 1)[-1]
        if len(self.arrived) == 2 and not self.broken:
            self.broken.append("before")
            route.abort("connectionreset")
            return
        answer = route.fetch()
        assert answer.status == 204
        self.arrived[number] += 1
        if len(self.arrived) == 8 and len(self.broken) == 1:
            self.broken.append("after")
            route.abort("connectionreset")
            return
        route.fulfill(response=answer)


def choose(page: Page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/zip", "buffer": content}
    page.set_input_files("input[type=file]", file)
    expect(page.get_by_role("heading", name="Pemeriksaan awal: lolos 5 dari 5")).to_be_visible()
    page.get_by_role("button", name="Unggah ADK").click()


def test_a_line_that_drops_twice_repeats_nothing_and_says_so(portal: Portal, visit) -> None:
    page = visit(portal.of_satker("Operator satker", SATKER)).open("/upload")
    name, content = big_file(page)
    assert 4.5 < len(content) / 2**20 < 6
    line = Line()
    page.route(CHUNK, line.carry)
    choose(page, name, content)
    expect(page.locator("[data-line]")).to_contain_text("Tidak ada yang diulang", timeout=15_000)
    page.wait_for_url(re.compile(r"/upload/\d+$"), timeout=60_000)
    expect(
        page.get_by_text("Anda boleh menutup halaman ini").or_(page.get_by_text("Cara memperbaiki"))
    ).to_be_visible()
    assert line.broken == ["before", "after"]
    assert set(line.arrived.values()) == {1}
    assert len(line.arrived) == -(-len(content) // (256 * 1024))


def test_a_reload_in_the_middle_goes_on_where_it_stopped(portal: Portal, visit) -> None:
    page = visit(portal.of_satker("Operator satker", SATKER)).open("/upload")
    name, content = big_file(page)
    arrived: Counter[str] = Counter()

    def carry(route: Route) -> None:
        if len(arrived) == 5 and not gone:
            route.abort("connectionreset")
            return
        arrived[route.request.url] += 1
        route.continue_()

    gone: list[bool] = []
    page.route(CHUNK, carry)
    choose(page, name, content)
    expect(page.locator("[data-line]")).to_contain_text("mencoba menyambung lagi", timeout=15_000)
    gone.append(True)
    page.reload()
    choose(page, name, content)
    page.wait_for_url(re.compile(r"/upload/\d+$"), timeout=60_000)
    assert set(arrived.values()) == {1}


class Gatekeeper:
    """Lets chunks pass until as many have, then holds the next one until it is told of a new number."""

    def __init__(self, passes: int) -> None:
        self.passes = passes
        self.seen = 0
        self.held: Route | None = None

    def carry(self, route: Route) -> None:
        self.seen += 1
        if self.seen > self.passes:
            self.held = route
        else:
            route.continue_()

    def let_pass(self, passes: int) -> None:
        self.passes = passes
        held, self.held = self.held, None
        assert held is not None
        held.continue_()


def until(page: Page, holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came so far")


def test_sending_pauses_goes_on_and_is_cancelled_once_asked(portal: Portal, visit) -> None:
    page = visit(portal.of_satker("Operator satker", SATKER)).open("/upload")
    keeper = Gatekeeper(2)
    page.route(CHUNK, keeper.carry)
    choose(page, *big_file(page))
    line = page.locator("[data-line]")
    until(page, lambda: keeper.held is not None)
    page.get_by_role("button", name="Jeda").click()
    expect(line).to_have_text("Berhenti setelah potongan yang sedang dikirim ini sampai.")
    keeper.let_pass(5)
    expect(line).to_contain_text("Dijeda di 0,8 MB.")
    page.wait_for_timeout(500)
    assert keeper.seen == 3
    expect(page.get_by_role("button", name="Lanjutkan")).to_be_focused()
    page.get_by_role("button", name="Lanjutkan").click()
    expect(line).to_contain_text("Tidak ada yang diulang")
    until(page, lambda: keeper.held is not None)
    half = re.search(r"/chunks/\d+/", keeper.held.request.url).group()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Batalkan").click()
    expect(page.get_by_role("button", name="Jeda")).to_be_visible()
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_role("button", name="Batalkan").click()
    expect(line).to_have_text("Unggahan dibatalkan. Tidak ada yang tersimpan di server.")
    assert "dihapus dari server" in asked[0]
    assert page.request.get(f"{portal.url}/api/v1/adk{half}").status == 404
    expect(page.get_by_role("button", name="Batalkan")).to_be_hidden()
    page.unroute(CHUNK)
    page.get_by_role("button", name="Unggah ADK").click()
    page.wait_for_url(re.compile(r"/upload/\d+$"), timeout=60_000)


def test_a_chunk_that_arrives_spoilt_is_sent_again_a_few_times(portal: Portal, visit) -> None:
    page = visit(portal.of_satker("Operator satker", SATKER)).open("/upload")
    spoilt: Counter[str] = Counter()
    limit = {"1": 1, "4": 99}

    def carry(route: Route) -> None:
        number = route.request.url.rstrip("/").rsplit("/", 1)[-1]
        if spoilt[number] < limit.get(number, 0):
            spoilt[number] += 1
            body = route.request.post_data_buffer or b""
            route.continue_(post_data=bytes([body[0] ^ 1]) + body[1:])
        else:
            route.continue_()

    page.route(CHUNK, carry)
    choose(page, *big_file(page))
    expect(page.locator("[data-line]")).to_contain_text(
        re.compile(r"^Potongan 2 dari \d+ rusak di jalan dan dikirim lagi")
    )
    refusal = page.locator("[data-refusal]")
    expect(refusal).to_contain_text("tiba dalam keadaan rusak 4 kali", timeout=20_000)
    assert spoilt == {"1": 1, "4": 4}
    limit.clear()
    page.get_by_role("button", name="Unggah ADK").click()
    page.wait_for_url(re.compile(r"/upload/\d+$"), timeout=60_000)

"""axe-core finds nothing on any page, at three widths, for the people who use it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESK, PHONE
from tests.browser.portal import Portal

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SMALL = {"width": 320, "height": 640}
# Who opens which pages; "{result}" and "{bar}" are the first such links on the person's home page.
PAGES = {
    "oprsatker990101": ("/", "/upload", "/riwayat", "/jadwal", "/bantuan", "/reset-bar"),
    "kpasatker990101": ("/", "/ttd", "/pin"),
    "vera": ("/", "/antrean", "/reset-bar"),
    "kasi": ("/", "/ttd"),
    "djpb": ("/", "/jadwal"),
    "admin": ("/", "/admin/pin", "/status"),
    "": ("/masuk", "/v", "/v/7K2M9QHD7K2M9QHD7K2M9QHD7K"),
}
NATIONAL = {"djpb": "Kantor Pusat DJPb", "admin": "Administrator pusat"}
ROLES = {"vera": "Petugas Seksi Vera", "kasi": "Kepala Seksi Vera"}


def account_of(portal: Portal, who: str):
    if who in ROLES:
        return portal.person(ROLES[who], "Tirtasari")
    if who in NATIONAL:
        return portal.person(NATIONAL[who], "")
    role = "Operator satker" if who.startswith("opr") else "Kuasa Pengguna Anggaran"
    return portal.of_satker(role, who[-6:])


@pytest.mark.parametrize("size", [SMALL, PHONE, DESK], ids=["320", "390", "1366"])
@pytest.mark.parametrize("who", PAGES, ids=lambda who: who or "anybody")
def test_pages_have_no_violation(portal: Portal, visit, who: str, size: dict[str, int]) -> None:
    visitor = visit(account_of(portal, who) if who else None, size=size)
    found = {}
    for path in (*PAGES[who], *linked_from_home(visitor, who)):
        page = visitor.open(path)
        report = Axe().run(page)
        if report.violations_count:
            found[path] = [
                (one["id"], one["nodes"][0]["html"][:120]) for one in report.response["violations"]
            ]
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wider > 0:
            found[f"{path} scrolls sideways"] = wider
    assert found == {}


def linked_from_home(visitor, who: str) -> list[str]:
    """The first result page and BAR page that the person's home links to."""
    if not who:
        return []
    links = visitor.open("/").eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [
        next(iter(h for h in links if h.startswith(start)), "/") for start in ("/rekon/", "/bar/", "/upload/")
    ]

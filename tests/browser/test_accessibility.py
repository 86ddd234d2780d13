"""axe-core finds nothing on any page, at three widths, for the people who use it."""

import pytest

from tests.browser.portal import Portal
from tests.browser.widths import in_every_width, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

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


@pytest.mark.parametrize("who", PAGES, ids=lambda who: who or "anybody")
def test_pages_have_no_violation(portal: Portal, visit, who: str) -> None:
    visitor = visit(account_of(portal, who) if who else None)
    found = {}
    for path in (*PAGES[who], *linked_from_home(visitor, who)):
        page = visitor.open(path)
        for width in in_every_width(page):
            if wrong := violations(page):
                found[path, width] = wrong
    assert found == {}


def linked_from_home(visitor, who: str) -> list[str]:
    """The first result page and BAR page that the person's home links to."""
    if not who:
        return []
    links = visitor.open("/").eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [
        next(iter(h for h in links if h.startswith(start)), "/") for start in ("/rekon/", "/bar/", "/upload/")
    ]

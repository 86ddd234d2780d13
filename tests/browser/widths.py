"""A page looked at in three widths: a small old phone, a phone, a desk."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE

SMALL = {"width": 320, "height": 640}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def in_every_width(page: Page) -> Iterator[int]:
    """The page as it stands, made 320, 390 and 1366 points wide in turn."""
    for size in (SMALL, PHONE, DESK):
        page.set_viewport_size(size)
        yield size["width"]


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds in the page as it stands, and whether it is wider than its window."""
    report = Axe().run(page).response["violations"]
    wider = page.evaluate(WIDER)
    sideways = [("scrolls sideways", f"{wider} px")] if wider > 0 else []
    return [*((one["id"], one["nodes"][0]["html"][:160]) for one in report), *sideways]

"""Each file of browser tests has a portal of its own, copied from one seed of the process, and one Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.availability import chromium
from tests.browser.portal import Account, Portal, Seed, seeded, served

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seed]:
    with seeded(tmp_path_factory.mktemp("portal") / "seed") as filled:
        yield filled


@pytest.fixture(scope="module")
def portal(seed: Seed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """What the tests of one file do is not there for those of another, in whatever order the files come."""
    with served(seed, tmp_path_factory.mktemp("portal") / "served") as running:
        yield running


# Playwright keeps an event loop running in this thread: not longer than its own tests need it.
@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """A person at a browser of a certain size, signed in."""

    def __init__(self, context: BrowserContext, portal: Portal) -> None:
        self.context = context
        self.portal = portal
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.problems: list[str] = []
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _note(self, kind: str, text: str) -> None:
        # A refused form answers 4xx on purpose; what counts is our own scripts and the content policy.
        if kind == "error" and "Failed to load resource" not in text:
            self.problems.append(text)

    def sign_in(self, account: Account) -> "Visitor":
        self.page.goto(f"{self.portal.url}/masuk")
        self.page.get_by_label("NIP").first.fill(account.username)
        self.page.get_by_label("Sandi").first.fill(account.password)
        self.page.get_by_role("button", name="Masuk").click()
        self.page.wait_for_url(f"{self.portal.url}/")
        return self

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.portal.url}{path}")
        return self.page


@pytest.fixture
def visit(chrome: Browser, portal: Portal) -> Iterator[object]:
    """A factory of visitors; each has a browser context of its own and must leave no script error."""
    visitors: list[Visitor] = []

    def arrive(
        account: Account | None = None, *, size: dict[str, int] = DESK, scripts: bool = True
    ) -> Visitor:
        context = chrome.new_context(viewport=size, java_script_enabled=scripts, accept_downloads=True)
        visitor = Visitor(context, portal)
        visitors.append(visitor)
        return visitor.sign_in(account) if account else visitor

    yield arrive
    problems = [problem for visitor in visitors for problem in visitor.problems]
    for visitor in visitors:
        visitor.context.close()
    assert problems == []

"""What the address of Hasil Rekon asks for, and the addresses that its rows lead to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from accounts.roles import Power
from erekon.portal.cases import CaseView, is_explained
from erekon.portal.earlier import Before
from erekon.portal.explanations import Exchange
from erekon.portal.pages.explanation_block import Typed
from reconciliation.queries import Difference

CLOSED = "-"
MOST_DIGITS = 6


@dataclass(frozen=True)
class Opening:
    """What is open: an element, an account, all its documents (from which page on), all its accounts.

    `filter` keeps some elements, `against` is the number of the upload to compare with.
    """

    element: str = ""
    akun: str = ""
    documents: bool = False
    accounts: bool = False
    filter: str = ""
    page: int = 1
    against: str = ""


@dataclass(frozen=True)
class Rows:
    """Everything the rows are made from."""

    view: CaseView
    opening: Opening
    powers: frozenset[Power]
    url: str
    zone: str
    errors: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    drafts: dict[tuple[str, str], Typed] = field(default_factory=dict)
    exchange: Exchange = field(default_factory=Exchange)
    person: int = 0
    before: Before | None = None

    def link(self, anchor: str = "", **wanted: str) -> str:
        """The same page with another opening, at the row with the id `anchor`; filter and comparison are kept."""
        kept = {"saring": self.opening.filter, "ke": self.opening.against}
        query = urlencode({key: value for key, value in {**kept, **wanted}.items() if value})
        return f"{self.url}{'?' if query else ''}{query}{'#' if anchor else ''}{anchor}"


def row_id(element: str, akun: str = "") -> str:
    """The id of the row of an element or of an account."""
    return f"akun-{element}-{akun}" if akun.strip(CLOSED) else f"el-{element}"


def opening_of(asked: Mapping[str, str], view: CaseView) -> Opening:
    """The opening that an address asks for; where it names none, the first unexplained difference."""
    element, akun = asked.get("elemen", ""), asked.get("akun", "")
    if not element:
        element, akun = first_open(view.differences, view)
    elif not akun:
        _, akun = first_open([item for item in view.differences if item.element == element], view)
    return Opening(
        element,
        akun,
        "semua" in asked,
        "semua_akun" in asked,
        asked.get("saring", ""),
        page_number(asked.get("baris", "")),
        asked.get("ke", ""),
    )


def page_number(text: str) -> int:
    """A page's number; anything unreadable is the first."""
    return max(int(text), 1) if text.isdecimal() and text.isascii() and len(text) <= MOST_DIGITS else 1


def first_open(differences: Sequence[Difference], view: CaseView) -> tuple[str, str]:
    """Of the first element that has one, the biggest unexplained difference; else the biggest explained one."""
    missing = [item for item in differences if not is_explained(item, view.explanations)]
    found = missing or differences
    of_element = [item for item in found if item.element == found[0].element]
    first = min(of_element, key=lambda item: (-abs(item.amount), item.akun), default=None)
    return (first.element, first.akun) if first else ("", "")

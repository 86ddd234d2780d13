"""Asks everything of everybody, undoes what was done, and keeps what was seen that should not have been."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from rest_framework.test import APIClient

from tests.access.asking import BY_CODE, ROUTES, Route, body, filters
from tests.access.menagerie import BEASTS, Menagerie, nothing_of, objects_of
from tests.access.reading import body_of, shows, text_of, without_noise

ALL = frozenset(BEASTS)
# The nine principals and whom they may see. Written down here once more on purpose: not asked of the scoping.
SEES = {
    "anybody": frozenset(),
    "operator": frozenset({"own"}),
    "kpa": frozenset({"own"}),
    "vera": frozenset({"own", "same"}),
    "kasi_vera": frozenset({"own", "same"}),
    "supervisor": frozenset({"own", "same"}),
    "kanwil": frozenset({"own", "same"}),
    "uapa": frozenset({"own", "other"}),
    "djpb": ALL,
}


@dataclass(frozen=True)
class Leak:
    """What was seen, by whom, where."""

    route: str
    who: str
    target: str
    what: str


class Asker:
    """Asks, undoes what was done, and keeps what was seen that should not have been."""

    def __init__(self, menagerie: Menagerie, clients: dict[str, APIClient]) -> None:
        self.menagerie, self.clients = menagerie, clients
        self.leaks: list[Leak] = []
        self.asked = 0
        self.statuses: Counter[int] = Counter()
        self.found: set[str] = set()
        self.closed: set[tuple[str, str]] = set()
        self.nothing: dict[tuple[str, str, bool], str] = {}

    def ask(self, route: Route, who: str, objects: Any, query: dict[str, Any] | None = None) -> str:
        """The answer as text."""
        client = self.clients[who]
        cookies = client.cookies.output(header="", sep=";")
        given: dict[str, Any] = {"data": query or {}}
        if route.unsafe:
            form = "multipart" if route.multipart else "json"
            given = {"data": body(objects, multipart=route.multipart), "format": form}
        call = transaction.atomic()
        call._from_testcase = True  # type: ignore[attr-defined]
        with call:
            answer = getattr(client, route.method.lower())(route.address(objects), **given)
            text = text_of(answer, body_of(answer))
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)
        self.asked += 1
        self.statuses[answer.status_code] += 1
        if answer.status_code not in {401, 302, 404, 405}:
            self.found.add(route.name)
        if answer.status_code >= 500:
            self.leaks.append(Leak(str(route), who, "", f"answers {answer.status_code}"))
        return text

    def search(self, route: Route, who: str, target: str, text: str, asked: tuple[str, ...]) -> None:
        """Look for marks of everybody whom this asker may not see."""
        if target and route.name in BY_CODE:
            return
        said = without_noise(text, *asked)
        for which in ALL - SEES[who]:
            for mark in {*self.menagerie.marks[which], BEASTS[which].code}:
                if mark not in asked and shows(said, mark):
                    self.leaks.append(Leak(str(route), who, target, f"shows {mark!r} of {which}"))

    def look(self, route: Route, who: str, target: str, query: dict[str, Any] | None = None) -> None:
        """Ask about a target, and where the asker must not see it about nothing: both must read the same."""
        if (str(route), "405") in self.closed:
            return
        objects = objects_of(self.menagerie, target, 9)
        text = self.ask(route, who, objects, query)
        if text.startswith("405"):
            # The same for everybody: no need to ask all of them.
            self.closed.add((str(route), "405"))
        self.search(route, who, target, text, _said(objects, query))
        if target not in SEES[who] and route.name not in {*BY_CODE, *COUNTING}:
            self.compare(route, who, target, without_noise(text, *_said(objects, query)), query)

    def compare(self, route: Route, who: str, target: str, text: str, query: dict[str, Any] | None) -> None:
        """What is said about the unseen must be what is said about nothing."""
        key = (str(route), who, bool(query))
        if key not in self.nothing:
            gone = nothing_of(objects_of(self.menagerie, target, 9))
            asked = {**query, **filters(gone, NO_WORD)} if query else None
            self.nothing[key] = without_noise(self.ask(route, who, gone, asked), *_said(gone, asked))
        if text != self.nothing[key]:
            differs = _where(text, self.nothing[key])
            self.leaks.append(Leak(str(route), who, target, f"differs from nothing: {differs}"))


# What counts, is signed anew each time, or numbers what the caller himself has just sent never reads the same twice.
COUNTING = ("metrics", "bar-crl", "api-treasury")
NO_WORD = "Tiadabinatang"


def _said(objects: Any, query: dict[str, Any] | None) -> tuple[str, ...]:
    """What the caller himself said, which an answer may repeat."""
    own = ("satker", "verify_id", "case", "upload", "half", "intake", "reset", "evidence")
    kppn = (query or {}).get("kppn", "")
    told = {f"kppn={kppn}", f"kppn%3D{kppn}", str((query or {}).get("q", ""))}
    return tuple({str(objects[name]) for name in own} | told)


def _where(text: str, nothing: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(text, nothing, strict=False)) if a != b), 0)
    return f"{text[max(0, at - 30) : at + 60]!r} / {nothing[max(0, at - 30) : at + 60]!r}"


def ask_everything(
    asker: Asker,
    members: Iterable[str] = tuple(SEES),
    wanted: Callable[[Route], bool] = lambda route: True,
) -> None:
    """The whole matrix, or a part. What one may change oneself stays out: `test_matrix` has that."""
    for route in filter(wanted, ROUTES):
        for who in members:
            if not route.unsafe and not route.names_objects:
                asker.look(route, who, "own")
            for target in BEASTS:
                if target not in SEES[who] and not route.unsafe and not route.names_objects:
                    objects = objects_of(asker.menagerie, target, 9)
                    asker.look(route, who, target, filters(objects, BEASTS[target].word))
                elif target not in SEES[who] or not route.unsafe:
                    asker.look(route, who, target)

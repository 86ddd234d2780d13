"""Requests to every address, made from the URL configuration alone: what is new is asked by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from rest_framework.parsers import MultiPartParser

from tests.access.menagerie import Objects
from tests.evidence_files import pdf
from tests.story import named_file

SAFE = ("GET",)
METHODS = ("get", "post", "put", "patch", "delete")
# What `pk` names, by how the address's name begins (the longest beginning counts); everywhere else it is the case.
OWNERS = {
    "api-adk": "upload",
    "api-chunks": "half",
    "api-treasury": "intake",
    "api-reset-grant": "reset",
    "api-reset-refuse": "reset",
    "reset-": "reset",
    "unggahan": "upload",
}
# Whoever holds the printed code may read the verdict: it is published on purpose.
BY_CODE = ("api-verify", "verifikasi")


@dataclass(frozen=True)
class Route:
    """One address with one method. `objects` are its arguments that name something somebody owns."""

    name: str
    method: str
    arguments: tuple[str, ...]
    multipart: bool

    def __str__(self) -> str:
        return f"{self.method} {self.name}"

    @property
    def unsafe(self) -> bool:
        """Whether it may change something."""
        return self.method not in SAFE

    @property
    def names_objects(self) -> bool:
        """Whether its address names something that belongs to a satker or an office."""
        return bool({"pk", "satker", "evidence"} & set(self.arguments))

    def address(self, objects: Objects) -> str:
        """The address for these objects; fails with what to add for an argument nobody explained."""
        chosen = {}
        for argument in self.arguments:
            key = owner_of(self.name) if argument == "pk" else argument
            assert key in objects, (
                f"Address {self.name!r} has the argument {argument!r}: say in tests/access/menagerie.py "
                "(objects_of) what it names, or in OWNERS of tests/access/asking.py whose pk it is."
            )
            chosen[argument] = objects[key]
        try:
            return reverse(self.name, kwargs=chosen)
        except NoReverseMatch as error:
            raise AssertionError(
                f"{self.name}: {error}; adapt objects_of in tests/access/menagerie.py"
            ) from error


def owner_of(name: str) -> str:
    """What the `pk` of this address names."""
    fitting = [beginning for beginning in OWNERS if name.startswith(beginning)]
    return OWNERS[max(fitting, key=len)] if fitting else "case"


def routes() -> list[Route]:
    """Every address of the portal with every method that its view knows."""
    return [*_walk(get_resolver().url_patterns, ())]


def _walk(patterns: Any, before: tuple[str, ...]) -> Iterator[Route]:
    for pattern in patterns:
        arguments = (*before, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, arguments)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name: name it, so that it can be asked"
            view = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)
            multipart = MultiPartParser in getattr(view, "parser_classes", (MultiPartParser,))
            for method in METHODS if view else ("get", "post"):
                if view is None or hasattr(view, method):
                    yield Route(str(pattern.name), method.upper(), arguments, multipart)


def body(objects: Objects, *, multipart: bool) -> dict[str, Any]:
    """A body that names these objects in every field that any address reads."""
    fields = {
        **{name: objects[name] for name in ("satker", "period", "element", "akun")},
        "case": f"{objects['case']}:{'0' * 64}",
        "kasus": objects["case"],
        "content_hash": "0" * 64,
        "nonce": "0" * 32,
        "pin": "000000",
        "seen": "",
        "version": 0,
        "location": "SIAP",
        "text": "Kata orang luar.",
        "reason": "Alasan orang luar.",
        "letter_number": "S-1/LUAR/2026",
        "letter_date": "2026-10-05",
        "filename": "luar.zip",
        "size": 3,
        "sha256": "f" * 64,
    }
    if not multipart:
        return {**fields, "cases": [{"id": objects["case"], "content_hash": "0" * 64, "nonce": "0" * 32}]}
    return {**fields, **{name: named_file("luar.pdf", pdf("Luar")) for name in ("file", "scan")}}


def filters(objects: Objects, word: str) -> dict[str, Any]:
    """One query string with every name by which a list could be asked for somebody else's."""
    case = dict.fromkeys(("kasus", "case", "pilih", "id"), objects["case"])
    words = dict.fromkeys(("q", "kode", "cari"), word)
    place = {name: objects[name] for name in ("satker", "kppn", "period", "element", "akun")}
    return {**case, **words, **place, "periode": objects["period"], "year": 2026, "month": objects["period"]}


ROUTES = routes()

"""The documents of one element of a run: read once, then cut to an account, sorted, paged, and their causes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from erekon.lib import files
from erekon.lib.digits import places_apart
from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.outcome import DIFFERING, EQUAL, ONLY_SAI, ONLY_SIAP, ElementOutcome
from reconciliation.matching.results import unpack_element
from reconciliation.matching.sentences import render, title
from reconciliation.models import MatchRun
from reconciliation.services.results import coa_key

Places = npt.NDArray[np.int64]
DocumentKey = tuple[bytes, ...]
SWAPPED = "R3"
MARKS = {EQUAL: "SAMA", DIFFERING: "BEDA", ONLY_SIAP: "HANYA_SIAP", ONLY_SAI: "HANYA_SAI"}


@dataclass(frozen=True)
class DetailPage:
    """Some documents of an element, biggest difference first, and how many there are in all."""

    rows: list[dict[str, Any]]
    total: int


class Amounts(NamedTuple):
    """Both sides of one document, whole rupiah."""

    siap: int
    sai: int


class Documents:
    """The documents of one element (of one of its accounts where `akun` is given)."""

    def __init__(self, element: ElementOutcome, akun: str = "") -> None:
        self.element = element
        lines, detail = element.coa, element.detail
        if akun:
            of_account = lines["akun"] == akun.encode("cp1252", "replace")
            self.places: Places = np.flatnonzero(of_account[detail["coa"]])
        else:
            self.places = np.arange(len(detail))

    @cached_property
    def differing(self) -> Places:
        """The places of those that differ, the biggest difference first, then by date."""
        detail = self.element.detail
        places = self.places[detail["status"][self.places] != EQUAL]
        # As floats: two sides of 63 bits may lie further apart than an integer of 64 bits holds.
        apart = np.abs(detail["siap"][places].astype(float) - detail["sai"][places])
        dates = np.ascontiguousarray(detail["tgldok"][places]).view(">u8")
        ordered: Places = places[np.lexsort((dates, -apart))]
        return ordered

    @cached_property
    def ordered(self) -> Places:
        """All places: the differing ones, then the equal ones as they are stored."""
        equal = self.places[self.element.detail["status"][self.places] == EQUAL]
        return np.concatenate([self.differing, equal])

    @property
    def difference(self) -> int:
        """The sum of the differences, whole rupiah; a side's own sum always fits an integer of 64 bits."""
        detail = self.element.detail
        return int(detail["siap"][self.places].sum()) - int(detail["sai"][self.places].sum())

    @cached_property
    def hints(self) -> dict[int, Hint]:
        """The likely causes by the place of their document."""
        mine = set(self.differing.tolist())
        return {hint.position: hint for hint in self.element.hints if hint.position in mine}

    def page(self, *, only_different: bool = False, start: int = 0, most: int = 50) -> DetailPage:
        """Some of the documents, as `GET detail/` shows them."""
        places = self.differing if only_different else self.ordered
        shown = places[start : start + most].tolist()
        return DetailPage([self._row(place) for place in shown], len(places))

    def key(self, place: int) -> DocumentKey:
        """What makes a document the same one in another run."""
        document = self.element.detail[place]
        line = self.element.coa[document["coa"]].tolist()[:-3]
        return (*line, document["jnsdok"], document["nodok"], document["tgldok"])

    def amounts(self, place: int) -> Amounts:
        """Both sides of the document at a place."""
        document = self.element.detail[place]
        return Amounts(int(document["siap"]), int(document["sai"]))

    def found(self, numbers: Iterable[bytes]) -> dict[DocumentKey, Amounts]:
        """The documents with these numbers (NODOK1)."""
        wanted = set(numbers)
        every = self.element.detail["nodok"][self.places].tolist()
        near = [int(self.places[at]) for at, number in enumerate(every) if number in wanted]
        return {self.key(place): self.amounts(place) for place in near}

    def _row(self, place: int) -> dict[str, Any]:
        document, hint = self.element.detail[place], self.hints.get(place)
        siap, sai = self.amounts(place)
        return {
            "place": place,
            "key": coa_key(self.element.code, self.element.coa[document["coa"]]),
            "document_kind": document["jnsdok"].decode("cp1252"),
            "document_number": document["nodok"].decode("cp1252"),
            "document_date": _iso(document["tgldok"].decode("cp1252")),
            "siap": siap,
            "sai": sai,
            "difference": siap - sai,
            "mark": MARKS[int(document["status"])],
            "hint": hint and hint_document(hint, siap, sai),
        }


def documents_of(run: MatchRun, element: str, akun: str = "") -> Documents | None:
    """The stored documents of an element of a run; None for a code that is no element."""
    found = unpack_element(files.read(run.outcome), element, akun)
    return None if found is None else Documents(found, akun)


def hint_document(hint: Hint, siap: int, sai: int) -> dict[str, Any]:
    """A likely cause as the API shows it; `digits` are the places, from the left, of swapped digits."""
    return {
        "code": hint.code,
        "title": title(hint),
        "text": render(hint),
        "explains": hint.explains,
        "digits": list(places_apart(siap, sai)) if hint.code == SWAPPED else [],
    }


def _iso(text: str) -> str | None:
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if text else None

"""The differing Detail lines of an outcome with the rows beneath them: what hints are found from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reconciliation.matching.classify import SALDO_AWAL, Case
from reconciliation.matching.elements import ELEMENTS, Element
from reconciliation.matching.entries import coa_lines, element_of, side_of
from reconciliation.matching.grouping import hash_documents
from reconciliation.matching.lines import LINES_DTYPE, Lines, empty_opening
from reconciliation.matching.outcome import EQUAL, ONLY_SAI, ONLY_SIAP, SEGMENTS, ElementOutcome, Outcome

Document = tuple[bytes, bytes, bytes]  # JNSDOK1, NODOK1, TGLDOK1
# What the last two digits of JNSDOK1 say a document is.
DEPOSIT = b"05"
SP2D_OR_CUT = (b"01", b"02")
_DOCUMENT = ("jnsdok", "nodok", "tgldok")
_ROW = ("kdsatker", "kdkppn", "tglpost", "koreksi", "revisike")
# Two rows are twins where they differ in nothing but where they stand and the gate's mark.
_NOT_IN_IMAGE = ("row", "twin")
_NO_SDCP = SEGMENTS.index("sdcp")


class Row(NamedTuple):
    """One row beneath a Detail line; `amount` with the element's sign, `image` equal for exact twins.

    Texts are bytes as in the lines file: a file that is wrong everywhere has as many rows as it has lines.
    """

    amount: int
    image: bytes
    satker: bytes
    kppn: bytes
    posted: bytes
    corrects: bytes
    revision: bytes


@dataclass(slots=True)
class DetailLine:
    """One differing Detail line. `ahead` are its SiAP rows posted in the month after; no sum has them."""

    position: int
    coa: int
    segments: tuple[bytes, ...]
    document: Document
    siap: int
    sai: int
    status: int
    siap_rows: list[Row] = field(default_factory=list)
    sai_rows: list[Row] = field(default_factory=list)
    ahead: list[Row] = field(default_factory=list)

    @property
    def gap(self) -> int:
        """SiAP − SAI."""
        return self.siap - self.sai

    @property
    def only_siap(self) -> bool:
        """Whether SAI has no row of it."""
        return self.status == ONLY_SIAP

    @property
    def only_sai(self) -> bool:
        """Whether SiAP has no row of it by the month's end."""
        return self.status == ONLY_SAI

    @property
    def corrected(self) -> bool:
        """Whether one of its SiAP rows corrects another, the month after included."""
        return any(row.corrects for row in (*self.siap_rows, *self.ahead))

    @property
    def number(self) -> str:
        """The document's number as text."""
        return self.document[1].decode("cp1252")

    def of_kind(self, *kinds: bytes) -> bool:
        """Whether JNSDOK1 ends in one of these two digits."""
        return self.document[0].endswith(kinds)


@dataclass(frozen=True)
class Scene:
    """One element: its table row, its differing lines, the difference of each CoA line, and the case's KPPN."""

    element: Element
    lines: list[DetailLine]
    coa_gaps: dict[int, int]
    satker: bytes
    kppn: bytes

    @property
    def budget_allotted(self) -> bool:
        """Whether the element compares what the DIPA allots (PGU, EST) rather than what was realised."""
        return self.element.rows is not None and self.element.rows.kdtrn == b"2"


def scenes(outcome: Outcome, sides: tuple[Lines, Lines, Lines], case: Case, kppn: str) -> Iterator[Scene]:
    """The elements that have differing Detail lines. `sides` = SiAP, SAI, SiAP of the month after."""
    found = [
        Scene(element, _lines_of(one), _coa_gaps(one), case.satker.encode("cp1252"), kppn.encode("cp1252"))
        for element, one in zip(ELEMENTS, outcome.elements, strict=True)
    ]
    index = _Index(found)
    siap, sai, ahead = sides
    for name, rows, is_siap in (
        ("siap_rows", siap, True),
        ("sai_rows", sai, False),
        ("ahead", _brought_back(ahead, case), True),
    ):
        for line, row in index.rows_of(rows, case, siap=is_siap):
            getattr(line, name).append(row)
    return (scene for scene in found if scene.lines)


def _lines_of(element: ElementOutcome) -> list[DetailLine]:
    positions = np.flatnonzero(element.detail["status"] != EQUAL)
    coa = {int(at): element.coa[int(at)].tolist() for at in np.unique(element.detail["coa"][positions])}
    lines = []
    for position, line in zip(positions.tolist(), element.detail[positions].tolist(), strict=True):
        at, status, *document, siap, sai = line
        segments = coa[at][: len(SEGMENTS)]
        lines.append(DetailLine(position, at, segments, tuple(document), siap, sai, status))
    return lines


def _coa_gaps(element: ElementOutcome) -> dict[int, int]:
    different = np.flatnonzero(element.coa["status"] != EQUAL)
    gaps = (element.coa["siap"][different] - element.coa["sai"][different]).tolist()
    return dict(zip(different.tolist(), gaps, strict=True))


def _brought_back(ahead: Lines, case: Case) -> Lines:
    """The rows posted in the month after the case's, dated inside it so that they fall into its keys."""
    following = f"{case.last_day_after:%Y%m}".encode()
    chosen = np.strings.startswith(ahead["tglpost"], following)
    rows = np.array(ahead[chosen], dtype=LINES_DTYPE)
    rows["tglpost"] = f"{case.last_day:%Y%m%d}".encode()
    return rows


def _images(lines: Lines) -> list[bytes]:
    rows = lines.copy()
    for name in _NOT_IN_IMAGE:
        rows[name] = 0
    found: list[bytes] = rows.view(f"V{LINES_DTYPE.itemsize}").tolist()
    return found


class _Index:
    """Finds the Detail line that a row of either side belongs to."""

    def __init__(self, found: list[Scene]) -> None:
        self._lines = {
            (number, line.segments, line.document): line
            for number, scene in enumerate(found)
            for line in scene.lines
        }
        documents = {document for _, _, document in self._lines}
        wanted = np.zeros(len(documents), dtype=LINES_DTYPE)
        for name, texts in zip(_DOCUMENT, zip(*documents, strict=True), strict=False):
            wanted[name] = texts
        self._hashes = np.unique(hash_documents(wanted))

    def rows_of(self, lines: Lines, case: Case, *, siap: bool) -> Iterator[tuple[DetailLine, Row]]:
        """Each row beneath a differing line, once per posting, in the order of the rows."""
        lines = np.ascontiguousarray(lines, dtype=LINES_DTYPE)
        lines = lines[np.isin(hash_documents(lines), self._hashes)]
        side = side_of(lines, empty_opening(), case, siap=siap)
        keys = self._keys(side.words)
        entries = side.entries
        judged = np.flatnonzero(entries.line != SALDO_AWAL)
        documents = lines[list(_DOCUMENT)].tolist()
        facts, images = lines[list(_ROW)].tolist(), _images(lines)
        columns = (
            entries.row[judged].tolist(),
            entries.key[judged].tolist(),
            entries.amount[judged].tolist(),
        )
        for at, key, amount in zip(*columns, strict=True):
            line = self._line(keys[key], documents[at])
            if line is not None:
                yield line, Row(amount, images[at], *facts[at])

    @staticmethod
    def _keys(words: tuple[npt.NDArray[np.uint64], ...]) -> list[tuple[int, tuple[bytes, ...]]]:
        segments = coa_lines(words)[list(SEGMENTS)].tolist()
        return list(zip(element_of(words[0]).tolist(), segments, strict=True))

    def _line(self, key: tuple[int, tuple[bytes, ...]], document: Document) -> DetailLine | None:
        number, segments = key
        found = self._lines.get((number, segments, document))
        if found is None and ELEMENTS[number].key == "B":
            # The SD-CP leaves the key of a whole group where one of its rows lacks it.
            without = (*segments[:_NO_SDCP], b"", *segments[_NO_SDCP + 1 :])
            found = self._lines.get((number, without, document))
        return found

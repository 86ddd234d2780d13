"""The differing Detail lines of an outcome with the rows beneath them: what hints are found from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reconciliation.matching.classify import SALDO_AWAL, Case
from reconciliation.matching.columns import Numbers, Rows
from reconciliation.matching.elements import ELEMENTS, Element
from reconciliation.matching.entries import Words, coa_lines, element_of, side_of
from reconciliation.matching.grouping import boundaries, finish, fold, hash_documents
from reconciliation.matching.hints.beneath import Beneath
from reconciliation.matching.hints.line import DetailLine
from reconciliation.matching.hints.table import SIDES, Chosen, Table
from reconciliation.matching.lines import LINES_DTYPE, Lines, empty_opening
from reconciliation.matching.outcome import EQUAL, SEGMENTS, ElementOutcome, Outcome

_DOCUMENT = ("jnsdok", "nodok", "tgldok")
_NO_SDCP = SEGMENTS.index("sdcp")
_NONE = -1


@dataclass(frozen=True)
class Scene:
    """One element: its table row, its differing lines, the difference of each CoA line, and the case's KPPN."""

    element: Element
    table: Table
    coa_gaps: dict[int, int]
    satker: bytes
    kppn: bytes

    @property
    def lines(self) -> Sequence[DetailLine]:
        """All differing lines."""
        return Chosen(self.table, np.arange(self.table.at.size))

    @property
    def budget_allotted(self) -> bool:
        """Whether the element compares what the DIPA allots (PGU, EST) rather than what was realised."""
        return self.element.rows is not None and self.element.rows.kdtrn == b"2"


def scenes(outcome: Outcome, sides: tuple[Lines, Lines, Lines], case: Case, kppn: str) -> Iterator[Scene]:
    """The elements that have differing Detail lines. `sides` = SiAP, SAI, SiAP of the month after."""
    tables, start = [], 0
    for element in outcome.elements:
        tables.append(Table(element, start))
        start += tables[-1].at.size
    index = _Index(outcome, tables)
    siap, sai, ahead = sides
    beneath = {
        name: index.beneath(rows, case, siap=is_siap)
        for name, rows, is_siap in zip(
            SIDES, (siap, sai, _brought_back(ahead, case)), (True, False, True), strict=True
        )
    }
    whose = case.satker.encode("cp1252"), kppn.encode("cp1252")
    for row, one, table in zip(ELEMENTS, outcome.elements, tables, strict=True):
        table.beneath = beneath
        if table.at.size:
            yield Scene(row, table, _coa_gaps(one), *whose)


def _coa_gaps(element: ElementOutcome) -> dict[int, int]:
    different = np.flatnonzero(element.coa["status"] != EQUAL)
    pairs = zip(element.coa["siap"][different].tolist(), element.coa["sai"][different].tolist(), strict=True)
    return {at: siap - sai for at, (siap, sai) in zip(different.tolist(), pairs, strict=True)}


def _brought_back(ahead: Lines, case: Case) -> Lines:
    """The rows posted in the month after the case's, dated inside it so that they fall into its keys."""
    following = f"{case.last_day_after:%Y%m}".encode()
    chosen = np.strings.startswith(ahead["tglpost"], following)
    rows = np.array(ahead[chosen], dtype=LINES_DTYPE)
    rows["tglpost"] = f"{case.last_day:%Y%m%d}".encode()
    return rows


class _Index:
    """Finds the differing line that a row of either side belongs to, by its CoA line and its document.

    Candidates are found by a hash of both, and verified; a hash that two lines share is not used at all.
    """

    def __init__(self, outcome: Outcome, tables: Sequence[Table]) -> None:
        self._coa: dict[tuple[int, tuple[bytes, ...]], int] = {}
        parts, coa, before = [], [], 0
        for number, (element, table) in enumerate(zip(outcome.elements, tables, strict=True)):
            for at, line in enumerate(element.coa.tolist()):
                self._coa[number, line[: len(SEGMENTS)]] = before + at
            parts.append(table.detail[list(_DOCUMENT)])
            coa.append(table.detail["coa"].astype(np.int64) + before)
            before += element.coa.size
        found = np.concatenate(parts)
        self._documents = np.zeros(found.size, dtype=LINES_DTYPE)
        for name in _DOCUMENT:
            self._documents[name] = found[name]
        self._coa_of = np.concatenate(coa)
        self._wanted = hash_documents(self._documents)
        hashes = _mixed(self._wanted, self._coa_of)
        self._order = np.argsort(hashes)
        self._hashes = hashes[self._order]
        self._sure = bool(boundaries(self._hashes).all())

    def beneath(self, lines: Lines, case: Case, *, siap: bool) -> Beneath:
        """The rows of one side beneath the differing lines."""
        lines = np.ascontiguousarray(lines, dtype=LINES_DTYPE)
        lines = lines[np.isin(hash_documents(lines), self._wanted)]
        if not lines.size:
            none = np.zeros(0, dtype=np.int64)
            return Beneath(lines, none, none, none, lines=self._coa_of.size)
        side = side_of(lines, empty_opening(), case, siap=siap)
        coa = self._coa_lines(side.words)[side.entries.key]
        judged = np.flatnonzero((side.entries.line != SALDO_AWAL) & (coa != _NONE))
        at = side.entries.row[judged].astype(np.int64)
        found = self._lines_of(lines, at, coa[judged], side.entries.document[judged])
        there = np.flatnonzero(found != _NONE)
        amount = side.entries.amount[judged][there]
        return Beneath(lines, found[there], at[there], amount, lines=self._coa_of.size)

    def _coa_lines(self, words: Words) -> Rows:
        """The CoA line of each key, numbered over all elements; none where no CoA line has it."""
        segments = coa_lines(words)[list(SEGMENTS)].tolist()
        keys = zip(element_of(words[0]).tolist(), segments, strict=True)
        return np.array([self._coa_line(number, key) for number, key in keys], dtype=np.int64)

    def _coa_line(self, number: int, segments: tuple[bytes, ...]) -> int:
        found = self._coa.get((number, segments), _NONE)
        if found == _NONE and ELEMENTS[number].key == "B":
            # The SD-CP leaves the key of a whole group where one of its rows lacks it.
            without = (*segments[:_NO_SDCP], b"", *segments[_NO_SDCP + 1 :])
            found = self._coa.get((number, without), _NONE)
        return found

    def _lines_of(self, lines: Lines, at: Rows, coa: Rows, documents: Numbers) -> Rows:
        if not self._sure:
            return self._lines_exactly(lines, at, coa)
        hashes = _mixed(documents, coa)
        place = np.minimum(np.searchsorted(self._hashes, hashes), self._hashes.size - 1)
        line = self._order[place]
        same = (self._hashes[place] == hashes) & (self._coa_of[line] == coa)
        for name in _DOCUMENT:
            same &= self._documents[name][line] == lines[name][at]
        return np.where(same, line, _NONE)

    def _lines_exactly(self, lines: Lines, at: Rows, coa: Rows) -> Rows:
        """Without a hash: by the whole document and its CoA line."""
        documents = self._documents[list(_DOCUMENT)].tolist()
        by_key = {key: line for line, key in enumerate(zip(self._coa_of.tolist(), documents, strict=True))}
        keys = zip(coa.tolist(), lines[list(_DOCUMENT)][at].tolist(), strict=True)
        return np.array([by_key.get(key, _NONE) for key in keys], dtype=np.int64)


def _mixed(documents: Numbers, coa: Rows) -> Numbers:
    """One hash of a document and its CoA line."""
    state = documents.copy()
    fold(state, coa.astype(np.uint64))
    finish(state)
    return state

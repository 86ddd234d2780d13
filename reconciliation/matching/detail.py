"""The Detail grain: sums per CoA line and document, over both sides.

One sort brings equal documents together: the sort key is the CoA line in the upper bits and a hash of the
document in the rest. Runs of one key are verified byte by byte; where two documents share a hash, whole
documents are sorted instead.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reconciliation.matching.columns import DOCUMENT, Amounts, Mask, Numbers, Rows
from reconciliation.matching.columns import documents as document_bytes
from reconciliation.matching.grouping import boundaries
from reconciliation.matching.lines import Lines
from reconciliation.matching.outcome import DETAIL_DTYPE
from reconciliation.matching.sums import statuses

Documents = npt.NDArray[np.void]
BLOCK = 1 << 14  # documents copied at a time
Sides = tuple[Lines, Lines]  # SiAP, SAI

_OPAQUE = np.dtype(f"V{DOCUMENT.itemsize}")
_OFFSET = DETAIL_DTYPE.fields["jnsdok"][1]  # type: ignore[index]


class Postings(NamedTuple):
    """Entries of both sides that take part in Detail: SiAP's first, then SAI's. `row` is in its side."""

    coa: npt.NDArray[np.int32]
    row: npt.NDArray[np.int32]
    amount: Amounts
    document: Numbers
    siap: int  # how many are SiAP's


def detail_lines(postings: Postings, sides: Sides, lines_count: int) -> Lines:
    """Documents (DETAIL_DTYPE) by CoA line; `coa` counts over all elements. `lines_count` = CoA lines."""
    for ordered in (_hashed_order, _exact_order):
        order, new = ordered(postings, sides, lines_count)
        detail = _with_documents(order[new], postings, sides)
        if _verified(order, new, detail, postings, sides):
            break
    _sum(detail, order, np.flatnonzero(new), postings)
    return detail


def _hashed_order(postings: Postings, sides: Sides, lines_count: int) -> tuple[Rows, Mask]:
    """The order by CoA line and hash.

    The sort keys' last bits carry the position, since a plain sort costs half of an argsort; where the bits
    given up for it are missed, the few runs concerned are ordered again by the whole hash.
    """
    key = _sort_key(postings, lines_count)
    place = np.uint64(max(key.size - 1, 1).bit_length())
    key >>= place
    key <<= place
    key |= np.arange(key.size, dtype=np.uint64)
    key.sort()
    order = (key & ((np.uint64(1) << place) - np.uint64(1))).astype(np.intp)
    key >>= place
    new = boundaries(key)
    mixed = boundaries(postings.document[order]) & ~new
    if mixed.any():
        run = np.cumsum(new)
        again = np.flatnonzero(np.isin(run, run[mixed]))
        order[again] = order[again][np.lexsort((postings.document[order[again]], run[again]))]
        new |= boundaries(postings.document[order])
    return order, new


def _sort_key(postings: Postings, lines_count: int) -> Numbers:
    upper = max(lines_count - 1, 1).bit_length()
    key = postings.coa.astype(np.uint64)
    key <<= np.uint64(64 - upper)
    key |= postings.document >> np.uint64(upper)
    return key


def _with_documents(which: Rows, postings: Postings, sides: Sides) -> Lines:
    """Detail lines that hold the documents of the postings `which`; the other fields are still to fill."""
    detail = np.empty(which.shape, dtype=DETAIL_DTYPE)
    _copy_documents(which, _documents_in(detail), postings, sides)
    return detail


def _documents_in(detail: Lines) -> Documents:
    """A view of the documents inside detail lines, whose fields stand side by side as in the lines file."""
    if not detail.size:  # an empty buffer has no place for the offset
        return np.empty(0, dtype=_OPAQUE)
    return np.ndarray(detail.shape, _OPAQUE, detail, _OFFSET, detail.strides)


def _copy_documents(which: Rows, target: Documents, postings: Postings, sides: Sides) -> None:
    for start in range(0, which.size, BLOCK):
        block = which[start : start + BLOCK]
        place = target[start : start + BLOCK]
        row, first = postings.row[block], block < postings.siap
        for mine, lines in zip((first, ~first), sides, strict=True):
            place[mine] = document_bytes(lines)[row[mine]]


def _verified(order: Rows, new: Mask, detail: Lines, postings: Postings, sides: Sides) -> bool:
    """Whether each posting that did not begin a run has the document of the run it was put in."""
    documents = _documents_in(detail)
    run = np.cumsum(new, dtype=np.int32)
    run -= 1
    others = np.flatnonzero(~new)
    mine = np.empty(min(BLOCK, others.size), dtype=_OPAQUE)
    for start in range(0, others.size, BLOCK):
        block = others[start : start + BLOCK]
        _copy_documents(order[block], mine[: block.size], postings, sides)
        expected = documents[run[block]]
        if not np.array_equal(mine[: block.size].view(np.uint8), expected.view(np.uint8)):
            return False
    return True


def _exact_order(postings: Postings, sides: Sides, lines_count: int) -> tuple[Rows, Mask]:
    """The order by whole documents, whatever their hashes."""
    every = np.empty(postings.row.shape, dtype=_OPAQUE)
    _copy_documents(np.arange(every.size), every, postings, sides)
    code = np.unique(every.view(f"S{DOCUMENT.itemsize}"), return_inverse=True)[1]
    order = np.lexsort((code, postings.coa))
    new = boundaries(postings.coa[order]) | boundaries(code[order])
    return order, new


def _sum(detail: Lines, order: Rows, starts: Rows, postings: Postings) -> None:
    """Fill in the CoA line, both sums and the status of each run."""
    if not order.size:
        return
    detail["coa"] = postings.coa[order[starts]]
    is_siap = order < postings.siap
    siap_rows = np.add.reduceat(is_siap, starts, dtype=np.int32)
    there = siap_rows > 0, siap_rows < np.diff(starts, append=order.size)
    amount = postings.amount[order]
    sai = np.add.reduceat(amount, starts)  # of both sides, so far
    amount *= is_siap
    siap = np.add.reduceat(amount, starts)
    sai -= siap  # exact even where the sum of both wrapped around
    detail["siap"], detail["sai"] = siap, sai
    detail["status"] = statuses(siap, sai, *there)

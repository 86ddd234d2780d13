"""The Detail grain: sums per CoA line and document, over both sides.

One sort brings equal documents together: the sort key is the CoA line in the upper bits and a hash of the
document in the rest. Runs of one key are verified byte by byte; where two documents share a hash, whole
documents are sorted instead.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reconciliation.matching.columns import DOCUMENT, Amounts, Mask, Numbers, Rows, document_words
from reconciliation.matching.columns import documents as document_bytes
from reconciliation.matching.grouping import boundaries, finish, fold
from reconciliation.matching.lines import Lines
from reconciliation.matching.outcome import DETAIL_DTYPE
from reconciliation.matching.sums import statuses

Documents = npt.NDArray[np.void]
Sides = tuple[Lines, Lines]  # SiAP, SAI

_BLOCK = 1 << 14  # rows hashed at a time: the working arrays stay in the processor's cache
_SEED = np.uint64(0x9E3779B97F4A7C15)


class Postings(NamedTuple):
    """Entries of both sides that take part in Detail: SiAP's first, then SAI's. `row` is in its side."""

    coa: Rows
    row: Rows
    amount: Amounts
    siap: int  # how many are SiAP's


def hash_documents(lines: Lines) -> Numbers:
    """One hash per row over JNSDOK1, NODOK1 and TGLDOK1."""
    hashes = np.full(lines.shape, _SEED)
    for start in range(0, lines.size, _BLOCK):
        state = hashes[start : start + _BLOCK]
        for word in document_words(lines[start : start + _BLOCK]):
            fold(state, word)
        finish(state)
    return hashes


def detail_lines(postings: Postings, sides: Sides, lines_count: int) -> Lines:
    """Documents (DETAIL_DTYPE) by CoA line; `coa` counts over all elements. `lines_count` = CoA lines."""
    key = _sort_key(postings, sides, lines_count)
    order = np.argsort(key)
    new = boundaries(key[order])
    found = _of_both(order[new], postings, sides)
    if not _verified(order[~new], found, (np.cumsum(new) - 1)[~new], postings, sides):
        order, new = _exact_order(postings, sides)
        found = _of_both(order[new], postings, sides)
    return _summed(order, new, found, postings)


def _sort_key(postings: Postings, sides: Sides, lines_count: int) -> Numbers:
    upper = max(lines_count - 1, 1).bit_length()
    key = np.empty(postings.row.shape, dtype=np.uint64)
    key[: postings.siap] = hash_documents(sides[0])[postings.row[: postings.siap]]
    key[postings.siap :] = hash_documents(sides[1])[postings.row[postings.siap :]]
    key >>= np.uint64(upper)
    key |= postings.coa.astype(np.uint64) << np.uint64(64 - upper)
    return key


def _of_both(which: Rows, postings: Postings, sides: Sides) -> Documents:
    """The documents of the postings `which`."""
    found = np.empty(which.shape, dtype=f"V{DOCUMENT.itemsize}")
    first = which < postings.siap
    for mine, lines in zip((first, ~first), sides, strict=True):
        found[mine] = document_bytes(lines)[postings.row[which[mine]]]
    return found


def _verified(which: Rows, found: Documents, expected: Rows, postings: Postings, sides: Sides) -> bool:
    """Whether each posting `which` has the document of the run it was put in."""
    for start in range(0, which.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        mine = _of_both(which[block], postings, sides)
        if not np.array_equal(_raw(mine), _raw(found[expected[block]])):
            return False
    return True


def _raw(documents: Documents) -> npt.NDArray[np.uint8]:
    return documents.view(np.uint8)


def _exact_order(postings: Postings, sides: Sides) -> tuple[Rows, Mask]:
    every = _of_both(np.arange(postings.row.size), postings, sides)
    code = np.unique(every.view(f"S{DOCUMENT.itemsize}"), return_inverse=True)[1]
    order = np.lexsort((code, postings.coa))
    new = boundaries(postings.coa[order]) | boundaries(code[order])
    return order, new


def _summed(order: Rows, new: Mask, found: Documents, postings: Postings) -> Lines:
    detail = np.zeros(found.shape, dtype=DETAIL_DTYPE)
    if not order.size:
        return detail
    starts = np.flatnonzero(new)
    amount = postings.amount[order]
    is_siap = order < postings.siap
    both = np.add.reduceat(amount, starts)
    amount[~is_siap] = 0
    detail["siap"] = np.add.reduceat(amount, starts)
    detail["sai"] = both - detail["siap"]  # exact even where `both` wrapped around
    siap_rows = np.add.reduceat(is_siap, starts, dtype=np.int64)
    rows = np.diff(starts, append=order.size)
    detail["status"] = statuses(detail["siap"], detail["sai"], siap_rows > 0, siap_rows < rows)
    detail["coa"] = postings.coa[order[starts]]
    texts = found.view(DOCUMENT)
    for name in ("jnsdok", "nodok", "tgldok"):
        detail[name] = texts[name]
    return detail

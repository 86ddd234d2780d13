"""Equal keys found by a 64-bit hash, then verified byte by byte: fast, and never wrong.

A hash only brings candidates together. Where two different keys share one, the exact and slower road is
taken for the whole call; the result is the same set of groups either way.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reconciliation.matching.columns import Mask, Numbers, Rows, document_words
from reconciliation.matching.lines import Lines

_ODD = np.uint64(0x9E3779B97F4A7C15)
_FOLD = np.uint64(32)
# Below this many groups a binary search per row is cheaper than carrying the order along.
_FEW = 4096


class Groups(NamedTuple):
    """`code` numbers each row's group from 0; `first` is a row of each group."""

    code: Rows
    first: Rows


def fold(state: Numbers, word: Numbers) -> None:
    """Mix one more word of the key into the hash `state`, in place."""
    state ^= word
    state *= _ODD
    state ^= state >> _FOLD


def finish(state: Numbers) -> None:
    """Spread the last word over the whole hash, in place."""
    state *= _ODD
    state ^= state >> _FOLD


def hash_documents(lines: Lines) -> Numbers:
    """One hash per row over JNSDOK1, NODOK1 and TGLDOK1."""
    state = np.full(lines.shape, _ODD)
    for word in document_words(lines):
        fold(state, word)
    finish(state)
    return state


def hash_words(words: Sequence[Numbers]) -> Numbers:
    """One hash per row over its words. The same words give the same hash on every machine."""
    state = np.full(words[0].shape, _ODD)
    for word in words:
        fold(state, word)
    finish(state)
    return state


def group(words: Sequence[Numbers]) -> Groups:
    """Group rows by their words, groups in the order of the words."""
    groups = _by_hash(hash_words(words))
    if not all(np.array_equal(word, word[groups.first][groups.code]) for word in words):
        return group_exactly(words)
    order = np.lexsort([word[groups.first] for word in reversed(words)])
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    return Groups(rank[groups.code], groups.first[order])


def group_exactly(words: Sequence[Numbers]) -> Groups:
    """Group rows by sorting whole keys: the road without a hash."""
    order = np.lexsort(list(reversed(words)))
    new = np.ones(order.shape, dtype=np.bool_)
    if order.size:
        new[1:] = np.logical_or.reduce([word[order[1:]] != word[order[:-1]] for word in words])
    code = np.empty_like(order)
    code[order] = np.cumsum(new) - 1
    return Groups(code, order[new])


def _by_hash(hashes: Numbers) -> Groups:
    ordered = np.sort(hashes)
    distinct = ordered[boundaries(ordered)]
    if distinct.size <= _FEW:
        code = np.searchsorted(distinct, hashes)
        first = np.empty(distinct.shape, dtype=np.intp)
        first[code] = np.arange(code.size)
        return Groups(code, first)
    order = np.argsort(hashes)
    new = boundaries(hashes[order])
    code = np.empty_like(order)
    code[order] = np.cumsum(new) - 1
    return Groups(code, order[new])


def boundaries(ordered: npt.NDArray[np.generic]) -> Mask:
    """Where a run of equal values begins in an ordered array."""
    new = np.ones(ordered.shape, dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new

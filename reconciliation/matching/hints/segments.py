"""Hints about a document that stands under another CoA line on either side: R5, R8."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np

from erekon.lib.rupiah import format_rupiah
from reconciliation.matching.elements import Element
from reconciliation.matching.grouping import boundaries
from reconciliation.matching.hints.evidence import Scene
from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.hints.line import DetailLine
from reconciliation.matching.hints.making import hint_of
from reconciliation.matching.hints.table import Chosen
from reconciliation.matching.outcome import SEGMENTS

Pair = tuple[DetailLine, DetailLine]  # the line that SiAP has, the line that SAI has
Fits = Callable[[tuple[str, ...]], bool]

BA_ES1 = ("ba_es1",)
_SDCP = SEGMENTS.index("sdcp")
# One document seldom has many lines of one amount; what is beyond this stays unexplained by these two.
_MOST = 50
_LABELS = {
    "akun": "akun",
    "ba_es1": "BA/Eselon",
    "kewenangan": "kewenangan",
    "program": "program",
    "kegiatan": "kegiatan",
    "output": "output",
    "sdcp": "SD-CP",
    "lokasi": "lokasi",
    "register": "register",
}


def other_segment(scene: Scene, lines: Chosen) -> Iterator[Hint]:
    """R5: same document and amount, or a part of it; another account or segment, other than BA+ES1 alone."""
    for apart, pair in _pairs(scene, lines, lambda apart: apart != BA_ES1):
        siap, sai = ([f"{_LABELS[name]} {_segment(line, name)}" for name in apart] for line in pair)
        words = {"a": ", ".join(siap), "b": ", ".join(sai)}
        whole = pair[0].siap == pair[1].sai
        part = {} if whole else {"n": format_rupiah(abs(pair[0].gap))}
        yield from _both(scene, pair, "R5", words | part, variant="" if whole else "sebagian")


def other_eselon(scene: Scene, lines: Chosen) -> Iterator[Hint]:
    """R8: same document and amount, only BA+ES1 differs."""
    for _, pair in _pairs(scene, lines, lambda apart: apart == BA_ES1):
        benar, isi = (_segment(line, "ba_es1") for line in pair)
        yield from _both(scene, pair, "R8", {"isi": isi, "benar": benar})


def _both(scene: Scene, pair: Pair, code: str, words: dict[str, str], *, variant: str = "") -> Iterator[Hint]:
    for line, other in (pair, pair[::-1]):
        yield hint_of(scene, line, code, words, variant=variant, others=(other.position,))


def _pairs(scene: Scene, lines: Chosen, fits: Fits) -> Iterator[tuple[tuple[str, ...], Pair]]:
    """Lines of one document whose differences cancel, the most alike first; each line once."""
    by_amount: dict[object, list[DetailLine]] = defaultdict(list)
    for line in _possible(lines):
        by_amount[line.document, abs(line.gap)].append(line)
    for same in (lines for lines in by_amount.values() if len(lines) > 1):
        taken: set[int] = set()
        for apart, (siap, sai) in sorted(_candidates(scene, same, fits), key=_alike):
            if not taken & {siap.position, sai.position}:
                taken |= {siap.position, sai.position}
                yield apart, (siap, sai)


def _possible(lines: Chosen) -> Chosen:
    """The lines whose document and absolute difference stand on both sides, one of them missing on one."""
    table, chosen = lines.table, lines.numbers
    if not chosen.size:
        return lines
    siap, sai = table.siap[chosen], table.sai[chosen]
    gap = siap - sai
    keys = table.documents[chosen], np.minimum(gap, -gap)
    order = np.lexsort(keys)
    starts = np.flatnonzero(boundaries(keys[0][order]) | boundaries(keys[1][order]))
    parts = (siap > sai, siap < sai, (table.only_siap | table.only_sai)[chosen])
    whole = np.logical_and.reduce([np.logical_or.reduceat(part[order], starts) for part in parts])
    sizes = np.diff(np.append(starts, chosen.size))
    return Chosen(table, np.sort(chosen[order[np.repeat(whole, sizes)]]))


def _candidates(scene: Scene, same: list[DetailLine], fits: Fits) -> Iterator[tuple[tuple[str, ...], Pair]]:
    for siap in islice((line for line in same if not line.only_sai), _MOST):
        for sai in islice((line for line in same if not line.only_siap), _MOST):
            apart = _apart(scene.element, siap, sai)
            # Where neither side is missing a line, nobody can say that one stands for the other.
            moved = siap.gap == -sai.gap and (siap.only_siap or sai.only_sai)
            if moved and apart and fits(apart):
                yield apart, (siap, sai)


def _apart(element: Element, siap: DetailLine, sai: DetailLine) -> tuple[str, ...]:
    """The segments in which two lines differ. In key B a blank SD-CP is none: a whole group dropped it."""
    sdcp = siap.segments[_SDCP], sai.segments[_SDCP]
    dropped = ("sdcp",) if element.key == "B" and b"" in sdcp else ()
    segments = zip(SEGMENTS, siap.segments, sai.segments, strict=True)
    return tuple(name for name, one, other in segments if one != other and name not in dropped)


def _alike(found: tuple[tuple[str, ...], Pair]) -> tuple[int, int, int]:
    apart, (siap, sai) = found
    return len(apart), siap.position, sai.position


def _segment(line: DetailLine, name: str) -> str:
    return line.segments[SEGMENTS.index(name)].decode("cp1252") or "kosong"

"""By which elements each row is taken, in words: for exports, where every row stands with its elements."""

import numpy as np
import numpy.typing as npt

from reconciliation.matching.classify import NO_ELEMENT, Case, classify
from reconciliation.matching.elements import ELEMENTS
from reconciliation.matching.lines import Lines

OUTSIDE = "di luar elemen"
_CODES = np.array([*(element.code for element in ELEMENTS), ""], dtype=object)  # NO_ELEMENT is the last


def elements_taking(lines: Lines, case: Case, *, siap: bool) -> npt.NDArray[np.object_]:
    """Per row the codes of its elements, joined by blanks: a budget element, then those of its cash legs.

    `OUTSIDE` for a row in play that none takes; empty for one that is not in play (a later month, another
    satker, or compared in the central satker's case).
    """
    found = classify(lines, case, siap=siap)
    codes = _CODES[found.element]
    for row, element in zip(found.legs.row.tolist(), found.legs.element.tolist(), strict=True):
        code = _CODES[element]
        if code not in codes[row].split():
            codes[row] = f"{codes[row]} {code}".lstrip()
    codes[found.outside & (found.element == NO_ELEMENT)] = OUTSIDE
    return codes

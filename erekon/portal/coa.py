"""The CoA lines of one element of a run, read from the stored outcome."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from erekon.lib import files
from erekon.portal.documents import Amounts, Places
from reconciliation.matching.lines import Lines
from reconciliation.matching.outcome import COA_DTYPE, EQUAL, SEGMENTS
from reconciliation.matching.results import unpack_coa
from reconciliation.models import MatchRun
from reconciliation.services.results import coa_key

CoaKey = tuple[bytes, ...]


class CoaLines:
    """The lines of one element, ordered by their key."""

    def __init__(self, element: str, lines: Lines) -> None:
        self.element, self.lines = element, lines

    def places(self, *, only_different: bool) -> Places:
        """Where the lines stand; where those stand that differ."""
        chosen = self.lines["status"] != EQUAL if only_different else np.ones(self.lines.size, dtype=np.bool_)
        found: Places = np.flatnonzero(chosen)
        return found

    def row(self, place: int) -> dict[str, Any]:
        """A line as `GET coa/` shows it."""
        siap, sai = self.amounts(place)
        key = coa_key(self.element, self.lines[place])
        return {"key": key, "siap": siap, "sai": sai, "difference": siap - sai}

    def key(self, place: int) -> CoaKey:
        """What makes a line the same one in another run."""
        found: CoaKey = self.lines[place].tolist()[: len(SEGMENTS)]
        return found

    def amounts(self, place: int) -> Amounts:
        """Both sides of the line at a place."""
        line = self.lines[place]
        return Amounts(int(line["siap"]), int(line["sai"]))

    def found(self, keys: Iterable[CoaKey]) -> dict[CoaKey, Amounts]:
        """The lines with these keys."""
        wanted = set(keys)
        every = (line[: len(SEGMENTS)] for line in self.lines.tolist())
        return {key: self.amounts(place) for place, key in enumerate(every) if key in wanted}


def coa_lines_of(run: MatchRun | None, element: str) -> CoaLines:
    """The stored CoA lines of an element of a run; none without a run, or for a code that is no element."""
    lines = unpack_coa(files.read(run.outcome), element) if run else None
    return CoaLines(element, np.zeros(0, dtype=COA_DTYPE) if lines is None else lines)

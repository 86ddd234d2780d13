"""The likely causes of a difference, put together by kind: how many documents, how much of the element."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from erekon.portal.documents import Documents
from reconciliation.matching.hints.hint import Hint, ranked
from reconciliation.matching.sentences import render, title

NAMED = 3
WHOLE = 100


@dataclass(frozen=True)
class Cause:
    """One kind of likely cause: its sentence for the weightiest document, and what all of it explains."""

    title: str
    text: str
    explains: int
    gap: int
    count: int
    numbers: tuple[str, ...]

    @property
    def share(self) -> int:
        """Whole percent of the element's difference that it explains, at most 100; 0 where it is less than one."""
        return min(self.explains * WHOLE // self.gap, WHOLE) if self.gap else 0

    @property
    def more(self) -> int:
        """How many documents are not named."""
        return self.count - len(self.numbers)


def causes_in(documents: Documents, gap: int) -> list[Cause]:
    """The kinds of causes of these documents, those that explain most of `gap` first."""
    kinds: dict[tuple[str, str], list[Hint]] = {}
    for hint in ranked(documents.hints.values()):
        kinds.setdefault((hint.code, hint.variant), []).append(hint)
    found = [(_weight(hints), _cause(documents, hints, gap)) for hints in kinds.values()]
    return [cause for _, cause in sorted(found, key=lambda one: one[0])]


def _weight(hints: Sequence[Hint]) -> tuple[bool, int]:
    """Leading kinds first, then by the rupiah they explain."""
    return not hints[0].leading, -_explained(hints)


def _explained(hints: Iterable[Hint]) -> int:
    return sum(hint.explains for hint in hints)


def _cause(documents: Documents, hints: Sequence[Hint], gap: int) -> Cause:
    detail = documents.element.detail
    numbers = [detail[hint.position]["nodok"].decode("cp1252") or "tanpa nomor" for hint in hints[:NAMED]]
    first = hints[0]
    return Cause(title(first), render(first), _explained(hints), gap, len(hints), tuple(numbers))

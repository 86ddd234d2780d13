"""One file of the corpus: made when asked for, with the one code that the gate must answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from adk.formats.drafts import Draft
from tests.unit.adk.formats.cast import row, satker

Family = Literal[
    "types",
    "names",
    "archive structure",
    "entry names",
    "members",
    "DBF structure",
    "values",
    "identity and period",
    "characters",
    "injection payloads",
    "odd but legal",
]
WARNINGS = frozenset({"AKUN_TIDAK_DIKENAL", "DUPLIKAT", "REFERENSI"})
MAIN = b"KPPN_KD0150836351609.026"
UPLOAD = "KPPN_KD0150836351609.zip"
Made = tuple[str, bytes]


@dataclass(frozen=True)
class Case:
    """`code` is the only code among the findings; None means accepted without a word."""

    family: Family
    name: str
    code: str | None
    make: Callable[[], Made]

    @property
    def accepted(self) -> bool:
        """Whether the gate lets the file pass, with or without a warning."""
        return self.code is None or self.code in WARNINGS


def honest() -> Made:
    """The valid ADK that the cases spoil."""
    return satker(opening={"111611": 5}).build()


def spoilt(change: Callable[[bytes], bytes]) -> Callable[[], Made]:
    """The valid ADK with its finished bytes changed."""
    return lambda: (UPLOAD, change(honest()[1]))


def drafted(change: Callable[[Draft], object]) -> Callable[[], Made]:
    """The valid ADK changed before it was built."""

    def make() -> Made:
        draft = satker(opening={"111611": 5})
        change(draft)
        return draft.build()

    return make


def with_row(**changes: object) -> Callable[[], Made]:
    """A DIPA row and one row with the changes, under a control table that agrees with both."""
    return lambda: satker([row(1, KDTRN="2"), row(2, **changes)]).build()

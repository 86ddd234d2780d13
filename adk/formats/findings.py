"""What a check says about a file: an immutable finding, and the capped list that collects them."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as default_of
from typing import Literal

Severity = Literal["galat", "peringatan"]
Params = dict[str, str | int]

LISTED_MAX = 200
SHOWN_MAX = 60


@dataclass(frozen=True)
class Finding:
    """One thing found: `galat` refuses the file, `peringatan` accompanies it.

    `row` is the 1-based physical row of `member`; `params` feed the sentence in `sentences.CATALOGUE`.
    """

    code: str
    severity: Severity
    member: str | None = None
    row: int | None = None
    field: str | None = None
    params: Params = default_of(default_factory=dict)


class Findings:
    """The findings of one file: at most LISTED_MAX are kept, all are counted."""

    def __init__(self) -> None:
        self.listed: list[Finding] = []
        self.total = 0
        self.refused = False

    def add(self, finding: Finding) -> None:
        """Count a finding and keep it while there is room."""
        self.total += 1
        self.refused = self.refused or finding.severity == "galat"
        if len(self.listed) < LISTED_MAX:
            self.listed.append(finding)

    def refuse(
        self,
        code: str,
        *,
        member: str | None = None,
        row: int | None = None,
        field: str | None = None,
        **params: str | int,
    ) -> None:
        """Add a finding that refuses the file."""
        self.add(Finding(code, "galat", member, row, field, params))

    def warn(
        self,
        code: str,
        *,
        member: str | None = None,
        row: int | None = None,
        field: str | None = None,
        **params: str | int,
    ) -> None:
        """Add a finding that accompanies an accepted file."""
        self.add(Finding(code, "peringatan", member, row, field, params))

    def add_many(self, findings: Iterable[Finding], count: int) -> None:
        """Add `count` findings of which `findings` yields at least those that can still be listed."""
        before = self.total
        for finding in findings:
            if len(self.listed) >= LISTED_MAX:
                break
            self.add(finding)
        self.total = before + count

    @property
    def room(self) -> int:
        """How many findings can still be listed."""
        return LISTED_MAX - len(self.listed)


def shown(raw: bytes | str) -> str:
    """Foreign text made safe to print in a sentence: no control characters, at most SHOWN_MAX long."""
    text = raw.decode("cp1252", "backslashreplace") if isinstance(raw, bytes) else raw
    clean = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text[: SHOWN_MAX + 1]).strip()
    return clean if len(clean) <= SHOWN_MAX else clean[: SHOWN_MAX - 1] + "…"

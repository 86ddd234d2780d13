"""One differing Detail line with the rows beneath it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from reconciliation.matching.outcome import ONLY_SAI, ONLY_SIAP

Document = tuple[bytes, bytes, bytes]  # JNSDOK1, NODOK1, TGLDOK1
# What the last two digits of JNSDOK1 say a document is.
DEPOSIT = b"05"
SP2D_OR_CUT = (b"01", b"02")


class Row(NamedTuple):
    """One row beneath a Detail line; `amount` with the element's sign, `image` equal for exact twins.

    Texts are bytes as in the lines file: a file that is wrong everywhere has as many rows as it has lines.
    """

    amount: int
    image: bytes
    satker: bytes
    kppn: bytes
    posted: bytes
    corrects: bytes
    revision: bytes


@dataclass(slots=True)
class DetailLine:
    """One differing Detail line; `rows` are those beneath it by side, read by `read` when they are looked at."""

    position: int
    coa: int
    segments: tuple[bytes, ...]
    document: Document
    siap: int
    sai: int
    status: int
    read: Callable[[str], list[Row]]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def _rows(self, side: str) -> list[Row]:
        if side not in self.rows:
            self.rows[side] = self.read(side)
        return self.rows[side]

    @property
    def siap_rows(self) -> list[Row]:
        """Its rows in SiAP."""
        return self._rows("siap_rows")

    @property
    def sai_rows(self) -> list[Row]:
        """Its rows in SAI."""
        return self._rows("sai_rows")

    @property
    def ahead(self) -> list[Row]:
        """Its SiAP rows posted in the month after; no sum has them."""
        return self._rows("ahead")

    @property
    def gap(self) -> int:
        """SiAP − SAI."""
        return self.siap - self.sai

    @property
    def only_siap(self) -> bool:
        """Whether SAI has no row of it."""
        return self.status == ONLY_SIAP

    @property
    def only_sai(self) -> bool:
        """Whether SiAP has no row of it by the month's end."""
        return self.status == ONLY_SAI

    @property
    def corrected(self) -> bool:
        """Whether one of its SiAP rows corrects another, the month after included."""
        return any(row.corrects for row in (*self.siap_rows, *self.ahead))

    @property
    def number(self) -> str:
        """The document's number as text."""
        return self.document[1].decode("cp1252")

    def of_kind(self, *kinds: bytes) -> bool:
        """Whether JNSDOK1 ends in one of these two digits."""
        return self.document[0].endswith(kinds)

"""One satker ADK on its way through the gate: what is expected of it, and what the checks learnt so far."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from adk.formats.columns import Amounts, Mask, Text, is_uniform, lengths, once, upper, whole_numbers
from adk.formats.container import Members
from adk.formats.naming import AdkName
from adk.formats.tables import BLOCK, Physical, Table
from adk.formats.unpacked import Raw, Unpacked
from reconciliation.matching.lines import LINES_DTYPE, Lines, empty_lines


@dataclass(frozen=True)
class Expected:
    """The chosen period and the satker of the sender; `first_month` is the year's first accepted month."""

    year: int
    month: int
    first_month: int
    satker: str
    ba: str
    es1: str
    kewenangan: str
    kppn: str


@dataclass(frozen=True)
class References:
    """Known codes; None means never loaded, so not tested. `accounts` are those valid in the year."""

    accounts: frozenset[str] | None
    kppn: frozenset[str] | None
    sdcp: frozenset[str] | None
    lokasi: frozenset[str] | None


# Columns of the main table and where they stand in the lines file.
FILLED = {
    "KDSATKER": "kdsatker",
    "KDBAES1": "kdbaes1",
    "KDKPPN": "kdkppn",
    "KDDEKON": "kddekon",
    "KDWILAYAH": "kdwilayah",
    "KDPROGRAM": "kdprogram",
    "KDGIAT": "kdgiat",
    "KDOUTPUT": "kdoutput",
    "KDSDCP": "kdsdcp",
    "REGISTER": "register",
    "KDTRN": "kdtrn",
    "KDKEM": "kdkem",
    "KDMAKMAP": "kdmakmap",
    "PERKSAI": "perk",
    "PERKSAI1": "perk1",
    "KDDK": "kddk",
    "JNSDOK1": "jnsdok",
    "NODOK1": "nodok",
    "TGLDOK1": "tgldok",
    "TGLPOST": "tglpost",
    "PERIODE": "periode",
    "REVISIKE": "revisike",
}


class Rows:
    """The main table's live rows, each column trimmed once.

    `too_long` tells per column which rows hold more text than the lines file has room for; `twins` are the
    positions of second and later exact twins.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.too_long: dict[str, Mask] = {}
        self.twins: npt.NDArray[np.intp] = np.zeros(0, dtype=np.intp)
        self._texts: dict[str, Text] = {}
        self._amounts: tuple[Amounts, Mask] | None = None
        dates = (name for name, one in table.fields.items() if one.kind == "D")
        table.load({*FILLED, *dates, "THNANG", "RPHREAL"})

    def text(self, name: str) -> Text:
        """A trimmed column, NODOK1 in capitals; those of FILLED are kept, no wider than they need be."""
        if name not in FILLED:
            return self.table.text(name)
        if name not in self._texts:
            values = self.table.text(name)
            if values.dtype.itemsize > LINES_DTYPE[FILLED[name]].itemsize:
                values = self._narrowed(name, values)
            self._texts[name] = upper(values) if name == "NODOK1" else values
        return self._texts[name]

    def _narrowed(self, name: str, values: Text) -> Text:
        """The column at the lines file's width, or as it is when some of its text is longer."""
        room = LINES_DTYPE[FILLED[name]]
        longer = lengths(values) > room.itemsize
        if longer.any():
            self.too_long[name] = longer
            return values
        return values.astype(room)

    def read_all(self) -> None:
        """Read every column of FILLED, so that `too_long` is complete."""
        for name in FILLED:
            self.text(name)

    def amounts(self) -> tuple[Amounts, Mask]:
        """RPHREAL in rupiah, and which rows hold no amount."""
        if self._amounts is None:
            self._amounts = whole_numbers(self.table.raw_column("RPHREAL"))
        return self._amounts

    def finished(self) -> Lines:
        """The rows as lines, written block by block. The file's bytes are let go first: a giant has a gigabyte."""
        self.read_all()
        columns: dict[str, npt.NDArray[Any]] = {FILLED[name]: self._texts[name] for name in FILLED}
        columns["kdkem"] = known_kdkem(columns["kdkem"])
        columns |= {"rphreal": self.amounts()[0], "row": self.table.numbers}
        self.table, self._texts = _no_table(), {}
        like = np.zeros(1, dtype=LINES_DTYPE)  # what all lines share
        for target in [target for target, column in columns.items() if is_uniform(column)]:
            like[target] = columns.pop(target)[0]
        lines: Lines = np.empty(
            len(columns["row"]), dtype=LINES_DTYPE
        )  # huge pages, which zeros would not ask for
        for start in range(0, len(lines), BLOCK):
            block = lines[start : start + BLOCK]
            block.view(np.uint8).reshape(len(block), -1)[:] = like.view(np.uint8)
            for target, column in columns.items():
                block[target] = column[start : start + BLOCK]
        lines["twin"][self.twins] = True
        return lines


@once
def known_kdkem(column: Text) -> Text:
    """KDKEM as the lines file has it: a blank one is "0"."""
    return np.where(column == b"", b"0", column)


@dataclass
class Intake:
    """The state the checks share. A check may rely on what the checks before it have set."""

    content: bytes
    filename: str
    expected: Expected
    references: References
    members: Members = field(default_factory=list)
    roles: dict[str, tuple[str, Raw | Unpacked]] = field(default_factory=dict)
    name: AdkName | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    digest: str = ""  # SHA-256 of the main member, taken before its rows are loaded
    rows: Rows = field(default_factory=lambda: Rows(_no_table()))

    @property
    def identity(self) -> AdkName:
        """The identity by name. Raises LookupError before check 4 has set it."""
        if self.name is None:
            raise LookupError("the name has not been checked yet")
        return self.name

    def release(self) -> None:
        """Let go of the file's bytes once the checks are done."""
        self.content = b""
        self.members, self.roles, self.tables = [], {}, {}


def _no_table() -> Table:
    return Table("", {}, {}, Physical(empty_lines()), np.zeros(0, dtype=np.int32))

"""One KPPN ADK on its way through its checks."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from adk.formats.columns import Mask, debit_credit, lengths, whole_numbers
from adk.formats.container import Members
from adk.formats.tables import Table
from adk.formats.treasury_layout import CASH_DTYPE, REKAP_DTYPE, TREASURY_DTYPE
from adk.formats.unpacked import Raw, Unpacked
from reconciliation.matching.lines import Lines


@dataclass(frozen=True)
class TreasuryTotals:
    """Counts and sums over all rows of LAK, posted or not; debit and credit in whole rupiah, both positive."""

    rows: int
    cash_rows: int
    debit: int
    credit: int


class Reading:
    """A table read into an array once; which rows of which column hold no number or too much text."""

    def __init__(self, table: Table, dtype: np.dtype[np.void]) -> None:
        self.table = table
        self.array: Lines = np.zeros(len(table), dtype=dtype)
        self.array["row"] = table.numbers
        self.bad_numbers: dict[str, Mask] = {}
        self.too_long: dict[str, Mask] = {}
        for name in table.fields:
            self._fill(name)

    def _fill(self, name: str) -> None:
        target = self.array[name.lower()]
        if target.dtype.kind == "i":
            target[:], self.bad_numbers[name] = whole_numbers(self.table.raw_column(name))
            return
        values = self.table.text(name)
        self.too_long[name] = lengths(values) > target.dtype.itemsize
        target[:] = values

    @property
    def numbers_are_good(self) -> bool:
        """Whether every number of the table parsed."""
        return not any(bad.any() for bad in self.bad_numbers.values())


@dataclass
class TreasuryIntake:
    """The state the checks share. A check may rely on what the checks before it have set."""

    content: bytes
    filename: str
    kppn: str
    weekly_due: Callable[[datetime.date], bool] | None
    members: Members = field(default_factory=list)
    roles: dict[str, tuple[str, Raw | Unpacked]] = field(default_factory=dict)
    named_kppn: str = ""
    named_date: str = ""
    date: datetime.date | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)

    def read_all(self) -> None:
        """Read the three tables with many rows."""
        for name, dtype in (("LAK", TREASURY_DTYPE), ("LKP", CASH_DTYPE), ("REKAP", REKAP_DTYPE)):
            self.readings[name] = Reading(self.tables[name], dtype)

    @property
    def rows(self) -> Lines:
        """The ledger rows."""
        return self.readings["LAK"].array

    @property
    def cash(self) -> Lines:
        """The cash position per bank account."""
        return self.readings["LKP"].array

    @property
    def rekap(self) -> Lines:
        """The recapitulation per posting date."""
        return self.readings["REKAP"].array

    def totals(self) -> TreasuryTotals:
        """Counts and sums over LAK."""
        return TreasuryTotals(len(self.rows), len(self.cash), *debit_credit(self.rows["rphreal"]))

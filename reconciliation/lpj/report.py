"""An LPJ beside the Neraca Percobaan: whole rupiah, Selisih = LPJ − Neraca Percobaan, nothing judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reconciliation.lpj.lines import Bendahara, Line, line_of, lines_of

AKUN_DIGITS = 6


class State(StrEnum):
    """What the comparison of one row came to. `TANPA`: there is nothing to compare."""

    SAMA = "SAMA"
    BEDA = "BEDA"
    BELUM_DIISI = "BELUM_DIISI"
    TANPA = "TANPA"


@dataclass(frozen=True)
class Row:
    """One row: the amount entered (None: blank), and the closing balances it is compared with, by account.

    `balances` is None for a row that says where the money lies, and while no ADK stands.
    """

    line: Line
    amount: int | None
    balances: tuple[tuple[str, int], ...] | None

    @property
    def akun(self) -> str:
        """The one account it is compared with, else what they have in common: `111611`, `1116xx`."""
        if self.balances and len(self.balances) == 1:
            return self.balances[0][0]
        return ", ".join(prefix.ljust(AKUN_DIGITS, "x") for prefix in self.line.accounts)

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The closing balances one by one, where they are several."""
        return self.balances if self.balances and len(self.balances) > 1 else ()

    @property
    def ledger(self) -> int | None:
        """The sum of the accounts on the Neraca Percobaan."""
        return None if self.balances is None else sum(balance for _, balance in self.balances)

    @property
    def difference(self) -> int | None:
        """LPJ − Neraca Percobaan, where both are there."""
        return None if self.amount is None or self.ledger is None else self.amount - self.ledger

    @property
    def overdrawn(self) -> tuple[tuple[str, int], ...]:
        """The closing balances below zero that no cash has; their sum with others must not hide them.

        A row that may be below zero has them only where another of its accounts is above.
        """
        balances = self.balances or ()
        if self.line.signed and all(balance <= 0 for _, balance in balances):
            return ()
        return tuple((akun, balance) for akun, balance in balances if balance < 0)

    @property
    def state(self) -> State:
        """The word for it."""
        if self.ledger is None:
            return State.TANPA
        if self.difference is None:
            return State.BELUM_DIISI if any(balance for _, balance in self.balances or ()) else State.TANPA
        return State.BEDA if self.difference or self.overdrawn else State.SAMA


@dataclass(frozen=True)
class Report:
    """The LPJ of one treasurer as entered, row by row."""

    bendahara: Bendahara
    rows: tuple[Row, ...]

    @property
    def entered(self) -> bool:
        """Whether any amount was entered."""
        return any(row.amount is not None for row in self.rows)

    @property
    def held(self) -> int | None:
        """Cash in hand and at the bank; None while neither was entered."""
        return _sum([row.amount for row in self.rows if not row.line.accounts])

    @property
    def booked(self) -> int | None:
        """What the money is, by the LPJ's own balances; None while none was entered."""
        return _sum([row.amount for row in self.rows if row.line.accounts])

    @property
    def gap(self) -> int:
        """Cash − balances within the LPJ itself; 0 while one of the two is missing."""
        return 0 if self.held is None or self.booked is None else self.held - self.booked

    @property
    def warnings(self) -> int:
        """How many things do not agree: rows that differ or are missing, and the LPJ's own sum."""
        if not self.entered:
            return 0
        return sum(row.state in {State.BEDA, State.BELUM_DIISI} for row in self.rows) + bool(self.gap)


def report_of(bendahara: Bendahara, amounts: Mapping[str, int], balances: Mapping[str, int] | None) -> Report:
    """The LPJ beside the closing balances by GL account (None while no ADK stands)."""
    return Report(
        bendahara,
        tuple(
            Row(line, amounts.get(line.code), _balances(line, balances) if line.accounts else None)
            for line in lines_of(bendahara)
        ),
    )


def _balances(line: Line, balances: Mapping[str, int] | None) -> tuple[tuple[str, int], ...] | None:
    if balances is None:
        return None
    return tuple((akun, balance) for akun, balance in sorted(balances.items()) if line_of(akun) == line)


def _sum(amounts: list[int | None]) -> int | None:
    given = [amount for amount in amounts if amount is not None]
    return sum(given) if given else None

"""Which rows of an LPJ are entered. A tuple of data: nothing else lists them.

A row without accounts says where the money lies; one with accounts is compared with the closing balances of
these accounts on the satker's Neraca Percobaan. An account belongs to the row with the longest prefix of it,
so that no cash account of 1116, 1117 and 1118 is left out or counted twice.
"""

from dataclasses import dataclass
from enum import StrEnum


class Bendahara(StrEnum):
    """Whose LPJ it is."""

    PENGELUARAN = "PENGELUARAN"
    PENERIMAAN = "PENERIMAAN"


BENDAHARA_LABELS = {
    Bendahara.PENGELUARAN: "Bendahara Pengeluaran",
    Bendahara.PENERIMAAN: "Bendahara Penerimaan",
}


@dataclass(frozen=True)
class Line:
    """One row of an LPJ. `accounts` are prefixes of GL accounts; only a `signed` row may be below zero."""

    code: str
    label: str
    bendahara: Bendahara
    accounts: tuple[str, ...] = ()
    signed: bool = False


LINES: tuple[Line, ...] = (
    Line("BP_TUNAI", "Uang tunai di brankas", Bendahara.PENGELUARAN),
    Line("BP_BANK", "Uang di rekening bank", Bendahara.PENGELUARAN),
    Line("BP_UP", "Saldo uang persediaan (UP)", Bendahara.PENGELUARAN, ("1116",)),
    Line("BP_TUP", "Saldo tambahan uang persediaan (TUP)", Bendahara.PENGELUARAN, ("111613",)),
    Line("BP_LAINNYA", "Saldo kas lainnya", Bendahara.PENGELUARAN, ("1118",), signed=True),
    Line("BN_TUNAI", "Uang tunai di brankas", Bendahara.PENERIMAAN),
    Line("BN_BANK", "Uang di rekening bank", Bendahara.PENERIMAAN),
    Line("BN_PENERIMAAN", "Penerimaan yang belum disetor", Bendahara.PENERIMAAN, ("1117",)),
    Line("BN_LAINNYA", "Saldo kas lainnya", Bendahara.PENERIMAAN, ("111825",), signed=True),
)
CASH_ACCOUNTS: tuple[str, ...] = ("1116", "1117", "1118")
KASBP_LINES = ("BP_UP", "BP_TUP")


def lines_of(bendahara: Bendahara) -> tuple[Line, ...]:
    """The rows of one treasurer's LPJ, in their order."""
    return tuple(line for line in LINES if line.bendahara is bendahara)


def line_of(akun: str) -> Line | None:
    """The row that a GL account is compared with; None for what is no cash of a treasurer."""
    found = [(len(prefix), line) for line in LINES for prefix in line.accounts if akun.startswith(prefix)]
    return max(found, key=lambda one: one[0])[1] if found else None

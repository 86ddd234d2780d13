"""Sums of a satker's rows per ledger and account, as the financial statements read them."""

import numpy as np

from reconciliation.matching.lines import Lines
from reconciliation.services.submitting import BalanceLine


def balances_of(lines: Lines, opening: Lines) -> list[BalanceLine]:
    """Debit and credit per (ledger, account) of the normalised rows, whole rupiah, exact.

    PAGU and REALISASI go by budget account, BUKU_BESAR by the posting legs on GL accounts: +RPHREAL on
    PERKSAI and −RPHREAL on PERKSAI1, and the opening balances.
    """
    akun = np.where(lines["kdmakmap"] == b"", lines["perk"], lines["kdmakmap"])
    amounts = lines["rphreal"]
    budget, realised = lines["kdtrn"] == b"2", lines["kdtrn"] == b"3"
    legs = np.concatenate([lines["perk"], lines["perk1"], opening["kdperk"]])
    leg_amounts = np.concatenate([amounts, -amounts, opening["saldo"]])
    given = legs != b""
    return [
        *_sums("PAGU", akun[budget], amounts[budget]),
        *_sums("REALISASI", akun[realised], amounts[realised]),
        *_sums("BUKU_BESAR", legs[given], leg_amounts[given]),
    ]


def _sums(ledger: str, akun: Lines, amounts: Lines) -> list[BalanceLine]:
    accounts, places = np.unique(akun, return_inverse=True)
    debit, credit = np.zeros(len(accounts), np.int64), np.zeros(len(accounts), np.int64)
    np.add.at(debit, places, np.where(amounts > 0, amounts, 0))
    np.add.at(credit, places, np.where(amounts < 0, -amounts, 0))
    return [
        BalanceLine(ledger, code.decode("cp1252"), int(plus), int(minus))
        for code, plus, minus in zip(accounts, debit, credit, strict=True)
    ]

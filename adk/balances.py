"""Sums of a satker's rows per ledger and account, as the financial statements read them."""

import numpy as np

from reconciliation.matching.columns import Amounts, Numbers, as_text, numbers
from reconciliation.matching.entries import numbers_of_accounts
from reconciliation.matching.grouping import group
from reconciliation.matching.lines import Lines
from reconciliation.services.submitting import BalanceLine


def balances_of(lines: Lines, opening: Lines) -> list[BalanceLine]:
    """Debit and credit per (ledger, account) of the normalised rows, whole rupiah, exact.

    PAGU and REALISASI go by budget account, BUKU_BESAR by the posting legs on GL accounts: +RPHREAL on
    PERKSAI and −RPHREAL on PERKSAI1, and the opening balances.
    """
    mapped, perk, perk1 = (numbers(lines, name) for name in ("kdmakmap", "perk", "perk1"))
    akun = np.where(mapped == 0, perk, mapped)
    kdtrn, amounts = numbers(lines, "kdtrn"), np.ascontiguousarray(lines["rphreal"])
    budget, realised = kdtrn == ord("2"), kdtrn == ord("3")
    legs = np.concatenate([perk, perk1, numbers_of_accounts(opening)])
    leg_amounts = np.concatenate([amounts, -amounts, opening["saldo"]])
    given = legs != 0
    return [
        *_sums("PAGU", akun[budget], amounts[budget]),
        *_sums("REALISASI", akun[realised], amounts[realised]),
        *_sums("BUKU_BESAR", legs[given], leg_amounts[given]),
    ]


def _sums(ledger: str, akun: Numbers, amounts: Amounts) -> list[BalanceLine]:
    """Debit and credit by account, given as a number, in the order of the accounts."""
    groups = group([akun])
    debit, credit = (np.zeros(groups.first.size, np.int64) for _ in range(2))
    np.add.at(debit, groups.code, np.maximum(amounts, 0))
    np.add.at(credit, groups.code, -np.minimum(amounts, 0))
    texts = [code.decode("cp1252") for code in as_text(akun[groups.first], 6).tolist()]
    return [
        BalanceLine(ledger, text, plus, minus)
        for text, plus, minus in zip(texts, debit.tolist(), credit.tolist(), strict=True)
    ]

"""Sums of a satker's rows per ledger and account, as the financial statements read them."""

from collections import defaultdict

import numpy as np

from reconciliation.matching.columns import Amounts, Numbers, as_text, numbers
from reconciliation.matching.entries import numbers_of_accounts
from reconciliation.matching.grouping import group
from reconciliation.matching.lines import Lines
from reconciliation.services.submitting import BalanceLine

LEDGERS = ("PAGU", "REALISASI", "BUKU_BESAR")
BLOCK = 100_000  # rows summed at a time: what stands in between stays small beside a giant
Sums = dict[tuple[str, int], list[int]]  # debit and credit by ledger and account, the account as a number


def balances_of(lines: Lines, opening: Lines) -> list[BalanceLine]:
    """Debit and credit per (ledger, account) of the normalised rows, whole rupiah, exact.

    PAGU and REALISASI go by budget account, BUKU_BESAR by the posting legs on GL accounts: +RPHREAL on
    PERKSAI and −RPHREAL on PERKSAI1, and the opening balances.
    """
    sums: Sums = defaultdict(lambda: [0, 0])
    for start in range(0, len(lines), BLOCK):
        _add_rows(sums, np.ascontiguousarray(lines[start : start + BLOCK]))
    opened = numbers_of_accounts(opening)
    _add(sums, "BUKU_BESAR", opened[opened != 0], opening["saldo"][opened != 0])
    found = sorted(sums, key=lambda each: (LEDGERS.index(each[0]), each[1]))
    accounts = as_text(np.array([akun for _, akun in found], dtype=np.uint64), 6).tolist()
    return [
        BalanceLine(key[0], akun.decode("cp1252"), *sums[key])
        for key, akun in zip(found, accounts, strict=True)
    ]


def _add_rows(sums: Sums, lines: Lines) -> None:
    mapped, perk, perk1 = (numbers(lines, name) for name in ("kdmakmap", "perk", "perk1"))
    akun = np.where(mapped == 0, perk, mapped)
    kdtrn, amounts = numbers(lines, "kdtrn"), np.ascontiguousarray(lines["rphreal"])
    for ledger, kind in (("PAGU", "2"), ("REALISASI", "3")):
        mine = kdtrn == ord(kind)
        _add(sums, ledger, akun[mine], amounts[mine])
    legs, booked = np.concatenate([perk, perk1]), np.concatenate([amounts, -amounts])
    given = legs != 0
    _add(sums, "BUKU_BESAR", legs[given], booked[given])


def _add(sums: Sums, ledger: str, akun: Numbers, amounts: Amounts) -> None:
    groups = group([akun])
    debit, credit = (np.zeros(groups.first.size, np.int64) for _ in range(2))
    np.add.at(debit, groups.code, np.maximum(amounts, 0))
    np.add.at(credit, groups.code, -np.minimum(amounts, 0))
    accounts = akun[groups.first].tolist()
    for account, plus, minus in zip(accounts, debit.tolist(), credit.tolist(), strict=True):
        entry = sums[ledger, account]
        entry[0] += plus
        entry[1] += minus

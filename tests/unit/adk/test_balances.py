"""Sums per ledger and account, against the plainest way to sum."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from adk import balances
from adk.balances import balances_of
from reconciliation.matching.lines import LINES_DTYPE, OPENING_DTYPE

ACCOUNTS = ("", "111611", "511111", "524111", "425131")
BIG = 2**55


def rows(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    chance = Random(seed)
    lines, opening = np.zeros(count, LINES_DTYPE), np.zeros(count // 3, OPENING_DTYPE)
    for line in lines:
        for name in ("kdmakmap", "perk", "perk1"):
            line[name] = chance.choice(ACCOUNTS)
        line["kdtrn"] = chance.choice("1235")
        line["rphreal"] = chance.choice((0, 1, -1, chance.randrange(-BIG, BIG)))
    for line in opening:
        line["kdperk"], line["saldo"] = chance.choice(ACCOUNTS), chance.randrange(-BIG, BIG)
    return lines, opening


def plainly(lines: np.ndarray, opening: np.ndarray) -> dict[tuple[str, str], tuple[int, int]]:
    debit, credit = Counter[tuple[str, str]](), Counter[tuple[str, str]]()

    def add(ledger: str, akun: bytes, amount: int) -> None:
        key = (ledger, akun.decode())
        debit[key] += max(amount, 0)
        credit[key] -= min(amount, 0)

    for line in lines:
        amount = int(line["rphreal"])
        ledger = {b"2": "PAGU", b"3": "REALISASI"}.get(line["kdtrn"])
        if ledger:
            add(ledger, line["kdmakmap"] or line["perk"], amount)
        for akun, booked in ((line["perk"], amount), (line["perk1"], -amount)):
            if akun:
                add("BUKU_BESAR", akun, booked)
    for line in opening:
        if line["kdperk"]:
            add("BUKU_BESAR", line["kdperk"], int(line["saldo"]))
    return {key: (debit[key], credit[key]) for key in debit}


@pytest.mark.parametrize("block", [1, 7, 100_000])
@pytest.mark.parametrize("count", [0, 1, 60])
def test_sums_are_those_of_plain_addition_however_the_rows_are_cut(count, block, monkeypatch):
    monkeypatch.setattr(balances, "BLOCK", block)
    lines, opening = rows(count, seed=count)
    found = balances_of(lines, opening)
    assert {(one.ledger, one.akun): (one.debit, one.credit) for one in found} == plainly(lines, opening)
    order = [(balances.LEDGERS.index(one.ledger), one.akun) for one in found]
    assert order == sorted(order)

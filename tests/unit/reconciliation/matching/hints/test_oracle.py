"""The hints found in columns are those found line by line in plain Python."""

import os
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings

from reconciliation.matching.classify import Case
from reconciliation.matching.engine import compare
from reconciliation.matching.hints import evidence, splitting
from reconciliation.matching.hints.finding import with_hints
from reconciliation.matching.lines import Lines, empty_opening
from reconciliation.matching.outcome import Outcome
from reconciliation.matching.sentences import CATALOGUE
from tests.oracle.hints import finding as oracle
from tests.oracle.hints import splitting as oracle_splitting
from tests.oracle.rows import lines_of
from tests.oracle.strategies import MONTH, SATKER, YEAR, sides
from tests.unit.reconciliation.matching.hints.books import allotment, receipt, row
from tests.unit.reconciliation.matching.test_laws import Rows

SEEDS = 400 if os.environ.get("EREKON_SOAK") else 25


def hints(find: object, siap: Lines, sai: Lines, ahead: Lines) -> Outcome:
    outcome = compare(siap, sai, empty_opening(), year=YEAR, month=MONTH, satker=SATKER)
    found: Outcome = find(outcome, siap, sai, ahead, case=Case(YEAR, MONTH, SATKER), kppn="116")  # type: ignore[operator]
    return found


def agree(siap: Rows, sai: Rows, ahead: Rows) -> int:
    """How many hints both find, having found the same."""
    books = [lines_of(side) for side in (siap, sai, ahead)]
    ours, plain = hints(with_hints, *books), hints(oracle.with_hints, *books)
    assert [one.hints for one in ours.elements] == [one.hints for one in plain.elements]
    return sum(len(one.hints) for one in ours.elements)


def world(seed: int) -> tuple[Rows, Rows, Rows]:
    """Books of few documents, places and amounts, so that lines meet in every way."""
    chance = Random(seed)
    kinds = (row, row, row, receipt, allotment)

    def one() -> dict[str, str]:
        changes = {
            "KDGIAT": chance.choice(("1045", "1046")),
            "KDBAES1": chance.choice(("01504", "01504", "01508")),
            "KDSDCP": chance.choice(("010", "010", "")),
            "KDKPPN": chance.choice(("116", "116", "140", "")),
            "TGLPOST": f"2026{chance.randint(1, 10):02d}11",
            "KOREKSI": chance.choice(("", "", "", "", "X1")),
            "REVISIKE": chance.choice(("", "02", "9", "10", "A")),
            "PERKSAI": chance.choice(("115612", "115612", "111611")),
        }
        number = f"D{chance.randrange(chance.choice((4, 30)))}"
        return chance.choice(kinds)(chance.choice((-1, 1)) * chance.randrange(1, 130), number, **changes)

    siap = [one() for _ in range(chance.randrange(1, 90))]
    sai = [dict(found) for found in siap if chance.random() < chance.choice((0.3, 0.9))]
    sai += [one() for _ in range(chance.randrange(40))]
    sai += chance.sample(sai, len(sai) // 5)
    for found in chance.sample(sai, len(sai) // 4):
        found["RPHREAL"] = "".join(
            chance.sample(found["RPHREAL"].lstrip("-"), len(found["RPHREAL"].lstrip("-")))
        )
    for number in range(6):
        base = row(chance.randrange(200, 900), f"E{number}", PERKSAI="115612")
        moved = {"KDGIAT": "1046"} if number % 2 else {"KDBAES1": "01508"}
        siap += [base]
        sai += [base | moved]
        kind = {"JNSDOK1": "309"} if number == 0 else {}
        booked = chance.choice(kinds)(chance.randrange(200, 900), f"V{number}", **kind)
        siap += [booked, _turned(booked, "20260713")]
        sai += [booked]
    ahead = [one() | {"TGLPOST": "20261005"} for _ in range(chance.randrange(20))]
    for number in range(6):
        late = chance.choice(kinds)(chance.randrange(200, 900), f"L{number}")
        added = late | {"RPHREAL": "1", "TGLPOST": "20261005"}
        mine, theirs, then = chance.choice(
            (
                ([], [late], late | {"TGLPOST": "20261005"}),
                ([late], [], _turned(late, "20261005")),
                ([late], [late, added], added),
            )
        )
        siap, sai, ahead = siap + mine, sai + theirs, [*ahead, then]
    return siap, sai, ahead


def _turned(one: dict[str, str], posted: str) -> dict[str, str]:
    """The same row with the other sign, posted on another day."""
    return one | {"RPHREAL": str(-int(one["RPHREAL"])), "TGLPOST": posted}


@settings(max_examples=60, deadline=None)
@given(sides(), sides(), sides())
def test_any_books(siap: Rows, sai: Rows, ahead: Rows) -> None:
    agree(siap, sai, ahead)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_seeded_books(seed: int) -> None:
    agree(*world(seed))


def test_the_seeded_books_have_every_hint_in_every_sentence() -> None:
    seen = set()
    for seed in range(25):
        books = [lines_of(side) for side in world(seed)]
        seen |= {
            (hint.code, hint.variant) for one in hints(with_hints, *books).elements for hint in one.hints
        }
    assert seen == set(CATALOGUE)


@pytest.mark.parametrize("seed", range(8))
def test_without_the_hash_and_with_every_sum_at_once(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "_FEW", 0)
    monkeypatch.setattr(evidence, "_mixed", lambda documents, coa: np.zeros(coa.size, dtype=np.uint64))
    agree(*world(seed))


@pytest.mark.parametrize(("of_coa", "of_element"), [(3, 40), (40, 90), (800, 900)])
def test_where_sums_run_out(of_coa: int, of_element: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (splitting, oracle_splitting):
        monkeypatch.setattr(module, "MOST_SUMS", of_coa)
        monkeypatch.setattr(module, "MOST_SUMS_OF_ELEMENT", of_element)
    for seed in range(8):
        agree(*world(seed))


def test_the_largest_amounts_do_not_wrap() -> None:
    most = 2**62
    assert agree([row(most, "A"), row(most - 1, "B")], [row(-most, "A"), row(-most + 2, "B")], [])
    assert agree([row(2**63 - 1, "W")], [row(most, "A"), row(most - 1, "B")], [])


def test_amounts_that_repeat_are_claimed_by_nobody() -> None:
    assert agree([row(100, f"W{at}") for at in range(5)], [row(50, f"P{at}") for at in range(12)], [])

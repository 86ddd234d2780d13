"""Two uploads compared: every row is accounted for once, doubles are counted, and direction only swaps sides."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation.comparing import compare
from reconciliation.matching.lines import LINES_DTYPE, empty_lines

ROW = st.tuples(
    st.sampled_from([b"521111", b"521211", b""]), st.sampled_from([b"A", b"B"]), st.integers(-2, 2)
)


def lines(*rows: tuple[bytes, bytes, int]):
    made = np.zeros(len(rows), dtype=LINES_DTYPE)
    for place, (akun, nodok, amount) in enumerate(rows):
        made[place]["kdmakmap"], made[place]["perk"] = akun, b"115612"
        made[place]["nodok"], made[place]["rphreal"], made[place]["row"] = nodok, amount, place + 1
    return made


def test_equal_files_in_another_order_have_nothing_to_say():
    first, second = (b"521111", b"A", 5), (b"521111", b"B", 7)
    assert compare(lines(first, second), lines(second, first)).rows == ()
    assert compare(empty_lines(), empty_lines()).same == 0


def test_a_changed_amount_is_one_change_and_not_a_loss_and_a_gain():
    found = compare(lines((b"521111", b"A", 5)), lines((b"521111", b"A", 8)))
    (row,) = found.rows
    assert (row.before, row.after, row.row_before, row.row_after) == (5, 8, 1, 1)
    (account,) = found.accounts
    assert (account.went, account.came, account.changed, account.difference) == (0, 0, 1, 3)


def test_a_second_twin_counts_as_a_row_that_came():
    one = (b"521111", b"A", 5)
    found = compare(lines(one), lines(one, one))
    assert (found.same, [row.before for row in found.rows], found.accounts[0].came) == (1, [None], 1)


def test_a_row_without_budget_account_goes_by_its_ledger_account():
    assert compare(empty_lines(), lines((b"", b"A", 5))).accounts[0].akun == "115612"


@pytest.mark.parametrize("name", [n for n in LINES_DTYPE.names if n not in {"row", "twin", "rphreal"}])
def test_every_other_column_is_part_of_what_makes_a_row_the_same(name):
    before, after = lines((b"521111", b"A", 5)), lines((b"521111", b"A", 5))
    after[0][name] = b"9"
    assert [(row.before, row.after) for row in compare(before, after).rows if row.before is None] == [
        (None, 5)
    ]


@settings(max_examples=80, deadline=None)
@given(st.lists(ROW, max_size=12), st.lists(ROW, max_size=12))
def test_the_changes_turn_one_file_into_the_other(before, after):
    found = compare(lines(*before), lines(*after))
    kept = Counter(before) & Counter(after)
    assert found.same == sum(kept.values())
    gone = Counter((r.akun, r.nodok, r.before) for r in found.rows if r.before is not None)
    come = Counter((r.akun, r.nodok, r.after) for r in found.rows if r.after is not None)

    def named(rows: Counter) -> Counter:
        return Counter({(a.decode() or "115612", n.decode(), m): c for (a, n, m), c in rows.items()})

    assert gone == named(Counter(before) - kept)
    assert come == named(Counter(after) - kept)
    back = compare(lines(*after), lines(*before))
    assert [account.difference for account in back.accounts] == [-a.difference for a in found.accounts]
    lonely = {(r.akun, r.nodok) for r in found.rows if r.after is None}
    assert not lonely & {(r.akun, r.nodok) for r in found.rows if r.before is None}

"""Rules of the comparison that deserve their own example."""

from datetime import date

import numpy as np
import pytest

from reconciliation.matching import detail, entries, grouping
from reconciliation.matching.columns import Numbers
from reconciliation.matching.engine import compare
from reconciliation.matching.lines import Lines, empty_opening
from reconciliation.matching.outcome import Outcome
from reconciliation.matching.sums import AmountTooLargeError
from reconciliation.matching.terpusat import TerpusatRule
from tests.oracle.rows import lines_of
from tests.oracle.shape import plain

SATKER, PUSAT = "111111", "999999"
RULE = TerpusatRule("015", "04", PUSAT, "425111", "425119", "183")


def receipt(amount: int, akun: str = "425111", **changes: str) -> dict[str, str]:
    row = {
        "KDSATKER": SATKER,
        "KDBAES1": "01504",
        "KDSDCP": "010",
        "KDTRN": "3",
        "KDKEM": "0",
        "KDMAKMAP": akun,
        "PERKSAI": "313121",
        "RPHREAL": str(-amount),
        "JNSDOK1": "305",
        "NODOK1": "NTPN1",
        "TGLDOK1": "20260105",
        "TGLPOST": "20260105",
        "PERIODE": "01",
    }
    return row | changes


def run(siap: Lines, sai: Lines, satker: str = SATKER, **options: object) -> Outcome:
    return compare(siap, sai, empty_opening(), year=2026, month=9, satker=satker, **options)  # type: ignore[arg-type]


def test_terpusat_takes_its_accounts_from_an_ordinary_satker() -> None:
    rows = lines_of([receipt(5), receipt(7, "425999")])
    outcome = run(rows, rows, terpusat=[RULE])
    assert outcome.element("PND").siap == 7
    assert [(account.akun, account.siap_total) for account in outcome.outside.accounts] == [("425111", -5)]


def test_the_central_case_compares_the_receipts_of_all_satkers() -> None:
    siap = lines_of([receipt(5), receipt(7, KDSATKER="222222"), receipt(9, "425999")])
    sai = lines_of([receipt(12, KDSATKER=PUSAT, NODOK1="SUM")])
    outcome = run(siap, sai, PUSAT, terpusat=[RULE])
    assert (outcome.element("PND").siap, outcome.element("PND").sai, outcome.verdict) == (12, 12, "SAMA")
    assert outcome.outside.siap_rows == 0


def test_registration_decides_over_the_ba_es1_of_a_row() -> None:
    wrong = lines_of([receipt(5, KDBAES1="01303")])
    assert run(wrong, wrong, terpusat=[RULE]).element("PND").siap == 5
    assert run(wrong, wrong, terpusat=[RULE], baes1="01504").element("PND").siap == 0


@pytest.mark.parametrize(
    ("since", "until", "taken"),
    [(None, date(2026, 9, 30), 0), (None, date(2026, 9, 29), 5), (date(2026, 10, 1), None, 5)],
)
def test_a_rule_counts_when_in_force_on_the_last_day(since: date, until: date, taken: int) -> None:
    rule = TerpusatRule("015", "04", PUSAT, "425111", "425111", "183", since, until)
    rows = lines_of([receipt(5)])
    assert run(rows, rows, terpusat=[rule]).element("PND").siap == taken


def test_tax_without_a_rule_is_outside() -> None:
    rows = lines_of([receipt(5, "411121")])
    outcome = run(rows, rows)
    assert not outcome.element("PND").applicable
    assert (outcome.outside.siap_rows, outcome.outside.sai_total) == (1, -5)


def test_sdcp_leaves_the_key_of_both_sides_when_one_row_lacks_it() -> None:
    siap = lines_of([receipt(5), receipt(6, KDSDCP="011")])
    assert run(siap, lines_of([receipt(11, KDSDCP="")])).verdict == "SAMA"
    assert run(siap, lines_of([receipt(11)])).element("PND").coa_counts == (0, 1, 1, 0)


def test_sums_beyond_two_to_the_53_keep_their_last_rupiah() -> None:
    siap, sai = lines_of([receipt(2**53)]), lines_of([receipt(2**53 - 1), receipt(2)])
    outcome = run(siap, sai)
    assert outcome.element("PND").sai - outcome.element("PND").siap == 1
    assert outcome.verdict == "BEDA"


@pytest.mark.parametrize("amounts", [(2**62, 2**62), (2**62, -(2**62)), (-(2**63),)])
def test_a_side_that_leaves_int64_is_refused(amounts: tuple[int, ...]) -> None:
    side = lines_of([receipt(0, RPHREAL=str(amount)) for amount in amounts])
    with pytest.raises(AmountTooLargeError):
        run(side, lines_of([]))


def test_colliding_hashes_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    siap = lines_of([receipt(n, "425111", NODOK1=f"N{n}", KDSDCP=f"{n % 3:03d}") for n in range(1, 40)])
    sai = lines_of([receipt(n, "425112", NODOK1=f"N{n}", KDSDCP="") for n in range(20, 60)])
    expected = plain(run(siap, sai))

    def constant(lines: Lines) -> Numbers:
        return np.zeros(lines.shape, dtype=np.uint64)

    monkeypatch.setattr(entries, "hash_documents", constant)
    monkeypatch.setattr(grouping, "hash_words", lambda words: constant(words[0]))
    assert plain(run(siap, sai)) == expected


def test_hashes_that_differ_in_their_last_bits_only_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    siap = lines_of([receipt(n, NODOK1=f"N{n}") for n in range(1, 40)])
    sai = lines_of([receipt(n, NODOK1=f"N{n}") for n in range(20, 60)])
    expected = plain(run(siap, sai))

    def small(lines: Lines) -> Numbers:
        return np.array([int(nodok[1:]) << 3 for nodok in lines["nodok"].tolist()], dtype=np.uint64)

    exact: list[int] = []
    monkeypatch.setattr(entries, "hash_documents", small)
    monkeypatch.setattr(detail, "_exact_order", lambda *_: exact.append(1))
    assert plain(run(siap, sai)) == expected
    assert not exact


def test_many_groups_are_found_like_few(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = lines_of([receipt(n, NODOK1=f"N{n}", KDSDCP=f"{n % 9:03d}") for n in range(50)])
    expected = plain(run(rows, rows[:30]))
    monkeypatch.setattr(grouping, "_FEW", 0)
    assert plain(run(rows, rows[:30])) == expected


def test_blocks_of_rows_are_seams_that_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    siap = lines_of(
        [receipt(n, NODOK1=f"N{n % 7}", PERKSAI="111611", KDSDCP=f"{n % 3:03d}") for n in range(20)]
    )
    sai = lines_of([receipt(n, NODOK1=f"N{n % 5}", KDSDCP="") for n in range(17)])
    expected = plain(run(siap, sai))
    monkeypatch.setattr(entries, "BLOCK", 3)
    monkeypatch.setattr(detail, "BLOCK", 2)
    assert plain(run(siap, sai)) == expected

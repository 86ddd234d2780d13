"""The rows of an LPJ, and what they are compared with."""

import pytest

from reconciliation.lpj.lines import CASH_ACCOUNTS, LINES, Bendahara, line_of, lines_of
from reconciliation.lpj.report import Report, State, report_of
from reconciliation.lpj.sentences import conclusion, next_steps, overdrawn, summary

SPENDING = Bendahara.PENGELUARAN
NERACA = {"111611": 5_000_000, "111613": 300, "111711": 70, "111821": 40, "111822": 2, "111825": 9}


def states(report: Report) -> dict[str, State]:
    return {row.line.code: row.state for row in report.rows}


@pytest.mark.parametrize(
    ("akun", "code"),
    [
        ("111611", "BP_UP"),
        ("111612", "BP_UP"),
        ("111613", "BP_TUP"),
        ("111711", "BN_PENERIMAAN"),
        ("111821", "BP_LAINNYA"),
        ("111822", "BP_LAINNYA"),
        ("111825", "BN_LAINNYA"),
    ],
)
def test_account_belongs_to_the_row_with_the_longest_prefix(akun: str, code: str) -> None:
    line = line_of(akun)
    assert line is not None
    assert line.code == code


@pytest.mark.parametrize("akun", ["111911", "115612", "521111", "111"])
def test_account_that_is_no_cash_of_a_treasurer_belongs_to_none(akun: str) -> None:
    assert line_of(akun) is None


def test_every_cash_account_is_compared_once_and_codes_are_unique() -> None:
    for number in range(10_000):
        akun = f"11{number:04d}"
        assert (line_of(akun) is not None) == akun.startswith(CASH_ACCOUNTS)
        compared = [
            row.line.code
            for bendahara in Bendahara
            for row in report_of(bendahara, {}, {akun: 1}).rows
            if row.balances
        ]
        assert len(compared) == akun.startswith(CASH_ACCOUNTS)
    assert len({line.code for line in LINES}) == len(LINES)


def test_equal_rows_are_equal_and_say_so() -> None:
    amounts = {"BP_TUNAI": 300, "BP_BANK": 5_000_042, "BP_UP": 5_000_000, "BP_TUP": 300, "BP_LAINNYA": 42}
    report = report_of(SPENDING, amounts, NERACA)
    assert states(report) == {
        "BP_TUNAI": State.TANPA,
        "BP_BANK": State.TANPA,
        "BP_UP": State.SAMA,
        "BP_TUP": State.SAMA,
        "BP_LAINNYA": State.SAMA,
    }
    assert (report.held, report.booked, report.gap, report.warnings) == (5_000_342, 5_000_342, 0, 0)
    assert summary(report) == "LPJ Bendahara Pengeluaran sama dengan Neraca Percobaan."
    assert next_steps(report) == ()
    assert [row.parts for row in report.rows][-1] == (("111821", 40), ("111822", 2))


def test_difference_is_lpj_less_ledger_and_the_missing_row_is_named() -> None:
    report = report_of(SPENDING, {"BP_UP": 4_000_000}, NERACA)
    assert [row.difference for row in report.rows] == [None, None, -1_000_000, None, None]
    assert states(report)["BP_UP"] is State.BEDA
    assert states(report)["BP_TUP"] is State.BELUM_DIISI
    assert report.warnings == 3
    assert any("Isi Saldo kas lainnya" in step and "111821, 111822" in step for step in next_steps(report))


@pytest.mark.parametrize(
    ("code", "amount", "balances", "named"),
    [
        ("BP_UP", 100, {"111611": -100, "111614": 200}, "111611"),
        ("BP_UP", 0, {"111611": -7, "111612": 7}, "111611"),
        ("BP_LAINNYA", 0, {"111821": 500, "111822": -500}, "111822"),
        ("BP_LAINNYA", -3, {"111821": 2, "111829": -5}, "111829"),
    ],
)
def test_accounts_that_hide_each_other_are_not_equal(
    code: str, amount: int, balances: dict[str, int], named: str
) -> None:
    report = report_of(SPENDING, {code: amount}, balances)
    assert (states(report)[code], report.warnings) == (State.BEDA, 1)
    assert [row.difference for row in report.rows if row.line.code == code] == [0]
    assert [akun for row in report.rows for akun, _ in row.overdrawn] == [named]
    (told,) = overdrawn(report)
    assert told.startswith(f"Akun {named} bersaldo (")
    assert any(told in step and "unggah ulang" in step for step in next_steps(report))
    assert conclusion(report) == f"{summary(report)} {told}"


def test_a_row_that_may_be_below_zero_is_equal_where_nothing_offsets_it() -> None:
    report = report_of(SPENDING, {"BP_LAINNYA": -8}, {"111821": -5, "111822": -3, "111829": 0})
    assert (states(report)["BP_LAINNYA"], overdrawn(report)) == (State.SAMA, ())
    assert conclusion(report) == summary(report)


def test_an_overdrawn_account_is_named_though_its_row_is_blank() -> None:
    report = report_of(SPENDING, {"BP_TUP": 0}, {"111611": -100, "111614": 100})
    assert states(report)["BP_UP"] is State.BELUM_DIISI
    assert len(overdrawn(report)) == 1
    assert overdrawn(report_of(SPENDING, {}, {"111611": -100})) == ()


def test_cash_and_balances_of_the_lpj_itself_are_compared() -> None:
    report = report_of(SPENDING, {"BP_BANK": 10, "BP_UP": 7}, {"111611": 7})
    assert (report.gap, report.warnings) == (3, 1)
    assert len(next_steps(report)) == 1
    assert report_of(SPENDING, {"BP_BANK": 10}, {}).gap == 0


def test_nothing_entered_warns_of_nothing() -> None:
    report = report_of(SPENDING, {}, NERACA)
    assert (report.entered, report.warnings, summary(report), next_steps(report)) == (False, 0, "", ())


def test_zero_is_an_amount_and_an_absent_account_is_zero() -> None:
    report = report_of(SPENDING, {"BP_UP": 0}, {})
    assert report.entered
    assert states(report)["BP_UP"] is State.SAMA
    assert states(report)["BP_TUP"] is State.TANPA


def test_without_a_standing_adk_nothing_is_compared() -> None:
    report = report_of(SPENDING, {"BP_UP": 5}, None)
    assert set(states(report).values()) == {State.TANPA}
    assert summary(report).endswith("belum ada yang dibandingkan.")


def test_rows_name_their_account_or_what_their_accounts_share() -> None:
    assert [row.akun for row in report_of(SPENDING, {}, NERACA).rows] == [
        "",
        "",
        "111611",
        "111613",
        "1118xx",
    ]
    assert [row.akun for row in report_of(Bendahara.PENERIMAAN, {}, {}).rows] == ["", "", "1117xx", "111825"]
    assert len(lines_of(SPENDING)) == 5

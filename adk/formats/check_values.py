"""Check 11: each value by itself."""

from collections.abc import Callable

import numpy as np

from adk.formats.columns import (
    INT64_MAX,
    Amounts,
    Mask,
    Text,
    debit_credit,
    differing,
    digits_only,
    foreign_characters,
    is_one_of,
    rows_where,
    unreal_dates,
    whole_numbers,
)
from adk.formats.findings import Findings
from adk.formats.intake import Intake
from adk.formats.naming import OPENING_MEMBER
from adk.formats.rowwise import refuse_rows
from adk.formats.tables import Table

_CHOICES = {"KDTRN": (b"0", b"2", b"3"), "KDKEM": (b"0", b"1", b""), "KDDK": (b"D", b"K")}
ACCOUNTS = ("KDMAKMAP", "PERKSAI", "PERKSAI1")


def check_values(intake: Intake, findings: Findings) -> None:
    """11. Amounts, choices, dates, accounts and characters; the opening balances likewise."""
    _check_amounts(intake, findings)
    _check_choices(intake, findings)
    _check_lengths(intake, findings)
    check_dates(intake.rows.table, findings, intake.rows.text)
    _check_accounts(intake, findings)
    for table in intake.tables.values():
        check_characters(table, findings)
    if OPENING_MEMBER in intake.tables:
        _check_opening(intake, intake.tables[OPENING_MEMBER], findings)


def account_shape(values: Text) -> Mask:
    """Which trimmed values are six digits beginning with 1 to 8."""
    first = values.astype("S1")
    return digits_only(values, 6) & (first >= b"1") & (first <= b"8")


def _wrong_account(values: Text) -> Mask:
    return np.asarray((values != b"") & ~account_shape(values))


def refuse_values(findings: Findings, code: str, bad: Mask, table: Table, *, field: str, hal: str) -> None:
    """Refuse the rows of a table whose value of `field` is bad; the value is shown as it stands."""
    if bad.any():
        refuse_rows(
            findings,
            code,
            bad,
            member=table.member,
            field=field,
            numbers=table.numbers,
            values=table.raw_column(field),
            hal=hal,
        )


def _check_amounts(intake: Intake, findings: Findings) -> None:
    amounts, bad = intake.rows.amounts()
    table = intake.rows.table
    refuse_values(findings, "NILAI", bad, table, field="RPHREAL", hal="rupiah")
    if _absolute_total(amounts) > INT64_MAX:
        findings.refuse("NILAI", member=table.member, field="RPHREAL", hal="jumlah")


def _absolute_total(amounts: Amounts) -> int:
    return sum(debit_credit(amounts))


def _check_choices(intake: Intake, findings: Findings) -> None:
    for field, allowed in _CHOICES.items():
        bad = ~is_one_of(intake.rows.text(field), allowed)
        refuse_values(findings, "NILAI", bad, intake.rows.table, field=field, hal=field)


def _check_lengths(intake: Intake, findings: Findings) -> None:
    intake.rows.read_all()
    for field, bad in intake.rows.too_long.items():
        refuse_values(findings, "NILAI", bad, intake.rows.table, field=field, hal="panjang")


def check_dates(table: Table, findings: Findings, text: Callable[[str], Text] | None = None) -> None:
    """Every date of a table is blank or a real day; `text` reads a trimmed column."""
    read = text or table.text
    for field, one in table.fields.items():
        if one.kind == "D":
            refuse_values(
                findings,
                "TANGGAL",
                rows_where(read(field), unreal_dates),
                table,
                field=field,
                hal="nilai",
            )


def check_characters(table: Table, findings: Findings, code: str = "KARAKTER") -> None:
    """No text of a table holds a control character or a byte cp1252 leaves undefined."""
    if table.is_plain():
        return
    for field, one in table.fields.items():
        if one.kind == "C":
            bad = foreign_characters(table.raw_column(field))
            refuse_values(findings, code, bad, table, field=field, hal="karakter")


def _check_accounts(intake: Intake, findings: Findings) -> None:
    rows = intake.rows
    for field in ACCOUNTS:
        values = rows.text(field)
        bad = rows_where(values, _wrong_account)
        refuse_values(findings, "KODE_AKUN", bad, rows.table, field=field, hal="bentuk")
    neither = ~(differing(rows.text("KDMAKMAP"), b"") | differing(rows.text("PERKSAI"), b""))
    refuse_values(findings, "KODE_AKUN", neither, rows.table, field="PERKSAI", hal="kosong")


def _check_opening(intake: Intake, table: Table, findings: Findings) -> None:
    amounts, bad = whole_numbers(table.raw_column("SALDO"))
    refuse_values(findings, "NILAI", bad, table, field="SALDO", hal="rupiah")
    # The matcher adds both tables as one side. Rows that are too great by themselves have been told.
    rows = _absolute_total(intake.rows.amounts()[0])
    if rows <= INT64_MAX < rows + _absolute_total(amounts):
        findings.refuse("NILAI", member=table.member, field="SALDO", hal="jumlah")
    refuse_values(
        findings, "KODE_AKUN", ~account_shape(table.text("KDPERK")), table, field="KDPERK", hal="bentuk"
    )

"""What the values of a KPPN ADK must be: numbers, choices, dates, balances, correction pairs."""

from collections.abc import Iterator

import numpy as np

from adk.formats.check_values import check_characters, check_dates, refuse_values
from adk.formats.columns import INT64_MAX, Mask, Text, digits_only, exact_sum, is_one_of
from adk.formats.findings import Finding, Findings, shown
from adk.formats.rowwise import refuse_rows
from adk.formats.tables import Table
from adk.formats.treasury_intake import Reading, TreasuryIntake

_CHOICES = {
    "KDTRN": (b"0", b"2", b"3"),
    "KDKEM": (b"0", b"1", b""),
    "KDDK": (b"D", b"K"),
    "SEBAB": (b"", b"S", b"R"),
    "JNSSETOR": (b"", b"SSP", b"SSPCP", b"SSBP", b"SSPB"),
}
_BALANCE = {"saldoawal": 1, "terima": 1, "keluar": -1, "kirimtrm": 1, "kirimklr": -1, "saldoakhir": -1}
YEAR_WIDTH = 4
HALF, LOW = 32, 0xFFFFFFFF


def check_values(intake: TreasuryIntake, findings: Findings) -> None:
    """Numbers are whole and within int64, codes among their choices, dates real, IDTRN unique."""
    for reading in intake.readings.values():
        _check_reading(reading, findings)
    ledger = intake.readings["LAK"].table
    for field, allowed in _CHOICES.items():
        values = ledger.text(field)
        choices = ", ".join(one.decode() or "kosong" for one in allowed)
        _refuse(findings, ledger, ~is_one_of(values, allowed), field, values, hal="pilihan", pilihan=choices)
    years = ledger.text("THNANG")
    _refuse(
        findings,
        ledger,
        ~digits_only(years, YEAR_WIDTH),
        "THNANG",
        years,
        hal="pilihan",
        pilihan="tahun 4 angka",
    )
    identifiers = intake.rows["idtrn"]
    unique, first = np.unique(identifiers, return_index=True)
    again = np.ones(len(identifiers), dtype=np.bool_)
    again[first[unique != b""]] = False
    _refuse(findings, ledger, again, "IDTRN", identifiers, hal="idtrn")
    for table in intake.tables.values():
        check_dates(table, findings)
        check_characters(table, findings, "NILAI")


def _refuse(findings: Findings, table: Table, bad: Mask, field: str, values: Text, **params: str) -> None:
    refuse_rows(
        findings,
        "NILAI",
        bad,
        member=table.member,
        field=field,
        numbers=table.numbers,
        values=values,
        **params,
    )


def _check_reading(reading: Reading, findings: Findings) -> None:
    for field, bad in reading.bad_numbers.items():
        refuse_values(findings, "NILAI", bad, reading.table, field=field, hal="rupiah")
        amounts = reading.array[field.lower()]
        if exact_sum(amounts[amounts > 0]) - exact_sum(
            amounts[amounts < 0]
        ) > INT64_MAX and not field.startswith("TOT"):
            findings.refuse("NILAI", member=reading.table.member, field=field, hal="jumlah")
    for field, bad in reading.too_long.items():
        refuse_values(findings, "NILAI", bad, reading.table, field=field, hal="panjang")


def check_cash(intake: TreasuryIntake, findings: Findings) -> None:
    """Each bank account closes at opening + receipts − payments + transfers in − transfers out."""
    member, cash = intake.tables["LKP"].member, intake.cash
    # Two halves, because the terms together may lie beyond int64.
    high = sum(sign * (cash[name] >> HALF) for name, sign in _BALANCE.items())
    low = sum(sign * (cash[name] & LOW) for name, sign in _BALANCE.items())
    wrong = np.flatnonzero((high + (low >> HALF) != 0) | (low & LOW != 0))

    def listed() -> Iterator[Finding]:
        for row in cash[wrong]:
            written, number = int(row["saldoakhir"]), int(row["row"])
            closing = written + sum(sign * int(row[name]) for name, sign in _BALANCE.items())
            params = {"isi": shown(bytes(row["norek"])), "tertulis": str(written), "hitung": str(closing)}
            yield Finding("LKP_SALDO", "galat", member, number, "SALDOAKHIR", {**params, "baris": number})

    findings.add_many(listed(), len(wrong))


def check_posting(intake: TreasuryIntake, findings: Findings) -> None:
    """A posted row bears the ADK's date; only a correcting row an earlier one."""
    posted = np.ascontiguousarray(intake.rows["tglpost"])
    date = intake.named_date.encode()
    early = (posted < date) & (intake.rows["koreksi"] == b"")
    bad = np.asarray((posted != b"") & (early | (posted > date)))
    table = intake.tables["LAK"]
    refuse_rows(
        findings,
        "TANGGAL",
        bad,
        member=table.member,
        field="TGLPOST",
        numbers=table.numbers,
        values=posted,
        hal="posting",
        hitung=intake.named_date,
    )


def check_corrections(intake: TreasuryIntake, findings: Findings) -> None:
    """The rows that correct one transaction sum to 0.

    A single correcting row is left to the ledger: its counterpart may come with another date's ADK.
    """
    member = intake.tables["LAK"].member
    rows = intake.rows[intake.rows["koreksi"] != b""]
    targets, first, group, counts = np.unique(
        rows["koreksi"], return_index=True, return_inverse=True, return_counts=True
    )
    high, low = np.zeros(len(targets), dtype=np.int64), np.zeros(len(targets), dtype=np.int64)
    np.add.at(high, group, rows["rphreal"] >> HALF)
    np.add.at(low, group, rows["rphreal"] & LOW)
    wrong = np.flatnonzero((counts > 1) & ((high + (low >> HALF) != 0) | (low & LOW != 0)))

    def listed() -> Iterator[Finding]:
        for index in wrong.tolist():
            total = (int(high[index]) << HALF) + int(low[index])
            params = {"isi": shown(bytes(targets[index])), "jumlah": str(total)}
            yield Finding(
                "KOREKSI_JUMLAH", "galat", member, int(rows["row"][first[index]]), "KOREKSI", {**params}
            )

    findings.add_many(listed(), len(wrong))

"""The reader of KPPN ADKs: what it hands on, and the rules of dates and corrections."""

import datetime

from adk.formats.treasury import CASH_DTYPE, REKAP_DTYPE, TREASURY_DTYPE, read_treasury, to_lines
from adk.formats.writing import write_treasury_adk
from tests.unit.adk.formats.cast import DATE, treasury

LEDGER = {
    "KDTRN": "3",
    "KDDK": "D",
    "KDMAKMAP": "521111",
    "PERKSAU": "115612",
    "PERKSAU1": "313111",
    "NODOK1": "sp é",
}


def read(*rows: dict[str, object], **options: object):
    filename, content = write_treasury_adk([{**LEDGER, **one} for one in rows], kppn="116", date=DATE)
    return read_treasury(content, filename, "116", **options)


def codes(reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_reading_hands_on_rows_cash_recap_and_totals() -> None:
    filename, content = treasury().build()
    reading = read_treasury(content, filename, "116")
    assert (reading.rows.dtype, reading.cash.dtype, reading.rekap.dtype) == (
        TREASURY_DTYPE,
        CASH_DTYPE,
        REKAP_DTYPE,
    )
    assert reading.date == DATE
    assert reading.cash["saldoakhir"].tolist() == [125]
    assert reading.rekap.tolist() == [(1, b"20260928", 4, 2_000_005, 50_070_000)]
    totals = reading.totals
    assert (totals.rows, totals.cash_rows, totals.debit, totals.credit) == (4, 1, 2_000_005, 50_070_000)


def test_ledger_rows_become_lines() -> None:
    lines = to_lines(read({"RPHREAL": 2**53 + 1, "KDKEM": ""}, {"TGLPOST": "", "SEBAB": "S"}).rows)
    first = lines[0]
    assert (first["perk"], first["perk1"], first["nodok"]) == (b"115612", b"313111", "SP É".encode("cp1252"))
    assert (first["rphreal"], first["kdkem"], first["periode"], first["row"]) == (2**53 + 1, b"0", b"09", 0)
    assert lines["periode"].tolist() == [b"09", b""]


def test_unposted_rows_are_sent_all_the_same() -> None:
    assert read({"TGLPOST": ""}).verdict == "STANDAR"


def test_only_a_correcting_row_may_bear_an_earlier_date() -> None:
    pair = {"TGLPOST": "20260831", "KOREKSI": "LAMA"}
    assert read({"RPHREAL": -5, **pair}, {"RPHREAL": 5, **pair}).verdict == "STANDAR"
    assert codes(read({"TGLPOST": "20260831"})) == ["TANGGAL"]
    assert codes(read({"TGLPOST": "20260929", "KOREKSI": "LAMA"})) == ["TANGGAL"]


def test_correction_pair_sums_to_zero() -> None:
    great = 2**61
    rows = [{"KOREKSI": "LAMA", "RPHREAL": -great}, {"KOREKSI": "LAMA", "RPHREAL": great}]
    assert read(*rows).verdict == "STANDAR"
    finding = read(
        {"KOREKSI": "LAMA", "RPHREAL": -great}, {"KOREKSI": "LAMA", "RPHREAL": great - 1}
    ).findings[0]
    assert (finding.code, finding.row, finding.params["jumlah"]) == ("KOREKSI_JUMLAH", 1, "-1")


def test_single_correcting_row_is_left_to_the_ledger() -> None:
    assert read({"KOREKSI": "LAMA", "RPHREAL": -5}).verdict == "STANDAR"


def test_weekly_position_is_asked_for_only_when_due() -> None:
    filename, content = write_treasury_adk([], kppn="116", date=DATE, weekly=False)
    assert read_treasury(content, filename, "116").verdict == "STANDAR"
    assert read_treasury(content, filename, "116", weekly_due=lambda _: False).verdict == "STANDAR"
    asked: list[datetime.date] = []
    reading = read_treasury(content, filename, "116", weekly_due=lambda day: asked.append(day) or True)
    assert (codes(reading), asked) == (["LKP_MINGGUAN"], [DATE])


def test_balances_beyond_int64_do_not_wrap() -> None:
    great = 2**63 - 1
    cash = [
        {
            "NOREK": "1",
            "SALDOAWAL": great,
            "TERIMA": great,
            "KELUAR": great,
            "KIRIMKLR": 0,
            "SALDOAKHIR": great,
        }
    ]
    filename, content = write_treasury_adk([], kppn="116", date=DATE, cash=cash)
    assert read_treasury(content, filename, "116").verdict == "STANDAR"
    cash[0]["SALDOAKHIR"] = great - 1
    filename, content = write_treasury_adk([], kppn="116", date=DATE, cash=cash)
    assert codes(read_treasury(content, filename, "116")) == ["LKP_SALDO"]


def test_another_kppns_file_is_refused() -> None:
    filename, content = treasury().build()
    reading = read_treasury(content, filename, "017")
    assert codes(reading) == ["KODE_KPPN", "KODE_KPPN"]
    assert reading.rows is None


def test_copy_suffix_of_the_browser_is_forgiven() -> None:
    _, content = treasury().build()
    assert read_treasury(content, "KPPN116_20260928 (1).zip", "116").verdict == "STANDAR"

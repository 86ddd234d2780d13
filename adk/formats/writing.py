"""Writes valid ADKs: those of satkers (SAIBA) and those of KPPN (LKP and LAK). Equal input gives equal bytes."""

import datetime
from collections.abc import Mapping, Sequence

from adk.formats import layout
from adk.formats.drafts import Draft, Row, TableDraft, live_totals, opening_rows
from adk.formats.naming import CONTROL_MEMBER, OPENING_MEMBER, AdkName

_DAY = "%Y%m%d"


def satker_draft(
    rows: Sequence[Mapping[str, object]],
    *,
    kewenangan: str,
    ba: str,
    es1: str,
    satker: str,
    kppn: str,
    year: int,
    month: int,
    control: bool = True,
    opening: Mapping[str, int] | None = None,
) -> Draft:
    """A satker ADK that can still be changed. See write_satker_adk."""
    name = AdkName(kewenangan, ba, es1, satker, month, year)
    keys: Row = {
        "KDBAES1": ba + es1,
        "KDSATKER": satker,
        "KDDEKON": kewenangan,
        "KDKPPN": kppn,
        "THNANG": year,
    }
    blank: Row = {"PERIODE": f"{month:02d}", "KDKEM": "0", "RPHREAL": 0}
    main = [{**keys, **blank, **row} for row in rows]
    tables = {"main": TableDraft(f"{name.stem}.0{year % 100:02d}", layout.GL, main)}
    if control:
        first = {**keys, "PERIODE": f"{month:02d}", "VERSI": "1.0", "APLIKASI": "SAIBA", "KUMULATIF": "Y"}
        tables["control"] = TableDraft(CONTROL_MEMBER, layout.CONTROL, [first])
    if opening is not None:
        tables["opening"] = TableDraft(OPENING_MEMBER, layout.OPENING, opening_rows(dict(opening), satker))
    draft = Draft(f"{name.stem}.zip", tables)
    draft.seal()
    return draft


def write_satker_adk(
    rows: Sequence[Mapping[str, object]],
    *,
    kewenangan: str,
    ba: str,
    es1: str,
    satker: str,
    kppn: str,
    year: int,
    month: int,
    control: bool = True,
    opening: Mapping[str, int] | None = None,
) -> tuple[str, bytes]:
    """A satker ADK cumulative to `month`: file name and zip.

    `rows` are keyed by column name; identity columns are filled in where a row leaves them out. `control` adds
    T_CTRL, `opening` (account to balance in rupiah, D positive) adds T_SAWAL. Raises ValueError when a value
    does not fit its column.
    """
    draft = satker_draft(
        rows,
        kewenangan=kewenangan,
        ba=ba,
        es1=es1,
        satker=satker,
        kppn=kppn,
        year=year,
        month=month,
        control=control,
        opening=opening,
    )
    return draft.build()


def treasury_draft(
    rows: Sequence[Mapping[str, object]],
    *,
    kppn: str,
    date: datetime.date,
    cash: Sequence[Mapping[str, object]] = (),
    rekap: Sequence[Mapping[str, object]] | None = None,
    weekly: bool = True,
) -> Draft:
    """A KPPN ADK that can still be changed. See write_treasury_adk."""
    day = date.strftime(_DAY)
    blank: Row = {"KDKPPN": kppn, "THNANG": date.year, "TGLPOST": day, "KDKEM": "0", "RPHREAL": 0}
    ledger = [{**blank, "IDTRN": f"{kppn}{day}{number:09d}", **row} for number, row in enumerate(rows, 1)]
    header: Row = {"KDKPPN": kppn, "TANGGAL": day, "LKPMINGGU": "Y" if weekly else "N", "TGLKIRIM": day}
    recap = _recap(ledger) if rekap is None else [dict(row) for row in rekap]
    tables = {
        "header": TableDraft("HEADER.DBF", layout.HEADER, [header]),
        "lak": TableDraft("LAK.DBF", layout.LAK, ledger),
        "lkp": TableDraft("LKP.DBF", layout.LKP, [_account(row) for row in cash]),
        "rekap": TableDraft("REKAP.DBF", layout.REKAP, recap),
    }
    draft = Draft(f"KPPN{kppn}_{day}.zip", tables)
    draft.seal()
    return draft


def write_treasury_adk(
    rows: Sequence[Mapping[str, object]],
    *,
    kppn: str,
    date: datetime.date,
    cash: Sequence[Mapping[str, object]] = (),
    rekap: Sequence[Mapping[str, object]] | None = None,
    weekly: bool = True,
) -> tuple[str, bytes]:
    """A KPPN ADK of one date: file name and zip.

    `rows` are LAK rows by column name; KPPN, year, TGLPOST and IDTRN are filled in where left out. `cash` are
    LKP rows (a missing SALDOAKHIR is worked out). `rekap` are REKAP rows; without them the posted rows of this
    file are recapitulated. Raises ValueError when a value does not fit its column.
    """
    return treasury_draft(rows, kppn=kppn, date=date, cash=cash, rekap=rekap, weekly=weekly).build()


def _recap(ledger: Sequence[Row]) -> list[Row]:
    days = sorted({str(row["TGLPOST"]) for row in ledger} - {""})
    recap: list[Row] = []
    for day in days:
        count, debit, credit = live_totals([row for row in ledger if str(row["TGLPOST"]) == day])
        recap.append({"TANGGAL": day, "JMLREC": count, "TOTDEBET": debit, "TOTKREDIT": credit})
    return recap


def _account(row: Mapping[str, object]) -> Row:
    full: Row = {"SALDOAWAL": 0, "TERIMA": 0, "KELUAR": 0, "KIRIMTRM": 0, "KIRIMKLR": 0, **row}
    signs = {"SALDOAWAL": 1, "TERIMA": 1, "KELUAR": -1, "KIRIMTRM": 1, "KIRIMKLR": -1}
    closing = sum(sign * int(str(full[name])) for name, sign in signs.items())
    return {"SALDOAKHIR": closing, **full}

"""Checks 9 and 10: whose rows these are, which months they cover, and the control table."""

import numpy as np

from adk.formats.columns import Text, debit_credit, differing, is_one_of, is_uniform
from adk.formats.findings import Findings, shown
from adk.formats.intake import Intake
from adk.formats.naming import CONTROL_MEMBER, OPENING_MEMBER
from adk.formats.rowwise import refuse_rows
from adk.formats.tables import Table

DIPA = b"2"
TOTAL_WIDTH = 20


def check_identity(intake: Intake, findings: Findings) -> None:
    """9. Rows there are, all of this satker, year and months, and cumulative."""
    if not len(intake.rows.table):
        findings.refuse("TABEL_KOSONG", member=intake.rows.table.member)
        return
    _check_keys(intake, findings)
    _check_opening_satker(intake, findings)
    _check_months(intake, findings)
    _check_cumulative(intake, findings)


def _check_keys(intake: Intake, findings: Findings) -> None:
    name, table = intake.identity, intake.rows.table
    wanted = {"KDSATKER": name.satker, "KDBAES1": name.ba + name.es1, "KDDEKON": name.kewenangan}
    for field, value in wanted.items():
        column = intake.rows.text(field)
        refuse_rows(
            findings,
            "KODE_SATKER",
            differing(column, value.encode()),
            member=table.member,
            field=field,
            numbers=table.numbers,
            values=column,
            hal="baris",
            akun=value,
        )
    years = table.text("THNANG")
    refuse_rows(
        findings,
        "TAHUN",
        differing(years, str(name.year).encode()),
        member=table.member,
        field="THNANG",
        numbers=table.numbers,
        values=years,
        hal="baris",
        pilih=name.year,
    )


def _check_opening_satker(intake: Intake, findings: Findings) -> None:
    table = intake.tables.get(OPENING_MEMBER)
    if table is not None:
        column = table.text("KDSATKER")
        satker = intake.identity.satker
        refuse_rows(
            findings,
            "KODE_SATKER",
            differing(column, satker.encode()),
            member=table.member,
            field="KDSATKER",
            numbers=table.numbers,
            values=column,
            hal="baris",
            akun=satker,
        )


def _check_months(intake: Intake, findings: Findings) -> None:
    table = intake.rows.table
    months = intake.rows.text("PERIODE")
    allowed = [f"{month:02d}".encode() for month in range(1, intake.identity.month + 1)]
    refuse_rows(
        findings,
        "PERIODE",
        ~is_one_of(months, allowed),
        member=table.member,
        field="PERIODE",
        numbers=table.numbers,
        values=months,
        hal="baris",
        bb=f"{intake.identity.month:02d}",
    )


def _check_cumulative(intake: Intake, findings: Findings) -> None:
    month = intake.identity.month
    last = f"{month:02d}"
    single = not differing(intake.rows.text("PERIODE"), last.encode()).any()
    if month > 1 and single and differing(intake.rows.text("KDTRN"), DIPA).all():
        findings.refuse("BUKAN_KUMULATIF", member=intake.rows.table.member, bb=last)
    control = intake.tables.get(CONTROL_MEMBER)
    if control is not None and (control.text("KUMULATIF") != b"Y").any():
        findings.refuse("BUKAN_KUMULATIF", member=control.member, field="KUMULATIF", bb=last)


def check_control(intake: Intake, findings: Findings) -> None:
    """10. The control table, where there is one, agrees with the file: keys, count, totals, SHA-256."""
    control = intake.tables.get(CONTROL_MEMBER)
    if control is None:
        return
    if len(control) != 1:
        findings.refuse("KONTROL", member=control.member, hal="baris", isi=len(control))
        return
    _check_control_keys(intake, control, findings)
    _check_control_totals(intake, control, findings)
    digest = control.text("SHA256")[0].decode("cp1252", "replace").lower()
    if digest and digest != intake.digest:
        findings.refuse("KONTROL", member=control.member, field="SHA256", hal="sidik")


def _check_control_keys(intake: Intake, control: Table, findings: Findings) -> None:
    name = intake.identity
    wanted = {
        "KDBAES1": name.ba + name.es1,
        "KDSATKER": name.satker,
        "KDDEKON": name.kewenangan,
        "THNANG": str(name.year),
        "PERIODE": f"{name.month:02d}",
    }
    found = {field: control.text(field)[0] for field in (*wanted, "KDKPPN")}
    # The name holds no KPPN: the control table may name the satker's own or one the rows passed through.
    if found["KDKPPN"] not in (b"", intake.expected.kppn.encode(), *_distinct(intake.rows.text("KDKPPN"))):
        wanted["KDKPPN"] = intake.expected.kppn
    for field, value in wanted.items():
        if found[field] != value.encode():
            _disagree(findings, control, field, shown(bytes(found[field])), value)


def _distinct(column: Text) -> Text:
    return np.unique(column[:1] if is_uniform(column) else column)


def _check_control_totals(intake: Intake, control: Table, findings: Findings) -> None:
    amounts, bad = intake.rows.amounts()
    wanted = {"JMLREC": len(intake.rows.table)}
    if not bad.any():
        wanted["TOTDEBET"], wanted["TOTKREDIT"] = debit_credit(amounts)
    for field, value in wanted.items():
        raw = bytes(control.text(field)[0])
        if _number(raw) != value:
            _disagree(findings, control, field, shown(raw), str(value))


def _number(raw: bytes) -> int | None:
    """A whole number of up to twenty digits; a total may lie beyond int64."""
    return int(raw) if raw.removeprefix(b"-").isdigit() and len(raw) <= TOTAL_WIDTH else None


def _disagree(findings: Findings, control: Table, field: str, found: str, wanted: str) -> None:
    findings.refuse(
        "KONTROL",
        member=control.member,
        row=1,
        field=field,
        hal="beda",
        kolom=field,
        isi=found,
        hitung=wanted,
    )

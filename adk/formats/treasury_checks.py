"""The checks of KPPN ADKs in order: the first that refuses stops, within a check every finding is reported."""

import datetime
import re
from collections.abc import Callable

from adk.formats import layout
from adk.formats.container import SIZE_MAX, check_is_zip, read_members
from adk.formats.dbf import read_table
from adk.formats.findings import Findings, shown
from adk.formats.treasury_intake import TreasuryIntake
from adk.formats.treasury_values import check_cash, check_corrections, check_posting, check_values

Check = Callable[[TreasuryIntake, Findings], None]

_UPLOAD = re.compile(r"KPPN([0-9]{3})_([0-9]{8})(?![0-9]).{0,40}\.zip", re.IGNORECASE | re.DOTALL)
_LAYOUTS = {"HEADER": layout.HEADER, "LAK": layout.LAK, "LKP": layout.LKP, "REKAP": layout.REKAP}
_OPTIONAL = ("TGLKIRIM",)
MIB = 2**20
NUMBER_WIDTH = 20


def check_size(intake: TreasuryIntake, findings: Findings) -> None:
    """There is something, and not too much of it."""
    if not intake.content:
        findings.refuse("UKURAN_NOL")
    elif len(intake.content) > SIZE_MAX:
        findings.refuse("TOLAK_UKURAN", mb=-(-len(intake.content) // MIB), batas=SIZE_MAX // MIB)


def check_archive(intake: TreasuryIntake, findings: Findings) -> None:
    """A real zip, whole, open and harmless."""
    check_is_zip(intake.content, findings)
    if not findings.refused:
        intake.members = read_members(intake.content, findings)


def check_members(intake: TreasuryIntake, findings: Findings) -> None:
    """HEADER, LAK, LKP and REKAP, each once, nothing else, under a name that says KPPN and date."""
    for member, raw in intake.members:
        role = member.upper().removesuffix(".DBF")
        if role not in _LAYOUTS or not member.upper().endswith(".DBF"):
            findings.refuse("ISI_TIDAK_SESUAI", member=shown(member), hal="asing", nama=shown(member))
        elif role in intake.roles:
            findings.refuse("ISI_TIDAK_SESUAI", member=shown(member), hal="ganda", nama=shown(member))
        else:
            intake.roles[role] = (member, raw)
    for role in _LAYOUTS:
        if role not in intake.roles:
            findings.refuse("ISI_TIDAK_SESUAI", hal="hilang", nama=f"{role}.DBF")
    match = _UPLOAD.fullmatch(re.split(r"[/\\]", intake.filename)[-1].strip())
    if match is None:
        findings.refuse("ISI_TIDAK_SESUAI", hal="nama_kppn", nama=shown(intake.filename))
        return
    intake.named_kppn, intake.named_date = match.groups()


def check_tables(intake: TreasuryIntake, findings: Findings) -> None:
    """Every member is a table of its layout whose header tells the truth; HEADER has one row."""
    for role, (member, raw) in intake.roles.items():
        fields = _LAYOUTS[role]
        used = tuple(one.name for one in fields if one.name not in _OPTIONAL)
        table = read_table(member, raw, fields, used, findings)
        if table is not None:
            intake.tables[role] = table
    header = intake.tables.get("HEADER")
    if header is not None and len(header) != 1:
        findings.refuse("HEADER_BARIS", member=header.member, hal="satu", isi=len(header))


def check_kppn(intake: TreasuryIntake, findings: Findings) -> None:
    """The name's KPPN and HEADER's are the sender's."""
    found = shown(bytes(intake.tables["HEADER"].text("KDKPPN")[0]))
    for place, code in (("nama berkas", intake.named_kppn), ("HEADER", found)):
        if code != intake.kppn:
            findings.refuse("KODE_KPPN", field="KDKPPN", tempat=place, isi=code, akun=intake.kppn)


def check_date(intake: TreasuryIntake, findings: Findings) -> None:
    """The name's date is a day, and HEADER's."""
    header = intake.tables["HEADER"]
    try:
        # strptime accepts only real days; a time zone would say nothing about a calendar date.
        intake.date = datetime.date(
            int(intake.named_date[:4]), int(intake.named_date[4:6]), int(intake.named_date[6:])
        )
    except ValueError:
        findings.refuse("TANGGAL", hal="nama", isi=intake.named_date)
    found = shown(bytes(header.text("TANGGAL")[0]))
    if found != intake.named_date:
        findings.refuse(
            "TANGGAL",
            member=header.member,
            row=1,
            field="TANGGAL",
            hal="beda",
            isi=found,
            hitung=intake.named_date,
        )
    if not findings.refused:
        intake.read_all()


def check_header(intake: TreasuryIntake, findings: Findings) -> None:
    """HEADER counts and totals all rows; totals are left out when an amount does not parse."""
    totals = intake.totals()
    wanted = {"JMLLAK": totals.rows, "JMLLKP": totals.cash_rows}
    if intake.readings["LAK"].numbers_are_good:
        wanted |= {"TOTDEBET": totals.debit, "TOTKREDIT": totals.credit}
    header = intake.tables["HEADER"]
    for field, value in wanted.items():
        raw = bytes(header.text(field)[0])
        if not (raw.isdigit() and len(raw) <= NUMBER_WIDTH and int(raw) == value):
            findings.refuse(
                "HEADER_BARIS",
                member=header.member,
                row=1,
                field=field,
                hal="jumlah",
                kolom=field,
                isi=shown(raw),
                hitung=str(value),
            )


def check_weekly(intake: TreasuryIntake, findings: Findings) -> None:
    """The weekly LKP is in when it is due."""
    due = intake.weekly_due is not None and intake.date is not None and intake.weekly_due(intake.date)
    if due and intake.tables["HEADER"].text("LKPMINGGU")[0] != b"Y":
        findings.refuse("LKP_MINGGUAN", member="HEADER.DBF", row=1, field="LKPMINGGU", isi=intake.named_date)


TREASURY_CHECKS: tuple[Check, ...] = (
    check_size,
    check_archive,
    check_members,
    check_tables,
    check_kppn,
    check_date,
    check_header,
    check_weekly,
    check_values,
    check_cash,
    check_posting,
    check_corrections,
)

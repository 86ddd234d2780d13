"""Checks 1 to 8: the file, the zip, the names and the tables' headers."""

import hashlib

from adk.formats import layout
from adk.formats.container import SIZE_MAX, check_is_zip, read_members
from adk.formats.dbf import read_table
from adk.formats.findings import Findings, shown
from adk.formats.intake import Intake, Rows
from adk.formats.naming import CONTROL_MEMBER, MAIN, OPENING_MEMBER, identity, year_of_main
from adk.formats.unpacked import Raw, Unpacked

_LAYOUTS = {
    MAIN: (layout.GL, layout.GL_USED),
    CONTROL_MEMBER: (layout.CONTROL, layout.CONTROL_USED),
    OPENING_MEMBER: (layout.OPENING, layout.OPENING_USED),
}
MIB = 2**20


def check_size(intake: Intake, findings: Findings) -> None:
    """1. There is something, and not too much of it."""
    if not intake.content:
        findings.refuse("UKURAN_NOL")
    elif len(intake.content) > SIZE_MAX:
        findings.refuse("TOLAK_UKURAN", mb=-(-len(intake.content) // MIB), batas=SIZE_MAX // MIB)


def check_zip(intake: Intake, findings: Findings) -> None:
    """2. A real zip by content, whatever the name says."""
    check_is_zip(intake.content, findings)


def check_archive(intake: Intake, findings: Findings) -> None:
    """3. An archive that is whole, open and harmless."""
    intake.members = read_members(intake.content, findings)


def check_members(intake: Intake, findings: Findings) -> None:
    """4. The allowed members, each once, and the required one among them."""
    for member, raw in intake.members:
        role = MAIN if year_of_main(member) else member.upper()
        if role not in _LAYOUTS:
            findings.refuse("ISI_TIDAK_SESUAI", member=shown(member), hal="asing", nama=shown(member))
        elif role in intake.roles:
            findings.refuse("ISI_TIDAK_SESUAI", member=shown(member), hal="ganda", nama=shown(member))
        else:
            intake.roles[role] = (member, raw)
    if MAIN not in intake.roles:
        findings.refuse("ISI_TIDAK_SESUAI", hal="utama", th=f"{intake.expected.year % 100:02d}")
        return
    member = intake.roles[MAIN][0]
    intake.name = identity(member, intake.filename)
    if intake.name is None:
        findings.refuse("ISI_TIDAK_SESUAI", member=member, hal="nama", nama=shown(intake.filename))


def check_first_month(intake: Intake, findings: Findings) -> None:
    """5. Neither the file's month nor the chosen one lies before the year's first accepted month."""
    expected = intake.expected
    if min(intake.identity.month, expected.month) < expected.first_month:
        findings.refuse(
            "PERIODE_TIDAK_DIPERKENANKAN", isi=intake.identity.month, bulan_awal=expected.first_month
        )


def check_period(intake: Intake, findings: Findings) -> None:
    """6. The name's month and year are the chosen period's."""
    expected, name = intake.expected, intake.identity
    if name.month != expected.month:
        findings.refuse(
            "PERIODE", hal="nama", isi=name.month, pilih=expected.month, bb=f"{expected.month:02d}"
        )
    if name.year != expected.year:
        findings.refuse("TAHUN", hal="nama", isi=name.year, pilih=expected.year)


def check_satker(intake: Intake, findings: Findings) -> None:
    """7. The name's satker, BA, eselon I and kewenangan are the sender's."""
    for part in ("satker", "ba", "es1", "kewenangan"):
        found, wanted = getattr(intake.identity, part), getattr(intake.expected, part)
        if found != wanted:
            findings.refuse("KODE_SATKER", field=part, hal=part, isi=found, akun=wanted)


def check_tables(intake: Intake, findings: Findings) -> None:
    """8. Every member is a table of its layout whose header tells the truth."""
    for role, (member, raw) in intake.roles.items():
        table = read_table(member, raw, *_LAYOUTS[role], findings)
        if table is not None:
            intake.tables[role] = table
    if findings.refused:
        return
    if CONTROL_MEMBER in intake.tables:
        intake.digest = _digest(intake.roles[MAIN][1])
    intake.rows = Rows(intake.tables[MAIN])


def _digest(raw: Raw | Unpacked) -> str:
    """SHA-256 of a member, piece by piece: a giant's bytes do not stand anywhere as a whole."""
    found = hashlib.sha256()
    for piece in raw.chunks() if isinstance(raw, Unpacked) else (raw,):
        found.update(piece)
    return found.hexdigest()

"""The import as a whole: which files, in which order, all in one transaction or not at all."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from audit.services import append
from erekon.portal.references import calendar, offices, people, plain, satkers, terpusat
from erekon.portal.references.kinds import Kind, Load
from erekon.portal.references.problems import Problems
from erekon.portal.references.reading import Sheet, read_sheet
from erekon.portal.references.secrets import changed_passwords, changed_pins, has_secrets

# In load order: each names only what stands above it.
FILES: tuple[Kind, ...] = (
    offices.KANWIL,
    offices.KPPN,
    plain.BAGIAN_ANGGARAN,
    satkers.ESELON_SATU,
    plain.LOKASI,
    plain.AKUN,
    plain.BANK,
    plain.PROGRAM,
    plain.OUTPUT,
    plain.SDCP,
    plain.TAHUN,
    calendar.LIBUR,
    satkers.SATKER,
    terpusat.TERPUSAT,
    calendar.JADWAL,
    people.PENGGUNA,
)
SHIPPED = Path(__file__).parent / "shipped"


@dataclass
class Imported:
    """What an import did: rows per file in load order, and sentences about what it left out."""

    counts: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


def import_folder(folder: Path, *, with_secrets: bool, now: datetime) -> Imported:
    """Load whichever known files stand in this folder; whole folder or nothing, every bad cell named.

    Passwords and PINs are taken only `with_secrets`. Raises ImportRefused when any row is bad.
    """
    problems, outcome = Problems(), Imported(notices=_unknown(folder))
    sheets = [(kind, read_sheet(folder / kind.file, kind.columns, problems)) for kind in _present(folder)]
    problems.raise_if_any()
    loads = [(kind, _prepare(kind, sheet, problems, outcome, with_secrets, now)) for kind, sheet in sheets]
    with transaction.atomic():
        for kind, load in loads:
            outcome.counts[kind.file] = kind.load(load)
        problems.raise_if_any()
        append(
            at=now, actor="sistem", action="IMPOR_REFERENSI", subject="referensi", content={"files": outcome.counts}
        )
    return outcome


def _present(folder: Path) -> list[Kind]:
    return [kind for kind in FILES if (folder / kind.file).is_file()]


def _unknown(folder: Path) -> list[str]:
    known = {kind.file for kind in FILES}
    strangers = sorted(path.name for path in folder.glob("*.csv") if path.name not in known)
    return [f"{name}: jenis berkas ini belum didukung, tidak dimuat." for name in strangers]


def _prepare(
    kind: Kind, sheet: Sheet, problems: Problems, outcome: Imported, with_secrets: bool, now: datetime
) -> Load:
    load = Load(sheet, now, problems)
    if kind is people.PENGGUNA and has_secrets(sheet):
        if with_secrets:
            load.passwords, load.pins = changed_passwords(sheet), changed_pins(sheet)
        else:
            outcome.notices.append(f"{sheet.file}: sandi dan PIN diabaikan; pakai --with-secrets untuk memuatnya.")
    return load

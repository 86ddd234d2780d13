"""The import as a whole: which files, in which order, all in one transaction or not at all."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from audit.services import append
from erekon.portal.references import calendar, offices, people, plain, satkers, terpusat
from erekon.portal.references.kinds import Kind, Load
from erekon.portal.references.problems import Problems
from erekon.portal.references.reading import read_sheet
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
    if not sheets:
        return outcome
    loads = [(kind, Load(sheet, now, problems)) for kind, sheet in sheets]
    for kind, load in loads:
        if kind is people.PENGGUNA and has_secrets(load.sheet):
            _take_secrets(load, outcome, with_secrets=with_secrets)
    with transaction.atomic():
        for kind, load in loads:
            outcome.counts[kind.file] = kind.load(load)
        problems.raise_if_any()
        append(
            at=now,
            actor="sistem",
            action="IMPOR_REFERENSI",
            subject="referensi",
            content={"files": outcome.counts},
        )
    return outcome


def _present(folder: Path) -> list[Kind]:
    return [kind for kind in FILES if (folder / kind.file).is_file()]


def _unknown(folder: Path) -> list[str]:
    known = {kind.file for kind in FILES}
    strangers = sorted(path.name for path in folder.glob("*.csv") if path.name not in known)
    return [f"{name}: jenis berkas ini belum didukung, tidak dimuat." for name in strangers]


def _take_secrets(load: Load, outcome: Imported, *, with_secrets: bool) -> None:
    if with_secrets:
        load.passwords, load.pins = changed_passwords(load.sheet), changed_pins(load.sheet)
    else:
        file = load.sheet.file
        outcome.notices.append(f"{file}: sandi dan PIN diabaikan; pakai --with-secrets untuk memuatnya.")

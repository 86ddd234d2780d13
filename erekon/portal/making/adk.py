"""Writes a satker's or a KPPN's ADK from the stored ledger, with chosen mistakes in it."""

from collections.abc import Sequence
from datetime import date

from accounts.models import Kppn, Satker
from adk.formats.drafts import Draft, Row
from adk.formats.mistakes import MISTAKES
from adk.formats.writing import satker_draft, treasury_draft
from erekon.portal.making.differences import DIFFERENCES
from erekon.portal.making.mirror import mirrored_rows
from reconciliation.models import LedgerRow


class MakingRefused(Exception):
    """No such ADK can be made; the message says why, in Indonesian."""


def satker_adk(satker: Satker, year: int, month: int, *, mistakes: Sequence[str] = ()) -> tuple[str, bytes]:
    """File name and bytes of the satker's cumulative ADK as its treasury ledger stands.

    `mistakes` are names of ledger differences and of file mistakes, applied in that order. Raises
    MakingRefused for an unknown name or an empty ledger.
    """
    rows = mirrored_rows(satker.code, year, month)
    if not rows:
        raise MakingRefused(f"Buku besar SiAP satker {satker.code} tahun {year} masih kosong.")
    for name in mistakes:
        if name in DIFFERENCES:
            rows = _changed(name, rows)
    draft = satker_draft(
        rows,
        kewenangan=satker.kewenangan,
        ba=satker.ba_id,
        es1=satker.es1,
        satker=satker.code,
        kppn=satker.kppn_id,
        year=year,
        month=month,
    )
    return _spoiled(draft, [name for name in mistakes if name not in DIFFERENCES], "satker")


def treasury_adk(kppn: Kppn, day: date, *, mistakes: Sequence[str] = ()) -> tuple[str, bytes]:
    """File name and bytes of the KPPN's ADK of one date: the rows of its ledger posted on that date.

    Raises MakingRefused when nothing was posted then, or for an unknown mistake.
    """
    standing = LedgerRow.objects.filter(kppn=kppn.code, posted_on=day, version_to__isnull=True)
    rows = [_lak(row) for row in standing.select_related("sent").order_by("id")]
    if not rows:
        raise MakingRefused(f"Tidak ada transaksi KPPN {kppn.code} pada tanggal {day:%d-%m-%Y}.")
    cash = [{"KDBANK": "52001", "NOREK": "0001-01-000001-30-1", "SALDOAWAL": 0}]
    return _spoiled(treasury_draft(rows, kppn=kppn.code, date=day, cash=cash), mistakes, "kppn")


def _lak(row: LedgerRow) -> Row:
    named: Row = {name.upper(): value for name, value in row.sent.columns.items() if value}
    return {**named, "RPHREAL": row.rphreal}


def _changed(name: str, rows: list[Row]) -> list[Row]:
    try:
        return DIFFERENCES[name].change(rows)
    except ValueError as error:
        raise MakingRefused(f"{name}: {error}.") from error


def _spoiled(draft: Draft, names: Sequence[str], kind: str) -> tuple[str, bytes]:
    for name in names:
        mistake = MISTAKES.get(name)
        if mistake is None or mistake.of != kind:
            raise MakingRefused(f"Kesalahan “{name}” tidak dikenal untuk ADK {kind}; lihat --list-mistakes.")
        mistake.spoil(draft)
    return draft.build()

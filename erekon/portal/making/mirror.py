"""The treasury ledger of a satker as its own books would hold it: every SiAP row as a SAI row."""

from adk.formats import layout
from adk.formats.drafts import Row
from reconciliation.models import LedgerRow, Period

_RENAMED = {"PERKSAU": "PERKSAI", "PERKSAU1": "PERKSAI1"}
# The writer fills these in for the whole file: the satker's own identity stands on every row.
_IDENTITY = {"KDBAES1", "KDSATKER", "KDDEKON", "KDKPPN", "THNANG"}
_KEPT = {one.name for one in layout.GL} - _IDENTITY


def mirrored_rows(satker: str, year: int, month: int) -> list[Row]:
    """GL rows by column name for the rows posted up to the month's end, oldest first; RPHREAL whole rupiah."""
    last = Period(year=year, month=month).last_day
    rows = LedgerRow.objects.filter(satker=satker, year=year, posted_on__lte=last, version_to__isnull=True)
    return [_mirrored(row) for row in rows.select_related("sent").order_by("posted_on", "id")]


def _mirrored(row: LedgerRow) -> Row:
    named = {_RENAMED.get(name.upper(), name.upper()): value for name, value in row.sent.columns.items()}
    kept: Row = {name: value for name, value in named.items() if name in _KEPT and value}
    month = row.posted_on.month if row.posted_on.year == row.year else 1
    return {**kept, "RPHREAL": row.rphreal, "PERIODE": f"{month:02d}"}

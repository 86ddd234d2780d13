"""Accounts that are reconciled centrally (Rekonsiliasi Terpusat)."""

from typing import Any

from accounts.models import Kppn, Satker
from erekon.portal.references.columns import VALIDITY, Column, choice, digits
from erekon.portal.references.kinds import Kind, Load, once, upsert
from erekon.portal.references.offices import PUSAT, ensure_pusat
from erekon.portal.references.reading import Row
from erekon.portal.references.satkers import units
from reconciliation.models import Terpusat
from reconciliation.services.outdating import mark_ruled
from reconciliation.services.periods import ensure_cases

KEY = ("ba", "es1", "satker_pusat", "akun_from", "akun_to")


def _fits(load: Load, row: Row, known: dict[str, Any]) -> bool:
    fits = [
        load.require(row, "satker_pusat", known["satkers"], "Satker"),
        load.require(row, "counterpart", known["offices"], "KPPN"),
    ]
    if (row["ba"], row["es1"]) not in known["units"]:
        load.bad(row, "es1", f"Eselon I “{row['ba']}.{row['es1']}” tidak dikenal")
        fits.append(False)
    if row["akun_to"] < row["akun_from"]:
        load.bad(row, "akun_to", "lebih kecil dari akun_from")
        fits.append(False)
    return all(fits)


def _load(load: Load) -> int:
    if any(row["counterpart"] == PUSAT for row in load.sheet.rows):
        ensure_pusat()
    known = {
        "satkers": set(Satker.objects.values_list("code", flat=True)),
        "offices": set(Kppn.objects.values_list("code", flat=True)),
        "units": units(),
    }
    rows = [row.values for row in once(load, *KEY) if _fits(load, row, known)]
    count = upsert(Terpusat, rows, KEY)
    ensure_cases()
    mark_ruled({row["ba"] + row["es1"] for row in rows}, {row["satker_pusat"] for row in rows})
    return count


TERPUSAT = Kind(
    "terpusat.csv",
    (
        Column("ba", digits(3)),
        Column("es1", digits(2)),
        Column("satker_pusat", digits(6)),
        Column("akun_from", digits(6)),
        Column("akun_to", digits(6)),
        Column("counterpart", choice("183", PUSAT)),
        *VALIDITY,
    ),
    _load,
)

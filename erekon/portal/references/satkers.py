"""Eselon I units and satkers."""

from typing import Any

from accounts.models import BagianAnggaran, EselonSatu, Kppn, Lokasi, Satker
from erekon.portal.references.columns import Column, day, digits, pattern, text, yes_no
from erekon.portal.references.kinds import Kind, Load, once, upsert
from erekon.portal.references.plain import NAME
from erekon.portal.references.reading import Row
from reconciliation.services.outdating import mark_moved, units_of_satkers
from reconciliation.services.periods import ensure_cases


def _load_eselon_satu(load: Load) -> int:
    known = set(BagianAnggaran.objects.values_list("code", flat=True))
    rows = [
        {"ba_id": row["ba"], "code": row["code"], "name": row["name"]}
        for row in once(load, "ba", "code")
        if load.require(row, "ba", known, "Bagian anggaran")
    ]
    return upsert(EselonSatu, rows, ("ba_id", "code"))


def units() -> dict[tuple[str, str], int]:
    """The key of every eselon I by (bagian anggaran, code)."""
    return {(ba, code): pk for pk, ba, code in EselonSatu.objects.values_list("pk", "ba_id", "code")}


def _fields(row: Row, columns: frozenset[str], unit: int) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "code": row["code"],
        "name": row["name"],
        "ba_id": row["ba"],
        "eselon_satu_id": unit,
        "kewenangan": row["kewenangan"],
        "kppn_id": row["kppn"],
        "lokasi_id": row["lokasi"],
        "is_blu": row["blu"],
        "is_bun": row["bun"],
        # UAPPA-W statements sum by it; without a letter of its own a satker reports to its province's unit.
        "konsolidator": row.values.get("konsolidator") or row["ba"] + row["es1"] + row["lokasi"],
    }
    fields.update({name: row[name] for name in ("sakti_from", "kmk_number") if name in columns})
    return fields


def _load_satker(load: Load) -> int:
    unit_of = units()
    sections = set(BagianAnggaran.objects.values_list("code", flat=True))
    kppns = set(Kppn.objects.values_list("code", flat=True))
    provinces = set(Lokasi.objects.values_list("code", flat=True))
    rows = []
    for row in once(load, "code"):
        unit = unit_of.get((row["ba"], row["es1"]))
        fits = [
            load.require(row, "ba", sections, "Bagian anggaran"),
            load.require(row, "kppn", kppns, "KPPN"),
            load.require(row, "lokasi", provinces, "Lokasi"),
        ]
        if unit is None and fits[0]:
            load.bad(row, "es1", f"Eselon I “{row['ba']}.{row['es1']}” tidak dikenal")
        if unit is not None and all(fits):
            rows.append(_fields(row, load.sheet.columns, unit))
    before = units_of_satkers()
    count = upsert(Satker, rows, ("code",))
    ensure_cases()
    mark_moved(before)
    return count


ESELON_SATU = Kind(
    "eselon_satu.csv", (Column("ba", digits(3)), Column("code", digits(2)), NAME), _load_eselon_satu
)
SATKER = Kind(
    "satker.csv",
    (
        Column("code", digits(6)),
        NAME,
        Column("ba", digits(3)),
        Column("es1", digits(2)),
        Column("kewenangan", pattern("[A-Z]{2}", "2 huruf besar seperti KD")),
        Column("kppn", text(5)),
        Column("lokasi", digits(2)),
        Column("blu", yes_no),
        Column("bun", yes_no),
        Column("sakti_from", day, optional=True, blank=True, empty=None),
        Column("kmk_number", text(80), optional=True, blank=True),
        Column("konsolidator", text(20), optional=True, blank=True),
    ),
    _load_satker,
)

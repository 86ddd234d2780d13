"""The schedule of periods and the days without office."""

from accounts.models import Kppn
from erekon.portal.references.columns import Column, choice, day, instant, text, whole
from erekon.portal.references.kinds import Kind, Load, once, upsert
from erekon.portal.references.plain import NAME
from reconciliation.models import Holiday
from reconciliation.services.periods import set_period


def _load_jadwal(load: Load) -> int:
    count = 0
    for row in once(load, "year", "month"):
        if row["closes_at"] <= row["opens_at"]:
            load.bad(row, "closes_at", "harus sesudah opens_at")
            continue
        set_period(**row.values)
        count += 1
    return count


def _load_libur(load: Load) -> int:
    kppns = {*Kppn.objects.values_list("code", flat=True), ""}
    rows = []
    for row in once(load, "date", "kind", "kppn"):
        if row["kind"] == "lokal" and not row["kppn"]:
            load.bad(row, "kppn", "wajib diisi untuk libur lokal")
        elif load.require(row, "kppn", kppns, "KPPN"):
            rows.append(row.values)
    return upsert(Holiday, rows, ("date", "kind", "kppn"))


JADWAL = Kind(
    "jadwal.csv",
    (
        Column("year", whole(2000, 2100)),
        Column("month", whole(1, 12)),
        Column("opens_at", instant),
        Column("closes_at", instant),
        Column("on_time_until", instant),
        Column("sanction_from", instant),
        Column("letter_number", text(80)),
        Column("letter_date", day),
    ),
    _load_jadwal,
)
LIBUR = Kind(
    "libur.csv",
    (
        Column("date", day),
        NAME,
        Column("kind", choice("nasional", "cuti_bersama", "lokal")),
        Column("kppn", text(5), blank=True),
    ),
    _load_libur,
)

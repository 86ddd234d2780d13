"""References, offices, satkers, schedule and people, all through the import that administrators use."""

import csv
import tempfile
from collections.abc import Iterable
from pathlib import Path

from erekon.portal.demo.people import Person
from erekon.portal.demo.places import KPPNS, SATKERS
from erekon.portal.demo.timeline import Timeline
from erekon.portal.references.loading import SHIPPED, import_folder

_Table = tuple[str, Iterable[Iterable[object]]]


def set_up(timeline: Timeline, people: list[Person]) -> None:
    """Load the shipped references, then the invented world, dated at the start of the demo's year."""
    start = timeline.opens(1).replace(month=1)
    import_folder(SHIPPED, with_secrets=False, now=start)
    with tempfile.TemporaryDirectory() as name:
        for file, (header, rows) in _tables(timeline, people).items():
            with (Path(name) / file).open("w", encoding="utf-8", newline="") as handle:
                writer = csv.writer(handle)
                writer.writerow(header.split(","))
                writer.writerows(rows)
        import_folder(Path(name), with_secrets=True, now=start)


def _tables(timeline: Timeline, people: list[Person]) -> dict[str, _Table]:
    return {
        "kppn.csv": (
            "code,name,kanwil,letter_code,address",
            [(k.code, k.name, k.kanwil, k.letter_code, k.address) for k in KPPNS],
        ),
        "satker.csv": (
            "code,name,ba,es1,kewenangan,kppn,lokasi,blu,bun",
            [(s.code, s.name, s.ba, s.es1, s.kewenangan, s.kppn, s.lokasi, "n", "n") for s in SATKERS],
        ),
        "bank.csv": ("code,name", [("52001", "Bank Operasional I"), ("52002", "Bank Operasional II")]),
        "tahun.csv": ("year,first_month", [(timeline.year, timeline.first_month)]),
        "jadwal.csv": (
            "year,month,opens_at,closes_at,on_time_until,sanction_from,letter_number,letter_date",
            [_schedule(timeline, month) for month in timeline.months],
        ),
        "pengguna.csv": (
            "username,name,nip,email,role,place,password,pin",
            [(p.username, p.name, p.nip, p.email, p.role, p.place, p.password, p.pin) for p in people],
        ),
    }


def _schedule(timeline: Timeline, month: int) -> tuple[object, ...]:
    closes = timeline.closes(month).isoformat()
    opens = timeline.opens(month)
    letter = f"S-{month}/PB.6/{timeline.year}"
    return (timeline.year, month, opens.isoformat(), closes, closes, closes, letter, f"{timeline.year}-01-05")

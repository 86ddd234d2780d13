"""Differences between two honest ledgers, as they happen in offices: each is one change of a satker's rows."""

from collections.abc import Callable
from dataclasses import dataclass

from adk.formats.drafts import Row

Change = Callable[[list[Row]], list[Row]]
_SPENDING = ("51", "52", "53")
_DIGITS = 10


@dataclass(frozen=True)
class Difference:
    """A change of rows that stay valid; `meaning` says in Indonesian what went wrong at the satker."""

    meaning: str
    change: Change


def _is_spending(row: Row) -> bool:
    akun = str(row.get("KDMAKMAP", ""))
    return row.get("KDTRN") == "3" and row.get("KDKEM") != "1" and akun.startswith(_SPENDING)


def _last(rows: list[Row], wanted: Callable[[Row], bool]) -> int:
    """The place of the last row that is wanted. Raises ValueError when the ledger has none."""
    for place in range(len(rows) - 1, -1, -1):
        if wanted(rows[place]):
            return place
    raise ValueError("buku besar satker ini tidak memuat transaksi yang dapat diubah begitu")


def _payment(row: Row) -> bool:
    """A payment by SP2D outside the salary, where slips of the pen happen."""
    goods = not str(row.get("KDMAKMAP", "")).startswith("51")
    return _is_spending(row) and goods and int(str(row["RPHREAL"])) > _DIGITS


def _without_document(wanted: Callable[[Row], bool]) -> Change:
    def change(rows: list[Row]) -> list[Row]:
        document = rows[_last(rows, wanted)]["NODOK1"]
        return [row for row in rows if row.get("NODOK1") != document]

    return change


def _replaced(place: int, rows: list[Row], **values: object) -> list[Row]:
    return [*rows[:place], {**rows[place], **values}, *rows[place + 1 :]]


def _swapped_digits(rows: list[Row]) -> list[Row]:
    place = _last(rows, lambda row: _payment(row) and len(set(str(row["RPHREAL"]))) > 1)
    text = str(rows[place]["RPHREAL"])
    at = next(i for i in range(len(text) - 1) if text[i] != text[i + 1] and text[i + 1] != "0")
    return _replaced(place, rows, RPHREAL=int(text[:at] + text[at + 1] + text[at] + text[at + 2 :]))


def _wrong_account(rows: list[Row]) -> list[Row]:
    place = _last(rows, _payment)
    used = sorted({str(row["KDMAKMAP"]) for row in rows if _payment(row)} - {str(rows[place]["KDMAKMAP"])})
    return _replaced(place, rows, KDMAKMAP=used[0] if used else "521111")


def _wrong_sign(rows: list[Row]) -> list[Row]:
    place = _last(rows, _payment)
    return _replaced(place, rows, RPHREAL=-int(str(rows[place]["RPHREAL"])), KDDK="K")


def _twice(rows: list[Row]) -> list[Row]:
    return [*rows, dict(rows[_last(rows, _payment)])]


def _cancellation_not_booked(rows: list[Row]) -> list[Row]:
    place = _last(rows, lambda row: _is_spending(row) and int(str(row["RPHREAL"])) < 0)
    return rows[:place] + rows[place + 1 :]


def _revision_not_booked(rows: list[Row]) -> list[Row]:
    place = _last(rows, lambda row: row.get("KDTRN") == "2")
    return rows[:place] + rows[place + 1 :]


def _own_document(rows: list[Row]) -> list[Row]:
    return [*rows, {**rows[_last(rows, _payment)], "NODOK1": "BELUM-TERBIT-SP2D"}]


def _kind(ending: str) -> Callable[[Row], bool]:
    return lambda row: str(row.get("JNSDOK1", "")).endswith(ending) and row.get("KDTRN") == "3"


DIFFERENCES: dict[str, Difference] = {
    "sp2d_hilang": Difference("satu SP2D belum direkam", _without_document(_payment)),
    "setoran_hilang": Difference("satu setoran (NTPN) belum direkam", _without_document(_kind("05"))),
    "angka_tertukar": Difference("dua angka nilai SP2D tertukar", _swapped_digits),
    "akun_salah": Difference("akun belanja salah direkam", _wrong_account),
    "tanda_terbalik": Difference("tanda debet kredit terbalik", _wrong_sign),
    "tercatat_ganda": Difference("satu SP2D tercatat dua kali", _twice),
    "batal_belum_direkam": Difference("pembatalan SP2D belum direkam", _cancellation_not_booked),
    "dokumen_satker_saja": Difference("dokumen direkam sebelum SP2D terbit", _own_document),
    "revisi_hilang": Difference("baris pagu terakhir (revisi DIPA) belum direkam", _revision_not_booked),
}

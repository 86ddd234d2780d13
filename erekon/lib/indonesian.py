"""Dates, times and small numbers in Bahasa Indonesia, without a locale of the operating system."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

# The three legal zones (Keppres 41/1987); every Indonesian IANA name leads to one of them.
ZONE_LABELS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}

_ONES = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_BASES = ((1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", ""))
_WORDS_LIMIT = 10_000
_FIRST_TENS = 20


def month_name(month: int) -> str:
    """The month's name, 1 = Januari. Raises ValueError outside 1 to 12."""
    if not 1 <= month <= len(MONTHS):
        raise ValueError(f"no such month: {month}")
    return MONTHS[month - 1]


def day_name(day: date) -> str:
    """The weekday's name: `Kamis`."""
    return DAYS[day.weekday()]


def long_date(day: date) -> str:
    """`10 Juni 2021`: no leading zero, the month in full."""
    return f"{day.day} {month_name(day.month)} {day.year}"


def full_date(day: date) -> str:
    """`Kamis, 8 Oktober 2026`."""
    return f"{day_name(day)}, {long_date(day)}"


def words(number: int) -> str:
    """A number from 0 to 9999 in words: `2026` gives `dua ribu dua puluh enam`.

    Raises ValueError outside that range: this serves dates, not amounts.
    """
    if not 0 <= number < _WORDS_LIMIT:
        raise ValueError(f"outside 0 to {_WORDS_LIMIT - 1}: {number}")
    return _ONES[0] if number == 0 else _spell(number)


def _spell(number: int) -> str:
    if number < len(_ONES):
        return _ONES[number] if number else ""
    if number < _FIRST_TENS:
        return f"{_ONES[number - 10]} belas"
    base, name, short = next(step for step in _BASES if number >= step[0])
    count, rest = divmod(number, base)
    head = short if count == 1 and short else f"{_ONES[count]} {name}"
    return f"{head} {_spell(rest)}".rstrip()


def date_in_words(day: date) -> str:
    """The opening of a berita acara: `Kamis tanggal delapan bulan Oktober tahun dua ribu dua puluh enam`."""
    return f"{day_name(day)} tanggal {words(day.day)} bulan {month_name(day.month)} tahun {words(day.year)}"


def zone_label(zone: str) -> str:
    """WIB, WITA or WIT of an IANA zone name. Raises ValueError for a zone outside Indonesia."""
    try:
        return ZONE_LABELS[zone]
    except KeyError:
        raise ValueError(f"not an Indonesian zone: {zone}") from None


def _local(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("the moment carries no zone")
    return moment.astimezone(ZoneInfo(zone))


def clock_time(moment: datetime, zone: str) -> str:
    """`07.43 WIB`: an aware moment as read on the clock of that zone. Raises ValueError when it is naive."""
    return f"{_local(moment, zone):%H.%M} {zone_label(zone)}"


def long_moment(moment: datetime, zone: str) -> str:
    """`8 Oktober 2026, 07.43 WIB`: an aware moment in that zone, date and time."""
    return f"{long_date(_local(moment, zone).date())}, {clock_time(moment, zone)}"


def short_moment(moment: datetime, zone: str) -> str:
    """`8 Okt, 07.43`: an aware moment in that zone where space is short and year and zone are plain."""
    local = _local(moment, zone)
    return f"{local.day} {month_name(local.month)[:3]}, {local:%H.%M}"

from datetime import UTC, date, datetime

import pytest

from erekon.lib import indonesian


def test_long_date_has_no_leading_zero() -> None:
    assert indonesian.long_date(date(2021, 6, 1)) == "1 Juni 2021"


def test_full_date_names_the_weekday() -> None:
    assert indonesian.full_date(date(2026, 10, 8)) == "Kamis, 8 Oktober 2026"


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        (0, "nol"), (1, "satu"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"), (19, "sembilan belas"),
        (20, "dua puluh"), (31, "tiga puluh satu"), (100, "seratus"), (111, "seratus sebelas"),
        (1000, "seribu"), (1999, "seribu sembilan ratus sembilan puluh sembilan"), (2000, "dua ribu"),
        (2026, "dua ribu dua puluh enam"), (9999, "sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)  # fmt: skip
def test_numbers_of_a_date_are_spelled_as_indonesian_does(number: int, spelled: str) -> None:
    assert indonesian.words(number) == spelled


@pytest.mark.parametrize("number", [-1, 10_000])
def test_words_refuses_what_is_no_part_of_a_date(number: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        indonesian.words(number)


def test_date_in_words_opens_a_berita_acara() -> None:
    spoken = indonesian.date_in_words(date(2026, 10, 8))
    assert spoken == "Kamis tanggal delapan bulan Oktober tahun dua ribu dua puluh enam"


@pytest.mark.parametrize(
    ("zone", "clock"),
    [("Asia/Jakarta", "23.43 WIB"), ("Asia/Makassar", "00.43 WITA"), ("Asia/Jayapura", "01.43 WIT")],
)
def test_a_moment_is_read_on_the_clock_of_its_zone(zone: str, clock: str) -> None:
    assert indonesian.clock_time(datetime(2026, 10, 7, 16, 43, tzinfo=UTC), zone) == clock


def test_the_date_of_a_moment_is_that_of_its_zone() -> None:
    moment = datetime(2026, 10, 7, 16, 43, tzinfo=UTC)
    assert indonesian.long_moment(moment, "Asia/Makassar") == "8 Oktober 2026, 00.43 WITA"


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        indonesian.clock_time(datetime(2026, 10, 7, 16, 43), "Asia/Jakarta")  # noqa: DTZ001


def test_a_zone_outside_indonesia_is_refused() -> None:
    with pytest.raises(ValueError, match="Europe/Paris"):
        indonesian.zone_label("Europe/Paris")


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_outside_the_year_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match="no such month"):
        indonesian.month_name(month)

"""What became of a difference since an earlier upload."""

import pytest

from erekon.portal.trends import AGREED, Standing, Trend, trend_of


def apart(difference: int, gap: int | None = None) -> Standing:
    return Standing(difference, abs(difference) if gap is None else gap, equal=False)


@pytest.mark.parametrize(
    ("before", "now", "trend"),
    [
        (AGREED, AGREED, Trend.EQUAL),
        (AGREED, apart(5), Trend.NEW),
        (apart(5), AGREED, Trend.FIXED),
        (apart(-9), apart(5), Trend.LESS),
        (apart(5), apart(-9), Trend.MORE),
        (apart(5), apart(-5), Trend.TURNED),
        (apart(5), apart(5), Trend.UNCHANGED),
        # Lines that offset each other: the amount says nothing, the rupiah beneath it does.
        (apart(0, 10), apart(0, 4), Trend.LESS),
        (apart(0, 4), apart(0, 10), Trend.MORE),
        (apart(0, 4), apart(0, 4), Trend.UNCHANGED),
    ],
)
def test_trend(before, now, trend):
    assert trend_of(before, now) is trend

"""A wall clock that was ahead for a while leaves no row stuck once it is right again."""

from datetime import datetime, timedelta

import pytest

from adk.models import Upload
from erekon.lib import clock, leases
from erekon.lib.leases import RunState, claim, take_back, to_ring
from tests.story import Story, expect

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
ELSEWHERE = "another-host:1"


@pytest.fixture(autouse=True)
def _deaf_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("erekon.lib.ring._publish", lambda task, times: None)


@pytest.fixture
def now() -> datetime:
    expect(Story.begin().upload(), 202)
    return clock.now()


def mark(**values: object) -> None:
    Upload.objects.update(**values)


def claimed(now: datetime) -> bool:
    return claim(Upload.objects.all(), now=now) is not None


def freed(now: datetime) -> bool:
    return take_back(Upload.objects.all(), now=now) == 1


def rung(now: datetime) -> bool:
    return to_ring(Upload.objects.all(), now=now) == 1


def test_row_that_was_queued_an_hour_ahead_is_due(now):
    mark(not_before=now + HOUR, rung_at=None)
    assert rung(now)
    assert claimed(now)


@pytest.mark.parametrize("back_off", [pause for pause in leases.BACK_OFF if pause])
def test_back_off_is_still_waited_for(now, back_off):
    mark(not_before=now + back_off, rung_at=None)
    assert not claimed(now)
    assert not rung(now)
    assert claimed(now + back_off)


def test_row_that_was_rung_an_hour_ahead_is_rung_again(now):
    mark(rung_at=now + HOUR)
    assert rung(now)
    assert Upload.objects.get().rung_at == now


def test_row_that_was_rung_just_now_is_left_in_peace(now):
    for moment in (now, now + SECOND, now - SECOND):
        mark(rung_at=moment)
        assert not rung(now)


def test_lease_that_reaches_further_than_a_lease_can_has_lapsed(now):
    mark(state=RunState.RUNNING, attempts=1, owner=ELSEWHERE, lease_until=now + HOUR + leases.LEASE)
    assert freed(now)
    assert claimed(now + leases.BACK_OFF[1])


def test_lease_of_a_worker_whose_clock_goes_a_little_before_ours_holds(now):
    mark(state=RunState.RUNNING, attempts=1, owner=ELSEWHERE, lease_until=now + leases.LEASE + SECOND)
    assert not freed(now)


def test_worker_whose_row_was_taken_back_for_its_clock_changes_nothing(now):
    ahead = claim(Upload.objects.all(), now=now + HOUR)
    assert ahead is not None
    mark(owner=ELSEWHERE)
    assert freed(now)
    with pytest.raises(leases.LeaseLost):
        leases.finish(ahead, now=now)


def test_clock_that_comes_back_costs_a_row_no_more_than_one_attempt(now):
    """Ahead, back, and through: the whole way of a row."""
    claim(Upload.objects.all(), now=now + HOUR)
    mark(owner=ELSEWHERE)
    assert freed(now)
    again = claim(Upload.objects.all(), now=now + leases.BACK_OFF[1])
    assert again is not None
    assert again.attempts == 2
    leases.finish(again, now=now)
    assert Upload.objects.get().state == RunState.DONE


@pytest.mark.parametrize("stuck", [{"not_before": HOUR}, {"rung_at": HOUR}, {"lease_until": HOUR}])
def test_without_the_allowance_the_row_stays_stuck(now, stuck, monkeypatch):
    """The control: with nothing held to be too far ahead, each of the three is believed for an hour."""
    monkeypatch.setattr(leases, "SKEW", timedelta(days=999))
    running = "lease_until" in stuck
    state = {"state": RunState.RUNNING, "attempts": 1, "owner": ELSEWHERE} if running else {}
    mark(rung_at=None)
    mark(**state, **{name: now + ahead for name, ahead in stuck.items()})
    assert not freed(now)
    assert not rung(now)
    assert "not_before" not in stuck or not claimed(now)

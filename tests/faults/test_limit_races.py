"""Many uses from one subject at once: each is judged after all others have begun, and no more than allowed pass."""

import contextlib
import threading
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import RateCount
from accounts.services import limits
from accounts.services.limits import Limit
from tests.faults.racing import race

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 10, 9, 3, 0, 50, tzinfo=UTC)
AT_ONCE, ALLOWED = 12, 5
LIMIT = Limit("coba", ALLOWED, timedelta(minutes=1))


def passed_at_once() -> int:
    outcomes = race(*[lambda: limits.spend(LIMIT, "10.0.0.1", now=NOW)] * AT_ONCE)
    assert set(outcomes) <= {None, "TERLALU_SERING"}
    return outcomes.count(None)


def test_of_uses_at_once_exactly_those_allowed_pass():
    assert passed_at_once() == ALLOWED


def test_a_count_read_before_and_written_after_lets_more_pass(monkeypatch):
    gate = threading.Barrier(AT_ONCE)

    def unguarded(limit, subject, now):
        found = RateCount.objects.filter(limit=limit.name, subject=subject).first()
        gate.wait(30)
        return RateCount(used=found.used + 1 if found else 1, lapses_at=now + limit.span)

    monkeypatch.setattr(limits, "_count", unguarded)
    monkeypatch.setattr(limits.transaction, "atomic", contextlib.nullcontext)
    assert passed_at_once() == AT_ONCE

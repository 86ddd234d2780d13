"""Guessing PINs at once, and giving out numbers at once."""

import threading

import pytest

from accounts.actors import find_actor
from accounts.roles import Power
from bar.models import Bar, BarNumber, SignerPin
from bar.services import approving, pins
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from tests.availability import soaking
from tests.faults.racing import PATIENCE, meet_before_transaction, race
from tests.months import months_compared
from tests.story import Story

pytestmark = pytest.mark.django_db(transaction=True)

GUESSES = 200 if soaking() else 40
MONTHS = range(2, 10)


@pytest.fixture
def story():
    return Story.begin()


def guess_at_once(story, monkeypatch, guesses) -> tuple[int, list]:
    """How many wrong PINs were compared with the right one, and what each guesser was told."""
    evaluated = []
    monkeypatch.setattr(pins, "_opened", lambda key, pin: evaluated.append(pin))
    now = clock.now()

    def call(pin):
        return lambda: pins.open_key(user=story.cast.kpa, pin=pin, now=now)

    outcomes = race(*(call(f"{number:06d}") for number in range(guesses)))
    return len(evaluated), outcomes


def test_of_simultaneous_wrong_pins_exactly_five_are_evaluated(story, monkeypatch, chaos_figure):
    evaluated, outcomes = guess_at_once(story, monkeypatch, GUESSES)
    assert evaluated == 5
    assert sorted(set(outcomes)) == ["PIN_SALAH", "PIN_TERKUNCI"]
    assert outcomes.count("PIN_SALAH") == 4
    assert SignerPin.objects.get(user=story.cast.kpa).attempts == 5
    unguarded, _ = guess_at_once_counting_afterwards(story, monkeypatch)
    chaos_figure("pin-guesses", n=GUESSES, bad=evaluated - 5, control_failed=unguarded > 5)
    assert unguarded > 5


def guess_at_once_counting_afterwards(story, monkeypatch):
    """The usual mistake: read the counter, compare, count."""
    SignerPin.objects.update(attempts=0, locked_until=None)
    gate = threading.Barrier(GUESSES)

    def look(standing, now):
        tries = SignerPin.objects.get(pk=standing.pk).attempts
        gate.wait(PATIENCE)
        if tries >= 5:
            raise Refusal("PERLU_AKTIVASI")
        return tries + 1

    monkeypatch.setattr(pins, "_count_attempt", look)
    return guess_at_once(story, monkeypatch, GUESSES)


def test_a_process_killed_inside_the_check_refunds_nothing(story, monkeypatch):
    def killed(key, pin):
        raise SystemExit

    monkeypatch.setattr(pins, "_opened", killed)
    for _ in range(5):
        with pytest.raises(SystemExit):
            pins.open_key(user=story.cast.kpa, pin="000000", now=clock.now())
    with pytest.raises(Refusal, match="PIN_TERKUNCI"):
        pins.open_key(user=story.cast.kpa, pin="000000", now=clock.now())


def approve_at_once(story, monkeypatch, cases) -> list:
    vera = find_actor(story.cast.vera, Power.APPROVE, cases[0].satker, at=clock.now())
    meet_before_transaction(monkeypatch, approving, threading.Barrier(len(cases)))

    def call(case):
        return lambda: (
            approving.approve(
                case=case, content_hash=case.content_hash, actor=vera, now=clock.now()
            ).register_number
        )

    return race(*(call(case) for case in cases))


def test_numbers_are_gapless_under_simultaneous_approvals(story, monkeypatch):
    cases = months_compared(story, MONTHS)
    assert [case.verdict for case in cases] == ["SAMA"] * len(MONTHS)
    assert sorted(approve_at_once(story, monkeypatch, cases)) == list(range(1, len(MONTHS) + 1))
    assert BarNumber.objects.get().last == Bar.objects.count() == len(MONTHS)


def test_a_number_read_before_the_lock_is_given_out_twice(story, monkeypatch):
    cases = months_compared(story, MONTHS)
    gate = threading.Barrier(len(cases))
    read = {}

    def atomic():
        read[threading.get_ident()] = Bar.objects.count() + 1
        gate.wait(PATIENCE)
        return plain()

    plain = approving.transaction.atomic
    monkeypatch.setattr(approving, "_next_number", lambda office, year: read[threading.get_ident()])
    with monkeypatch.context() as patch:
        patch.setattr(approving, "transaction", type("Gated", (), {"atomic": staticmethod(atomic)}))
        outcomes = race(
            *(lambda case=case: approve_one(story, case) for case in cases),
        )
    assert sum(isinstance(outcome, int) for outcome in outcomes) == 1


def approve_one(story, case):
    vera = find_actor(story.cast.vera, Power.APPROVE, case.satker, at=clock.now())
    return approving.approve(
        case=case, content_hash=case.content_hash, actor=vera, now=clock.now()
    ).register_number

"""Two people on one explanation: one stands, the other is told, and no word is lost."""

import pytest

from accounts.actors import find_actor
from accounts.roles import Power
from erekon.lib import clock
from erekon.lib.attachments import checking
from reconciliation.models import Evidence, Explanation, ExplanationMessage
from reconciliation.services import evidencing, explaining
from tests.builders import make_user
from tests.evidence_files import pdf
from tests.faults.racing import race
from tests.story import SWAPPED, Story, expect

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 6


@pytest.fixture
def story():
    begun = Story.begin().compared(SWAPPED)
    expect(begun.explain(), 200)
    return begun


def operators(story):
    users = [story.cast.operator, *(make_user("OPERATOR_SATKER", "503202") for _ in range(THREADS - 1))]
    case = story.case
    found = [find_actor(user, Power.EXPLAIN, case.satker, at=clock.now()) for user in users]
    assert all(found)
    return case, found


def writer(case, actor, number):
    """A call that replaces version 1 by words of its own."""

    def call():
        written = explaining.write_explanation(
            case_id=case.pk,
            element="BLJ",
            akun="521211",
            location="SIAP",
            reason="SALAH_SIAP",
            text=f"Penjelasan dari operator nomor {number}.",
            seen=1,
            actor=actor,
            now=clock.now(),
        )
        return written.version

    return call


def race_of_writers(story) -> list:
    case, found = operators(story)
    return race(*(writer(case, actor, number) for number, actor in enumerate(found)))


def words_of_writers() -> list[str]:
    return list(ExplanationMessage.objects.filter(version__gt=1).values_list("text", flat=True))


def test_of_many_who_saw_the_same_words_one_replaces_them(story, monkeypatch, chaos_figure):
    outcomes = race_of_writers(story)
    assert sorted(map(str, outcomes)) == ["2", *["BERUBAH"] * (THREADS - 1)]
    standing = Explanation.objects.get()
    assert (standing.version, standing.text) == (2, f"Penjelasan dari operator nomor {outcomes.index(2)}.")
    assert words_of_writers() == [standing.text]
    control = buried_without_the_version(story, monkeypatch)
    bad = outcomes.count(2) - 1
    chaos_figure("explain-once", n=THREADS, bad=bad, control_failed=control > 0)
    assert control == THREADS - 1


def buried_without_the_version(story, monkeypatch) -> int:
    """How many texts are replaced unseen when nobody is asked what he saw."""
    monkeypatch.setattr(explaining, "_is_unseen", lambda standing, seen, actor: False)
    outcomes = race_of_writers(story)
    assert "BERUBAH" not in outcomes
    assert Explanation.objects.get().version == THREADS + 2
    return len(outcomes) - 1


def attachers(story, monkeypatch) -> list:
    monkeypatch.setattr(checking, "look_apart", lambda kind, content: None)
    case, found = operators(story)
    contents = [pdf(f"berkas {number}") for number in range(THREADS)]

    def call(number, actor):
        def attach():
            evidencing.attach_evidence(
                case=case,
                element="BLJ",
                akun="521211",
                filename=f"berkas-{number}.pdf",
                content=contents[number],
                actor=actor,
                now=clock.now(),
            )
            return "ATTACHED"

        return attach

    return race(*(call(number, actor) for number, actor in enumerate(found)))


def test_never_more_than_three_files_however_many_come_at_once(story, monkeypatch):
    outcomes = attachers(story, monkeypatch)
    assert (outcomes.count("ATTACHED"), outcomes.count("ISIAN")) == (3, THREADS - 3)
    assert Evidence.objects.count() == 3


def test_without_the_count_under_the_lock_more_than_three_stand(story, monkeypatch):
    monkeypatch.setattr(evidencing, "_refuse_too_many", lambda case, element, akun: None)
    assert attachers(story, monkeypatch).count("ATTACHED") == THREADS
    assert Evidence.objects.count() == THREADS

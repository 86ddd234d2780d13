"""A worker goes from the check straight on to the result; killed, slow or overtaken on the way, nothing is lost or doubled."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError

from adk.models import Upload
from adk.services import checking
from adk.services.treasury import load_next
from adk.tasks import check
from erekon.lib import clock, leases
from reconciliation.models import ElementResult, MatchRun, StageChange
from reconciliation.services import matching, publishing, submitting
from tests.faults.failing import Fault, failing
from tests.faults.test_worker_races import during_the_first_compare, unfenced
from tests.story import CORRECTED, SWAPPED, Story, expect, process_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    begun = Story.begin()
    expect(begun.send_treasury(), 202)
    load_next(now=clock.now())
    expect(begun.upload(SWAPPED), 202)
    return begun


@pytest.fixture
def rings(monkeypatch):
    heard = []
    for module in (matching, submitting):
        monkeypatch.setattr(module, "ring", heard.append)
    return heard


def steps_of(story) -> list[str]:
    return list(StageChange.objects.filter(case=story.case).order_by("id").values_list("action", flat=True))


WHOLE = ["CREATE", "SUBMIT", "LOAD", "MATCH", "PUBLISH"]


def later():
    return clock.now() + leases.LEASE + timedelta(minutes=1)


def stands_whole(story) -> None:
    run = MatchRun.objects.get()
    assert (run.state, run.step, run.error, story.case.stage) == ("DONE", "PUBLISH", "", "PERSETUJUAN_BAR")
    assert steps_of(story)[-4:] == WHOLE[-4:]
    assert ElementResult.objects.filter(run=run).count() == 11
    said = StringIO()
    call_command("rerun_check", str(story.case.pk), stdout=said)
    assert "identical" in said.getvalue()


def test_one_task_leads_from_the_upload_to_the_result_and_rings_for_nobody(story, rings):
    check()
    stands_whole(story)
    assert (Upload.objects.get().state, rings) == ("DONE", [])


def test_a_step_that_took_long_lets_others_have_their_turn(story, rings, monkeypatch):
    monkeypatch.setattr(leases, "QUICK", timedelta(0))
    check()
    assert (MatchRun.objects.get().state, rings) == ("WAITING", [submitting.MATCH_TASK])
    matching.match_next(now=clock.now(), straight_on=True)
    run = MatchRun.objects.get()
    assert (run.state, run.step, rings[1:]) == ("WAITING", "PUBLISH", [matching.PUBLISH_TASK])
    process_all()
    stands_whole(story)


@pytest.mark.parametrize(("module", "step"), [(checking, "match_kept"), (matching, "publish_kept")])
def test_a_worker_killed_between_two_steps_holds_nothing_up(story, monkeypatch, module, step):
    def killed(*_):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(module, step, killed)
        with pytest.raises(SystemExit):
            check()
    assert MatchRun.objects.get().state == "RUNNING"
    process_all()
    assert MatchRun.objects.get().state == "RUNNING"
    assert leases.take_back(MatchRun.objects.all(), now=later()) == 1
    process_all(later() + timedelta(minutes=1))
    stands_whole(story)


def another_worker_takes_over() -> None:
    assert leases.take_back(MatchRun.objects.all(), now=later()) == 1
    assert matching.match_next(now=later() + timedelta(minutes=1)) is not None


def test_a_kept_run_that_another_took_over_is_left_to_it(story, monkeypatch):
    during_the_first_compare(monkeypatch, another_worker_takes_over)
    check()
    run = MatchRun.objects.get()
    assert (run.state, run.step, run.fence, run.error) == ("WAITING", "PUBLISH", 2, "")
    process_all(later() + timedelta(minutes=2))
    stands_whole(story)


def test_without_the_fence_the_one_that_was_overtaken_spoils_the_run(story, monkeypatch):
    during_the_first_compare(monkeypatch, another_worker_takes_over)
    monkeypatch.setattr(leases, "_conditional", unfenced)
    check()
    assert MatchRun.objects.get().error


@pytest.mark.parametrize(("module", "step"), [(matching, "MATCH"), (publishing, "PUBLISH")])
def test_a_step_whose_transaction_failed_waits_again_at_once(story, monkeypatch, module, step):
    def full(*_, **__):
        raise OperationalError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(module, "move", full)
        check()
    run = MatchRun.objects.get()
    assert (run.state, run.step, run.attempts) == ("WAITING", step, 1)
    assert "disk full" in run.error
    process_all(clock.now() + timedelta(minutes=1))
    stands_whole(story)


def commits_of_a_task(story) -> int:
    fault = Fault("none")
    with failing(fault):
        check()
    stands_whole(story)
    return fault.passed["unsure"]


def left_in_hand_by_lost_answers(story, commits: int) -> int:
    """How often a run stays in the hand of a worker that does not know of it, a commit's answer having been lost."""
    left = 0
    for number in range(1, commits + 1):
        expect(story.upload(CORRECTED if number % 2 else SWAPPED), 202)
        with failing(Fault("unsure", number)):
            try:
                check()
            except OperationalError:
                """A claim's own answer was lost: the sweep takes it back, as ever."""
        left += MatchRun.objects.filter(state="RUNNING").count()
        Upload.objects.filter(state="RUNNING").update(state="WAITING")
        MatchRun.objects.filter(state="RUNNING").update(state="WAITING")
        process_all(clock.now() + timedelta(minutes=1))
        assert story.case.stage == "PERSETUJUAN_BAR"
    return left


def test_a_commit_whose_answer_was_lost_leaves_no_run_in_hand(story, monkeypatch):
    commits = commits_of_a_task(story)
    assert commits >= 3
    assert left_in_hand_by_lost_answers(story, commits) == 0
    for module in (checking, matching):
        monkeypatch.setattr(module, "let_go", lambda *_, **__: None)
    assert left_in_hand_by_lost_answers(story, commits) == 2

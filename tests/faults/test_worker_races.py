"""Workers that are late, killed or superseded: one result, and nothing half done."""

import time
from datetime import timedelta

import pytest
from django.db import OperationalError

from adk.models import Upload
from adk.services import receiving
from adk.services.checking import check_next
from adk.services.treasury import load_next
from audit.models import Event
from erekon.lib import clock, files, leases
from reconciliation.models import ElementResult, MatchRun, Reconciliation, StageChange
from reconciliation.services import matching, publishing
from tests.faults.racing import race
from tests.story import CORRECTED, PERIOD, SWAPPED, Story, expect, process_all, satker_adk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    return Story.begin()


def waiting_run(story) -> MatchRun:
    expect(story.send_treasury(), 202)
    expect(story.upload(SWAPPED), 202)
    load_next(now=clock.now())
    check_next(now=clock.now())
    return MatchRun.objects.get(state="WAITING")


def during_the_first_compare(monkeypatch, happens):
    """While the first worker computes, something else happens."""
    plain, pending = matching.compare, [happens]

    def compare(*arguments, **options):
        outcome = plain(*arguments, **options)
        if pending:
            pending.pop()()
        return outcome

    monkeypatch.setattr(matching, "compare", compare)


def another_worker_takes_over():
    later = clock.now() + leases.LEASE + timedelta(seconds=5)
    assert leases.take_back(MatchRun.objects.all(), now=later) == 1
    assert matching.match_next(now=later + timedelta(minutes=1)) is not None


def test_of_two_workers_on_one_run_the_late_one_changes_nothing(story, monkeypatch):
    run = waiting_run(story)
    during_the_first_compare(monkeypatch, another_worker_takes_over)
    matching.match_next(now=clock.now())
    assert StageChange.objects.filter(action="MATCH").count() == 1
    run.refresh_from_db()
    assert (run.state, run.step, run.fence, run.error) == ("WAITING", "PUBLISH", 2, "")
    assert ElementResult.objects.filter(run=run).count() == 11


def test_without_the_fence_the_late_worker_spoils_the_run(story, monkeypatch):
    run = waiting_run(story)
    during_the_first_compare(monkeypatch, another_worker_takes_over)
    monkeypatch.setattr(leases, "_conditional", unfenced)
    matching.match_next(now=clock.now())
    run.refresh_from_db()
    assert run.error


def unfenced(row, **values):
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def superseded_while_running(story, monkeypatch) -> MatchRun:
    run = waiting_run(story)

    def better_file():
        expect(story.upload(CORRECTED), 202)
        check_next(now=clock.now())

    during_the_first_compare(monkeypatch, better_file)
    matching.match_next(now=clock.now())
    run.refresh_from_db()
    return run


def test_a_better_file_supersedes_a_run_under_way(story, monkeypatch):
    old = superseded_while_running(story, monkeypatch)
    assert (old.state, old.verdict) == ("SUPERSEDED", "")
    assert not ElementResult.objects.filter(run=old).exists()
    process_all()
    case = story.case
    assert (case.stage, case.verdict, case.run.number, case.submission.number) == (
        "PERSETUJUAN_BAR",
        "SAMA",
        2,
        2,
    )


def test_without_the_fence_the_superseded_run_comes_back(story, monkeypatch):
    monkeypatch.setattr(leases, "_conditional", unfenced)
    assert superseded_while_running(story, monkeypatch).state != "SUPERSEDED"


def test_of_eight_workers_exactly_one_claims_a_row(story, monkeypatch):
    waiting_run(story)
    now = clock.now()
    claims = race(*[lambda: leases.claim(MatchRun.objects.all(), now=now)] * 8)
    assert sum(one is not None for one in claims) == 1
    MatchRun.objects.update(state="WAITING")
    claims = race(*[lambda: claim_by_looking(now)] * 8)
    assert sum(one is not None for one in claims) > 1


def claim_by_looking(now):
    """The control: read, think, write."""
    run = MatchRun.objects.filter(state="WAITING").first()
    time.sleep(0.2)
    if run is not None:
        MatchRun.objects.filter(pk=run.pk).update(state="RUNNING")
    return run


def test_a_row_is_tried_three_times_and_then_shown_as_failed(story, monkeypatch):
    waiting_run(story)

    def broken(*arguments, **options):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(matching, "compare", broken)
        for minute in range(5):
            process_all(clock.now() + timedelta(minutes=minute))
    run = MatchRun.objects.get()
    assert (run.state, run.attempts) == ("FAILED", 3)
    assert story.document()["run"]["failed_at"] is not None
    expect(story.post("operator", "/rerun/"), 403, "BUKAN_HAK")
    expect(story.post("vera", "/rerun/"), 200)
    process_all()
    assert story.case.stage == "PERSETUJUAN_BAR"


def receive(story):
    now = clock.now()
    return receiving.receive_upload(
        user=story.cast.operator,
        satker=story.cast.places.satker,
        period=PERIOD,
        file=receiving.Received(*satker_adk(), now),
        now=now,
    )


def test_a_kill_between_store_and_row_leaves_only_an_orphan_file(story, monkeypatch):
    stored = []
    plain = files.store

    def killed(*arguments, **options):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(receiving.files, "store", lambda content: stored.append(plain(content)) or stored[0])
        patch.setattr(receiving, "_note", killed)
        events = Event.objects.count()
        with pytest.raises(SystemExit):
            receive(story)
    assert not Upload.objects.exists()
    assert Event.objects.count() == events
    assert files.read(stored[0]) == satker_adk()[1]
    assert receive(story).number == 1


def test_a_row_before_its_bytes_would_point_at_nothing(story, monkeypatch, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(receiving.files, "store", lambda content: "ab" * 32)
    upload = receive(story)
    with pytest.raises(files.FileDamaged):
        files.read(upload.sha256)


def test_failure_after_a_run_was_published_is_not_held_against_it(story, monkeypatch):
    waiting_run(story)
    matching.match_next(now=clock.now())
    Reconciliation.objects.update(stale=True)

    def broken(*_, **__):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(publishing, "rerun_if_stale", broken)
    with pytest.raises(OperationalError):
        publishing.publish_next(now=clock.now())
    run = MatchRun.objects.get()
    assert (run.state, run.error, story.case.stage) == ("DONE", "", "PERSETUJUAN_BAR")


def test_commit_whose_answer_was_lost_stays_done(story):
    expect(story.upload(SWAPPED), 202)
    row = leases.claim(Upload.objects.all(), now=clock.now())
    leases.finish(row, now=clock.now())
    assert leases.give_back(row, now=clock.now(), error="server closed the connection") is False
    row.refresh_from_db()
    assert (row.state, row.error) == ("DONE", "")

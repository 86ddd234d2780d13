"""`manage.py status` says what waits, runs and failed, and ends with 1 when something needs a person."""

import json
from collections import namedtuple
from datetime import UTC, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from adk.models import TreasuryIntake, Upload
from audit.checkpoints import keep_checkpoint
from erekon.lib import clock, ring
from erekon.lib.leases import RunState, claim
from erekon.portal import status
from erekon.portal.heartbeat import last_sweep, note_sweep
from erekon.portal.tasks import sweep
from reconciliation.models import MatchRun
from tests.story import Story, expect, process_all

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
Disk = namedtuple("Disk", "total used free")


@pytest.fixture
def story(monkeypatch, settings, tmp_path) -> Story:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("erekon.lib.ring._publish", lambda task, times: None)
    monkeypatch.setattr(status, "broker_answers", lambda: True)
    monkeypatch.setattr(status.shutil, "disk_usage", lambda path: Disk(100 << 30, 0, 50 << 30))
    note_sweep(now=clock.now())
    return Story.begin()


def told(*options: str) -> tuple[int, str]:
    """Exit code and text."""
    out = StringIO()
    try:
        call_command("status", *options, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def test_calm_portal_needs_nobody(story):
    story.compared()
    code, text = told()
    assert code == 0, text
    assert "check            0       0       0  -" in text
    assert "broker: answers" in text
    assert "50.0 of 100.0 GiB free" in text


def test_waiting_work_is_counted_with_the_age_of_the_oldest(story):
    expect(story.send_treasury(), 202)
    expect(story.upload(), 202)
    Upload.objects.update(not_before=clock.now() - 11 * MINUTE)
    code, text = told()
    assert code == 1
    assert "check            1       0       0  11 min, since" in text
    assert "needs a person: check: the oldest has waited 11 min" in text
    assert "treasury         1       0       0  0 s" in text


def test_waiting_for_nine_minutes_needs_nobody(story):
    expect(story.upload(), 202)
    Upload.objects.update(not_before=clock.now() - 9 * MINUTE)
    assert told()[0] == 0


def test_failure_is_told_with_its_number_and_the_first_line_of_its_error(story):
    expect(story.upload(), 202)
    Upload.objects.update(state=RunState.FAILED, failed_at=clock.now(), error="OSError(28)\nTraceback")
    number = f"ADK-{Upload.objects.get().pk}"
    code, text = told()
    assert code == 1
    assert f"{number:<12}503202" in text
    assert "OSError(28)\n" in text
    assert "Traceback" not in text
    assert "check: 1 failed for good" in text


def test_failed_file_that_a_later_one_replaced_is_nobodys_trouble(story):
    expect(story.upload(), 202)
    Upload.objects.update(state=RunState.FAILED, failed_at=clock.now(), error="worker gone")
    story.compared()
    code, text = told()
    assert code == 0, text
    assert "of the last day: 1" in text


def test_failed_run_counts_while_its_case_has_it(story):
    story.compared()
    MatchRun.objects.update(state=RunState.FAILED, failed_at=clock.now() - timedelta(days=2))
    code, text = told()
    assert code == 1
    assert "publish: 1 failed for good" in text
    assert "of the last day: 1" in text
    story.case._meta.model.objects.update(run=None)
    code, text = told()
    assert code == 0
    assert "of the last day: 0" in text


def test_failed_treasury_file_has_a_number_too(story):
    expect(story.send_treasury(), 202)
    TreasuryIntake.objects.update(state=RunState.FAILED, failed_at=clock.now(), error="x")
    assert f"KIRIMAN-{TreasuryIntake.objects.get().pk}" in told()[1]


def test_lease_is_told_with_its_owner(story):
    expect(story.upload(), 202)
    claim(Upload.objects.all(), now=clock.now())
    row = Upload.objects.get()
    text = told()[1]
    assert "check            0       1       0  -" in text
    assert f"ADK-{row.pk:<8}{row.owner}  until {row.lease_until:%Y-%m-%d %H:%M:%S} UTC" in text


def test_silent_broker_stopped_sweep_and_full_disk_need_a_person(story, monkeypatch):
    monkeypatch.setattr(status, "broker_answers", lambda: False)
    monkeypatch.setattr(status.shutil, "disk_usage", lambda path: Disk(100 << 30, 0, 2 << 30))
    note_sweep(now=clock.now() - 6 * MINUTE)
    code, text = told("--json")
    assert code == 1
    for need in ("the broker does not answer", "no sweep for 6 min", "nearly full: 2.0 GiB free"):
        assert need in text


def test_json_is_one_document(story):
    story.compared()
    keep_checkpoint(now=clock.now())
    code, text = told("--json")
    document = json.loads(text)
    assert code == 0
    assert [queue["kind"] for queue in document["queues"]] == ["treasury", "check", "match", "publish"]
    assert document["checkpoint"] > 0
    assert document["needs"] == []


def test_seven_queries_however_much_there_is(story, django_assert_num_queries):
    with django_assert_num_queries(7):
        told()
    story.compared()
    expect(story.upload(), 202)
    with django_assert_num_queries(7):
        told()


def test_sweep_writes_down_when_it_was_there(story, monkeypatch):
    at = clock.now().astimezone(UTC) + MINUTE
    monkeypatch.setattr(clock, "now", lambda: at)
    sweep()
    assert last_sweep() == at


def test_sweep_goes_on_where_it_cannot_be_written_down(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "below"
    note_sweep(now=clock.now())
    assert last_sweep() is None


def test_broker_that_cannot_be_reached_is_told(monkeypatch):
    class Deaf:
        def connection_for_write(self, **options: object) -> None:
            raise ConnectionRefusedError

    assert ring.broker_answers()
    monkeypatch.setattr(ring, "current_app", Deaf())
    assert not ring.broker_answers()


def test_work_done_leaves_nothing_waiting(story):
    expect(story.upload(), 202)
    process_all()
    assert "0 s, since" not in told()[1]

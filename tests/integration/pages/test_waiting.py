"""What the upload pages say while something waits: place, usual minutes, causes, repetition, warnings."""

from datetime import date, timedelta

import pytest

from adk.models import Upload
from adk.services.checking import check_next
from erekon.lib import clock
from erekon.portal.waiting import causes_of, place_of, usual_minutes
from reconciliation.models import Holiday, MatchRun, Reconciliation
from tests.builders import make_user
from tests.integration.pages.entry_world import file_of, good_file, make_open_month, sent, work_through
from tests.story import Story, expect, process_all, satker_adk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_open_month()


@pytest.fixture
def operator(client, cast):
    client.force_login(cast.operator)
    return client


def page_of(client, upload) -> str:
    return client.get(f"/upload/{upload.pk}").content.decode()


def finished(minutes: list[int]) -> None:
    """Make the uploads that stand look finished after so many minutes, oldest first."""
    now = clock.now()
    for pk, spent in zip(Upload.objects.order_by("id").values_list("pk", flat=True), minutes, strict=True):
        Upload.objects.filter(pk=pk).update(
            state="DONE", queued_at=now, finished_at=now + timedelta(minutes=spent)
        )


def test_each_waiting_upload_is_told_its_place(operator):
    uploads = [sent(operator, good_file()) for _ in range(3)]
    assert [place_of(upload) for upload in uploads] == [1, 2, 3]
    assert "antrean ke-3" in page_of(operator, uploads[2])


def test_the_usual_minutes_are_the_median_of_the_last_fifty_and_few_say_nothing(operator, monkeypatch):
    for _ in range(6):
        sent(operator, file_of("x.zip", b"x"))
    finished([60, 1, 2, 4, 4, 60])
    assert usual_minutes(Upload.objects.all()) == 4
    monkeypatch.setattr("erekon.portal.waiting.RECENT", 5)
    finished([60, 60, 60, 2, 2, 2])
    assert usual_minutes(Upload.objects.all()) == 2
    finished([60, 1, 2, 4, 4, 60])
    assert usual_minutes(Upload.objects.none()) is None
    waiting = sent(operator, good_file())
    assert "antrean ke-1, biasanya 4 menit" in page_of(operator, waiting)


def test_a_file_under_check_or_comparison_says_so(operator):
    upload = sent(operator, good_file())
    Upload.objects.filter(pk=upload.pk).update(state="RUNNING")
    assert "sedang diperiksa" in page_of(operator, upload)
    Upload.objects.filter(pk=upload.pk).update(state="WAITING")
    check_next(now=clock.now())
    assert "antrean ke-1" in page_of(operator, upload)


def test_an_attempt_that_failed_is_owned_by_the_system(operator):
    upload = sent(operator, good_file())
    Upload.objects.filter(pk=upload.pk).update(attempts=1)
    assert "Percobaan ke-1 terganggu" in page_of(operator, upload)
    check_next(now=clock.now())
    MatchRun.objects.update(attempts=2)
    assert "Percobaan ke-2 terganggu" in page_of(operator, upload)


def test_treasury_figures_that_do_not_reach_the_period_are_named():
    story = Story.begin()
    expect(story.upload(), 202)
    upload = Upload.objects.get()
    assert "belum sampai September 2026" in causes_of(upload, None)[0]
    expect(story.send_treasury(), 202)
    process_all()
    assert causes_of(upload, None) == [
        "Data SiAP KPPN 116 baru sampai 28 September 2026. "
        "Transaksi sesudahnya dicocokkan sendiri setelah datanya masuk."
    ]
    for day in (29, 30):
        Holiday.objects.create(date=date(2026, 9, day), name="Libur", kind="NASIONAL")
    assert causes_of(upload, None) == []
    Holiday.objects.all().delete()
    Reconciliation.objects.update(stage="TTD_KPA")
    upload.refresh_from_db()
    upload.case.refresh_from_db()
    assert causes_of(upload, None) == []


def test_the_same_bytes_are_named_in_the_history_and_after_a_refusal(operator):
    for file in (good_file(), good_file(), file_of("a.zip", b"x"), file_of("b.zip", b"x")):
        sent(operator, file)
        work_through()
    rows = operator.get("/riwayat").content.decode()
    assert rows.count("sama persis dengan unggahan ke-1. Tidak perlu diunggah lagi.") == 1
    assert rows.count("sama persis dengan unggahan ke-3.") == 1
    last = Upload.objects.latest("id")
    assert "sama persis dengan unggahan ke-3" in operator.get(f"/upload/{last.pk}").context["refusal"]["note"]


def test_warnings_stand_apart_from_errors_and_follow_the_case_to_vera(operator, cast, client):
    upload = sent(operator, file_of(*satker_adk(kppn="156")))
    work_through()
    page = operator.get(f"/upload/{upload.pk}")
    assert page.context["refusal"] is None
    assert page.context["warnings_total"] == len(page.context["warnings"]) > 0
    assert "peringatan, tidak menghalangi" in page.content.decode()
    client.force_login(make_user("VERA", "116"))
    shown = client.get("/antrean?satker=503202").content.decode()
    assert "mitra satker 116" in shown

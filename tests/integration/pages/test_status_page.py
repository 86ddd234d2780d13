"""The page *Keadaan sistem*: the facts of `manage.py status`, and failed work begun again from it."""

from collections import namedtuple
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from adk.models import TreasuryIntake, Upload
from audit.models import Event
from erekon.lib import clock
from erekon.lib.leases import RunState, claim
from erekon.portal import status
from erekon.portal.heartbeat import note_sweep
from reconciliation.models import MatchRun
from tests.builders import make_user
from tests.story import Story, check_next, expect, load_next

pytestmark = pytest.mark.django_db
PAGE = "/status"
Disk = namedtuple("Disk", "total used free")
HAPPENED = {"state": RunState.FAILED, "error": "OSError(28)\nTraceback"}


@pytest.fixture
def story(monkeypatch, settings, tmp_path) -> Story:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("erekon.lib.ring._publish", lambda task, times: None)
    monkeypatch.setattr(status, "broker_answers", lambda: True)
    monkeypatch.setattr(status.shutil, "disk_usage", lambda path: Disk(100 << 30, 0, 50 << 30))
    note_sweep(now=clock.now())
    return Story.begin()


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(make_user("ADMIN_PUSAT"))
    return client


def text(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_calm_portal_needs_nobody(story, admin):
    story.compared()
    page = text(admin)
    assert "tidak ada yang perlu ditangani" in page
    assert "Tidak ada yang gagal" in page
    assert "50,0 GiB dari 100,0 GiB tersisa" in page
    assert '<a href="/status" aria-current="page">' in page


def test_only_the_national_administrator_has_it(story):
    for role, place in (("ADMIN_KPPN", "017"), ("DJPB", ""), ("VERA", "017"), ("ADMIN_LOKAL", "503202")):
        client = Client()
        client.force_login(make_user(role, place))
        assert [client.get(path).status_code for path in (PAGE, f"{PAGE}/kabar")] == [403, 403]
        assert reverse("status") not in client.get(reverse("jadwal")).content.decode()


def test_each_trouble_is_said_with_what_to_do(story, admin, monkeypatch):
    monkeypatch.setattr(status, "broker_answers", lambda: False)
    monkeypatch.setattr(status.shutil, "disk_usage", lambda path: Disk(100 << 30, 0, 2 << 30))
    expect(story.upload(), 202)
    Upload.objects.update(not_before=clock.now() - timedelta(minutes=11))
    expect(story.send_treasury(), 202)
    TreasuryIntake.objects.update(**HAPPENED, failed_at=clock.now())
    note_sweep(now=clock.now() - timedelta(hours=3))
    page = text(admin)
    for words in (
        "5 hal perlu ditangani",
        "Kiriman KPPN: 1 gagal diproses.",
        "Pemeriksaan ADK: yang tertua sudah menunggu 11 menit.",
        "Broker tidak menjawab.",
        "Penyapuan berhenti; terakhir 3 jam yang lalu",
        "tersisa 2,0 GiB.",
    ):
        assert words in page, words


def test_the_live_part_stands_in_the_page_and_comes_alone(story, admin):
    fragment = text(admin, f"{PAGE}/kabar")
    assert fragment.startswith("<section")
    assert f'data-live="{PAGE}/kabar"' in text(admin)


def test_a_failed_check_begins_again_from_here(story, admin):
    expect(story.upload(), 202)
    Upload.objects.update(**HAPPENED, failed_at=clock.now())
    upload = Upload.objects.get()
    page = text(admin)
    assert f"ADK-{upload.pk}" in page
    assert "OSError(28)" in page
    assert "Traceback" not in page
    answer = admin.post(reverse("unggahan-ulangi", args=[upload.pk]), {"dari": "status"}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Berkas diperiksa ulang." in answer.content.decode()
    assert Upload.objects.get().state == RunState.WAITING
    assert Event.objects.filter(action="PERIKSA_ULANG", role="ADMIN_PUSAT").count() == 1
    assert "Tidak ada yang gagal" in text(admin)


def test_a_failed_run_of_last_week_is_still_there_and_begins_again(story, admin):
    expect(story.send_treasury(), 202)
    expect(story.upload(), 202)
    while load_next(now=clock.now()) or check_next(now=clock.now()):
        pass
    MatchRun.objects.update(**HAPPENED, failed_at=clock.now() - timedelta(days=8))
    again = reverse("proses-ulang", args=["503202", "2026-09"])
    page = text(admin)
    assert f"REKON-{MatchRun.objects.get().pk}" in page
    assert again in page
    assert admin.post(again, {"dari": "status"})["Location"] == PAGE
    assert MatchRun.objects.get().state == RunState.WAITING


def test_what_was_replaced_or_is_sent_again_has_no_button(story, admin):
    expect(story.upload(), 202)
    Upload.objects.update(**HAPPENED, failed_at=clock.now())
    story.compared()
    TreasuryIntake.objects.update(**HAPPENED, failed_at=clock.now())
    page = text(admin)
    assert "Sudah digantikan yang lebih baru" in page
    assert "Supervisor KPPN mengirim ulang berkasnya" in page
    assert "Proses ulang" not in page


def test_who_works_on_what_is_told(story, admin):
    expect(story.upload(), 202)
    claim(Upload.objects.all(), now=clock.now())
    row = Upload.objects.get()
    page = text(admin)
    assert f"ADK-{row.pk}" in page
    assert row.owner in page


def test_many_failures_are_counted_and_the_newest_shown(story, admin, monkeypatch):
    monkeypatch.setattr("erekon.portal.pages.status.SHOWN", 1)
    expect(story.upload(), 202)
    expect(story.send_treasury(), 202)
    Upload.objects.update(**HAPPENED, failed_at=clock.now() - timedelta(hours=2))
    TreasuryIntake.objects.update(**HAPPENED, failed_at=clock.now())
    page = text(admin)
    assert "1 terbaru dari 2 kegagalan" in page
    assert "KIRIMAN-" in page
    assert f"ADK-{Upload.objects.get().pk}" not in page

"""Work that failed for good: a number for support, and a button that lets it begin again."""

import pytest

from adk.models import Upload
from adk.services import checking
from audit.models import Event
from erekon.lib import clock
from reconciliation.models import MatchRun
from reconciliation.services import matching, publishing
from tests.builders import make_user
from tests.integration.test_stale_decisions import browser_of
from tests.story import API, SWAPPED, Story, expect, process_all

pytestmark = pytest.mark.django_db
PAGE = "/rekon/503202/2026-09"
BUTTON = "Proses ulang</button>"


@pytest.fixture
def story():
    story = Story.begin()
    expect(story.send_treasury(), 202)
    expect(story.upload(SWAPPED), 202)
    return story


def broken(*_: object, **__: object) -> None:
    raise OSError("disk gone")


def fails_for_good(monkeypatch, module, name: str) -> None:
    """Three tries with the pauses between them left out."""
    with monkeypatch.context() as patched:
        patched.setattr(module, name, broken)
        for _ in range(3):
            process_all()
            Upload.objects.filter(state="WAITING").update(not_before=clock.now())
            MatchRun.objects.filter(state="WAITING").update(not_before=clock.now())


@pytest.mark.parametrize(("module", "name"), [(matching, "compare"), (publishing, "make_edition")])
def test_a_run_that_failed_is_run_again_from_the_page(story, monkeypatch, module, name):
    fails_for_good(monkeypatch, module, name)
    run = story.case.run
    assert (run.state, run.attempts) == ("FAILED", 3)
    words = f"Gagal diproses, bukan salah Anda. Kode REKON-{run.pk}"
    for person in ("operator", "kpa", "vera", "kasi_vera"):
        page = browser_of(getattr(story.cast, person)).get(PAGE).content.decode()
        assert (words in page, BUTTON in page) == (True, person == "vera"), person
    vera = browser_of(story.cast.vera)
    assert BUTTON in vera.get(f"/upload/{Upload.objects.get().pk}").content.decode()
    assert vera.post(f"{PAGE}/proses-ulang").status_code == 302
    process_all()
    assert (story.case.stage, story.case.run_id) == ("PERSETUJUAN_BAR", run.pk)
    assert Event.objects.filter(action="PROSES_ULANG").count() == 1
    assert "Gagal diproses" not in vera.get(PAGE).content.decode()


def test_an_administrator_runs_it_again_by_api(story, monkeypatch):
    fails_for_good(monkeypatch, matching, "compare")
    admin = make_user("ADMIN_PUSAT")
    assert BUTTON in browser_of(admin).get(PAGE).content.decode()
    expect(story.post("operator", "/rerun/"), 403, "BUKAN_HAK")
    expect(browser_of(admin).post(f"{story.path}/rerun/"), 200)
    process_all()
    assert story.case.stage == "PERSETUJUAN_BAR"


@pytest.fixture
def unchecked(story, monkeypatch):
    fails_for_good(monkeypatch, checking, "inspect")
    upload = Upload.objects.get()
    assert (upload.state, upload.attempts, story.case.stage) == ("FAILED", 3, "BELUM_UPLOAD")
    return upload


def test_an_upload_whose_check_failed_is_checked_again_from_its_page(story, unchecked):
    page = f"/upload/{unchecked.pk}"
    for person in ("operator", "kpa", "vera", "kasi_vera"):
        shown = browser_of(getattr(story.cast, person)).get(page).content.decode()
        assert (f"Kode ADK-{unchecked.pk}" in shown, BUTTON in shown) == (True, person == "vera"), person
    vera = browser_of(story.cast.vera)
    assert page in vera.get("/").content.decode()
    assert vera.post(f"{page}/ulangi").status_code == 302
    process_all()
    assert story.case.stage == "PERSETUJUAN_BAR"
    assert Event.objects.filter(action="PERIKSA_ULANG").count() == 1
    assert vera.post(f"{page}/ulangi").status_code == 409


def test_an_upload_whose_check_failed_is_checked_again_by_api(story, unchecked):
    url = f"{API}/adk/{unchecked.pk}/rerun/"
    expect(story.by("operator").post(url), 403, "BUKAN_HAK")
    expect(story.by("stranger_vera").post(url), 404)
    assert expect(story.by("vera").post(url), 200)["verdict"] == "DIPERIKSA"
    expect(story.by("vera").post(url), 409, "BERUBAH")
    process_all()
    expect(story.by("vera").post(url), 409, "BERUBAH")
    assert expect(story.by("operator").get(f"{API}/adk/{unchecked.pk}/"), 200)["verdict"] == "STANDAR"


def test_an_older_upload_checked_again_does_not_displace_a_newer_one(story, unchecked):
    expect(story.upload(), 202)
    process_all()
    assert story.case.submission.number == 2
    expect(story.by("vera").post(f"{API}/adk/{unchecked.pk}/rerun/"), 200)
    process_all()
    assert (story.case.submission.number, story.case.stage) == (2, "PERSETUJUAN_BAR")

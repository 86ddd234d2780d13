"""Satkers that share one database with BUN have nothing to reconcile; other UAKPA BUN are as any satker."""

import pytest

from accounts.models import Satker
from reconciliation.models import Period, Reconciliation
from reconciliation.services.periods import ensure_cases
from tests.builders import make_cast, make_period, make_satker, make_user
from tests.integration.test_stale_decisions import browser_of
from tests.story import API, SWAPPED, Story, client_of, expect, named_file, process_all, satker_adk

pytestmark = pytest.mark.django_db
SHARED = "999001"
WORDS = "Satker 999001 memakai satu basis data dengan BUN, jadi tidak direkonsiliasi."


@pytest.fixture
def cast():
    cast = make_cast()
    make_satker(SHARED, cast.places.kppn, ba="999", es1="03", is_bun=True)
    make_satker("999002", cast.places.kppn, ba="999", es1="03")
    make_period()
    return cast


@pytest.fixture
def operator(cast):
    return make_user("OPERATOR_SATKER", SHARED)


def test_it_has_no_case_while_another_uakpa_bun_has_one(cast):
    assert not Reconciliation.objects.filter(satker=SHARED).exists()
    assert Reconciliation.objects.get(satker="999002").office_id == "116"


def test_uploads_are_refused_with_the_reason_by_api_in_one_piece_and_in_chunks(operator):
    form = {"file": named_file(*satker_adk(satker=SHARED)), "period": "2026-09"}
    answer = expect(client_of(operator).post(f"{API}/adk/", form, format="multipart"), 409, "TIDAK_DIREKON")
    assert answer["detail"].startswith(WORDS)
    announced = {"filename": "a.zip", "size": 3, "sha256": "0" * 64, "period": "2026-09"}
    expect(client_of(operator).post(f"{API}/adk/chunks/", announced, format="json"), 409, "TIDAK_DIREKON")
    assert not Reconciliation.objects.filter(satker=SHARED).exists()


def test_its_operator_reads_why_on_the_home_and_upload_pages(operator):
    browser = browser_of(operator)
    assert f"{SHARED} Kantor {SHARED}" in browser.get("/").content.decode()
    for url in ("/upload", "/upload?periode=2026-09"):
        page = browser.get(url).content.decode()
        assert WORDS in page, url
        assert "Satker ini tidak direkonsiliasi" in page


@pytest.mark.parametrize(
    ("role", "place"), [("VERA", "116"), ("UAPA", "999"), ("KANWIL", "07"), ("DJPB", "")]
)
def test_those_who_see_it_read_that_nothing_is_missing(cast, role, place):
    page = browser_of(make_user(role, place)).get("/").content.decode()
    assert "Tidak direkonsiliasi" in page
    assert f"{SHARED} Kantor {SHARED}" in page


def test_strangers_do_not_read_its_name(cast):
    assert SHARED not in browser_of(cast.stranger_vera).get("/").content.decode()


def test_a_satker_marked_later_loses_its_untouched_cases_and_keeps_those_with_a_history():
    story = Story.begin().compared(SWAPPED)
    make_period(month=10)
    Satker.objects.filter(code="503202").update(is_bun=True)
    ensure_cases()
    kept = Reconciliation.objects.filter(satker="503202").values_list("period__month", flat=True)
    assert list(kept) == [9]
    assert story.document()["verdict"] == "BEDA"
    expect(story.upload(SWAPPED), 409, "TIDAK_DIREKON")


def test_an_upload_under_check_keeps_its_case():
    story = Story.begin()
    expect(story.upload(SWAPPED), 202)
    Satker.objects.filter(code="503202").update(is_bun=True)
    ensure_cases()
    process_all()
    assert story.case.submission is not None


def test_unmarked_again_it_gets_its_cases(cast):
    Satker.objects.update(is_bun=False)
    ensure_cases()
    assert Reconciliation.objects.filter(satker=SHARED).count() == Period.objects.count() == 1

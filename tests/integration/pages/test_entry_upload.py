"""Uploading by the pages: the form, the rejection, the road, the history."""

from datetime import timedelta

import pytest

from adk.models import Upload
from erekon.lib import clock
from reconciliation.models import Period, Reconciliation
from tests.builders import LONG_AGO, assign, make_cast, make_period
from tests.integration.pages.entry_world import (
    MOST_QUERIES,
    file_of,
    good_file,
    make_open_month,
    post,
    sent,
    work_through,
)
from tests.integration.pages.signing_world import make_world
from tests.story import satker_adk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_open_month()


@pytest.fixture
def operator(client, cast):
    client.force_login(cast.operator)
    return client


def text(response):
    return response.content.decode()


def test_a_plain_post_goes_on_to_the_upload_and_an_xhr_is_told_where_it_is(operator):
    response = post(operator, good_file())
    first = Upload.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/upload/{first.pk}")
    answer = operator.post(
        "/upload", {"file": good_file(), "period": "2026-09"}, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert (answer.status_code, answer.json()) == (202, {"url": f"/upload/{Upload.objects.latest('id').pk}"})


def test_the_same_file_posted_twice_is_kept_twice_and_moves_nothing(operator):
    for _ in range(2):
        sent(operator, good_file())
    work_through()
    second = Upload.objects.latest("id")
    assert (second.number, second.same_as) == (2, 1)
    assert "sama persis dengan unggahan ke-1" in text(operator.get(f"/upload/{second.pk}"))
    assert Reconciliation.objects.get(satker="503202").submission.number == 1


def test_a_form_without_a_file_is_shown_again_with_the_field_named(operator):
    response = operator.post("/upload", {"period": "2026-09"})
    assert response.status_code == 400
    assert response.context["errors"] == [{"target": "berkas", "message": "Pilih berkas ADK (.zip) dulu."}]


def test_an_unreadable_period_is_refused_without_losing_the_page(operator):
    response = post(operator, good_file(), period="kemarin")
    assert response.status_code == 400
    assert "2026-09" in response.context["errors"][0]["message"]
    assert operator.get("/upload?periode=kemarin").status_code == 400


def test_an_empty_file_is_recorded_and_rejected(operator):
    upload = sent(operator, file_of("kosong.zip", b""))
    work_through()
    assert "Berkas kosong (0 KB)" in text(operator.get(f"/upload/{upload.pk}"))


def test_a_rejected_file_says_what_was_found_what_was_expected_and_the_next_step(
    operator, django_assert_max_num_queries
):
    upload = sent(operator, file_of(*satker_adk(month=8)))
    work_through()
    with django_assert_max_num_queries(MOST_QUERIES):
        response = operator.get(f"/upload/{upload.pk}")
    refusal = response.context["refusal"]
    assert refusal["title"] == (
        "Berkas ini untuk Agustus, padahal Anda memilih September. Kirim ulang dari SAIBA untuk bulan 09."
    )
    checks = {
        check["label"]: (check["expected"], check["found"], check["equal"]) for check in refusal["checks"]
    }
    assert checks["Periode"] == ("September 2026", "Agustus", False)
    assert checks["Berkas .zip"][2] is True
    assert checks["Kode satker"][1:] == ("Belum diperiksa", None)
    assert len(refusal["steps"]) == 3
    assert "PERIODE" in text(response)
    assert "data-live" not in text(response)


def test_a_bad_file_after_a_good_one_says_that_the_result_stands(operator):
    sent(operator, good_file())
    work_through()
    bad = sent(operator, file_of("b.zip", b"PK"))
    work_through()
    assert "tidak berubah" in operator.get(f"/upload/{bad.pk}").context["refusal"]["note"]


def test_a_file_checked_after_the_approval_is_said_to_be_too_late(operator, cast):
    upload = sent(operator, good_file())
    Reconciliation.objects.filter(satker="503202").update(stage="TTD_KPA")
    work_through()
    refusal = operator.get(f"/upload/{upload.pk}").context["refusal"]
    assert (refusal["code"], refusal["stage_label"]) == ("SUDAH_DITANDATANGANI", "Tidak dipakai")
    assert "reset BAR" in refusal["title"]


def test_the_live_part_says_busy_until_the_result_is_there(operator, django_assert_max_num_queries):
    first, second = sent(operator, good_file()), sent(operator, good_file())
    page = text(operator.get(f"/upload/{second.pk}"))
    assert f'data-live="/upload/{second.pk}/kabar"' in page
    assert "antrean ke-2" in page
    assert operator.get(f"/upload/{first.pk}/kabar")["X-Live-State"] == "busy"
    work_through()
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = operator.get(f"/upload/{first.pk}/kabar")
    assert answer["X-Live-State"] == "done"
    assert "<html" not in text(answer)
    page = operator.get(f"/upload/{first.pk}")
    assert "data-live=" not in text(page)
    assert page.context["result_url"] == "/rekon/503202/2026-09"
    assert [step["state"] for step in page.context["steps"]] == ["ok", "ok", "ok", "kini", *["nanti"] * 3]


def test_a_check_that_failed_for_good_shows_its_support_number_and_stops_asking(operator):
    upload = sent(operator, good_file())
    Upload.objects.filter(pk=upload.pk).update(state="FAILED")
    answer = operator.get(f"/upload/{upload.pk}/kabar")
    assert answer["X-Live-State"] == "done"
    assert f"bukan salah Anda. Kode ADK-{upload.pk}" in text(answer)


def test_strangers_find_neither_the_upload_nor_its_live_part_nor_a_foreign_form(client, operator, cast):
    upload = sent(operator, good_file())
    for stranger in (cast.stranger_operator, cast.stranger_kpa, cast.stranger_vera):
        client.force_login(stranger)
        assert client.get(f"/upload/{upload.pk}").status_code == 404
        assert client.get(f"/upload/{upload.pk}/kabar").status_code == 404
        assert client.get("/riwayat").context["uploads"] == []
    client.force_login(cast.stranger_operator)
    assert client.get("/upload?satker=503202").status_code == 404
    assert post(client, good_file(), satker="503202").status_code == 404
    assert Upload.objects.count() == 1


@pytest.mark.parametrize("role", ["kpa", "vera", "kasi_vera", "supervisor"])
def test_only_operators_upload(client, cast, role):
    client.force_login(getattr(cast, role))
    assert client.get("/upload").status_code == 403
    assert post(client, good_file(), satker="503202").status_code == 403


def test_a_closed_window_and_one_not_yet_open_are_said_and_refused(client):
    cast, now = make_cast(), clock.now()
    make_period(2026, 7, opens_at=LONG_AGO, closes_at=now - timedelta(days=1))
    make_period(2026, 8, opens_at=now + timedelta(days=1))
    client.force_login(cast.operator)
    assert client.get("/upload?periode=2026-07").context["closed"]["title"] == "Jadwal sudah ditutup"
    assert client.get("/upload?periode=2026-08").context["closed"]["title"] == "Jadwal belum dibuka"
    response = post(client, good_file(), period="2026-07")
    assert response.status_code == 409
    assert "sudah ditutup" in response.context["errors"][0]["message"]


def test_looking_at_an_unscheduled_month_makes_no_row(operator):
    before = Period.objects.count(), Reconciliation.objects.count()
    assert "belum ditetapkan" in operator.get("/upload?periode=2027-03").context["closed"]["text"]
    assert (Period.objects.count(), Reconciliation.objects.count()) == before


def test_without_any_schedule_the_form_says_so(client):
    client.force_login(make_cast().operator)
    assert client.get("/upload").context["closed"]["title"] == "Belum ada jadwal"


def test_an_approved_bar_is_locked_and_shows_how_far_it_came(client, django_assert_max_num_queries):
    world = make_world()
    client.force_login(world.cast.operator)
    with django_assert_max_num_queries(MOST_QUERIES):
        context = client.get("/upload").context
    assert (context["closed"]["url"], context["upload"]) == ("/reset-bar", None)
    assert context["steps"][4]["state"] == "kini"
    assert post(client, good_file()).status_code == 409


def test_a_satker_of_sakti_is_told_that_it_sends_by_sakti(operator, cast):
    cast.places.satker.sakti_from = "2026-01-01"
    cast.places.satker.save()
    assert operator.get("/upload").context["closed"]["title"] == "Satker ini mengirim lewat SAKTI"


def test_an_oversize_file_is_answered_413_with_its_sentence(operator, settings):
    settings.MAX_UPLOAD_BYTES = 10
    response = post(operator, good_file())
    assert response.status_code == 413
    assert "batasnya" in response.context["errors"][0]["message"]


def test_an_operator_of_two_satkers_chooses_one_and_is_asked_when_he_does_not(operator, cast):
    assign(cast.operator, "OPERATOR_SATKER", "441905")
    units = operator.get("/upload").context["units"]
    assert [unit["current"] for unit in units] == [True, False]
    assert operator.get(units[1]["url"]).context["upload"]["satker"] == "503202"
    assert post(operator, good_file()).status_code == 400
    assert "441905" in text(operator.get("/"))


def test_the_history_names_verdict_repetition_and_succession(operator, django_assert_max_num_queries):
    sent(operator, good_file())
    sent(operator, file_of("rusak.zip", b"x"))
    work_through()
    newer = sent(operator, file_of(*satker_adk(1_234_567)))
    work_through()
    with django_assert_max_num_queries(MOST_QUERIES):
        rows = operator.get("/riwayat").context["uploads"]
    assert [row["number"] for row in rows] == [3, 2, 1]
    assert [row["superseded"] for row in rows] == [False, False, True]
    assert rows[1]["verdict_label"] == "ADK Tidak Standar"
    assert rows[0]["file_url"] == f"/api/v1/adk/{newer.pk}/file"
    assert operator.get(rows[0]["file_url"]).status_code == 200


def test_an_empty_history_says_what_would_fill_it(operator):
    assert "Belum ada unggahan" in text(operator.get("/riwayat"))

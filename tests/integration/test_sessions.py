"""When sessions and tokens end, and when a session gets a new key."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client
from rest_framework.test import APIClient

from accounts import sessions, standing
from accounts.models import Assignment
from accounts.services.tokens import issue_token
from erekon.lib import clock
from tests.builders import PASSWORD, assign, make_cast
from tests.story import PIN, Story, expect

pytestmark = pytest.mark.django_db

MINUTES = [timedelta(minutes=number) for number in range(60)]


@pytest.fixture
def cast():
    return make_cast()


def client_in(user):
    client = Client()
    client.force_login(user)
    return client


def leads_to_sign_in(answer, back, why):
    return answer.status_code == 302 and answer["Location"] == f"/masuk?next={back}&sebab={why}"


def test_a_session_lives_while_somebody_does_something_and_fifteen_minutes_longer(cast):
    start = clock.now()
    with time_machine.travel(start, tick=False) as now:
        client = client_in(cast.operator)
        for minute in (0, 14, 28):
            now.move_to(start + MINUTES[minute])
            assert client.get("/riwayat").status_code == 200
        now.move_to(start + MINUTES[43])
        assert leads_to_sign_in(client.get("/riwayat?hal=2"), "%2Friwayat%3Fhal%3D2", "lama")
        assert not Session.objects.exists()


def test_what_a_page_asks_by_itself_keeps_no_session_alive(cast):
    start = clock.now()
    with time_machine.travel(start, tick=False) as now:
        client = client_in(cast.vera)
        client.get("/antrean")
        for minute in range(1, 15):
            now.move_to(start + MINUTES[minute])
            assert client.get("/antrean/baru", headers={"X-Live": "1"}).status_code == 204
        now.move_to(start + MINUTES[15])
        assert client.get("/antrean").status_code == 302


def test_without_that_header_the_same_calls_keep_it(cast):
    start = clock.now()
    with time_machine.travel(start, tick=False) as now:
        client = client_in(cast.vera)
        for minute in range(16):
            now.move_to(start + MINUTES[minute])
            client.get("/antrean/baru")
        assert client.get("/antrean").status_code == 200


def test_a_session_ends_after_eight_hours_however_busy(cast):
    start = clock.now()
    with time_machine.travel(start, tick=False) as now:
        client = client_in(cast.operator)
        for minute in range(0, 8 * 60, 10):
            now.move_to(start + timedelta(minutes=minute))
            assert client.get("/jadwal").status_code == 200
        now.move_to(start + timedelta(hours=7, minutes=58))
        assert client.post("/sesi").json() == {"left": 120, "final": True}
        now.move_to(start + timedelta(hours=8))
        assert leads_to_sign_in(client.get("/jadwal"), "%2Fjadwal", "batas")


def test_a_form_sent_too_late_does_nothing_and_leads_back_to_its_page(cast):
    start = clock.now()
    with time_machine.travel(start, tick=False) as now:
        client = client_in(cast.kpa)
        client.get("/pin")
        now.move_to(start + MINUTES[16])
        here = {"Referer": "http://testserver/pin"}
        form = {"password": PASSWORD, "pin": PIN, "pin_again": PIN}
        assert leads_to_sign_in(client.post("/pin", form, headers=here), "%2Fpin", "lama")
        elsewhere = {"Referer": "https://lain.example/pin"}
        client.force_login(cast.kpa)
        client.get("/pin")
        now.move_to(start + MINUTES[32])
        assert leads_to_sign_in(client.post("/pin", form, headers=elsewhere), "%2F", "lama")


def test_signing_in_again_says_why_and_leads_back(cast):
    client = Client()
    page = client.get("/masuk?next=/riwayat&sebab=lama").content.decode()
    assert "Sesi berakhir karena terlalu lama tidak dipakai." in page
    form = {"username": cast.operator.username, "password": PASSWORD, "next": "/riwayat"}
    assert client.post("/masuk", form)["Location"] == "/riwayat"
    assert "Sesi berakhir" not in client.get("/masuk?sebab=<b>").content.decode()


def test_an_idle_session_of_the_api_is_a_problem_401(cast):
    start = clock.now()
    with time_machine.travel(start, tick=False) as now:
        api = APIClient()
        api.force_login(cast.operator)
        assert api.get("/api/v1/me/").status_code == 200
        now.move_to(start + MINUTES[15])
        expect(api.get("/api/v1/me/"), 401, "BELUM_MASUK")


def test_the_page_may_ask_how_long_it_has_and_say_that_somebody_is_there(cast):
    start = clock.now()
    with time_machine.travel(start, tick=False) as now:
        client = client_in(cast.operator)
        client.get("/jadwal")
        now.move_to(start + MINUTES[13])
        assert client.get("/sesi", headers={"X-Live": "1"}).json() == {"left": 120, "final": False}
        assert client.get("/sesi", headers={"X-Live": "1"}).json() == {"left": 120, "final": False}
        assert client.post("/sesi").json() == {"left": 900, "final": False}
        assert Client(enforce_csrf_checks=True).post("/sesi").status_code == 403


def ended(user):
    user.assignments.update(valid_to=clock.now())


def added(user):
    assign(user, "UAPA", "015")


def moved(user):
    user.assignments.update(place="441905")


def deactivated(user):
    type(user).objects.filter(pk=user.pk).update(is_active=False)


def new_password(user):
    type(user).objects.filter(pk=user.pk).update(password=make_password("Sandi-Lain-Sama-Sekali"))


CHANGES = [ended, added, moved, deactivated, new_password]


@pytest.mark.parametrize("change", CHANGES)
def test_another_role_or_password_ends_sessions_and_tokens_of_that_person_alone(cast, change):
    page, token, stranger = (
        client_in(cast.operator),
        token_of(cast.operator),
        client_in(cast.stranger_operator),
    )
    assert {page.get("/jadwal").status_code, token.get("/api/v1/me/").status_code} == {200}
    stranger.get("/jadwal")
    change(cast.operator)
    assert page.get("/jadwal").status_code == 302
    assert token.get("/api/v1/me/").status_code == 401
    assert stranger.get("/jadwal").status_code == 200


def test_a_role_that_comes_back_brings_no_session_and_no_token_back(cast):
    page, token = client_in(cast.operator), token_of(cast.operator)
    page.get("/jadwal")
    Assignment.objects.filter(user=cast.operator).update(place="441905")
    page.get("/jadwal"), token.get("/api/v1/me/")
    Assignment.objects.filter(user=cast.operator).update(place="503202")
    assert page.get("/jadwal").status_code == 302
    assert token.get("/api/v1/me/").status_code == 401


def test_an_assignment_whose_last_day_passes_ends_the_session(cast):
    start = clock.now()
    cast.operator.assignments.update(valid_to=start + MINUTES[5])
    with time_machine.travel(start, tick=False) as now:
        page = client_in(cast.operator)
        assert page.get("/jadwal").status_code == 200
        now.move_to(start + MINUTES[6])
        assert leads_to_sign_in(page.get("/jadwal"), "%2Fjadwal", "hak")


def test_control_without_the_standing_a_moved_person_stays_signed_in(cast, monkeypatch):
    page = client_in(cast.operator)
    page.get("/jadwal")
    monkeypatch.setattr(sessions, "stands", lambda *args, **fields: True)
    moved(cast.operator)
    assert page.get("/jadwal").status_code == 200


def test_a_token_without_its_standing_is_worth_nothing(cast):
    token = token_of(cast.operator)
    standing.User.objects.get(pk=cast.operator.pk).auth_token_set.get().standing.delete()
    assert token.get("/api/v1/me/").status_code == 401


def test_signing_gives_the_session_a_new_key_by_page_and_by_api():
    story = Story.begin().approved()
    page = client_in(story.cast.kpa)
    page.get("/jadwal")
    before = page.session.session_key
    opened = expect(story.get("kpa", "/signing/"), 200)
    form = {"pin": PIN, "content_hash": opened["content_hash"], "nonce": opened["nonce"]}
    page.post(f"/bar/{story.case.pk}/tanda-tangan", form)
    assert story.case.stage == "TTD_KASI_VERA"
    assert page.session.session_key != before
    assert page.get("/jadwal").status_code == 200

    api = APIClient()
    api.force_login(story.cast.kasi_vera)
    api.get("/api/v1/me/")
    before = api.session.session_key
    opened = expect(story.get("kasi_vera", "/signing/"), 200)
    form |= {"content_hash": opened["content_hash"], "nonce": opened["nonce"]}
    expect(api.post(f"{story.path}/sign/", form, format="json"), 200)
    assert api.session.session_key != before


def token_of(user):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {issue_token(user=user, now=clock.now()).token}")
    return client

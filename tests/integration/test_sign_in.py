"""`/masuk` and `/keluar`."""

import json

import pytest
from django.contrib.auth import hashers

from audit.models import Event
from audit.verifying import verify_chain
from tests.builders import PASSWORD, make_cast

pytestmark = pytest.mark.django_db

NEXT = "/api/v1/me/"


@pytest.fixture
def cast():
    return make_cast()


def sign_in(client, username, password=PASSWORD, **more):
    return client.post("/masuk", {"username": username, "password": password, "next": NEXT, **more})


def sentence(response):
    return " ".join(response.context["form"].non_field_errors())


def test_the_right_pair_opens_a_session_under_a_new_key_and_is_noted(client, cast):
    client.get("/masuk")
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["sessionid"] = old = session.session_key
    response = sign_in(client, cast.operator.username)
    assert (response.status_code, response["Location"]) == (302, NEXT)
    assert client.session.session_key != old
    event = Event.objects.get()
    assert (event.action, event.actor) == ("MASUK", f"pengguna:{cast.operator.pk}")
    assert verify_chain() is None


def test_signing_out_takes_a_post_and_is_noted(client, cast):
    client.force_login(cast.operator)
    assert client.get("/keluar").status_code == 405
    assert client.post("/keluar").status_code == 302
    assert "_auth_user_id" not in client.session
    assert Event.objects.get().action == "KELUAR"


def test_signing_out_without_a_session_notes_nothing(client, cast):
    assert client.post("/keluar").status_code == 302
    assert not Event.objects.exists()


def test_a_next_address_of_another_site_is_not_followed(client, cast, settings):
    settings.LOGIN_REDIRECT_URL = "/"
    response = sign_in(client, cast.operator.username, next="https://lain.example/")
    assert response["Location"] == "/"


def test_wrong_name_wrong_password_and_inactive_user_read_the_same(client, cast):
    cast.kpa.is_active = False
    cast.kpa.save()
    answers = [
        sign_in(client, cast.operator.username, "salah"),
        sign_in(client, "tidak.ada", "salah"),
        sign_in(client, cast.kpa.username),
    ]
    assert {(answer.status_code, sentence(answer)) for answer in answers} == {(200, "NIP atau sandi salah.")}
    assert not Event.objects.exists()


def token_call(client, username, password=PASSWORD):
    body = {"username": username, "password": password}
    return client.post("/api/v1/token/", body, content_type="application/json")


@pytest.mark.parametrize("ask", [sign_in, token_call])
def test_wrong_name_wrong_password_and_inactive_user_cost_one_hash_each(client, cast, monkeypatch, ask):
    runs = []
    hasher = type(hashers.get_hasher())
    encode, verify = hasher.encode, hasher.verify
    monkeypatch.setattr(hasher, "encode", lambda *args: runs.append("hash") or encode(*args))
    monkeypatch.setattr(hasher, "verify", lambda *args: runs.append("hash") or verify(*args))
    cast.kpa.is_active = False
    cast.kpa.save()
    costs, answers = [], []
    for given in (("tidak.ada", "salah"), (cast.operator.username, "salah"), (cast.kpa.username, PASSWORD)):
        runs.clear()
        answer = ask(client, *given)
        costs.append(len(runs))
        answers.append((answer.status_code, answer.headers["Content-Type"]))
    assert costs == [1, 1, 1]
    assert len(set(answers)) == 1


@pytest.mark.parametrize("known", [True, False])
def test_five_wrong_tries_close_the_name_for_a_while_known_or_not(client, cast, known):
    name = cast.operator.username if known else "tidak.ada"
    for _ in range(5):
        answer = sign_in(client, name, "salah")
    assert (answer.status_code, answer["Retry-After"]) == (429, "1800")
    assert "Terlalu banyak percobaan. Tunggu 30 menit, lalu coba lagi." in answer.content.decode()
    assert "NIP atau sandi salah." not in answer.content.decode()
    assert sign_in(client, name).status_code == 429
    assert sign_in(client, cast.stranger_operator.username).status_code == 302


def test_the_demo_accounts_are_listed_only_when_their_file_is_set(client, cast, settings, tmp_path):
    assert client.get("/masuk").context["demo_accounts"] == []
    listed = [{"username": "oprsatker503202", "password": "rahasia"}]
    (tmp_path / "akun.json").write_text(json.dumps(listed))
    settings.DEMO_ACCOUNTS_FILE = str(tmp_path / "akun.json")
    assert client.get("/masuk").context["demo_accounts"] == listed

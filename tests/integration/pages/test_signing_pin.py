"""Setting the signing PIN with one's password."""

import pytest
from django.test import Client
from django.urls import reverse

from bar.models import SignerKey, SignerPin
from bar.services.activating import issue_activation
from bar.services.pins import has_pin
from erekon.lib import clock
from tests.builders import PASSWORD, make_cast, make_user
from tests.integration.pages.signing_world import PIN, give_pin

pytestmark = pytest.mark.django_db

NEW = "846203"


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def client(cast):
    client = Client()
    client.force_login(cast.kpa)
    return client


def put(client, password=PASSWORD, pin=NEW, again=None, **way):
    form = {"password": password, "pin": pin, "pin_again": again or pin, **way}
    return client.post(reverse("pin"), form)


def code_for(owner):
    administrator = make_user("ADMIN_PUSAT")
    reason = "PIN pertama, SK sudah diperiksa."
    return issue_activation(user=owner, administrator=administrator, reason=reason, now=clock.now())


def test_a_signer_makes_a_pin_and_gets_a_new_session_key(client, cast):
    assert "Buat PIN tanda tangan" in client.get(reverse("pin")).content.decode()
    before = client.session.session_key
    response = put(client, code=code_for(cast.kpa))
    assert (response.status_code, response.url) == (303, reverse("pin"))
    assert has_pin(cast.kpa, NEW)
    assert client.session.session_key != before
    assert "Ganti PIN tanda tangan" in client.get(reverse("pin")).content.decode()


def test_a_changed_pin_retires_the_old_key(client, cast):
    give_pin(cast.kpa)
    put(client, current=PIN)
    assert not has_pin(cast.kpa, PIN)
    assert SignerKey.objects.filter(user=cast.kpa, retired_at__isnull=True).count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password": "bukan sandi saya"}, "Sandi Anda salah"),
        ({"again": "846204"}, "Kedua PIN tidak sama"),
        ({"pin": "111111"}, "angkanya berulang"),
        ({"pin": "123456"}, "angkanya berurutan"),
        ({"pin": "84620"}, "harus tepat enam angka"),
    ],
)
def test_a_wrong_password_two_pins_or_a_weak_one_changes_nothing(client, cast, typed, sentence):
    response = put(client, code=code_for(cast.kpa), **typed)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not SignerPin.objects.filter(user=cast.kpa).exists()


def test_the_sixth_guess_of_the_password_is_not_judged(client):
    codes = [put(client, password="tebakan").status_code for _ in range(5)]
    assert codes == [400] * 5
    assert put(client).status_code == 429


def test_the_first_pin_needs_a_code(client, cast):
    page = client.get(reverse("pin")).content.decode()
    assert 'name="code"' in page
    assert 'name="current"' not in page
    response = put(client, current=PIN)
    assert response.status_code == 400
    assert "Kode aktivasi salah" in response.content.decode()
    assert not SignerPin.objects.exists()


def test_a_change_needs_the_pin_in_use_and_counts_the_try(client, cast):
    give_pin(cast.kpa)
    assert 'name="current"' in client.get(reverse("pin")).content.decode()
    response = put(client, current="904118")
    assert response.status_code == 400
    assert "PIN salah. Sisa 4 percobaan." in response.content.decode()
    assert has_pin(cast.kpa, PIN)


def test_a_lost_pin_is_replaced_with_a_code(client, cast):
    give_pin(cast.kpa)
    assert 'name="code"' in client.get(reverse("pin") + "?kode").content.decode()
    assert put(client, code=code_for(cast.kpa)).status_code == 303
    assert has_pin(cast.kpa, NEW)


def test_a_pin_closed_for_good_waits_for_a_code(client, cast):
    give_pin(cast.kpa)
    SignerPin.objects.update(needs_activation=True)
    page = client.get(reverse("pin")).content.decode()
    assert "Minta administrator" in page
    assert 'name="current"' not in page
    assert put(client, current=PIN).status_code == 400
    assert has_pin(cast.kpa, PIN)
    assert put(client, code=code_for(cast.kpa)).status_code == 303


@pytest.mark.parametrize("role", ["operator", "vera", "supervisor"])
def test_who_signs_nothing_has_no_pin_page(cast, role):
    client = Client()
    client.force_login(getattr(cast, role))
    assert client.get(reverse("pin")).status_code == 403

"""Setting the signing PIN with one's password."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bar.models import SignerKey, SignerPin
from bar.services.pins import has_pin
from tests.builders import PASSWORD, make_cast
from tests.integration.pages.signing_world import PIN, give_pin

pytestmark = pytest.mark.django_db

NEW = "846203"


@pytest.fixture
def cast():
    cache.clear()
    return make_cast()


@pytest.fixture
def client(cast):
    client = Client()
    client.force_login(cast.kpa)
    return client


def put(client, password=PASSWORD, pin=NEW, again=None):
    return client.post(reverse("pin"), {"password": password, "pin": pin, "pin_again": again or pin})


def test_a_signer_makes_a_pin_and_gets_a_new_session_key(client, cast):
    assert "Buat PIN tanda tangan" in client.get(reverse("pin")).content.decode()
    before = client.session.session_key
    response = put(client)
    assert (response.status_code, response.url) == (303, reverse("pin"))
    assert has_pin(cast.kpa, NEW)
    assert client.session.session_key != before
    assert "Ganti PIN tanda tangan" in client.get(reverse("pin")).content.decode()


def test_a_changed_pin_retires_the_old_key(client, cast):
    give_pin(cast.kpa)
    put(client)
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
    response = put(client, **typed)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not SignerPin.objects.filter(user=cast.kpa).exists()


def test_the_sixth_guess_of_the_password_is_not_judged(client):
    codes = [put(client, password="tebakan").status_code for _ in range(5)]
    assert codes == [400] * 5
    assert put(client).status_code == 429


def test_a_pin_closed_for_good_waits_for_the_administrator(client, cast):
    give_pin(cast.kpa)
    SignerPin.objects.update(needs_activation=True)
    page = client.get(reverse("pin")).content.decode()
    assert "Minta administrator" in page
    assert 'name="pin_again"' not in page
    assert put(client).status_code == 400
    assert has_pin(cast.kpa, PIN)


@pytest.mark.parametrize("role", ["operator", "vera", "supervisor"])
def test_who_signs_nothing_has_no_pin_page(cast, role):
    client = Client()
    client.force_login(getattr(cast, role))
    assert client.get(reverse("pin")).status_code == 403

"""The administrator's page of PINs: codes, never PINs."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from bar.models import PinActivation, SignerPin
from bar.services.activating import set_pin_by_code
from bar.services.pins import has_pin
from erekon.lib import clock
from tests.builders import make_cast, make_user
from tests.integration.pages.signing_world import give_pin

pytestmark = pytest.mark.django_db
REASON = "PIN ditutup, pemilik sudah dikenali."


@pytest.fixture
def cast():
    return make_cast()


def client_for(role, place=""):
    client = Client()
    client.force_login(make_user(role, place))
    return client


def issue(client, user, reason=REASON):
    return client.post(reverse("admin-pin-activate", args=[user.pk]), {"reason": reason})


def close(user):
    give_pin(user)
    SignerPin.objects.filter(user=user).update(needs_activation=True)


def test_the_list_opens_with_the_closed_ones_and_finds_the_others(cast):
    close(cast.kpa)
    client = client_for("ADMIN_PUSAT")
    page = client.get(reverse("admin-pin")).content.decode()
    assert cast.kpa.name in page
    assert "Ditutup setelah 10 kali salah" in page
    assert cast.kasi_vera.name not in page
    assert cast.kasi_vera.name in client.get(reverse("admin-pin") + "?saring=semua").content.decode()
    found = client.get(reverse("admin-pin") + f"?q={cast.kasi_vera.nip}").content.decode()
    assert cast.kasi_vera.name in found
    assert cast.kpa.name not in found


def test_the_code_is_shown_once_and_lets_the_owner_in(cast):
    close(cast.kpa)
    client = client_for("ADMIN_PUSAT")
    page = issue(client, cast.kpa)
    assert page["Cache-Control"] == "private, no-store"
    code = re.search(r'class="kode-aktivasi">([0-9A-Z-]{14})<', page.content.decode())
    assert code
    assert code.group(1) not in client.get(reverse("admin-pin")).content.decode()
    set_pin_by_code(user=cast.kpa, code=code.group(1), pin="846203", now=clock.now())
    assert has_pin(cast.kpa, "846203")
    assert {"AKTIFKAN_PIN", "PASANG_PIN"} <= set(Event.objects.values_list("action", flat=True))


def test_without_a_reason_no_code(cast):
    page = issue(client_for("ADMIN_PUSAT"), cast.kpa, "lupa")
    assert page.status_code == 400
    assert "Tulis alasan" in page.content.decode()
    assert not PinActivation.objects.exists()


def test_a_kppn_administers_the_kpas_of_its_satkers_alone(cast):
    close(cast.kpa)
    close(cast.kasi_vera)
    own, far = client_for("ADMIN_KPPN", "116"), client_for("ADMIN_KPPN", "156")
    everybody = reverse("admin-pin") + "?saring=semua"
    assert cast.kpa.name in own.get(everybody).content.decode()
    assert cast.kasi_vera.name not in own.get(everybody).content.decode()
    assert cast.kpa.name not in far.get(everybody).content.decode()
    assert issue(own, cast.kpa).status_code == 200
    assert issue(own, cast.kasi_vera).status_code == 404
    assert issue(far, cast.kpa).status_code == 404


@pytest.mark.parametrize("role", ["ADMIN_LOKAL", "DJPB"])
def test_others_have_no_such_page(cast, role):
    client = client_for(role, "503202" if role == "ADMIN_LOKAL" else "")
    assert client.get(reverse("admin-pin")).status_code == 403
    assert issue(client, cast.kpa).status_code == 403

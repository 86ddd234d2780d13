"""Public verification: verdicts without a sign-in, and no rupiah ever."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.services.limits import VERIFYING
from bar.documents.verify_id import group_verify_id, new_verify_id
from bar.models import Bar, BarStatus, SignerKey
from erekon.lib import clock
from tests.integration.pages.signing_world import make_world, sign_both

pytestmark = pytest.mark.django_db

UNKNOWN = "0" * 26
RUPIAH = re.compile(r"\d{1,3}\.\d{3}")


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def sealed():
    sign_both(make_world())
    return Bar.objects.get()


def verdict(verify_id):
    response = Client().get(reverse("verifikasi", args=[verify_id]))
    return response, response.content.decode()


def test_a_sealed_bar_is_genuine_and_shows_no_rupiah(sealed):
    response, text = verdict(sealed.verify_id)
    assert response.status_code == 200
    assert "Dokumen asli dan masih berlaku" in text
    assert all(part in text for part in (sealed.number, sealed.content_hash, sealed.sealed, "503202"))
    assert not RUPIAH.findall(text)
    assert "tersertifikasi" in text
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_a_voided_bar_names_the_letter_and_what_replaces_it(sealed):
    sealed.status, sealed.voided_at = BarStatus.DIBATALKAN, clock.now()
    sealed.void_letter, sealed.void_letter_date = "S-12/2026", clock.now().date()
    sealed.save()
    successor = Bar.objects.get()
    successor.pk, successor.replaces, successor.revision = None, sealed, 2
    successor.number, successor.register_number = "BAR-2/KPPN.116/2026", 2
    successor.status, successor.verify_id = BarStatus.BERLAKU, new_verify_id()
    successor.save()
    _, text = verdict(sealed.verify_id)
    assert "Dokumen asli, tetapi sudah dibatalkan" in text
    assert "S-12/2026" in text
    assert successor.number in text
    assert reverse("verifikasi", args=[successor.verify_id]) in text


@pytest.mark.parametrize("role", ["KPA", "KASI_VERA"])
@pytest.mark.parametrize(("earlier", "genuine"), [(timedelta(seconds=-1), True), (timedelta(0), False)])
def test_a_signature_by_a_key_revoked_before_it_is_never_genuine(sealed, role, earlier, genuine):
    signature = sealed.signatures.get(role=role)
    SignerKey.objects.filter(pk=signature.key_id).update(revoked_from=signature.at - earlier)
    _, text = verdict(sealed.verify_id)
    answer = Client().get(f"/api/v1/verify/{sealed.verify_id}/").json()
    assert ("Dokumen asli dan masih berlaku" in text) == genuine
    assert answer["verdict"] == ("SAH" if genuine else "TIDAK_DIKENAL")
    if not genuine:
        assert "Tanda tangannya tidak berlaku" in text
        assert "sudah dicabut ketika menandatangani" in text
        assert sealed.number not in text
        assert (answer["number"], answer["sha256"], answer["signers"]) == (None, None, [])


def test_an_unknown_and_an_unsealed_code_are_not_found():
    make_world()
    draft = Bar.objects.get()
    for code in (UNKNOWN, draft.verify_id, "../../etc", "status.jws"):
        response, text = verdict(code.replace("/", "_"))
        assert response.status_code == 200
        assert "Kode tidak ditemukan" in text
        assert draft.number not in text


def test_a_code_typed_by_hand_leads_to_its_page(sealed):
    typed = group_verify_id(sealed.verify_id).lower().replace("0", "o")
    response = Client().get(reverse("verifikasi-cari"), {"kode": typed})
    assert response.url == reverse("verifikasi", args=[sealed.verify_id])


def test_a_mistyped_code_keeps_what_was_typed():
    text = Client().get(reverse("verifikasi-cari"), {"kode": 'salah"ketik'}).content.decode()
    assert "Kode tidak ditemukan" in text
    assert 'value="salah&quot;ketik"' in text


def test_the_empty_form_gives_no_verdict():
    text = Client().get(reverse("verifikasi-cari")).content.decode()
    assert 'name="kode"' in text
    assert "tidak ditemukan" not in text


def test_too_many_looks_from_one_address_wait(monkeypatch):
    monkeypatch.setattr("bar.api.views.VERIFYING", replace(VERIFYING, most=3))
    codes = [verdict(UNKNOWN)[0].status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    assert 0 < int(verdict(UNKNOWN)[0]["Retry-After"]) <= 60
    assert Client().get(reverse("api-verify", args=[UNKNOWN])).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.9").get(reverse("verifikasi", args=[UNKNOWN])).status_code == 200


def test_everything_the_page_loads_stays_within_forty_kilobytes(sealed):
    _, text = verdict(sealed.verify_id)
    assets = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', text))
    loaded = sum(len(b"".join(Client().get(asset).streaming_content)) for asset in assets)
    assert assets
    assert loaded + len(text.encode()) <= 40 * 1024

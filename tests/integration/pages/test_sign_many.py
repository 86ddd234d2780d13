"""The pages on which many BARs are signed by one PIN."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from bar.models import Bar, Signature, SignerPin
from bar.services import batches
from reconciliation.models import Reconciliation
from tests.months import MONTHS, months_approved
from tests.story import PIN, Story, expect

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = len(MONTHS)


@pytest.fixture
def story():
    story = Story.begin()
    months_approved(story)
    return story


def client_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def chosen(client, cases):
    """The page after "Tanda tangani n BAR", and what its form would post."""
    page = client.post(reverse("ttd-banyak"), {"case": cases})
    assert page.status_code == 200
    text = page.content.decode()
    return text, {name: re.findall(rf'name="{name}" value="([^"]+)"', text) for name in ("item", "sampai")}


def ticked(client):
    text = client.get(reverse("ttd") + "?pilih=semua").content.decode()
    return re.findall(r'name="case"\s+value="(\d+)"[^>]*checked', text)


def test_three_clicks_and_one_pin_sign_them_all_for_both_parties(story):
    for person in (story.cast.kpa, story.cast.kasi_vera):
        client = client_of(person)
        cases = ticked(client)
        assert len(cases) == COUNT
        text, form = chosen(client, cases)
        assert f"<b>{COUNT}</b> semua sama" in text
        assert f"Tanda tangani {COUNT} BAR" in text
        done = client.post(reverse("ttd-banyak-simpan"), {**form, "pin": PIN})
        assert f"{COUNT} BAR tertandatangani" in done.content.decode()
    assert {bar.status for bar in Bar.objects.all()} == {"BERLAKU"}


def test_a_wrong_pin_asks_again_with_the_same_rights(story):
    client = client_of(story.cast.kpa)
    _, form = chosen(client, ticked(client))
    wrong = client.post(reverse("ttd-banyak-simpan"), {**form, "pin": "904118"})
    assert wrong.status_code == 403
    assert "PIN salah. Sisa 4 percobaan." in wrong.content.decode()
    assert re.findall(r'name="item" value="([^"]+)"', wrong.content.decode()) == form["item"]
    client.post(reverse("ttd-banyak-simpan"), {**form, "pin": PIN})
    assert Signature.objects.count() == COUNT


def test_a_second_click_tells_that_it_is_done_and_signs_nothing_more(story):
    client = client_of(story.cast.kpa)
    _, form = chosen(client, ticked(client))
    for _ in range(2):
        done = client.post(reverse("ttd-banyak-simpan"), {**form, "pin": PIN})
        assert f"{COUNT} BAR tertandatangani" in done.content.decode()
        assert "gagal" not in done.content.decode()
    assert Signature.objects.count() == COUNT


def test_one_that_moved_on_is_named_and_the_others_are_signed(story):
    client = client_of(story.cast.kpa)
    cases = ticked(client)
    _, form = chosen(client, cases)
    path = f"/api/v1/cases/{cases[0]}/decline/"
    body = {"reason": "Angka Februari masih diperiksa."}
    expect(story.by("kpa").post(path, body, format="json"), 200)
    done = client.post(reverse("ttd-banyak-simpan"), {**form, "pin": PIN}).content.decode()
    assert f"{COUNT - 1} BAR tertandatangani, 1 gagal dan tetap di antrean" in done
    assert Reconciliation.objects.get(pk=cases[0]).period.label in done


def test_progress_counts_the_signed_rows_of_the_batch(story, monkeypatch):
    client, other = client_of(story.cast.kpa), client_of(story.cast.kasi_vera)
    text, form = chosen(client, ticked(client))
    address = re.search(r'data-progress="([^"]+)"', text)
    assert address
    asked, told = address.group(1).replace("&amp;", "&"), []
    plain = batches.sign_with

    def watched(*args, **kwargs):
        told.append(client.get(asked).content.decode())
        return plain(*args, **kwargs)

    monkeypatch.setattr(batches, "sign_with", watched)
    client.post(reverse("ttd-banyak-simpan"), {**form, "pin": PIN})
    assert told == [f"{done} dari {COUNT} BAR sudah ditandatangani." for done in range(COUNT)]
    assert other.get(asked).status_code == 204
    assert client.get(reverse("ttd-kemajuan") + "?sampai=kemarin").status_code == 204


def test_nothing_ticked_says_so(story):
    client = client_of(story.cast.kpa)
    answer = client.post(reverse("ttd-banyak"), {"case": ["x", "987654"]}, follow=True)
    assert "Pilih dulu BAR" in answer.content.decode()
    assert client.post(reverse("ttd-banyak-simpan"), {"item": ["x", ":", "1"], "pin": PIN}).status_code in {
        200,
        400,
    }
    assert not Signature.objects.exists()


def test_who_has_no_open_pin_is_sent_to_the_pin_page(story):
    SignerPin.objects.update(needs_activation=True)
    text, form = chosen(client_of(story.cast.kpa), ticked(client_of(story.cast.kpa)))
    assert "Minta administrator" in text
    assert form["item"] == []

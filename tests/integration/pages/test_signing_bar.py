"""The BAR page: reading, signing, sending back. The stranger's satker is 627898 of KPPN 156."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from bar.models import Signature, SignerPin
from reconciliation.models import StageChange
from tests.builders import assign
from tests.integration.pages.signing_world import (
    PIN,
    WORDS,
    approve_again,
    give_pin,
    make_world,
    sign_as,
    sign_both,
)

pytestmark = pytest.mark.django_db

HASH = re.compile(r'name="content_hash"\s+value="([^"]+)"')
NONCE = re.compile(r'name="nonce"\s+value="([^"]+)"')
REASON = "Angka pagu belum benar, mohon diperiksa."


@pytest.fixture
def world():
    return make_world()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def show(world, user):
    return client_of(user).get(reverse("bar", args=[world.case.pk]))


def post(world, user, name, page=None, **fields):
    """Post a form of the page as the browser would: with the hash and nonce that the page carries."""
    text = (page or show(world, user)).content.decode()
    carried = {"content_hash": HASH.findall(text), "nonce": NONCE.findall(text)}
    hidden = {key: found[0] for key, found in carried.items() if found}
    return client_of(user).post(reverse(name, args=[world.case.pk]), {**hidden, **fields})


def said(response):
    return response.content.decode()


@pytest.mark.parametrize("role", ["operator", "kpa", "vera", "kasi_vera", "supervisor"])
def test_everybody_of_the_case_reads_the_difference_with_its_explanation(world, role):
    response = show(world, getattr(world.cast, role))
    text = said(response)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert WORDS in text
    assert "250.000" in text
    assert "BAR-1/" in text
    assert ("Tanda tangani BAR" in text) == (role == "kpa")


@pytest.mark.parametrize("role", ["stranger_operator", "stranger_kpa", "stranger_vera", "stranger_kasi_vera"])
def test_a_stranger_finds_nothing_and_signs_nothing(world, role):
    stranger = getattr(world.cast, role)
    assert show(world, stranger).status_code == 404
    for name in ("bar-sign", "bar-decline"):
        assert client_of(stranger).post(reverse(name, args=[world.case.pk]), {"pin": PIN}).status_code == 404
    assert world.fresh().stage == "TTD_KPA"


def test_the_anonymous_are_sent_to_sign_in(world):
    response = Client().get(reverse("bar", args=[world.case.pk]))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("masuk"))


def test_the_page_needs_at_most_thirty_queries(world, django_assert_max_num_queries):
    give_pin(world.cast.kpa)
    client = client_of(world.cast.kpa)
    with django_assert_max_num_queries(30):
        client.get(reverse("bar", args=[world.case.pk]))


def test_kpa_then_kasi_vera_sign_and_each_is_told_who_is_next(world):
    give_pin(world.cast.kpa, world.cast.kasi_vera)
    first = post(world, world.cast.kpa, "bar-sign", pin=PIN)
    assert (first.status_code, first.url) == (303, reverse("bar", args=[world.case.pk]))
    client = client_of(world.cast.kpa)
    client.cookies.update(first.cookies)
    told = said(client.get(first.url))
    assert "BAR September 2026 sudah Anda tanda tangani. Diteruskan ke Kasi Vera KPPN 116 Kotabumi." in told
    assert world.fresh().stage == "TTD_KASI_VERA"
    assert post(world, world.cast.kasi_vera, "bar-sign", pin=PIN).status_code == 303
    assert world.fresh().stage == "SIAP_DOWNLOAD"
    text = said(show(world, world.cast.operator))
    assert "Unduh BAR" in text
    assert "Halaman verifikasi" in text
    assert text.count("Ditandatangani elektronik dengan PIN") == 2


def test_who_has_no_pin_is_led_to_make_one(world):
    text = said(show(world, world.cast.kpa))
    assert "Buat PIN dulu" in text
    assert 'name="pin"' not in text


def test_a_wrong_pin_keeps_the_page_says_the_tries_left_and_brings_a_fresh_nonce(world):
    give_pin(world.cast.kpa)
    page = show(world, world.cast.kpa)
    response = post(world, world.cast.kpa, "bar-sign", page, pin="000000")
    assert response.status_code == 403
    assert "PIN salah. Sisa 4 percobaan." in said(response)
    assert NONCE.findall(said(response)) != NONCE.findall(said(page))
    assert post(world, world.cast.kpa, "bar-sign", response, pin=PIN).status_code == 303


def test_five_wrong_pins_lock_and_the_right_one_no_longer_signs(world):
    give_pin(world.cast.kpa)
    page = show(world, world.cast.kpa)
    codes = [post(world, world.cast.kpa, "bar-sign", page, pin="000000").status_code for _ in range(5)]
    assert codes == [403, 403, 403, 403, 423]
    response = post(world, world.cast.kpa, "bar-sign", page, pin=PIN)
    assert response.status_code == 423
    assert "PIN dikunci sampai" in said(response)
    assert 'name="pin"' not in said(show(world, world.cast.kpa))
    assert world.fresh().stage == "TTD_KPA"


def test_a_double_click_signs_once_and_both_answers_are_kind(world):
    give_pin(world.cast.kpa)
    page = show(world, world.cast.kpa)
    answers = [post(world, world.cast.kpa, "bar-sign", page, pin=PIN) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert Signature.objects.count() == 1


def test_a_nonce_works_once_even_after_the_bar_came_back(world):
    give_pin(world.cast.kpa)
    page = show(world, world.cast.kpa)
    post(world, world.cast.kpa, "bar-sign", page, pin=PIN)
    assert post(world, world.cast.kasi_vera, "bar-decline", reason=REASON).status_code == 303
    approve_again(world)
    response = post(world, world.cast.kpa, "bar-sign", page, pin=PIN)
    assert response.status_code == 409
    assert "Muat ulang, lalu tanda tangani lagi" in said(response)
    assert world.fresh().stage == "TTD_KPA"


def test_one_person_in_two_parts_is_told_so_on_the_page(world):
    assign(world.cast.vera, "KASI_VERA", "116")
    give_pin(world.cast.kpa, world.cast.vera)
    sign_as(world, world.cast.kpa)
    response = post(world, world.cast.vera, "bar-sign", pin=PIN)
    assert response.status_code == 403
    assert "Anda juga yang menyetujui BAR" in said(response)
    assert world.fresh().stage == "TTD_KASI_VERA"


def test_a_page_that_shows_another_content_signs_nothing_and_brings_the_newest_state(world):
    shown = HASH.findall(said(show(world, world.cast.kpa)))[0]
    give_pin(world.cast.kpa)
    response = client_of(world.cast.kpa).post(
        reverse("bar-sign", args=[world.case.pk]),
        {"pin": PIN, "content_hash": shown[::-1], "nonce": "lama"},
    )
    assert response.status_code == 409
    assert escape(world.cast.vera.name) in said(response)
    assert NONCE.findall(said(response))
    assert SignerPin.objects.get(user=world.cast.kpa).attempts == 0


@pytest.mark.parametrize("role", ["operator", "vera", "kasi_vera", "supervisor"])
def test_nobody_else_of_the_case_signs_or_declines_at_the_kpas_turn(world, role):
    user = getattr(world.cast, role)
    give_pin(user)
    codes = [
        post(world, user, name, pin=PIN, reason=REASON).status_code for name in ("bar-sign", "bar-decline")
    ]
    assert codes == [403, 403]
    assert world.fresh().stage == "TTD_KPA"


def test_sending_back_needs_a_reason_and_keeps_what_was_typed(world):
    short = post(world, world.cast.kpa, "bar-decline", reason="salah")
    assert short.status_code == 400
    assert "paling sedikit 10 huruf" in said(short)
    assert ">salah</textarea>" in said(short)
    assert post(world, world.cast.kpa, "bar-decline", reason=REASON).status_code == 303
    assert world.fresh().stage == "PERSETUJUAN_BAR"
    assert StageChange.objects.filter(case=world.case).first().reason == REASON
    assert REASON in said(show(world, world.cast.operator))


def test_only_the_operator_is_offered_the_reset_of_a_finished_bar(world):
    sign_both(world)
    text = said(show(world, world.cast.operator))
    assert reverse("reset") in text
    assert "Ajukan reset BAR" in text
    assert "Ajukan reset BAR" not in said(show(world, world.cast.kpa))


def test_before_the_result_there_is_nothing_to_read(world):
    other = world.case.__class__.objects.get(satker=world.cast.places.neighbour)
    response = client_of(world.cast.vera).get(reverse("bar", args=[other.pk]))
    assert response.status_code == 409


@pytest.mark.parametrize("role", ["operator", "vera", "supervisor"])
def test_the_list_to_sign_is_for_signers_only(world, role):
    assert client_of(getattr(world.cast, role)).get(reverse("ttd")).status_code == 403


def test_the_list_shows_each_signer_what_waits_for_him_alone(world):
    link = reverse("bar", args=[world.case.pk])
    lists = {
        role: said(client_of(getattr(world.cast, role)).get(reverse("ttd")))
        for role in ("kpa", "kasi_vera", "stranger_kpa", "stranger_kasi_vera")
    }
    assert {role: link in text for role, text in lists.items()} == {
        "kpa": True,
        "kasi_vera": False,
        "stranger_kpa": False,
        "stranger_kasi_vera": False,
    }
    give_pin(world.cast.kpa)
    sign_as(world, world.cast.kpa)
    after = {
        role: said(client_of(getattr(world.cast, role)).get(reverse("ttd"))) for role in ("kpa", "kasi_vera")
    }
    assert (link in after["kpa"], link in after["kasi_vera"]) == (False, True)
    assert escape(world.cast.kpa.name) in after["kasi_vera"]
    assert "Tidak ada BAR yang menunggu Anda" in after["kpa"]

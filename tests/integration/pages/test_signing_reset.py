"""Reset by letter: the satker asks, Vera decides, strangers see nothing."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from bar.models import Bar, ResetRequest
from tests.integration.pages.signing_world import make_world

pytestmark = pytest.mark.django_db

SCAN = b"%PDF-1.7 surat permohonan"
REASON = "ADK salah periode, harus dibuat ulang."


@pytest.fixture
def world():
    return make_world()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def ask(world, user, **fields):
    typed = {
        "letter_number": "S-12/2026",
        "letter_date": "2026-10-05",
        "reason": REASON,
        "scan": SimpleUploadedFile("surat.pdf", SCAN),
        **fields,
    }
    return client_of(user).post(f"{reverse('reset')}?kasus={world.case.pk}", typed)


def asked(world):
    assert ask(world, world.cast.operator).status_code == 303
    return ResetRequest.objects.get()


def decide(user, name, request, **fields):
    return client_of(user).post(reverse(name, args=[request.pk]), fields)


def test_the_operator_is_offered_the_bar_asks_and_sees_the_request(world):
    client = client_of(world.cast.operator)
    link = f"{reverse('reset')}?kasus={world.case.pk}"
    assert link in client.get(reverse("reset")).content.decode()
    assert "Pindaian surat" in client.get(link).content.decode()
    request = asked(world)
    page = client.get(reverse("reset")).content.decode()
    assert link not in page
    assert REASON in page
    assert reverse("reset-grant", args=[request.pk]) not in page


def test_a_request_without_letter_comes_back_with_what_was_typed(world):
    response = ask(world, world.cast.operator, letter_date="kemarin", scan="")
    text = response.content.decode()
    assert response.status_code == 400
    assert "Tulis tanggal surat permohonan." in text
    assert REASON in text
    response = ask(world, world.cast.operator, scan=SimpleUploadedFile("surat.pdf", b"MZ bukan surat"))
    assert "sebagai PDF, JPG, atau PNG" in response.content.decode()
    assert not ResetRequest.objects.exists()


def test_a_second_request_is_refused_in_words(world):
    asked(world)
    response = ask(world, world.cast.operator)
    assert response.status_code == 409
    assert "sudah diajukan" in response.content.decode()


def test_vera_grants_and_the_bar_is_voided(world):
    request = asked(world)
    page = client_of(world.cast.vera).get(reverse("reset")).content.decode()
    assert reverse("reset-grant", args=[request.pk]) in page
    assert decide(world.cast.vera, "reset-grant", request).status_code == 303
    assert Bar.objects.get().status == "DIBATALKAN"
    assert world.fresh().stage == "DIBATALKAN"
    bar_page = client_of(world.cast.operator).get(reverse("bar", args=[world.case.pk])).content.decode()
    assert "BAR ini dibatalkan" in bar_page
    assert "S-12/2026" in bar_page
    again = decide(world.cast.vera, "reset-grant", request)
    assert again.status_code == 409


def test_vera_refuses_with_a_reason_and_the_bar_stands(world):
    request = asked(world)
    assert decide(world.cast.vera, "reset-refuse", request, reason="tidak").status_code == 400
    assert (
        decide(world.cast.vera, "reset-refuse", request, reason="Surat belum ditandatangani KPA.").status_code
        == 303
    )
    assert world.fresh().stage == "TTD_KPA"
    page = client_of(world.cast.operator).get(reverse("reset")).content.decode()
    assert "Surat belum ditandatangani KPA." in page


@pytest.mark.parametrize("role", ["operator", "kpa", "kasi_vera"])
def test_nobody_but_vera_decides(world, role):
    request = asked(world)
    assert decide(getattr(world.cast, role), "reset-grant", request).status_code == 403
    assert decide(getattr(world.cast, role), "reset-refuse", request, reason=REASON).status_code == 403


@pytest.mark.parametrize("role", ["kpa", "vera"])
def test_nobody_but_the_operator_asks(world, role):
    assert ask(world, getattr(world.cast, role)).status_code == 403


def test_the_scan_is_a_download_that_no_browser_runs(world):
    request = asked(world)
    response = client_of(world.cast.vera).get(reverse("reset-scan", args=[request.pk]))
    assert response.content == SCAN
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("role", ["stranger_operator", "stranger_vera"])
def test_a_stranger_sees_no_request_no_scan_and_decides_nothing(world, role):
    request, stranger = asked(world), getattr(world.cast, role)
    assert REASON not in client_of(stranger).get(reverse("reset")).content.decode()
    assert client_of(stranger).get(reverse("reset-scan", args=[request.pk])).status_code == 404
    assert decide(stranger, "reset-grant", request).status_code == 404
    assert decide(stranger, "reset-refuse", request, reason=REASON).status_code == 404
    assert ask(world, stranger).status_code == 404


def test_the_page_needs_at_most_thirty_queries(world, django_assert_max_num_queries):
    asked(world)
    client = client_of(world.cast.vera)
    with django_assert_max_num_queries(30):
        client.get(reverse("reset"))


def test_the_letter_is_offered_as_a_template_that_names_bar_satker_and_office(world):
    client = client_of(world.cast.operator)
    address = reverse("surat-reset", args=[world.case.pk])
    assert address in client.get(f"{reverse('reset')}?kasus={world.case.pk}").content.decode()
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(page.extract_text().split())
    for part in (
        Bar.objects.get().number,
        str(world.case.satker),
        world.cast.kpa.name,
        "Yth. Kepala KPPN 116",
    ):
        assert part in text
    assert client_of(world.cast.vera).get(address).status_code == 403
    assert client_of(world.cast.stranger_operator).get(address).status_code == 404


def test_without_a_bar_to_reset_there_is_no_letter(world):
    request = asked(world)
    assert decide(world.cast.vera, "reset-grant", request).status_code == 303
    address = reverse("surat-reset", args=[world.case.pk])
    assert client_of(world.cast.operator).get(address).status_code == 409

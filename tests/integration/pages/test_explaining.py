"""Explaining from the page, without a script: drafts, files, thread, two texts, Vera's side."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from erekon.lib.attachments import checking
from erekon.lib.attachments.looking import look
from reconciliation.models import Evidence, Explanation, ExplanationDraft, ExplanationMessage
from tests.builders import make_user
from tests.evidence_files import pdf, pdf_with_script
from tests.story import SWAPPED, Story, expect, named_file, process_all, satker_adk

pytestmark = pytest.mark.django_db

KEY = {"satker": "503202", "period": "2026-09"}
PLACE = {**KEY, "element": "BLJ", "akun": "521211"}
WORDS = {
    "location": "SIAP",
    "reason": "SALAH_SIAP",
    "text": "Angka SP2D di SiAP keliru, surat S-41 diajukan.",
}
BEGUN = {"location": "SIAP", "reason": "", "text": "Baru dimulai", "message": "Sebentar lagi selesai."}


@pytest.fixture(autouse=True)
def _look_here(monkeypatch):
    monkeypatch.setattr(checking, "look_apart", look)


@pytest.fixture
def story():
    return Story.begin().compared(SWAPPED)


def client(person):
    found = Client()
    found.force_login(person)
    return found


@pytest.fixture
def operator(story):
    return client(story.cast.operator)


@pytest.fixture
def vera(story):
    return client(story.cast.vera)


def post(who, name, body, status=302, **key):
    answer = who.post(reverse(name, kwargs={**PLACE, **key}), body)
    assert answer.status_code == status, answer.content[:400]
    return answer.content.decode()


def page(who, name="rekon", **key):
    answer = who.get(reverse(name, kwargs=key or (KEY if name == "rekon" else {})))
    assert answer.status_code == 200
    return answer.content.decode()


def text_of(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def in_textarea(html, name="text"):
    return re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', html, re.S)[1]


def test_a_draft_is_kept_by_the_button_and_shown_to_its_writer_alone(story, operator, vera):
    post(operator, "penjelasan-draf", BEGUN)
    html = page(operator)
    assert (in_textarea(html), in_textarea(html, "message")) == (BEGUN["text"], BEGUN["message"])
    assert "Draf tersimpan otomatis" in html
    colleague = client(make_user("OPERATOR_SATKER", "503202"))
    for other in (colleague, vera):
        assert BEGUN["text"] not in page(other)
        assert BEGUN["message"] not in page(other)
    assert not Explanation.objects.exists()
    assert "Belum dijelaskan" in page(vera, "antrean")


def test_the_script_is_answered_in_json_and_an_empty_form_keeps_nothing(operator):
    address, asks = reverse("penjelasan-draf", kwargs=PLACE), {"Accept": "application/json"}
    saved = operator.post(address, BEGUN, headers=asks).json()["saved"]
    assert re.fullmatch(r"Draf tersimpan otomatis [0-2]\d\.[0-5]\d", saved)
    assert operator.post(address, {"text": " "}, headers=asks).json() == {"saved": ""}
    assert not ExplanationDraft.objects.exists()


def test_saving_ends_the_draft_but_not_a_message_being_typed(story, operator):
    post(operator, "penjelasan-draf", BEGUN)
    post(operator, "penjelasan", {**WORDS, "message": BEGUN["message"], "version": "0"})
    assert Explanation.objects.get().text == WORDS["text"]
    html = page(operator)
    assert (in_textarea(html), in_textarea(html, "message")) == (WORDS["text"], BEGUN["message"])
    assert "Draf tersimpan" not in html
    post(operator, "penjelasan-pesan", {**WORDS, "message": BEGUN["message"], "version": "1"})
    assert ExplanationMessage.objects.filter(kind="PESAN").count() == 1
    assert in_textarea(page(operator), "message") == ""


def test_what_is_wrong_is_said_beside_the_form_and_nothing_typed_is_lost(operator):
    html = post(operator, "penjelasan", {**BEGUN, "version": "0"}, 400)
    assert "20 sampai 500 huruf" in html
    assert 'href="#sebab-BLJ-521211"' in html
    for shown in (html, page(operator)):
        assert (in_textarea(shown), in_textarea(shown, "message")) == (BEGUN["text"], BEGUN["message"])


@pytest.mark.parametrize("way", ["penjelasan-bukti", "penjelasan-pesan", "penjelasan-draf"])
def test_every_button_of_the_form_keeps_what_is_typed_beside_it(operator, way):
    file = {"file": named_file("surat.pdf", pdf())}
    post(operator, way, {**BEGUN, **(file if way == "penjelasan-bukti" else {})})
    assert in_textarea(page(operator)) == BEGUN["text"]


def test_a_file_is_attached_refused_with_its_sentence_and_removed(story, operator, vera):
    html = post(operator, "penjelasan-bukti", {**BEGUN, "file": named_file("x.pdf", pdf_with_script())}, 400)
    assert "PDF ini memuat skrip" in html
    assert in_textarea(html) == BEGUN["text"]
    assert "Pilih berkas" in post(operator, "penjelasan-bukti", BEGUN, 400)
    post(operator, "penjelasan-bukti", {"file": named_file("surat.pdf", pdf())})
    file = Evidence.objects.get()
    for who in (operator, vera):
        answer = who.get(reverse("bukti", kwargs={**PLACE, "evidence": file.pk}))
        assert answer.content == pdf()
        assert answer["Content-Disposition"] == 'attachment; filename="surat.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
    post(vera, "bukti-hapus", {}, 403, evidence=file.pk)
    post(operator, "bukti-hapus", BEGUN, evidence=file.pk)
    assert 'class="chip"' not in page(operator)
    assert operator.get(reverse("bukti", kwargs={**PLACE, "evidence": file.pk})).status_code == 404


def test_a_file_chosen_with_the_words_goes_along_and_a_bad_one_does_not_hold_them_up(operator):
    body = {**WORDS, "version": "0", "file": named_file("x.pdf", pdf_with_script())}
    assert "PDF ini memuat skrip" in post(operator, "penjelasan", body, 400)
    assert Explanation.objects.get().text == WORDS["text"]
    post(operator, "penjelasan", {**WORDS, "version": "1", "file": named_file("surat.pdf", pdf())})
    assert Evidence.objects.get().name == "surat.pdf"


def test_two_sessions_see_both_texts_and_choose(story, operator):
    colleague = client(make_user("OPERATOR_SATKER", "503202", name="Ratna Widyastuti"))
    for who in (operator, colleague):
        assert 'name="version" value="0"' in page(who)
    post(colleague, "penjelasan", {**WORDS, "version": "0"})
    mine = {**WORDS, "text": "Menurut saya KPPN lain yang membukukannya.", "version": "0"}
    html = post(operator, "penjelasan", mine, 409)
    assert "Yang tersimpan: Ratna Widyastuti" in html
    assert WORDS["text"] in html
    assert in_textarea(html) == mine["text"]
    assert 'name="version" value="1"' in html
    # Closing the tab loses nothing: the draft says that something else stands.
    later = page(operator)
    assert in_textarea(later) == mine["text"]
    assert WORDS["text"] in later
    assert "Ratna Widyastuti menulis penjelasan lain" in text_of(later)
    assert 'name="version" value="0"' in later
    assert Explanation.objects.get().text == WORDS["text"]
    post(operator, "penjelasan", {**mine, "version": "1"})
    assert Explanation.objects.get().text == mine["text"]
    assert WORDS["text"] in text_of(page(operator))


def test_choosing_the_others_words_drops_only_the_own_draft(story, operator):
    post(operator, "penjelasan-draf", BEGUN)
    post(client(make_user("OPERATOR_SATKER", "503202")), "penjelasan", {**WORDS, "version": "0"})
    post(operator, "penjelasan-buang", {})
    html = page(operator)
    assert (in_textarea(html), in_textarea(html, "message")) == (WORDS["text"], BEGUN["message"])


def test_words_that_come_too_late_stay_readable(story, operator, vera):
    post(operator, "penjelasan", {**WORDS, "version": "0"})
    post(vera, "penjelasan-terima", {})
    late = {**WORDS, "text": "Tambahan: nomor SP2D 261161300000003.", "version": "1"}
    post(operator, "penjelasan", late, 409)
    html = text_of(page(operator))
    assert f"Draf Anda yang belum terkirim {late['text']}" in html
    assert "Diterima KPPN" in html
    post(operator, "penjelasan-buang", {})
    assert "belum terkirim" not in page(operator)


def test_vera_sees_words_files_amounts_documents_and_cause_side_by_side(story, operator, vera):
    post(operator, "penjelasan", {**WORDS, "version": "0", "file": named_file("surat.pdf", pdf())})
    shown = text_of(page(vera, "antrean"))
    for words in (
        WORDS["text"],
        "surat.pdf",
        "SiAP 7.540.000 · SAI 7.450.000",
        "261161300000003",
        "kemungkinan tertukar",
        "Terima",
    ):
        assert words in shown
    post(vera, "penjelasan-pesan", {"message": "Mohon sebut tanggalnya.", "dari": "antrean"})
    assert "Percakapan (1)" in text_of(page(vera, "antrean"))
    assert "Mohon sebut tanggalnya. " in text_of(page(operator))


def test_a_mistake_at_the_satker_shows_no_accept_button_but_why(story, operator, vera):
    post(operator, "penjelasan", {**WORDS, "location": "SATKER", "version": "0"})
    for html in (page(vera), page(vera, "antrean")):
        assert reverse("penjelasan-terima", kwargs=PLACE) not in html
        assert reverse("penjelasan-tolak", kwargs=PLACE) in html
        assert "hanya dapat ditolak" in html
    assert "hanya dapat ditolak" not in page(operator)
    assert "tidak dapat diterima" in post(vera, "penjelasan-terima", {}, 409)


def test_a_decision_on_words_that_changed_meanwhile_is_refused(story, operator, vera):
    post(operator, "penjelasan", {**WORDS, "version": "0"})
    seen = re.search(r'name="seen" value="([^"]+)"', page(vera, "antrean"))[1]
    post(operator, "penjelasan-bukti", {"file": named_file("surat.pdf", pdf())})
    post(vera, "penjelasan-terima", {"seen": seen}, 409)
    refusing = post(vera, "penjelasan-tolak", {"seen": seen, "reason": "Panjang lebar alasannya."}, 409)
    assert in_textarea(refusing, "reason") == "Panjang lebar alasannya."
    assert "baru saja mengubah data ini" in refusing
    assert Explanation.objects.get().decision == "DITULIS"


def test_the_reason_of_a_refusal_stands_in_the_thread_of_both_pages(story, operator, vera):
    post(operator, "penjelasan", {**WORDS, "version": "0"})
    post(vera, "penjelasan-tolak", {"reason": ""}, 400)
    post(vera, "penjelasan-tolak", {"reason": "Nomor SP2D belum disebut."})
    for html in (page(operator), page(vera), page(vera, "antrean")):
        assert "Alasan penolakan Nomor SP2D belum disebut." in text_of(html)


def test_what_was_brought_over_says_so_and_what_lapsed_is_offered_again(story, operator):
    post(operator, "penjelasan", {**WORDS, "version": "0"})
    expect(story.upload(file=satker_adk(SWAPPED, control=False)), 202)
    process_all()
    assert "Dibawa dari unggahan ke-1, periksa lagi" in page(operator)
    expect(story.upload(7_400_000), 202)
    process_all()
    html = page(operator)
    assert "gugur karena angkanya berubah" in html
    assert in_textarea(html) == WORDS["text"]
    assert "Belum dijelaskan" in html


def test_the_form_is_the_same_bytes_on_page_and_api_until_something_changes(story, operator, vera):
    post(operator, "penjelasan", {**WORDS, "version": "0"})
    address = reverse("formulir-penjelasan", kwargs=KEY)
    first = operator.get(address)
    assert first["Content-Disposition"] == 'attachment; filename="Penjelasan_503202_202609.pdf"'
    assert first.content == vera.get(address).content == story.get("kpa", "/explanations.pdf").content
    post(operator, "penjelasan-pesan", {"message": "Tidak tercetak."})
    assert operator.get(address).content == first.content
    post(operator, "penjelasan", {**WORDS, "location": "LAINNYA", "version": "1"})
    assert operator.get(address).content != first.content


def test_signs_that_no_database_keeps_are_dropped_or_refused(story, operator, vera):
    nul = "Tanda \0 nol di tengah kalimat yang panjang."
    post(operator, "penjelasan-draf", {**WORDS, "text": nul, "message": nul})
    post(operator, "penjelasan", {**WORDS, "text": nul, "version": "0", "message": nul})
    post(operator, "penjelasan-pesan", {"message": nul, "version": "\0"})
    post(vera, "penjelasan-tolak", {"reason": nul, "seen": ""})
    assert "\0" not in "".join(ExplanationMessage.objects.values_list("text", flat=True))
    place = f"{story.path}/explanations/BLJ/521211/"
    for text in (nul, nul.replace("\0", "\ud800")):
        for person, method, tail in (("operator", "PUT", ""), ("vera", "POST", "messages/")):
            body = json.dumps({**WORDS, "text": text}).encode()
            answer = story.by(person).generic(method, place + tail, body, content_type="application/json")
            expect(answer, 400, "ISIAN")


def test_hostile_words_are_printed_and_never_obeyed(story, operator, vera):
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    name = '"><svg onload=alert(1)>.pdf'
    body = {**WORDS, "text": evil, "version": "0", "message": evil, "file": named_file(name, pdf())}
    post(operator, "penjelasan", body)
    post(operator, "penjelasan-pesan", {"message": evil})
    for html in (page(operator), page(vera), page(vera, "antrean")):
        assert "<script>alert" not in html
        assert "<svg onload" not in html
        assert "&lt;script&gt;alert(1)" in html

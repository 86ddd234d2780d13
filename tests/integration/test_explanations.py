"""Explaining by the API: versions, thread, carrying over; what stands is what everybody reads."""

import pytest
from django.db import DatabaseError, transaction

from audit.models import Event
from reconciliation.models import Explanation, ExplanationMessage
from tests.builders import make_user
from tests.evidence_files import pdf
from tests.story import SWAPPED, Story, client_of, expect, named_file, process_all, satker_adk

pytestmark = pytest.mark.django_db

ONE = "/explanations/BLJ/521211/"
OTHER_WORDS = "SP2D September salah digit, surat koreksi S-41 sudah kami ajukan."
# The same figures in other bytes, and other figures.
SAME_FIGURES = satker_adk(SWAPPED, control=False)
OTHER_FIGURES = 7_400_000


@pytest.fixture
def story():
    return Story.begin().compared(SWAPPED)


@pytest.fixture
def colleague(story):
    return client_of(make_user("OPERATOR_SATKER", "503202"))


def put(client, story, **fields):
    body = {"location": "SIAP", "reason": "SALAH_SIAP", "text": OTHER_WORDS, **fields}
    headers = body.pop("headers", {})
    return client.put(f"{story.path}{ONE}", body, format="json", headers=headers)


def one(story, person="operator"):
    return expect(story.get(person, ONE), 200)


def upload_again(story, file=None, amount=SWAPPED):
    expect(story.upload(amount, file=file), 202)
    process_all()


def test_a_difference_reads_empty_before_anybody_wrote(story):
    found = one(story)
    assert (found["siap"], found["sai"], found["difference"]) == (7_540_000, 7_450_000, 90_000)
    assert (found["version"], found["text"], found["messages"], found["evidence"]) == (0, None, [], [])
    assert story.get("operator", ONE)["ETag"] == '"0"'
    assert [row["akun"] for row in expect(story.get("vera", "/explanations/"), 200)["results"]] == ["521211"]


@pytest.mark.parametrize("told", [{"version": 1}, {"headers": {"If-Match": '"1"'}}], ids=["field", "header"])
def test_a_colleague_replaces_the_words_that_he_saw(story, colleague, told):
    expect(story.explain(), 200)
    expect(put(colleague, story, **told), 200)
    assert (one(story)["text"], one(story)["version"]) == (OTHER_WORDS, 2)


@pytest.mark.parametrize(
    "told", [{}, {"version": 0}, {"version": 7}, {"headers": {"If-Match": '"7"'}}], ids=str
)
def test_nobody_replaces_words_that_he_has_not_seen(story, colleague, told):
    expect(story.explain(), 200)
    first = one(story)["text"]
    refused = expect(put(colleague, story, **told), 409, "BERUBAH")
    assert (refused["standing"]["text"], refused["standing"]["version"]) == (first, 1)
    assert refused["yours"]["text"] == OTHER_WORDS
    assert refused["standing"]["author"] == story.cast.operator.name
    assert one(story)["text"] == first


def test_own_words_are_replaced_without_a_version_and_the_same_words_refuse_nobody(story, colleague):
    expect(put(story.by("operator"), story), 200)
    expect(story.explain(), 200)
    expect(put(story.by("operator"), story), 200)
    expect(put(colleague, story), 200)
    assert (one(story)["version"], one(story)["author"]) == (3, story.cast.operator.name)


def test_a_header_that_is_no_version_is_named(story):
    expect(put(story.by("operator"), story, headers={"If-Match": '"abc"'}), 400, "ISIAN")
    expect(put(story.by("operator"), story, headers={"If-Match": "*"}), 200)


def test_every_written_word_stays_in_the_thread(story, colleague):
    expect(story.explain(), 200)
    expect(story.post("vera", f"{ONE}messages/", {"text": "Mohon sebut nomor SP2D."}), 201)
    expect(story.post("vera", f"{ONE}refuse/", {"reason": "Nomor SP2D belum disebut."}), 200)
    expect(put(colleague, story, version=1), 200)
    said = expect(story.post("operator", f"{ONE}messages/", {"text": "Sudah kami lengkapi."}), 201)
    assert (said["kind"], said["role"]) == ("PESAN", "OPERATOR_SATKER")
    for person in ("operator", "vera"):
        lines = [(line["kind"], line["version"], line["text"]) for line in one(story, person)["messages"]]
        assert lines == [
            ("JELASKAN", 1, "Menunggu koreksi KPPN atas SP2D September."),
            ("PESAN", None, "Mohon sebut nomor SP2D."),
            ("TOLAK", None, "Nomor SP2D belum disebut."),
            ("JELASKAN", 2, OTHER_WORDS),
            ("PESAN", None, "Sudah kami lengkapi."),
        ]
    moments = [line["at"] for line in one(story)["messages"]]
    assert moments == sorted(moments)


def test_only_the_satkers_operator_and_its_vera_speak(story):
    say = {"text": "Halo."}
    expect(story.post("kpa", f"{ONE}messages/", say), 403, "BUKAN_HAK")
    expect(story.by("stranger_vera").post(f"{story.path}{ONE}messages/", say, format="json"), 404)
    expect(story.post("vera", f"{ONE}messages/", {"text": " "}), 400, "ISIAN")
    expect(story.post("vera", f"{ONE}messages/", {"text": "a" * 1001}), 400, "ISIAN")
    expect(story.post("vera", "/explanations/BLJ/999999/messages/", say), 404)
    assert not ExplanationMessage.objects.exists()


def test_a_second_click_says_nothing_twice(story):
    first, second = (
        expect(story.post("vera", f"{ONE}messages/", {"text": "Mohon lengkapi."}), 201) for _ in range(2)
    )
    assert first["id"] == second["id"]
    assert Event.objects.filter(action="PESAN_PENJELASAN").count() == 1


def test_the_database_keeps_the_thread_as_it_was_written(story):
    expect(story.explain(), 200)
    for change in (lambda rows: rows.update(text="lain"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(ExplanationMessage.objects.all())
    assert ExplanationMessage.objects.get().text.startswith("Menunggu")


def test_vera_judges_only_what_she_saw(story):
    expect(story.explain(), 200)
    seen = one(story, "vera")["seen"]
    expect(story.explain(text=OTHER_WORDS), 200)
    for decision in ("accept", "refuse"):
        body = {"seen": seen, "reason": "Belum jelas."}
        refused = expect(story.post("vera", f"{ONE}{decision}/", body), 409, "BERUBAH")
        assert refused["standing"]["text"] == OTHER_WORDS
    expect(story.post("vera", f"{ONE}accept/", {"seen": one(story, "vera")["seen"]}), 200)
    assert one(story)["decision"] == "DITERIMA"


def test_a_mistake_at_the_satker_can_only_be_refused_and_refusing_needs_a_reason(story):
    expect(story.explain(location="SATKER"), 200)
    expect(story.post("vera", f"{ONE}accept/"), 409, "PERBAIKI_DULU")
    expect(story.post("vera", f"{ONE}refuse/", {"reason": " "}), 400, "ISIAN")
    expect(story.post("vera", f"{ONE}refuse/", {"reason": "Perbaiki di SAIBA dulu."}), 200)
    assert one(story)["decision"] == "DITOLAK"


def test_while_the_amounts_stand_words_files_and_thread_come_along(story):
    expect(story.explain(), 200)
    form = {"file": named_file("surat.pdf", pdf())}
    expect(story.by("operator").post(f"{story.path}{ONE}evidence/", form, format="multipart"), 201)
    expect(story.post("vera", f"{ONE}messages/", {"text": "Terima kasih."}), 201)
    expect(story.post("vera", f"{ONE}accept/"), 200)
    upload_again(story, SAME_FIGURES)
    found = one(story)
    assert (found["carried_from"], found["written_for"], found["decision"]) == (1, 2, "DITULIS")
    assert [file["added_for"] for file in found["evidence"]] == [1]
    assert [line["kind"] for line in found["messages"]] == ["JELASKAN", "PESAN"]
    assert story.document()["turn"] == "VERA"


def test_a_refused_explanation_is_not_written_anew_by_a_new_upload(story):
    expect(story.explain(), 200)
    expect(story.post("vera", f"{ONE}refuse/", {"reason": "Tidak sesuai SP2D."}), 200)
    upload_again(story, SAME_FIGURES)
    assert (one(story)["decision"], one(story)["decision_reason"]) == ("DITOLAK", "Tidak sesuai SP2D.")
    assert story.document()["turn"] == "OPERATOR_SATKER"


def test_when_the_amount_changed_the_old_words_are_there_but_do_not_count(story):
    expect(story.explain(), 200)
    upload_again(story, amount=OTHER_FIGURES)
    found = one(story)
    assert (found["difference"], found["decision"]) == (140_000, "GUGUR")
    assert found["text"].startswith("Menunggu")
    assert story.document()["turn"] == "OPERATOR_SATKER"
    expect(story.post("vera", f"{ONE}accept/"), 404)
    expect(story.explain(), 200)
    assert (one(story)["decision"], Explanation.objects.get().written_for) == ("DITULIS", 2)


def test_nothing_is_read_or_written_where_no_result_stands(story):
    expect(story.explain(), 200)
    expect(story.post("vera", "/reject/", {"reason": "Unggah ulang yang benar."}), 200)
    expect(story.get("operator", ONE), 404)
    expect(story.explain(), 409, "BERUBAH")
    expect(story.post("vera", f"{ONE}messages/", {"text": "Halo."}), 409, "BERUBAH")
    expect(story.get("operator", "/explanations.pdf"), 409, "BELUM_ADA")

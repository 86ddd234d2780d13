"""Evidence by the API: added, served, removed, and covered by what is approved."""

import hashlib

import pytest

from audit.models import Event
from bar.models import Bar
from erekon.lib import files
from erekon.lib.attachments import checking
from erekon.lib.attachments.looking import look
from reconciliation.models import Evidence
from reconciliation.services import evidencing
from tests.evidence_files import pdf, pdf_with_script, picture, zipped
from tests.story import SWAPPED, Story, expect, named_file

pytestmark = pytest.mark.django_db

ONE = "/explanations/BLJ/521211/"


@pytest.fixture(autouse=True)
def _look_here(monkeypatch):
    monkeypatch.setattr(checking, "look_apart", look)


@pytest.fixture
def story():
    begun = Story.begin().compared(SWAPPED)
    expect(begun.explain(), 200)
    return begun


def attach(story, name="surat.pdf", content=None, person="operator"):
    form = {"file": named_file(name, pdf() if content is None else content)}
    return story.by(person).post(f"{story.path}{ONE}evidence/", form, format="multipart")


def standing(story):
    return expect(story.get("vera", ONE), 200)["evidence"]


def test_a_file_is_kept_as_it_came_and_served_as_an_attachment(story):
    added = expect(attach(story, "Surat S-41 é.PDF"), 201)
    assert (added["name"], added["kind"], added["size"]) == ("Surat S-41 é.pdf", "pdf", len(pdf()))
    assert added["sha256"] == hashlib.sha256(pdf()).hexdigest()
    for person in ("operator", "vera", "kpa"):
        answer = story.by(person).get(added["url"])
        assert answer.content == pdf()
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Surat%20S-41%20%C3%A9.pdf"
        assert "no-store" in answer["Cache-Control"]
    expect(story.by("stranger_vera").get(added["url"]), 404)
    expect(story.by("operator").get(added["url"].replace("521211", "521111")), 404)
    assert Event.objects.get(action="LAMPIRKAN_BUKTI").content["sha256"] == added["sha256"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("kosong.pdf", b"", "BUKTI_KOSONG"),
        ("besar.pdf", b"%PDF-" + b"0" * 5 * 1024 * 1024, "BUKTI_BESAR"),
        ("lembar.docx", zipped(), "BUKTI_JENIS"),
        ("foto.png", pdf("akhiran keliru"), "BUKTI_AKHIRAN"),
        ("skrip.pdf", pdf_with_script(), "BUKTI_AKTIF"),
    ],
)
def test_a_file_that_may_not_be_kept_is_named_and_leaves_nothing(
    story, settings, tmp_path, name, content, code
):
    settings.MEDIA_ROOT = tmp_path
    refused = expect(attach(story, name, content), 400, "ISIAN")
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [("file", code)]
    assert not Evidence.objects.exists()
    assert not files.path_of(hashlib.sha256(content).hexdigest()).exists()


def test_three_files_are_the_most_and_the_same_file_counts_once(story):
    expect(attach(story), 201)
    refused = expect(attach(story, "salinan.pdf"), 400, "ISIAN")
    assert refused["errors"][0]["code"] == "BUKTI_SAMA"
    for kind in ("JPEG", "PNG"):
        expect(attach(story, f"foto.{kind.lower()}", picture(kind)), 201)
    refused = expect(attach(story, "lagi.pdf", pdf("lain")), 400, "ISIAN")
    assert refused["errors"][0]["code"] == "BUKTI_PENUH"
    expect(story.by("operator").delete(f"{story.path}{ONE}evidence/{standing(story)[0]['id']}/"), 204)
    expect(attach(story, "lagi.pdf", pdf("lain")), 201)


def test_replacing_files_without_end_is_refused(story, monkeypatch):
    monkeypatch.setattr(evidencing, "MOST_EVER", 2)
    for text in ("satu", "dua"):
        added = expect(attach(story, content=pdf(text)), 201)
        expect(story.by("operator").delete(f"{story.path}{ONE}evidence/{added['id']}/"), 204)
    assert expect(attach(story), 400)["errors"][0]["code"] == "BUKTI_PENUH"


def test_a_removed_file_is_served_to_nobody_and_stays_on_record(story):
    added = expect(attach(story), 201)
    address = f"{story.path}{ONE}evidence/{added['id']}/"
    expect(story.by("vera").delete(address), 403, "BUKAN_HAK")
    expect(story.by("stranger_operator").delete(address), 404)
    expect(story.by("operator").delete(address), 204)
    expect(story.by("operator").delete(address), 404)
    expect(story.by("operator").get(added["url"]), 404)
    row = Evidence.objects.get()
    assert (row.removed_by, files.read(row.content)) == (story.cast.operator, pdf())
    assert Event.objects.get(action="HAPUS_BUKTI").content["name"] == "surat.pdf"


def test_a_repeated_call_gets_its_first_answer_and_has_one_effect(story):
    key = {"headers": {"Idempotency-Key": "sekali"}}
    address = f"{story.path}{ONE}evidence/"
    for _ in range(2):
        form = {"file": named_file("surat.pdf", pdf())}
        added = expect(story.by("operator").post(address, form, format="multipart", **key), 201)
    assert Evidence.objects.count() == 1
    for _ in range(2):
        expect(story.by("operator").delete(f"{address}{added['id']}/", **key), 204)


def test_an_accepted_explanation_keeps_its_files(story):
    added = expect(attach(story), 201)
    expect(story.post("vera", f"{ONE}accept/"), 200)
    expect(attach(story, "lagi.pdf", pdf("lain")), 409, "BERUBAH")
    expect(story.by("operator").delete(f"{story.path}{ONE}evidence/{added['id']}/"), 409, "BERUBAH")
    assert len(standing(story)) == 1


def test_only_the_satkers_operator_attaches_and_only_to_a_difference(story):
    expect(attach(story, person="vera"), 403, "BUKAN_HAK")
    expect(attach(story, person="stranger_operator"), 404)
    form = {"file": named_file("surat.pdf", pdf())}
    other = f"{story.path}/explanations/BLJ/521111/evidence/"
    expect(story.by("operator").post(other, form, format="multipart"), 404)
    expect(story.by("operator").post(f"{story.path}{ONE}evidence/", {}, format="multipart"), 400, "ISIAN")


def test_vera_accepts_the_files_that_she_saw_and_approves_what_the_page_held(story):
    seen, page = expect(story.get("vera", ONE), 200)["seen"], story.document()["content_hash"]
    expect(attach(story), 201)
    expect(story.post("vera", f"{ONE}accept/", {"seen": seen}), 409, "BERUBAH")
    assert story.document()["content_hash"] != page
    before = story.document()["content_hash"]
    (file,) = standing(story)
    expect(story.by("operator").delete(f"{story.path}{ONE}evidence/{file['id']}/"), 204)
    assert story.document()["content_hash"] == page != before


def test_the_bar_names_words_decision_and_files(story):
    added = expect(attach(story), 201)
    expect(story.post("vera", f"{ONE}accept/"), 200)
    expect(story.approve(), 200)
    (row,) = Bar.objects.get().content["selisih"]
    told = row["penjelasan"]
    assert told["uraian"] == "Menunggu koreksi KPPN atas SP2D September."
    assert told["keputusan"] == "Diterima KPPN"
    assert told["bukti"] == [f"surat.pdf (SHA-256 {added['sha256'][:16].upper()})"]
    expect(attach(story, "lagi.pdf", pdf("lain")), 409, "BERUBAH")

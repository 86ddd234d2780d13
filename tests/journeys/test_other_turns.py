"""The story's other turns by the HTTP API: reject, decline, undo, supersede, bring over, refuse a reset."""

import pytest

from bar.models import Bar
from reconciliation.models import Submission
from tests.journeys.test_story_by_api import TokenStory, verify
from tests.story import (
    API,
    CORRECTED,
    PERIOD,
    SCAN,
    SWAPPED,
    expect,
    named_file,
    process_all,
    satker_adk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return TokenStory.begin()


def test_vera_rejects_and_the_satker_uploads_again(story):
    story.compared(SWAPPED)
    expect(story.post("vera", "/reject/", {"reason": "pendek"}), 400, "ISIAN")
    expect(story.post("operator", "/reject/", {"reason": "Perbaiki belanja 521211."}), 403, "BUKAN_HAK")
    rejected = expect(story.post("vera", "/reject/", {"reason": "Perbaiki belanja 521211."}), 200)
    assert (rejected["stage"], rejected["elements"]) == ("UPLOAD_ULANG", [])
    expect(story.get("operator", "/bar.pdf"), 409, "BELUM_ADA")
    history = expect(story.get("operator", "/history/"), 200)["results"]
    assert history[0]["reason"] == "Perbaiki belanja 521211."
    expect(story.upload(CORRECTED), 202)
    process_all()
    assert story.document()["verdict"] == "SAMA"


def test_a_declined_bar_keeps_its_number_and_loses_its_signature(story):
    story.half_signed()
    number = story.document()["bar"]["number"]
    expect(story.post("kpa", "/decline/", {"reason": "Bukan giliran saya lagi."}), 403, "BUKAN_HAK")
    declined = expect(story.post("kasi_vera", "/decline/", {"reason": "Nama pejabat keliru."}), 200)
    assert declined["stage"] == "PERSETUJUAN_BAR"
    approved = expect(story.approve(), 200)
    assert approved["bar"]["number"] == number
    expect(story.sign("kpa"), 200)
    expect(story.sign("kasi_vera"), 200)
    signatures = Bar.objects.get().signatures
    assert (signatures.count(), signatures.filter(voided_at__isnull=True).count()) == (3, 2)


def test_vera_takes_her_approval_back_within_ten_seconds(story):
    story.approved()
    number = story.document()["bar"]["number"]
    assert expect(story.post("vera", "/undo-approve/"), 200)["stage"] == "PERSETUJUAN_BAR"
    assert expect(story.approve(), 200)["bar"]["number"] == number
    expect(story.sign("kpa"), 200)
    expect(story.post("vera", "/undo-approve/"), 409, "BERUBAH")


def test_a_better_file_supersedes_a_bad_one_never_does_and_the_same_one_moves_nothing(story):
    story.compared(SWAPPED)
    run = story.case.run_id
    expect(story.upload(file=("KPPN_KD0150850320209.zip", b"bukan zip")), 202)
    process_all()
    case = story.document()
    assert (case["stage"], case["verdict"], story.case.run_id) == ("PERSETUJUAN_BAR", "BEDA", run)
    same = expect(story.upload(SWAPPED), 202)
    process_all()
    repeated = expect(story.by("operator").get(f"{API}/adk/{same['id']}/"), 200)
    assert (repeated["verdict"], repeated["same_as"], repeated["number"]) == ("STANDAR", 1, 3)
    assert story.case.run_id == run
    expect(story.upload(CORRECTED), 202)
    process_all()
    case = story.document()
    assert (case["verdict"], case["run"]["number"]) == ("SAMA", 2)
    assert list(Submission.objects.order_by("number").values_list("number", flat=True)) == [1, 4]


def test_an_explanation_is_brought_over_while_its_amounts_stand(story):
    story.compared(SWAPPED)
    expect(story.explain(), 200)
    expect(story.post("vera", "/explanations/BLJ/521211/accept/"), 200)
    # The same figures in other bytes: no control table.
    expect(story.upload(file=satker_adk(SWAPPED, control=False)), 202)
    process_all()
    case = story.document()
    assert (case["turn"], case["verdict"]) == ("VERA", "BEDA")
    expect(story.approve(), 409, "BELUM_DIJELASKAN")
    expect(story.post("vera", "/explanations/BLJ/521211/accept/"), 200)
    expect(story.approve(), 200)


def test_a_refused_reset_leaves_the_bar_standing(story):
    story.signed()
    request = expect(story.ask_reset(), 201)["id"]
    refuse = f"{API}/reset-requests/{request}/refuse/"
    expect(story.by("vera").post(refuse, {"reason": "Surat belum ditandatangani."}, format="json"), 200)
    assert verify(story.document()["bar"]["verify_id"])["verdict"] == "SAH"
    expect(story.ask_reset(scan=named_file("surat.exe", b"MZ" + SCAN)), 400, "ISIAN")
    expect(story.ask_reset(), 201)


def test_a_satker_uploads_only_for_itself(story):
    form = {"file": named_file(*satker_adk()), "period": PERIOD, "satker": "503202"}
    expect(story.by("stranger_operator").post(f"{API}/adk/", form, format="multipart"), 404)
    form = {"file": named_file(*satker_adk()), "period": PERIOD, "satker": "503202"}
    expect(story.by("vera").post(f"{API}/adk/", form, format="multipart"), 403, "BUKAN_HAK")

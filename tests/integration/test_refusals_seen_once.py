"""Every refusal of the catalogue that the API promises is met at least once, by its status and code."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bar.models import SignerPin, SigningNonce
from erekon.lib import clock
from reconciliation.models import FiscalYear
from tests.builders import assign, make_period, make_user
from tests.story import (
    API,
    CORRECTED,
    PERIOD,
    PIN,
    SCAN,
    SWAPPED,
    Story,
    client_of,
    expect,
    named_file,
    process_all,
    satker_adk,
    treasury_adk,
)

pytestmark = pytest.mark.django_db

OPENS = datetime(2026, 10, 1, tzinfo=UTC)
CLOSES = datetime(2026, 10, 10, tzinfo=UTC)


@pytest.fixture
def story():
    return Story.begin()


def upload(story, *, period=PERIOD, person="operator", **fields):
    form = {"file": named_file(*satker_adk()), "period": period, **fields}
    return story.by(person).post(f"{API}/adk/", form, format="multipart")


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (OPENS - timedelta(seconds=1), "PERIODE_BELUM_BUKA"),
        (OPENS, ""),
        (CLOSES, ""),
        (CLOSES + timedelta(seconds=1), "PERIODE_TUTUP"),
    ],
)
def test_the_window_is_judged_at_the_first_byte(story, at, code):
    make_period(opens_at=OPENS, closes_at=CLOSES)
    with time_machine.travel(at, tick=False):
        expect(upload(story), 409 if code else 202, code)


def test_a_month_without_a_schedule_is_not_open_but_an_early_one_is_judged_by_the_gate(story):
    expect(upload(story, period="2026-08"), 409, "PERIODE_BELUM_BUKA")
    FiscalYear.objects.create(year=2026, first_month=5)
    receipt = expect(upload(story, period="2026-04"), 202)
    process_all()
    shown = expect(story.by("operator").get(f"{API}/adk/{receipt['id']}/"), 200)
    assert shown["verdict"] == "PERIODE_TIDAK_DIPERKENANKAN"


def test_the_file_of_an_early_month_reads_not_permitted(story):
    FiscalYear.objects.create(year=2026, first_month=5)
    form = {"file": named_file(*satker_adk(month=4)), "period": "2026-04"}
    receipt = expect(story.by("operator").post(f"{API}/adk/", form, format="multipart"), 202)
    process_all()
    shown = expect(story.by("operator").get(f"{API}/adk/{receipt['id']}/"), 200)
    assert (shown["verdict"], [one["code"] for one in shown["findings"]]) == (
        "PERIODE_TIDAK_DIPERKENANKAN",
        ["PERIODE_TIDAK_DIPERKENANKAN"],
    )
    case = expect(story.by("operator").get(f"{API}/cases/{receipt['case']}/"), 200)
    assert case["stage_label"] == "ADK Periode Jan-Apr Tidak Diperkenankan"


def test_a_satker_that_sends_by_sakti_uploads_no_more(story):
    satker = story.cast.places.satker
    satker.sakti_from = datetime(2026, 9, 1, tzinfo=UTC).date()
    satker.save()
    expect(upload(story), 409, "LEWAT_SAKTI")


def test_an_empty_file_is_recorded_and_an_oversize_one_is_not(story, settings):
    empty = named_file("KPPN_KD0150850320209.zip", b"")
    form = {"file": empty, "period": PERIOD}
    receipt = expect(story.by("operator").post(f"{API}/adk/", form, format="multipart"), 202)
    process_all()
    shown = expect(story.by("operator").get(f"{API}/adk/{receipt['id']}/"), 200)
    assert [one["code"] for one in shown["findings"]] == ["UKURAN_NOL"]
    assert story.case.stage == "TIDAK_STANDAR"
    settings.MAX_UPLOAD_BYTES = 100
    expect(upload(story), 413, "TOLAK_UKURAN")


def test_bad_fields_are_named(story):
    expect(upload(story, period="2026-13"), 400, "ISIAN")
    missing = expect(story.by("operator").post(f"{API}/adk/", {}, format="multipart"), 400, "ISIAN")
    assert {one["field"] for one in missing["errors"]} == {"file", "period"}
    assign(story.cast.operator, "OPERATOR_SATKER", "441905")
    named = expect(upload(story), 400, "ISIAN")
    assert [one["field"] for one in named["errors"]] == ["satker"]
    expect(upload(story, satker="627898"), 404, "TIDAK_DITEMUKAN")


def test_documents_come_into_being_with_the_result(story):
    for tail in ("/lhr.xlsx", "/bar.pdf", "/rows.csv"):
        expect(story.get("operator", tail), 409, "BELUM_ADA")
    expect(story.get("operator", "/coa/"), 400, "ISIAN")
    expect(story.get("operator", "/coa/?element=XXX"), 400, "ISIAN")


def test_explanations_are_checked_field_by_field(story):
    story.compared(SWAPPED)
    bad = expect(story.explain(text="pendek", location="BULAN", reason="?"), 400, "ISIAN")
    assert {one["field"] for one in bad["errors"]} == {"text", "location", "reason"}
    nowhere = f"{story.path}/explanations/PND/425131/"
    fields = {"location": "SIAP", "reason": "LAINNYA", "text": "x" * 20}
    expect(story.by("operator").put(nowhere, fields, format="json"), 404, "TIDAK_DITEMUKAN")
    expect(story.post("vera", "/explanations/BLJ/521211/accept/"), 404, "TIDAK_DITEMUKAN")
    expect(story.explain(text="x" * 501), 400, "ISIAN")
    expect(story.explain(text="x" * 500), 200)
    expect(story.post("vera", "/explanations/BLJ/521211/refuse/"), 400, "ISIAN")
    refused = story.post("vera", "/explanations/BLJ/521211/refuse/", {"reason": "Kurang jelas"})
    assert expect(refused, 200)["turn"] == "OPERATOR_SATKER"


def test_a_nonce_works_once_and_expires(story):
    story.approved()
    page = expect(story.get("kpa", "/signing/"), 200)
    body = {"pin": PIN, "content_hash": page["content_hash"], "nonce": page["nonce"]}
    SigningNonce.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    expect(story.post("kpa", "/sign/", body), 409, "NONCE_TERPAKAI")
    expect(story.sign("kpa", content_hash="0" * 64), 409, "BERUBAH")
    expect(story.sign("kpa"), 200)
    expect(story.post("kpa", "/sign/", body), 403, "BUKAN_HAK")
    assert SignerPin.objects.get(user=story.cast.kpa).attempts == 0


def test_five_wrong_pins_lock_and_ten_ask_for_an_activation(story):
    story.approved()
    start = clock.now()
    with time_machine.travel(start, tick=False) as time:
        for left in (4, 3, 2, 1):
            wrong = expect(story.sign("kpa", pin="111118"), 403, "PIN_SALAH")
            assert wrong["attempts_left"] == left
        locked = expect(story.sign("kpa", pin="111118"), 423, "PIN_TERKUNCI")
        assert datetime.fromisoformat(locked["until"]) == start + timedelta(minutes=30)
        expect(story.sign("kpa"), 423, "PIN_TERKUNCI")
        time.move_to(start + timedelta(minutes=31))
        for _ in range(4):
            expect(story.sign("kpa", pin="111118"), 403, "PIN_SALAH")
        expect(story.sign("kpa", pin="111118"), 423, "PERLU_AKTIVASI")
        time.move_to(start + timedelta(days=9))
        expect(story.sign("kpa"), 423, "PERLU_AKTIVASI")


def test_a_signer_without_a_pin_is_told_so(story):
    story.approved()
    SignerPin.objects.filter(user=story.cast.kpa).delete()
    expect(story.sign("kpa"), 409, "PIN_BELUM_ADA")


def test_one_person_never_holds_two_parts(story):
    story.compared()
    uploader = story.cast.operator
    assign(uploader, "KPA", "503202")
    expect(story.approve(), 200)
    expect(story.sign("operator"), 403, "PEMISAHAN_TUGAS")
    expect(story.sign("kpa"), 200)
    assign(story.cast.vera, "KASI_VERA", "116")
    expect(story.sign("vera"), 403, "PEMISAHAN_TUGAS")
    assign(story.cast.kpa, "KASI_VERA", "116")
    expect(story.sign("kpa"), 403, "PEMISAHAN_TUGAS")
    expect(story.sign("kasi_vera"), 200)


def test_undo_ends_after_ten_seconds_and_is_only_for_her_who_approved(story):
    start = clock.now()
    colleague = make_user("VERA", "116")
    with time_machine.travel(start, tick=False) as time:
        story.approved()
        undo = f"{story.path}/undo-approve/"
        expect(client_of(colleague).post(undo, {}, format="json"), 409, "BERUBAH")
        time.move_to(start + timedelta(seconds=11))
        expect(story.post("vera", "/undo-approve/"), 409, "BERUBAH")


def test_a_reset_request_is_checked_and_decided_once(story):
    expect(story.ask_reset(), 409, "BERUBAH")
    story.signed()
    for bad in (
        {"letter_number": " "},
        {"letter_date": "2999-01-01"},
        {"letter_date": "kemarin"},
        {"reason": "pendek"},
        {"scan": named_file("surat.pdf", b"MZ" + SCAN)},
    ):
        expect(story.ask_reset(**bad), 400, "ISIAN")
    request = expect(story.ask_reset(), 201)["id"]
    expect(story.ask_reset(), 409, "SUDAH_DIAJUKAN")
    expect(story.grant(request, "kasi_vera"), 403, "BUKAN_HAK")
    expect(story.grant(request), 200)
    refuse = f"{API}/reset-requests/{request}/refuse/"
    expect(story.by("vera").post(refuse, {"reason": "x" * 12}, format="json"), 409, "SUDAH_DIPUTUSKAN")


def test_reject_and_decline_after_the_deadline_open_the_window(story):
    story.compared(SWAPPED)
    make_period(opens_at=OPENS - timedelta(days=900), closes_at=OPENS - timedelta(days=800))
    expect(upload(story), 409, "PERIODE_TUTUP")
    expect(story.post("vera", "/reject/", {"reason": "Perbaiki belanja 521211."}), 200)
    expect(story.upload(CORRECTED), 202)
    process_all()
    expect(story.approve(), 200)
    expect(story.sign("kpa"), 200)
    expect(story.sign("kasi_vera"), 200)
    assert not story.case.window_grant


def test_treasury_is_sent_by_its_supervisor_once_per_date(story):
    expect(story.send_treasury(), 202)
    form = {"file": named_file(*treasury_adk())}
    expect(story.by("vera").post(f"{API}/treasury/", form, format="multipart"), 403, "BUKAN_HAK")
    process_all()
    expect(story.send_treasury(), 409, "KIRIM_ULANG_TIDAK_PERLU")


def test_a_correction_makes_a_case_stale_and_it_runs_again_by_itself(story):
    story.compared(SWAPPED)
    assert story.document()["run"]["number"] == 1
    later = {"date": datetime(2026, 9, 29, tzinfo=UTC).date()}
    name, content = treasury_adk(1_000, **later)
    form = {"file": named_file(name, content)}
    expect(story.by("supervisor").post(f"{API}/treasury/", form, format="multipart"), 202)
    process_all()
    case = story.document()
    assert (case["run"]["number"], case["stale"], case["stage"]) == (2, False, "PERSETUJUAN_BAR")
    belanja = next(row for row in case["elements"] if row["code"] == "BLJ")
    # Twice the January SP2D, and 7.540.000 + 1.000.
    assert belanja["siap"] == 2 * 12_000_000 + 7_540_000 + 1_000


def test_after_approval_a_change_of_the_ledger_only_marks_the_case(story):
    story.approved()
    form = {"file": named_file(*treasury_adk(1_000, date=datetime(2026, 9, 29, tzinfo=UTC).date()))}
    expect(story.by("supervisor").post(f"{API}/treasury/", form, format="multipart"), 202)
    process_all()
    case = story.document()
    assert (case["stage"], case["stale"], case["verdict"]) == ("TTD_KPA", True, "SAMA")
    expect(story.post("kpa", "/decline/", {"reason": "Data SiAP berubah."}), 200)
    process_all()
    assert (story.document()["run"]["number"], story.document()["verdict"]) == (2, "BEDA")


def test_repeating_a_call_with_its_key_has_one_effect(story):
    key = {"HTTP_IDEMPOTENCY_KEY": "kunci-unggah-0001"}

    def call(september=SWAPPED):
        form = {"file": named_file(*satker_adk(september)), "period": PERIOD}
        return story.by("operator").post(f"{API}/adk/", form, format="multipart", **key)

    first = expect(call(), 202)
    assert expect(call(), 202) == first
    expect(call(CORRECTED), 422, "KUNCI_BERBEDA")


def test_an_unknown_address_is_a_problem_document(story):
    for client in (client_of(None), story.by("operator")):
        expect(client.get(f"{API}/tidak-ada/"), 404, "TIDAK_DITEMUKAN")
    expect(story.by("operator").delete(f"{API}/me/"), 405, "CARA_SALAH")
    expect(story.by("operator").post(f"{API}/adk/", {"a": 1}, format="json"), 415, "JENIS_ISI")


def test_a_session_call_without_a_csrf_token_is_refused(story):
    client = client_of(None).__class__(enforce_csrf_checks=True)
    client.force_login(story.cast.vera, backend="django.contrib.auth.backends.ModelBackend")
    expect(client.get(f"{story.path}/"), 200)
    expect(client.post(f"{story.path}/rerun/", {}, format="json"), 403, "BUKAN_HAK")
    expect(client.post(f"{API}/adk/", {}, format="multipart"), 403, "BUKAN_HAK")

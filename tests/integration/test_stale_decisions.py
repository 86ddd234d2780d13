"""A page that was open while something changed decides nothing: 409, and the sentence names what changed."""

import re

import pytest

from adk.services import treasury
from adk.services.treasury import load_next
from bar.services import approving
from erekon.lib import clock
from reconciliation.models import Explanation, ExplanationDraft
from reconciliation.services import changes, explaining, moving
from tests.builders import make_user
from tests.evidence_files import pdf
from tests.story import LEDGER_DAY, SWAPPED, Story, client_of, expect, named_file, process_all

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE = "/rekon/503202/2026-09"
REASON = "Perbaiki belanja 521211 di SAIBA."
OURS = f"{PAGE}/penjelasan/BLJ/521211"
FORM = {"location": "SIAP", "reason": "SALAH_SIAP", "text": "Menunggu koreksi KPPN atas SP2D September."}
API_DECISIONS = (
    "/approve/",
    "/reject/",
    "/explanations/BLJ/521211/accept/",
    "/explanations/BLJ/521211/refuse/",
)
PAGE_DECISIONS = (f"{PAGE}/setujui", f"{PAGE}/kembalikan", f"{OURS}/terima", f"{OURS}/tolak")


@pytest.fixture
def story():
    story = Story.begin().compared(SWAPPED)
    expect(story.explain(), 200)
    return story


def browser_of(user):
    client = client_of(None)
    client.force_login(user, backend=BACKEND)
    return client


def new_rows(story, day: int = 29, *, amount: int = 1_000) -> None:
    """The treasury sends another date; the case's figures change."""
    expect(story.send_treasury(amount, date=LEDGER_DAY.replace(day=day)), 202)


def shown(story) -> dict[str, str]:
    """What a page of Vera that is drawn now carries."""
    row = Explanation.objects.get()
    return {
        "content_hash": story.case.content_hash,
        "run": str(story.case.run.number),
        "seen": str(row.version),
    }


def decide(story, seen: dict[str, str]) -> list:
    """Every decision of Vera with what her page showed: by API, then by page."""
    body = {**seen, "reason": REASON}
    vera = browser_of(story.cast.vera)
    return [
        *(story.post("vera", tail, body) for tail in API_DECISIONS),
        *(vera.post(url, body) for url in PAGE_DECISIONS),
    ]


def as_it_stood(story) -> tuple:
    case, row = story.case, Explanation.objects.get()
    return case.stage, case.content_hash, case.run_id, row.decision, row.judged_at


def test_after_the_treasury_data_changed_no_decision_of_an_open_page_counts(story):
    seen = shown(story)
    new_rows(story)
    process_all()
    before = as_it_stood(story)
    assert before[0] == "PERSETUJUAN_BAR"
    for answer in decide(story, seen):
        assert answer.status_code == 409
        assert re.search(r"Data SiAP berubah per \d+ \w+ 2026, \d\d\.\d\d WIB", answer.content.decode())
    assert as_it_stood(story) == before


def test_while_the_case_is_compared_again_the_open_page_learns_why(story):
    seen = shown(story)
    new_rows(story)
    load_one()
    assert story.case.stage == "PROSES_SAI"
    for answer in decide(story, seen):
        assert (answer.status_code, "Data SiAP berubah per" in answer.content.decode()) == (409, True)


def load_one() -> None:
    assert load_next(now=clock.now()) is not None


@pytest.fixture
def not_compared_again(monkeypatch):
    """The worker dies after it loaded the rows, or a load touches more cases than are compared at once."""
    monkeypatch.setattr(treasury, "rerun_stale_cases", lambda **_: 0)


def test_until_the_case_is_compared_again_nothing_is_decided_on_old_figures(story, not_compared_again):
    expect(story.post("vera", API_DECISIONS[2], {"content_hash": story.case.content_hash}), 200)
    seen = shown(story)
    new_rows(story)
    load_one()
    before = as_it_stood(story)
    assert (before[0], story.case.stale) == ("PERSETUJUAN_BAR", True)
    for answer in decide(story, seen):
        assert (answer.status_code, "Data SiAP berubah per" in answer.content.decode()) == (409, True)
    assert as_it_stood(story) == before
    vera = browser_of(story.cast.vera)
    page = vera.post("/antrean/setujui", {"case": [f"{story.case.pk}:{seen['content_hash']}"]}, follow=True)
    assert "Data SiAP berubah per" in page.content.decode()
    assert story.case.stage == "PERSETUJUAN_BAR"


@pytest.mark.parametrize(
    ("guarded", "outcome"), [(True, (409, "PERSETUJUAN_BAR")), (False, (200, "TTD_KPA"))]
)
def test_rows_that_come_while_the_approval_is_written_stop_it(
    monkeypatch, not_compared_again, guarded, outcome
):
    story = Story.begin().compared()
    rendered = approving.make_edition

    def rows_come_in(*arguments):
        new_rows(story)
        load_one()
        return rendered(*arguments)

    def without_the_test(case, action, *, conditions, **options):
        del conditions["stale"]
        return moving.moving(case, action, conditions=conditions, **options)

    monkeypatch.setattr(approving, "make_edition", rows_come_in)
    if not guarded:
        monkeypatch.setattr(approving, "moving", without_the_test)
    answer = story.approve()
    assert (answer.status_code, story.case.stage) == outcome


@pytest.mark.parametrize("change", ["lpj", "evidence", "evidence removed"])
def test_the_refusal_names_who_changed_what_the_decision_rests_on(story, change):
    expect(story.post("vera", "/rerun/"), 200)
    process_all()
    seen = story.case.content_hash
    operator, files = story.by("operator"), f"{story.path}/explanations/BLJ/521211/evidence/"
    if change == "lpj":
        amounts = {"version": 0, "amounts": {"BP_TUNAI": "500.000"}}
        expect(operator.put(f"{story.path}/lpj/PENGELUARAN/", amounts, format="json"), 200)
    else:
        file = {"file": named_file("bukti.pdf", pdf())}
        added = expect(operator.post(files, file, format="multipart"), 201)
    if change == "evidence removed":
        seen = story.case.content_hash
        expect(operator.delete(f"{files}{added['id']}/"), 204)
    refused = expect(story.post("vera", API_DECISIONS[2], {"content_hash": seen}), 409, "BERUBAH")
    assert refused["detail"].startswith(story.cast.operator.name)


def test_without_the_guard_the_unseen_figures_would_be_decided(story, monkeypatch):
    """The control: the explanation is accepted although the page showed other content."""
    seen = story.case.content_hash
    expect(story.explain(text="Kalimat lain yang belum dibaca Vera sama sekali."), 200)
    monkeypatch.setattr(explaining, "require_seen", lambda *_: None)
    expect(story.post("vera", API_DECISIONS[2], {"content_hash": seen}), 200)
    assert Explanation.objects.get().decision == "DITERIMA"


def test_an_explanation_rewritten_meanwhile_is_not_judged_unread(story):
    seen = shown(story)
    expect(story.explain(text="Kalimat lain yang belum dibaca Vera sama sekali."), 200)
    for answer in decide(story, seen):
        assert answer.status_code == 409
        assert story.cast.operator.name in answer.content.decode()
    assert Explanation.objects.get().decision == "DITULIS"


def test_of_two_tabs_of_two_officers_the_second_is_told_who_decided(story):
    colleague = make_user("VERA", "116", name="Rekan Sebelah")
    seen = shown(story)
    first = browser_of(colleague).post(PAGE_DECISIONS[3], {**seen, "reason": REASON})
    assert first.status_code == 302
    for answer in decide(story, seen):
        assert (answer.status_code, "Rekan Sebelah" in answer.content.decode()) == (409, True)
    assert Explanation.objects.get().decision == "DITOLAK"


def test_a_form_of_the_page_without_what_was_seen_decides_nothing(story):
    vera = browser_of(story.cast.vera)
    assert [vera.post(url, {"reason": REASON}).status_code for url in PAGE_DECISIONS[:2]] == [409] * 2


def test_the_pages_carry_what_they_show(story):
    seen = shown(story)
    vera = browser_of(story.cast.vera)
    for url in (f"{PAGE}?elemen=BLJ&akun=521211", "/antrean"):
        page = vera.get(url).content.decode()
        for name, value in seen.items():
            assert page.count(f'name="{name}" value="{value}"') == 2, (url, name)


def test_decisions_on_what_was_seen_go_through(story):
    for tail in (API_DECISIONS[2], API_DECISIONS[0]):
        expect(story.post("vera", tail, {"content_hash": story.case.content_hash}), 200)
    assert story.case.stage == "TTD_KPA"


def test_what_an_operator_typed_during_a_rerun_waits_for_the_new_form(story):
    operator = browser_of(story.cast.operator)
    typed = {**FORM, "text": "Ditulis tepat saat data SiAP berubah, jangan hilang.", "version": "1"}
    new_rows(story)
    load_one()
    answer = operator.post(OURS, typed)
    assert (answer.status_code, "Data SiAP berubah per" in answer.content.decode()) == (409, True)
    unknown = operator.post(OURS.replace("521211", "599999"), typed)
    assert (unknown.status_code, ExplanationDraft.objects.count()) == (409, 1)
    process_all()
    assert f">{typed['text']}</textarea>" in operator.get(f"{PAGE}?elemen=BLJ&akun=521211").content.decode()
    assert operator.post(OURS, typed).status_code == 302
    assert Explanation.objects.get().text == typed["text"]
    assert not ExplanationDraft.objects.exists()


def test_by_api_it_is_refused_whole_and_never_half_kept(story):
    new_rows(story)
    load_one()
    expect(story.explain(text="Ditulis saat rekon sedang berjalan ulang."), 409, "BERUBAH")
    assert "berjalan ulang" not in Explanation.objects.get().text


def test_an_accepted_explanation_stays_accepted_while_its_figures_do(story):
    expect(story.post("vera", API_DECISIONS[2]), 200)
    expect(story.post("vera", "/rerun/"), 200)
    process_all()
    row = Explanation.objects.get()
    assert (row.decision, row.text, story.case.unexplained) == ("DITERIMA", FORM["text"], 0)


def test_a_rerun_by_hand_names_the_officer(story):
    seen = story.case.content_hash
    expect(story.post("vera", "/rerun/"), 200)
    answer = story.post("vera", "/approve/", {"content_hash": seen})
    assert story.cast.vera.name in expect(answer, 409, "BERUBAH")["detail"]
    assert changes.changed_refusal(story.case).code == "BERUBAH"


def test_of_many_ticked_at_once_a_changed_one_is_left_out_and_named():
    story = Story.begin().compared()
    ticked = {"case": [f"{story.case.pk}:{story.case.content_hash}"]}
    new_rows(story)
    process_all()
    vera = browser_of(story.cast.vera)
    page = vera.post("/antrean/setujui", ticked, follow=True).content.decode()
    assert "Data SiAP berubah per" in page
    assert story.case.stage == "PERSETUJUAN_BAR"

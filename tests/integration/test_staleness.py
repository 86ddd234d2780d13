"""Treasury rows that came after a result: compared again by itself, or only marked once the BAR was approved."""

import pytest

from adk.services import treasury
from adk.services.treasury import load_next
from erekon.lib import clock
from erekon.portal.sweeping import sweep_runs
from reconciliation.models import MatchRun
from reconciliation.services import matching
from reconciliation.services.matching import match_next
from tests.integration.test_stale_decisions import browser_of, new_rows
from tests.story import LEDGER_DAY, SWAPPED, Story, expect, process_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return Story.begin().compared(SWAPPED)


def blj(story) -> int:
    return next(row["siap"] for row in story.document()["elements"] if row["code"] == "BLJ")


def runs() -> list[tuple[int, str]]:
    return list(MatchRun.objects.order_by("number").values_list("number", "state"))


def test_a_case_at_persetujuan_bar_is_compared_again_by_itself(story):
    before = blj(story)
    new_rows(story)
    process_all()
    assert (story.case.stage, story.case.stale, runs()) == (
        "PERSETUJUAN_BAR",
        False,
        [(1, "DONE"), (2, "DONE")],
    )
    assert blj(story) == before + 12_001_000


def test_many_files_before_the_matcher_comes_make_one_run(story):
    before = blj(story)
    for day in (20, 21, 22, 23, 24):
        new_rows(story, day)
        assert load_next(now=clock.now()) is not None
    process_all()
    assert runs() == [(1, "DONE"), (2, "DONE")]
    assert blj(story) == before + 5 * 12_001_000


def test_files_that_come_while_it_is_compared_make_one_more(story, monkeypatch):
    """Rows come after the matcher read and before it committed: the result is stale, and run again."""
    before, plain, pending = blj(story), matching.compare, [22, 23, 24]
    new_rows(story, 21)
    load_next(now=clock.now())

    def compare(*arguments, **options):
        while pending:
            new_rows(story, pending.pop())
            load_next(now=clock.now())
        return plain(*arguments, **options)

    monkeypatch.setattr(matching, "compare", compare)
    match_next(now=clock.now())
    assert story.case.stale
    process_all()
    assert (story.case.stale, len(runs())) == (False, 3)
    assert blj(story) == before + 4 * 12_001_000


def test_a_crash_after_the_load_leaves_the_mark_and_the_sweep_compares_again(story, monkeypatch):
    before = blj(story)
    new_rows(story)

    def killed(**_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(treasury, "rerun_stale_cases", killed)
        with pytest.raises(KeyboardInterrupt):
            load_next(now=clock.now())
    assert (story.case.stage, story.case.stale, len(runs())) == ("PERSETUJUAN_BAR", True, 1)
    sweep_runs(now=clock.now())
    process_all()
    assert (story.case.stale, len(runs()), blj(story)) == (False, 2, before + 12_001_000)


def test_rows_of_a_later_month_and_of_another_satker_leave_it_alone(story):
    expect(story.send_treasury(1_000, date=LEDGER_DAY.replace(month=10)), 202)
    process_all()
    assert (story.case.stale, len(runs())) == (False, 1)


@pytest.mark.parametrize("road", ["approved", "half_signed", "signed"])
def test_from_ttd_kpa_on_it_is_only_marked_and_all_who_see_it_read_so(road):
    story = getattr(Story.begin(), road)()
    stage, content_hash = story.case.stage, story.case.content_hash
    new_rows(story)
    process_all()
    sweep_runs(now=clock.now())
    case = story.case
    assert (case.stage, case.content_hash, case.stale, len(runs())) == (stage, content_hash, True, 1)
    assert story.document()["stale"] is True
    for person in ("operator", "kpa", "vera", "kasi_vera"):
        client = browser_of(getattr(story.cast, person))
        for page in ("/rekon/503202/2026-09", f"/bar/{case.pk}"):
            assert "Data SiAP berubah" in client.get(page).content.decode(), (person, page)
    assert story.get("stranger_vera").status_code == 404


def test_declining_a_marked_case_compares_it_again():
    story = Story.begin().approved()
    new_rows(story)
    process_all()
    expect(story.post("kpa", "/decline/", {"reason": "Data SiAP berubah sesudah disetujui."}), 200)
    process_all()
    assert (story.case.stage, story.case.stale, len(runs())) == ("PERSETUJUAN_BAR", False, 2)

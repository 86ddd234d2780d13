"""`manage.py rerun_check`: identical, different with the first difference named, or not to be worked out."""

from dataclasses import replace
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from accounts.models import Satker
from erekon.lib import files
from reconciliation.matching.accounts import AccountSums
from reconciliation.matching.results import pack_outcome, unpack_outcome
from reconciliation.models import (
    ElementResult,
    LedgerRow,
    LhrEdition,
    MatchRun,
    Reconciliation,
    RunInputs,
    Terpusat,
)
from reconciliation.services import rederiving
from tests.stored import with_account
from tests.story import LEDGER_DAY, SWAPPED, Story, expect, process_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Story.begin().compared(SWAPPED)


def check(*arguments: str) -> tuple[int, str]:
    """Exit code and words."""
    out = StringIO()
    try:
        call_command("rerun_check", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def damage(sha256: str, content: bytes = b"damaged") -> None:
    files.path_of(sha256).write_bytes(content)


def test_a_fresh_result_is_identical_by_id_and_by_name(story):
    for case in (str(story.case.pk), "503202/2026-09"):
        code, words = check(case)
        assert (code, "identical: case" in words, "not compared" in words) == (0, True, False), words


def test_an_earlier_run_is_identical_after_rows_rules_and_names_changed(story):
    expect(story.explain(), 200)
    expect(story.send_treasury(1_000, date=LEDGER_DAY.replace(day=29)), 202)
    process_all()
    Terpusat.objects.create(
        ba="015", es1="08", satker_pusat="441905", akun_from="4251", akun_to="4251", counterpart="183"
    )
    Satker.objects.update(name="Nama Baru")
    assert story.case.run.number == 2
    assert [check("503202/2026-09", "--run", str(number))[0] for number in (1, 2)] == [0, 0]


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (
            lambda run: ElementResult.objects.filter(run=run, code="BLJ").update(siap=1),
            "element BLJ: siap stored 1",
        ),
        (
            lambda run: with_account(run, "BLJ", "521211", "sai", 7_540_000),
            "element BLJ: accounts stored [['521211', ",
        ),
        (
            lambda run: ElementResult.objects.filter(run=run, code="PGU").update(accounts=[]),
            "element PGU: accounts stored []",
        ),
        (lambda run: ElementResult.objects.filter(run=run, code="PGU").delete(), "PGU: no stored row"),
        (
            lambda run: MatchRun.objects.filter(pk=run.pk).update(verdict="SAMA"),
            "verdict stored SAMA, derived BEDA",
        ),
        (lambda run: MatchRun.objects.filter(pk=run.pk).update(outside_sai_total=1), "sai_total stored 1"),
        (lambda run: damage(run.workbook), "LHR workbook"),
        (
            lambda run: MatchRun.objects.filter(pk=run.pk).update(ledger_version=77),
            "ledger_version stored 77",
        ),
        (
            lambda run: RunInputs.objects.filter(run=run).update(others=[["183", 9, 5]]),
            "others stored [['183', 9, 5]]",
        ),
        (
            lambda run: Reconciliation.objects.filter(run=run).update(verdict="SAMA"),
            "verdict stored SAMA, derived BEDA",
        ),
    ],
)
def test_a_tampered_figure_is_named(story, tamper, named):
    tamper(story.case.run)
    code, words = check("503202/2026-09")
    assert (code, named in words) == (1, True), words


@pytest.mark.parametrize("seed", range(5))
def test_any_seeded_tamper_of_a_stored_figure_is_found(story, seed):
    random = np.random.default_rng(seed)
    run = story.case.run
    rows = [(row.code, one) for row in run.elements.all() for one in map(AccountSums._make, row.accounts)]
    element, sums = rows[int(random.integers(len(rows)))]
    figure = sums._fields[int(random.integers(1, len(sums)))]
    amount = getattr(sums, figure) + int(random.integers(1, 100))
    with_account(run, element, sums.akun, figure, amount)
    code, words = check("503202/2026-09")
    assert (code, f"element {element}: accounts stored [['{sums.akun}'" in words) == (1, True), words


def test_without_the_comparison_of_elements_the_tamper_would_pass(story, monkeypatch):
    monkeypatch.setattr(rederiving, "_element_differences", lambda run, outcome: iter(()))
    with_account(story.case.run, "BLJ", "521211", "sai", 1)
    assert check("503202/2026-09")[0] == 0


def test_a_tampered_outcome_names_the_document(story):
    run = story.case.run
    outcome = unpack_outcome(files.read(run.outcome))
    detail = outcome.element("BLJ").detail.copy()
    detail["sai"][-1] += 9
    elements = tuple(replace(one, detail=detail) if one.code == "BLJ" else one for one in outcome.elements)
    damage(run.outcome, pack_outcome(replace(outcome, elements=elements)))
    code, words = check("503202/2026-09")
    assert (code, "element BLJ, Detail" in words, "document 301" in words) == (1, True, True), words


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        (lambda one: replace(one, hints=()), "element BLJ: hints"),
        (lambda one: replace(one, siap=1), "element BLJ: siap"),
        (lambda one: replace(one, detail=one.detail[1:]), "Detail: stored 1 lines, derived 2"),
    ],
)
def test_a_tampered_outcome_names_the_element(story, changed, named):
    run = story.case.run
    outcome = unpack_outcome(files.read(run.outcome))
    elements = tuple(changed(one) if one.code == "BLJ" else one for one in outcome.elements)
    damage(run.outcome, pack_outcome(replace(outcome, elements=elements)))
    code, words = check("503202/2026-09")
    assert (code, named in words) == (1, True), words


def test_a_lost_lines_file_is_made_again_from_the_upload(story):
    files.path_of(story.case.run.sai_sha256).unlink()
    assert check("503202/2026-09")[0] == 0


@pytest.mark.parametrize(
    ("hinder", "reason"),
    [
        (
            lambda run: MatchRun.objects.filter(pk=run.pk).update(rule_version="2026.1"),
            "made by rules 2026.1",
        ),
        (lambda run: MatchRun.objects.filter(pk=run.pk).update(outcome_version=1), "outcome 1"),
        (lambda run: RunInputs.objects.filter(run=run).delete(), "before the inputs"),
        (lambda run: LedgerRow.objects.filter(akun="521211").update(packed=b"\0" * 186), "SiAP rows"),
        (lambda run: LedgerRow.objects.filter(akun="521211").delete(), "SiAP rows"),
        (lambda run: files.path_of(run.outcome).unlink(), "outcome"),
        (lambda run: damage(run.outcome), "cannot be read"),
        (lambda run: files.path_of(run.workbook).unlink(), "workbook"),
        (
            lambda run: LhrEdition.objects.filter(pk=run.workbook).delete(),
            "what was kept of the published LHR",
        ),
        (
            lambda run: MatchRun.objects.filter(pk=run.pk).update(workbook=""),
            "what was kept of the published LHR",
        ),
        (
            lambda run: RunInputs.objects.filter(run=run).update(workbook_version=None),
            "what was kept of the published LHR",
        ),
        (lambda run: RunInputs.objects.filter(run=run).update(ahead_sha256=""), "month after"),
        (lambda run: (damage(run.sai_sha256), damage(run.submission.sha256)), "both missing or damaged"),
    ],
)
def test_what_cannot_be_worked_out_says_why(story, hinder, reason):
    hinder(story.case.run)
    code, words = check("503202/2026-09")
    assert (code, reason in words) == (2, True), words


@pytest.mark.parametrize(
    "arguments", [("987654",), ("503202/2026-13",), ("x",), ("503202/2026-09", "--run", "9")]
)
def test_an_unknown_case_or_run_cannot_be_checked(story, arguments):
    assert check(*arguments)[0] == 2


def test_a_run_that_was_never_compared_cannot_be_checked(story):
    MatchRun.objects.filter(pk=story.case.run_id).update(outcome="")
    assert check("503202/2026-09") == (2, "cannot: the run has no result")


def test_checking_writes_nothing(story):
    before = [list(model.objects.order_by("pk").values()) for model in (MatchRun, ElementResult)]
    check("503202/2026-09")
    assert before == [list(model.objects.order_by("pk").values()) for model in (MatchRun, ElementResult)]

"""A result of an earlier rule version stays readable on every road after a new one came."""

import pytest

from erekon.lib import files
from reconciliation.models import ElementResult, MatchRun, RunInputs
from tests.integration.test_rerun_check import check
from tests.story import SWAPPED, Story, expect
from tests.unit.reconciliation.matching.test_rules import as_first_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    story = Story.begin().compared(SWAPPED)
    run = story.case.run
    old = files.store(as_first_version(files.read(run.outcome)))
    MatchRun.objects.filter(pk=run.pk).update(outcome=old, rule_version="2026.1", outcome_version=None)
    RunInputs.objects.all().delete()
    return story


def test_pages_and_api_read_an_old_result(story):
    case = story.document("vera")
    assert (case["run"]["rule_version"], case["verdict"]) == ("2026.1", "BEDA")
    assert expect(story.get("vera", "/coa/?element=BLJ"), 200)["results"]
    (document, *_) = expect(story.get("vera", "/detail/?element=BLJ&only=different"), 200)["results"]
    assert (document["difference"], document["hint"]) == (90_000, None)
    for tail in ("/rows.csv", "/lhr.xlsx"):
        assert story.get("vera", tail).status_code == 200
    client = story.by("vera")
    client.force_login(story.cast.vera, backend="django.contrib.auth.backends.ModelBackend")
    for page in ("/rekon/503202/2026-09", "/antrean"):
        assert client.get(page).status_code == 200


def test_an_old_result_is_explained_and_approved_as_any_other(story):
    expect(story.explain(), 200)
    expect(story.post("vera", "/explanations/BLJ/521211/accept/"), 200)
    assert expect(story.approve(), 200)["stage"] == "TTD_KPA"
    assert check("503202/2026-09")[0] == 2


def test_an_element_that_is_compared_no_more_is_shown_by_its_code(story):
    ElementResult.objects.filter(code="PNDMPH").update(code="LAMA")
    assert [row["label"] for row in story.document()["elements"] if row["code"] == "LAMA"] == ["LAMA"]

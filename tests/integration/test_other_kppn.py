"""What a satker did through another KPPN counts in its case, and the page names that KPPN."""

import pytest

from reconciliation.models import RunInputs
from tests.builders import make_user
from tests.integration.test_stale_decisions import browser_of
from tests.story import (
    API,
    CORRECTED,
    SWAPPED,
    Story,
    client_of,
    expect,
    named_file,
    process_all,
    treasury_adk,
)

pytestmark = pytest.mark.django_db
PAGE = "/rekon/503202/2026-09"


@pytest.fixture
def story():
    """The satker's whole ledger comes from KPPN 156, far away; nothing from its own."""
    story = Story.begin()
    supervisor = client_of(make_user("SUPERVISOR_KPPN", "156"))
    form = {"file": named_file(*treasury_adk(CORRECTED, kppn="156"))}
    expect(supervisor.post(f"{API}/treasury/", form, format="multipart"), 202)
    return story


def test_rows_of_another_kppns_ledger_are_compared_and_named(story):
    expect(story.upload(CORRECTED), 202)
    process_all()
    assert story.document()["verdict"] == "SAMA"
    assert [code for code, *_ in RunInputs.objects.get().others] == ["156"]
    words = "SiAP juga memuat transaksi satker lewat KPPN 156 Kolaka: 6 baris, (26.780.000)."
    for person in ("operator", "kpa", "vera"):
        assert words in browser_of(getattr(story.cast, person)).get(PAGE).content.decode(), person


def test_a_differing_document_is_hinted_with_that_kppn(story):
    expect(story.upload(SWAPPED), 202)
    process_all()
    rows = expect(story.get("operator", "/detail/?element=BLJ&only=different"), 200)["results"]
    assert [row["difference"] for row in rows] == [90_000]


def test_that_kppn_does_not_see_the_case(story):
    expect(story.upload(CORRECTED), 202)
    process_all()
    expect(story.get("stranger_vera"), 404)


def test_nothing_is_said_where_all_went_through_the_own_kppn():
    story = Story.begin().compared(CORRECTED)
    assert RunInputs.objects.get().others == []
    assert "lewat KPPN" not in browser_of(story.cast.operator).get(PAGE).content.decode()

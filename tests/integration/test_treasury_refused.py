"""KPPN ADKs that read well and yet cannot be loaded: each is refused whole, with a sentence that names the cause."""

from datetime import date

import pytest

from adk.formats.writing import write_treasury_adk
from adk.models import TreasuryIntake
from adk.services import treasury
from erekon.lib import clock
from reconciliation.models import LedgerRow
from tests.story import API, SWAPPED, Story, expect, named_file, process_all

pytestmark = pytest.mark.django_db

GREAT = 5 * 10**18
ONE = {
    "KDBAES1": "01508",
    "KDSATKER": "503202",
    "KDTRN": "3",
    "KDMAKMAP": "521111",
    "KDDK": "D",
    "IDTRN": "A",
}


@pytest.fixture
def story():
    return Story.begin()


def sent(story, adk):
    """The document of an ADK that was sent and worked through."""
    answer = story.by("supervisor").post(f"{API}/treasury/", {"file": named_file(*adk)}, format="multipart")
    pk = expect(answer, 202)["id"]
    process_all()
    return expect(story.by("supervisor").get(f"{API}/treasury/{pk}/"), 200)


def one_row(day, amount, **columns):
    return write_treasury_adk([{**ONE, "RPHREAL": amount, **columns}], kppn="116", date=date(2026, 9, day))


def told(document):
    return [(one["code"], one["member"], one["field"]) for one in document["findings"]]


def test_amounts_that_no_run_could_add_up_are_refused_and_the_case_goes_on(story):
    assert sent(story, one_row(21, GREAT))["verdict"] == "STANDAR"
    again = sent(story, one_row(22, GREAT, IDTRN="B"))
    assert (again["verdict"], told(again)) == ("TIDAK_STANDAR", [("NILAI", "LAK.DBF", "RPHREAL")])
    assert "satker 503202" in again["findings"][0]["message"]
    expect(story.upload(SWAPPED), 202)
    process_all()
    assert story.case.stage == "PERSETUJUAN_BAR"


def test_a_transaction_that_stands_already_is_named(story):
    assert sent(story, one_row(21, 5))["verdict"] == "STANDAR"
    again = sent(story, one_row(22, 6))
    assert (again["verdict"], told(again)) == ("TIDAK_STANDAR", [("NILAI", "LAK.DBF", "IDTRN")])
    assert "IDTRN 'A' sudah ada" in again["findings"][0]["message"]
    assert LedgerRow.objects.get().rphreal == 5


def test_the_second_of_two_for_one_date_is_told_so(story):
    first, second = (expect(story.send_treasury(), 202)["id"] for _ in range(2))
    while treasury.load_next(now=clock.now()):
        pass
    assert TreasuryIntake.objects.get(pk=first).verdict == "STANDAR"
    document = expect(story.by("supervisor").get(f"{API}/treasury/{second}/"), 200)
    assert (document["verdict"], document["findings"][0]["code"]) == (
        "TIDAK_STANDAR",
        "KIRIM_ULANG_TIDAK_PERLU",
    )
    assert "28-09-2026" in document["findings"][0]["message"]

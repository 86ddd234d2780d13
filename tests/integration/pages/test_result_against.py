"""Selisih ke-n: a result beside that of any earlier upload, on the page and by API."""

import re

import pytest
from django.test import Client

from reconciliation.models import MatchRun
from tests.story import Story, expect, process_all

pytestmark = pytest.mark.django_db

PLACE = "/rekon/503202/2026-09"
MOST_QUERIES = 30
SMALLER = 7_500_000  # 40.000 less than SiAP: no digits swapped


@pytest.fixture
def story():
    """Three uploads: 90.000 apart, 40.000 apart, equal."""
    begun = Story.begin()
    expect(begun.send_treasury(), 202)
    for september in (7_450_000, SMALLER, 7_540_000):
        expect(begun.upload(september), 202)
        process_all()
    return begun


@pytest.fixture
def smaller():
    """Two uploads: 90.000 apart, then 40.000."""
    begun = Story.begin()
    expect(begun.send_treasury(), 202)
    for september in (7_450_000, SMALLER):
        expect(begun.upload(september), 202)
        process_all()
    return begun


def page(story, asked="", person="operator"):
    client = Client()
    client.force_login(getattr(story.cast, person))
    return client.get(f"{PLACE}?{asked}")


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def element(answer, code="BLJ"):
    return next(one for one in answer.context["elements"] if one["code"] == code)


def test_the_newest_earlier_upload_is_chosen_and_its_difference_named(story, django_assert_max_num_queries):
    client = Client()
    client.force_login(story.cast.operator)
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(f"{PLACE}?elemen=BLJ")
    assert answer.context["compare"]["number"] == 2
    assert element(answer)["previous"] == {"difference": 40_000, "trend": "SELESAI"}
    assert answer.context["compare"]["summary"] == ["1 selesai"]
    assert "Selisih ke-2" in words(answer)


def test_any_earlier_upload_is_chosen_by_address_and_kept_by_the_links(story):
    answer = page(story, "elemen=BLJ&ke=1")
    assert element(answer)["previous"]["difference"] == 90_000
    assert "ke=1" in element(answer)["toggle_url"]
    assert all("ke=1" in one["url"] for one in answer.context["filters"])
    assert [one["value"] for one in answer.context["compare"]["choices"]] == ["0", "2", "1"]


def test_without_comparison_the_column_is_gone(story):
    answer = page(story, "ke=0")
    assert answer.context["compare"]["on"] is False
    assert "Selisih ke-" not in words(answer)


def test_a_repaired_account_is_shown_though_it_is_equal_and_its_documents_are_named(story):
    answer = page(story, "elemen=BLJ&akun=521211&ke=1")
    (akun,) = [one for one in element(answer)["akun"] if one["code"] == "521211"]
    assert (akun["different"], akun["previous"]["trend"]) == (False, "SELESAI")
    assert akun["detail"]["before"]["repaired"] == ["261161300000003"]
    assert answer.context["compare"]["rows_url"].endswith("/bandingkan?a=1&b=3")


def test_a_smaller_difference_reads_so_at_every_grain(smaller):
    answer = page(smaller)
    assert element(answer)["previous"] == {"difference": 90_000, "trend": "TURUN"}
    (akun,) = element(answer)["akun"]
    assert akun["previous"]["trend"] == "TURUN"
    (row,) = akun["detail"]["rows"]
    assert (row["previous"]["difference"], row["previous"]["trend"]) == (90_000, "TURUN")
    assert "Selisih turun dari 90.000" in words(answer)


def test_a_new_difference_is_called_new(smaller):
    """The second upload beside a first that agreed."""
    first = smaller.case.run.case.runs.get(submission__number=1)
    first.elements.update(rupiah_equal=True, coa_equal=True)
    first.elements.filter(code="BLJ").update(siap=19_450_000)
    first.elements.update(coa_different=0)
    MatchRun.objects.filter(pk=first.pk).update(outcome=smaller.case.run.outcome)
    answer = page(smaller)
    assert element(answer)["previous"] == {"difference": 0, "trend": "BARU"}
    assert answer.context["compare"]["summary"] == ["1 baru"]


def test_only_a_published_result_of_an_earlier_upload_can_be_chosen(smaller):
    MatchRun.objects.filter(submission__number=1).update(state="SUPERSEDED")
    assert page(smaller).context["compare"] is None
    assert page(smaller, "ke=1").status_code == 404
    assert page(smaller, "ke=2").status_code == 404


def test_the_first_upload_has_nothing_to_compare_with():
    begun = Story.begin()
    expect(begun.send_treasury(), 202)
    expect(begun.upload(), 202)
    process_all()
    assert page(begun).context["compare"] is None


def test_the_api_gives_the_same(story):
    document = expect(story.get("operator", "/?against=1"), 200)
    assert document["against"]["number"] == 1
    found = {one["code"]: one for one in document["elements"]}
    assert found["BLJ"]["previous"] == {
        "siap": 19_540_000,
        "sai": 19_450_000,
        "difference": 90_000,
        "trend": "SELESAI",
    }
    assert (found["BLJ"]["accounts"], found["BLJ"]["accounts_repaired"]) == ([], ["521211"])
    (line,) = [
        one
        for one in expect(story.get("operator", "/coa/?element=BLJ&against=1"), 200)["results"]
        if one["key"]["akun"] == "521211"
    ]
    assert line["previous"]["sai"] == 7_450_000
    (row,) = expect(story.get("operator", "/detail/?element=BLJ&akun=521211&against=2"), 200)["results"]
    assert (row["mark"], row["previous"]["sai"], row["previous"]["trend"]) == ("SAMA", SMALLER, "SELESAI")


def test_the_api_says_nothing_of_the_past_unasked_and_refuses_an_upload_without_result(story):
    document = expect(story.get("operator"), 200)
    assert "against" not in document
    assert "previous" not in document["elements"][0]
    for asked in ("/?against=3", "/coa/?element=BLJ&against=x", "/detail/?element=BLJ&against=0"):
        expect(story.get("operator", asked), 400, "ISIAN")


def test_the_api_names_each_differing_account_and_where_its_explanation_stands(smaller):
    accounts = {one["code"]: one["accounts"] for one in smaller.document()["elements"]}
    assert accounts["BLJ"] == [
        {"akun": "521211", "difference": 40_000, "coa_different": 1, "explanation": "BELUM"}
    ]
    expect(smaller.explain(), 200)
    assert smaller.document()["elements"][2]["accounts"][0]["explanation"] == "DITULIS"
    assert accounts["PND"] == []


def test_a_stranger_sees_neither(story):
    assert page(story, "ke=1", "stranger_operator").status_code == 404
    expect(story.get("stranger_operator", "/?against=1"), 404)

"""Hasil Rekon: opened at the first unexplained difference, folded, filtered by address, marked digit by digit."""

import re
from datetime import date

import pytest
from django.test import Client

from adk.models import TreasuryIntake
from erekon.lib import clock
from reconciliation.models import MatchRun, Reconciliation
from tests.stored import with_account
from tests.story import Story, expect, process_all

pytestmark = pytest.mark.django_db

PLACE = "/rekon/503202/2026-09"
MOST_QUERIES = 30


@pytest.fixture
def story():
    begun = Story.begin()
    expect(begun.send_treasury(), 202)
    expect(begun.upload(), 202)
    process_all()
    return begun


@pytest.fixture
def operator(story):
    client = Client()
    client.force_login(story.cast.operator)
    return client


def opened(context):
    return [
        (element["code"], akun["code"])
        for element in context["elements"]
        for akun in element.get("akun", ())
        if akun["open"]
    ]


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_arrives_at_the_first_unexplained_difference(operator, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = operator.get(PLACE)
    assert opened(answer.context) == [("BLJ", "521211")]
    assert "2 baris" not in words(answer)
    assert "1 akun lain sama" in words(answer)


def test_an_explained_difference_no_longer_comes_first_but_stays_open_when_it_is_the_last(story, operator):
    expect(story.explain(), 200)
    answer = operator.get(PLACE)
    assert opened(answer.context) == [("BLJ", "521211")]
    assert answer.context["progress"]["explained"] == 1
    assert [e["explained"] for e in answer.context["elements"] if e["code"] == "BLJ"] == ["DIJELASKAN"]


def test_swapped_digits_are_marked_on_both_sides_and_said_in_words(operator):
    text = operator.get(PLACE).content.decode()
    assert re.findall(r"<mark>([^<]*)</mark>", text) == ["54", "45"]
    assert "7.540.000, angka 54 kemungkinan tertukar" in text
    assert 'data-raw="7450000"' in text


def test_filters_count_and_stand_in_the_address(operator):
    context = operator.get(f"{PLACE}?saring=beda").context
    assert [element["code"] for element in context["elements"]] == ["BLJ"]
    assert [(one["label"], one["count"], one["current"]) for one in context["filters"]] == [
        ("Semua", 10, False),
        ("Berbeda", 1, True),
        ("Sama", 5, False),
    ]
    assert "saring=beda" in context["elements"][0]["toggle_url"]
    assert context["filters"][0]["url"] == PLACE


def test_a_filter_that_keeps_nothing_says_so(story, operator):
    expect(story.upload(7_540_000), 202)
    process_all()
    answer = operator.get(f"{PLACE}?saring=beda")
    assert answer.context["elements"] == []
    assert "Tidak ada elemen yang berbeda. Tampilkan semua" in words(answer)


def test_matching_documents_are_folded_and_unfold_by_address(operator):
    asked = f"{PLACE}?elemen=BLJ&akun=521111"
    folded = opened_detail(operator.get(asked))
    assert (folded["same_count"], folded["rows"]) == (1, [])
    whole = opened_detail(operator.get(folded["fold_url"].partition("#")[0]))
    assert [row["mark"] for row in whole["rows"]] == ["SAMA"]


def opened_detail(answer):
    return next(a["detail"] for e in answer.context["elements"] for a in e.get("akun", ()) if a["open"])


@pytest.mark.parametrize(
    "asked", ["elemen=XXX&akun=1", "elemen=BLJ&akun='", "baris=x", "baris=999", "ke=0", "saring=x&elemen=-"]
)
def test_any_address_opens(operator, asked):
    assert operator.get(f"{PLACE}?{asked}").status_code == 200


def test_an_upload_without_a_result_to_compare_with_is_not_found(operator):
    assert operator.get(f"{PLACE}?ke=7").status_code == 404


def test_long_figures_widen_the_columns(story, operator):
    run = story.case.run
    run.elements.filter(code="BLJ").update(siap=754_000_000_000_000)
    with_account(run, "BLJ", "521211", "siap", 754_000_000_000_000)
    answer = operator.get(PLACE)
    assert 'class="meja hasil lebar"' in answer.content.decode()
    assert "754.000.000.000.000" in answer.content.decode()


@pytest.mark.parametrize(
    ("stage", "title"),
    [
        ("BELUM_UPLOAD", "Belum ada unggahan"),
        ("TIDAK_STANDAR", "ADK Tidak Standar"),
        ("UPLOAD_ULANG", "Menunggu ADK yang baru"),
        ("DIBATALKAN", "Menunggu ADK yang baru"),
        ("PROSES_SAI", "Hasil sedang dibentuk"),
    ],
)
def test_without_a_result_it_says_what_is_missing_and_what_to_do(story, operator, stage, title):
    Reconciliation.objects.filter(pk=story.case.pk).update(stage=stage)
    answer = operator.get(PLACE)
    assert answer.context["waiting"]["title"] == title
    assert answer.context["waiting"]["busy"] == ("data-live" in answer.content.decode())
    assert title in words(answer)


def test_treasury_rows_that_are_not_in_yet_are_named(story, operator):
    TreasuryIntake.objects.update(day=date(2026, 9, 21))
    assert "Data SiAP KPPN 116 baru sampai 21 September 2026." in words(operator.get(PLACE))


def test_a_run_that_failed_for_good_is_named_with_its_number_and_does_not_go_on_polling(story, operator):
    run = story.case.run
    MatchRun.objects.filter(pk=run.pk).update(state="FAILED", failed_at=clock.now())
    Reconciliation.objects.filter(pk=story.case.pk).update(stage="PROSES_SAI")
    answer = operator.get(PLACE)
    assert f"Gagal diproses, bukan salah Anda. Kode REKON-{run.pk}" in words(answer)
    assert "data-live" not in answer.content.decode()
    assert operator.get(f"{PLACE}/kabar")["X-Live-State"] == "done"

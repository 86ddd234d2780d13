"""A likely cause reaches everybody who looks at the difference: page, queue, API and LHR."""

import io
import re

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from reconciliation.models import ElementResult
from tests.story import Story, expect, process_all

pytestmark = pytest.mark.django_db

SWAP = "Beda 90.000 dan habis dibagi 9: angka 54 (SiAP) dan 45 (SAI) kemungkinan tertukar."
KEY = {"satker": "503202", "period": "2026-09"}


@pytest.fixture
def story():
    begun = Story.begin()
    expect(begun.send_treasury(), 202)
    expect(begun.upload(), 202)
    process_all()
    return begun


def page(person, name, **key):
    client = Client()
    client.force_login(person)
    answer = client.get(reverse(name, kwargs=key))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_result_shows_it_under_the_document_beside_the_account_and_as_a_share(story):
    text = page(story.cast.operator, "rekon", **KEY)
    assert text.count(SWAP) == 1
    under, beside = text.split("Kemungkinan angka tertukar")[:2]
    assert under.rstrip().endswith("</svg>")
    assert "<h3>" in beside
    said = " ".join(re.sub(r"<[^>]*>", "", text).split())
    assert "Kemungkinan sebab ditemukan untuk 90.000 dari 90.000 rupiah." in said


def test_vera_reads_it_beside_her_queue(story):
    assert SWAP in page(story.cast.vera, "antrean")


def test_the_api_gives_code_text_and_rupiah(story):
    (row,) = expect(story.get("operator", "/detail/?element=BLJ&only=different"), 200)["results"]
    assert row["hint"]["text"].startswith(SWAP)
    assert (row["hint"]["code"], row["hint"]["explains"]) == ("R3", 90_000)
    equal = expect(story.get("operator", "/detail/?element=PND"), 200)["results"]
    assert [one["hint"] for one in equal] == [None]


def test_the_workbook_has_it_beside_the_line_and_the_document(story):
    book = openpyxl.load_workbook(io.BytesIO(story.get("operator", "/lhr.xlsx").content))
    for sheet in ("BLJ", "DETAIL SELISIH"):
        header, first = list(book[sheet].iter_rows(values_only=True))[:2]
        assert first[header.index("Kemungkinan sebab")].startswith(SWAP)


def test_the_explained_rupiah_stand_with_the_element(story):
    run = story.case.run
    stored = {row.code: (row.gap, row.hinted) for row in ElementResult.objects.filter(run=run)}
    assert stored.pop("BLJ") == (90_000, 90_000)
    assert set(stored.values()) == {(0, 0)}

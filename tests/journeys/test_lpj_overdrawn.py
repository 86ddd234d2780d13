"""Accounts of an LPJ that hide each other: told to operator and Vera, and kept by the BAR."""

import pytest

from reconciliation.models import Balance
from tests.journeys.test_lpj import KEY, UP, browser, enter, lines, page, pdf_text, report
from tests.story import Story, expect

pytestmark = pytest.mark.django_db


def test_accounts_that_hide_each_other_are_told_on_every_page():
    story = Story.begin().compared()
    Balance.objects.create(case=story.case, ledger="BUKU_BESAR", akun="111614", debit=0, credit=700)
    told = "Akun 111614 bersaldo (700) pada Neraca Percobaan"
    shown = expect(enter(story, {"BP_BANK": UP - 700, "BP_UP": UP - 700}), 200)
    assert (lines(shown)["BP_UP"]["difference"], lines(shown)["BP_UP"]["state"]) == (0, "BEDA")
    assert report(shown)["notes"][0].startswith(told)
    for text in (page(story.cast.operator), page(story.cast.vera), browser(story.cast.vera).get("/antrean")):
        assert told in (text if isinstance(text, str) else text.content.decode())
    assert "Negatif</span>" in page(story.cast.kpa, "lpj", **KEY)
    expect(story.approve(), 200)
    assert told in pdf_text(story.get("kpa", "/bar.pdf").content)
    bar = page(story.cast.kpa, "bar", pk=story.case.pk)
    assert told in bar
    assert "(111614)" not in bar

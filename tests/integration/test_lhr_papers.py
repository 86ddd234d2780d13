"""The papers of a case: LHR as workbook and PDF of one frozen content, and all rows as CSV and XLSX."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from pypdf import PdfReader

from audit.models import Event
from audit.verifying import verify_chain
from bar.models import Bar
from erekon.lib import clock, files
from reconciliation.models import LedgerRow, LedgerState, LhrEdition
from reconciliation.services import editions
from reconciliation.services.ledger import PostedRow, load_rows
from tests.story import SWAPPED, Story, expect, process_all, satker_adk

pytestmark = pytest.mark.django_db

TEXT = "Menunggu koreksi KPPN atas SP2D September."
PAPERS = ("/lhr.xlsx", "/lhr.pdf", "/rows.csv", "/rows.xlsx")


@pytest.fixture
def story():
    return Story.begin()


def content_of(answer: Any) -> bytes:
    expect(answer, 200)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def pdf_text(story, person="operator") -> str:
    document = content_of(story.get(person, "/lhr.pdf"))
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(document)).pages)


def sheet_text(story, name: str) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content_of(story.get("operator", "/lhr.xlsx"))))
    return " ".join(str(cell) for row in book[name].iter_rows(values_only=True) for cell in row if cell)


def csv_rows(story) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content_of(story.get("operator", "/rows.csv")).decode())))


def test_before_the_result_there_are_no_papers(story):
    for tail in PAPERS:
        expect(story.get("operator", tail), 409, "BELUM_ADA")
    assert not Event.objects.filter(action__startswith="UNDUH").exists()


def test_the_pdf_says_what_the_workbook_says(story):
    story.compared(SWAPPED)
    text = pdf_text(story)
    assert "503202 Kantor" in text
    assert "Hasil Tidak semua sama" in text
    assert "19.540.000 19.450.000 90.000 ≠ ≠ 1" in text
    assert "301 · 261161300000003 · 07-09-2026" in text
    assert "BLJ, belum ada penjelasan: 521211." in text
    assert "Tidak ada peringatan." in text
    assert "Di luar elemen, akun 117111 SiAP 0 baris, 0; SAI 1 baris, 300.000" in text
    assert "Di luar elemen, akun 117111" in sheet_text(story, "INFO")
    assert sheet_text(story, "PERINGATAN").endswith("Tidak ada peringatan.")


def test_publish_and_approval_each_keep_their_own_lhr(story):
    story.compared(SWAPPED)
    at_publish = content_of(story.get("operator", "/lhr.pdf"))
    expect(story.explain(), 200)
    # What the LHR of PUBLISH says does not follow what is written afterwards.
    assert content_of(story.get("operator", "/lhr.pdf")) == at_publish
    assert TEXT not in sheet_text(story, "REKAP")
    expect(story.post("vera", "/explanations/BLJ/521211/accept/"), 200)
    expect(story.approve(), 200)
    for said in (pdf_text(story), sheet_text(story, "REKAP"), sheet_text(story, "DETAIL SELISIH")):
        assert f"Di data KPPN (SiAP), Salah data SiAP, menunggu koreksi KPPN: {TEXT} (Diterima KPPN)" in said
    bar = Bar.objects.get()
    assert bar.workbook != bar.run.workbook
    assert files.read(editions.stored_pdf(bar.run.workbook)) == at_publish
    assert LhrEdition.objects.count() == 2


def test_the_lhr_of_the_next_upload_carries_the_explanation(story):
    story.compared(SWAPPED)
    expect(story.explain(), 200)
    expect(story.upload(file=satker_adk(SWAPPED, journal=301_000)), 202)
    process_all()
    said = f"{TEXT} (Menunggu Vera, dibawa dari unggahan ke-1)"
    assert said in sheet_text(story, "REKAP")
    assert said in pdf_text(story)


def test_the_pdf_is_rendered_once_and_stored_under_its_hash(story, monkeypatch):
    story.compared()
    first = content_of(story.get("operator", "/lhr.pdf"))
    edition = LhrEdition.objects.get()
    assert files.read(edition.pdf) == first

    def never(*_: Any, **__: Any) -> bytes:
        raise AssertionError("rendered again")

    monkeypatch.setattr(editions, "render_paper", never)
    assert content_of(story.get("vera", "/lhr.pdf")) == first


def test_the_pdf_of_an_lhr_whose_content_was_not_kept_is_not_there(story):
    story.compared()
    LhrEdition.objects.all().delete()
    expect(story.get("operator", "/lhr.pdf"), 409, "BELUM_ADA")
    expect(story.get("operator", "/lhr.xlsx"), 200)


def test_every_row_of_both_sides_stands_in_both_exports(story):
    story.compared(SWAPPED)
    rows = csv_rows(story)
    assert [row["sisi"] for row in rows] == ["SiAP"] * 6 + ["SAI"] * 7
    september = [row for row in rows if row["nodok"] == "261161300000003"]
    assert [(row["sisi"], row["rphreal"], row["elemen"]) for row in september] == [
        ("SiAP", "7540000", "BLJ"),
        ("SAI", "7450000", "BLJ"),
    ]
    assert {row["elemen"] for row in rows} == {
        "PGU",
        "BLJ",
        "PBLJ",
        "PND",
        "MUP KASBP",
        "di luar elemen",
    }
    assert [row["baris"] for row in rows if row["sisi"] == "SAI"] == [str(n) for n in range(1, 8)]
    assert all(row["idtrn"] for row in rows if row["sisi"] == "SiAP")
    answer = story.get("operator", "/rows.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="BARIS_503202_202609_v1.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(content_of(answer)))["BARIS"]
    header, *lines = sheet.iter_rows(values_only=True)
    assert [dict(zip(header, map(_as_csv, line), strict=True)) for line in lines] == rows
    assert {type(line[header.index("rphreal")]) for line in lines} == {int}


def _as_csv(cell: Any) -> str:
    return "" if cell is None else str(cell)


def test_the_rows_are_those_that_the_run_compared(story):
    story.compared()
    before = csv_rows(story)
    expect(story.approve(), 200)
    compared = LedgerState.objects.get(pk="503202").version
    _book_one_more()
    assert LedgerState.objects.get(pk="503202").version == compared + 1
    assert csv_rows(story) == before


def _book_one_more() -> None:
    """A row that comes afterwards, with a date that lies in the compared months."""
    old = LedgerRow.objects.filter(satker="503202")[0]
    booked = (old.akun, old.rphreal, old.sent.columns, bytes(old.packed))
    later = PostedRow("503202", 2026, date(2026, 9, 29), "LATER1", "", *booked)
    with transaction.atomic():
        load_rows(kppn="116", source="0" * 64, rows=[later], now=clock.now())


def test_every_download_is_an_event_of_the_audit_trail(story):
    story.compared()
    for tail in PAPERS:
        content_of(story.get("vera", tail))
    events = Event.objects.filter(action__startswith="UNDUH").order_by("seq")
    assert [(event.action, event.content["bentuk"]) for event in events] == [
        ("UNDUH_LHR", "xlsx"),
        ("UNDUH_LHR", "pdf"),
        ("UNDUH_BARIS", "csv"),
        ("UNDUH_BARIS", "xlsx"),
    ]
    assert {(event.actor, event.satker) for event in events} == {(f"pengguna:{story.cast.vera.pk}", "503202")}
    assert verify_chain() is None

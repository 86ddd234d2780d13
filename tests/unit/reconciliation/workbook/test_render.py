"""The LHR workbook, read back with openpyxl."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from reconciliation.matching.engine import compare
from reconciliation.matching.lines import empty_opening
from reconciliation.workbook import lines as lines_sheet
from reconciliation.workbook.cells import NOTE, clean, rupiah
from reconciliation.workbook.content import CaseHeader, WarningLine, WorkbookContent
from reconciliation.workbook.render import render_workbook
from reconciliation.workbook.sheet import Book, Table
from tests.oracle.rows import lines_of

SATKER = "111111"
PAYLOADS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x")',
    "http://example.invalid/",
    "mailto:a@b",
    "{=1}",
    "007",
    "1e5",
    "<b>&amp;",
)
HEADER = CaseHeader("116 Contoh", "015", "04", "111111 Contoh", "September 2026", "2", "1", "ab", "kini", "7")


def row(amount: int, nodok: str = "SP2D1", **changes: str) -> dict[str, str]:
    return {
        "KDSATKER": SATKER,
        "KDBAES1": "01504",
        "KDDEKON": "KD",
        "KDTRN": "3",
        "KDMAKMAP": "521111",
        "PERKSAI": "115612",
        "RPHREAL": str(amount),
        "JNSDOK1": "301",
        "NODOK1": nodok,
        "TGLDOK1": "20260105",
        "TGLPOST": "20260105",
        "PERIODE": "01",
    } | changes


def content(siap: list[dict[str, str]], sai: list[dict[str, str]]) -> WorkbookContent:
    outcome = compare(lines_of(siap), lines_of(sai), empty_opening(), year=2026, month=9, satker=SATKER)
    return WorkbookContent(
        header=HEADER,
        outcome=outcome,
        account_names={"521111": "Belanja Keperluan Perkantoran"},
        explanations={("BLJ", "521111"): "Menunggu koreksi KPPN"},
        warnings=(WarningLine("DUPLIKAT", "indikasi posting ganda", row="3"),),
        about=(("Versi aturan", "1"),),
    )


def read(rendered: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(rendered))


def table(sheet: Any, top: int = 1) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in cells) for cells in sheet.iter_rows(min_row=top)]


DIFFERING = content(
    [row(100), row(50, "B", KDMAKMAP="521119"), row(9, PERKSAI="111611", KDMAKMAP="825111")],
    [row(70_100), row(50, "B", KDMAKMAP="521119")],
)


def test_rekap_has_a_row_per_element_with_figures_sign_and_fill() -> None:
    sheet = read(render_workbook(DIFFERING))["REKAP"]
    cells = table(sheet)
    found = {line[1]: line for line in cells if line[1]}
    assert found["BLJ"][2:] == ("Belanja", 150, 70_150, -70_000, "≠", "≠", 1, "521111: Menunggu koreksi KPPN")
    assert found["PGU"][6] == "tidak berlaku"
    assert [line[1] for line in cells if str(line[1]).startswith("KASBP")] == [
        "KASBP",
        "KASBPS",
        "KASBPM",
        "KASBPK",
    ]
    assert found["KASBPM"][3:6] == (9, 0, 9)
    at = [line[1] for line in cells].index("BLJ") + 1
    assert sheet.cell(at, 7).fill.start_color.rgb == "FFFFC7CE"
    assert sheet.cell(at, 4).number_format == "#,##0;(#,##0)"


def test_an_equal_element_is_green_and_says_so() -> None:
    sheet = read(render_workbook(content([row(5)], [row(5)])))["REKAP"]
    line = next(cells for cells in sheet.iter_rows() if cells[1].value == "BLJ")
    assert (line[6].value, line[6].fill.start_color.rgb, line[7].value) == ("=", "FFC6EFCE", "=")


def test_an_element_sheet_lists_differences_first_and_totals_last() -> None:
    sheet = read(render_workbook(DIFFERING))["BLJ"]
    header, *body, totals = table(sheet)
    assert header[0:2] == ("Akun", "Nama akun")
    assert [(line[0], line[10:14]) for line in body] == [
        ("521111", (100, 70_100, -70_000, "≠")),
        ("521119", (50, 50, 0, "=")),
    ]
    assert body[0][1] == "Belanja Keperluan Perkantoran"
    assert (totals[0], totals[10:13]) == ("Jumlah", (150, 70_150, -70_000))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:O3"


def test_sheets_stand_in_order_and_only_for_elements_that_apply() -> None:
    book = read(render_workbook(DIFFERING))
    assert book.sheetnames == ["REKAP", "BLJ", "MUP", "KASBP", "DETAIL SELISIH", "PERINGATAN", "INFO"]
    assert table(book["PERINGATAN"])[1] == ("DUPLIKAT", None, "3", None, "indikasi posting ganda")
    assert table(book["INFO"])[1] == ("Versi aturan", "1")


def test_detail_puts_both_sides_of_a_differing_document_in_one_row() -> None:
    lines = table(read(render_workbook(DIFFERING))["DETAIL SELISIH"])[1:]
    (blj,) = [line for line in lines if line[0] == "BLJ"]
    assert blj[11:18] == ("301", "SP2D1", "05-01-2026", 100, 70_100, -70_000, "≠")
    assert blj[19] == "Menunggu koreksi KPPN"
    assert [line[17] for line in lines if line[0] == "MUP"] == ["≠ hanya SiAP"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_stays_the_text_it_is(payload: str) -> None:
    shown = replace(
        content([row(1, payload)], []),
        account_names={"521111": payload},
        explanations={("BLJ", "521111"): payload},
        warnings=(WarningLine(payload, payload),),
        about=((payload, payload),),
        header=replace(HEADER, satker=payload),
    )
    book = read(render_workbook(shown))
    values = [
        cell for sheet in book for cells in sheet.iter_rows() for cell in cells if cell.value is not None
    ]
    assert not [cell for cell in values if cell.data_type == "f" or cell.hyperlink]
    assert {cell.data_type for cell in values} == {"s", "n"}
    assert book["DETAIL SELISIH"]["M2"].value == payload.upper()
    assert book["BLJ"]["B2"].value == payload
    assert book["INFO"]["A2"].value == payload


def test_a_text_that_looks_like_an_escape_is_escaped_for_excel() -> None:
    shown = replace(DIFFERING, account_names={"521111": "_x0041_"})
    with zipfile.ZipFile(io.BytesIO(render_workbook(shown))) as archive:
        written = archive.read("xl/sharedStrings.xml").decode()
    assert "<t>_x005F_x0041_</t>" in written


def test_control_characters_never_reach_the_file() -> None:
    dirty = "".join(map(chr, range(0xA0))) + "\ud800\ufffe\uffff"
    shown = replace(DIFFERING, account_names={"521111": dirty}, about=((dirty, "x" * 40_000),))
    book = read(render_workbook(shown))
    assert not [char for char in book["BLJ"]["B2"].value if ord(char) < 32 or 0x7F <= ord(char) < 0xA0]
    assert len(book["INFO"]["B2"].value) == 32_767


@pytest.mark.parametrize("amount", [10**15, -(2**62), 2**53])
def test_an_amount_beyond_fifteen_digits_keeps_its_last_rupiah(amount: int) -> None:
    cell = read(render_workbook(content([row(amount)], [])))["BLJ"]["K2"]
    assert cell.value == rupiah(amount)
    assert cell.comment.text == NOTE


def test_amounts_of_fifteen_digits_are_numbers() -> None:
    cell = read(render_workbook(content([row(10**15 - 1)], [])))["BLJ"]["K2"]
    assert (cell.value, cell.data_type) == (10**15 - 1, "n")


def test_a_full_worksheet_is_followed_by_another() -> None:
    book = Book()
    sheet = Table(book, "BLJ", (("Akun", 9),), row_limit=4)
    for number in range(5):
        sheet.row([str(number)])
    sheet.finish(["Jumlah"])
    parts = read(book.close())
    assert [table(part) for part in parts] == [
        [("Akun",), ("0",), ("1",)],
        [("Akun",), ("2",), ("3",)],
        [("Akun",), ("4",), ("Jumlah",)],
    ]
    assert parts.sheetnames == ["BLJ", "BLJ (2)", "BLJ (3)"]


def test_equal_content_gives_equal_bytes() -> None:
    assert render_workbook(DIFFERING) == render_workbook(replace(DIFFERING))
    assert render_workbook(DIFFERING) != render_workbook(
        replace(DIFFERING, header=replace(HEADER, run_number="8"))
    )


def test_every_status_of_a_line_has_a_text() -> None:
    assert sorted(lines_sheet.STATUS) == [0, 1, 2, 3]
    assert clean("a\x00b") == "a b"

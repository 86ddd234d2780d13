"""The LHR workbook, read back with openpyxl."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import numpy as np
import openpyxl
import pytest

from reconciliation.workbook import lines as lines_sheet
from reconciliation.workbook.cells import NOTE, clean, rupiah
from reconciliation.workbook.render import render_workbook
from reconciliation.workbook.sheet import Book, Table
from tests.unit.reconciliation.workbook.contents import DIFFERING, HEADER, content, row


def read(rendered: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(rendered))


def table(sheet: Any, top: int = 1) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in cells) for cells in sheet.iter_rows(min_row=top)]


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


@pytest.mark.parametrize(("large", "part"), [(20_000, "sharedStrings.xml"), (0, "worksheets/sheet2.xml")])
def test_a_text_that_looks_like_an_escape_is_escaped_for_excel(
    large: int, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reconciliation.workbook.render.LARGE", large)
    shown = replace(DIFFERING, account_names={"521111": "_x0041_"})
    with zipfile.ZipFile(io.BytesIO(render_workbook(shown))) as archive:
        written = archive.read(f"xl/{part}").decode()
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
    book = Book(row_limit=4)
    sheet = Table(book, "BLJ", (("Akun", 9),))
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


def look(cell: Any) -> tuple[Any, ...]:
    return cell.number_format, cell.font.b, cell.fill.start_color.rgb, cell.comment and cell.comment.text


def looks(rendered: bytes) -> list[tuple[Any, ...]]:
    """Every cell with its value and look."""
    return [
        (sheet.title, cell.coordinate, cell.data_type, cell.value, *look(cell))
        for sheet in read(rendered)
        for cells in sheet.iter_rows()
        for cell in cells
    ]


def test_a_large_workbook_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"521111": " a <b>&\"'\u2260 \U0001f600", "521119": "=1+1"}
    shown = replace(content([row(10**16), row(50, "B", KDMAKMAP="521119")], [row(1)]), account_names=names)
    held = looks(render_workbook(shown))
    monkeypatch.setattr("reconciliation.workbook.render.LARGE", 0)
    assert looks(render_workbook(shown)) == held
    assert names["521111"] in [seen[3] for seen in held]


def test_a_cell_counts_signs_as_excel_does() -> None:
    assert clean("\U0001f600" * 20_000) == "\U0001f600" * 16_383
    assert clean("x" * 32_767) == "x" * 32_767


def test_the_count_of_shared_strings_is_that_of_the_cells() -> None:
    with zipfile.ZipFile(io.BytesIO(render_workbook(DIFFERING))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
        head = archive.read("xl/sharedStrings.xml")[:200].decode()
    assert f'count="{sum(sheet.count(b" t=") for sheet in sheets)}"' in head


def test_numbers_and_texts_of_other_kinds_are_written_as_what_they_are() -> None:
    class Named(str):
        __slots__ = ()

    book = Book(large=False)
    sheet = Table(book, "BLJ", (("Akun", 9), ("SiAP", 9)))
    sheet.row([Named("x"), np.int64(7)])  # type: ignore[list-item]
    sheet.finish()
    assert table(read(book.close())["BLJ"], 2) == [("x", 7)]


def test_every_status_of_a_line_has_a_text() -> None:
    assert sorted(lines_sheet.STATUS) == [0, 1, 2, 3]
    assert clean("a\x00b") == "a b"


LONG = content(
    [row(n, f"N{n:03d}", KDGIAT=f"{1000 + n}") for n in range(1, 41)], [row(1, "N001", KDGIAT="1001")]
)


@pytest.mark.parametrize("limit", [7, 8, 41, 42, 43])
def test_a_long_element_is_split_over_worksheets_that_are_whole_each(limit: int) -> None:
    book = read(render_workbook(LONG, row_limit=limit))
    whole = table(read(render_workbook(LONG))["BLJ"])
    parts = [sheet for sheet in book if sheet.title.split(" ")[0] == "BLJ"]
    found = [line for part in parts for line in table(part, 2)]
    assert found == whole[1:]
    assert [line[0] for line in found].count("Jumlah") == 1
    for part in parts:
        assert table(part)[0] == whole[0]
        assert part.max_row <= limit
        assert part.freeze_panes == "A2"
        assert part.auto_filter.ref.startswith("A1:O")
    assert [sheet.title for sheet in book][:2] == ["REKAP", "REKAP (2)"] if limit == 7 else True


def test_every_sheet_has_a_frozen_header_and_a_filter_over_its_rows() -> None:
    for sheet in read(render_workbook(DIFFERING)):
        top = int(sheet.freeze_panes[1:])
        assert sheet.auto_filter.ref.startswith(f"A{top - 1}:")
        assert sheet.cell(top - 1, 1).font.bold
        assert sheet.print_title_rows == f"${top - 1}:${top - 1}"


def test_a_text_between_marks_of_rich_text_is_escaped_too() -> None:
    shown = replace(DIFFERING, account_names={"521111": "<r><t>x</t></r>"})
    for large in (False, True):
        book = Book(large=large)
        sheet = Table(book, "BLJ", (("Akun", 9),))
        sheet.row(["<r><t>x</t></r>"])
        sheet.finish()
        assert read(book.close())["BLJ"]["A2"].value.rstrip() == "<r><t>x</t></r>"
    assert read(render_workbook(shown))["BLJ"]["B2"].value.rstrip() == "<r><t>x</t></r>"


def test_a_text_longer_than_its_column_is_wrapped_in_a_row_as_high_as_it_needs() -> None:
    shown = replace(DIFFERING, coa_causes={("BLJ", 0): "kata " * 30})
    sheet = read(render_workbook(shown))["BLJ"]
    assert sheet["O2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height == 45
    assert sheet.row_dimensions[3].height is None
    assert not sheet["A2"].alignment.wrap_text

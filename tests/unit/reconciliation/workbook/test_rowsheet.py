"""The export of all rows as a workbook, read back with openpyxl."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest

from reconciliation.workbook.rowsheet import Block, stream_workbook

TITLES = (("sisi", 6), ("nodok", 30), ("rphreal", 22))


def blocks(*sizes: int) -> Iterator[Block]:
    first = 0
    for size in sizes:
        numbers = range(first, first + size)
        yield [["SAI"] * size, [f"N{number}" for number in numbers], [number * 1000 for number in numbers]]
        first += size


def read(rendered: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(rendered))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=2, values_only=True))


@pytest.mark.parametrize("limit", [2, 3, 4, 8, 11, 12, 1000])
def test_every_row_stands_once_and_in_order_over_as_many_sheets_as_needed(limit: int) -> None:
    book = read(b"".join(stream_workbook(TITLES, blocks(3, 1, 4, 3), 11, row_limit=limit)))
    found = [row for sheet in book for row in rows(sheet)]
    assert found == [("SAI", f"N{number}", number * 1000) for number in range(11)]
    assert len(book.sheetnames) == -(-11 // (limit - 1))
    for sheet in book:
        assert [cell.value for cell in sheet[1]] == ["sisi", "nodok", "rphreal"]
        assert sheet.max_row <= limit
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:C{sheet.max_row}")
        assert sheet.calculate_dimension() == f"A1:C{sheet.max_row}"


def test_without_rows_there_is_a_header() -> None:
    book = read(b"".join(stream_workbook(TITLES, blocks(), 0)))
    assert book.sheetnames == ["BARIS"]
    assert rows(book["BARIS"]) == []


def test_codes_stay_text_blanks_stay_empty_and_amounts_are_formatted_numbers() -> None:
    block = [["007", ""], ["1e5", " a  b "], [-70_000, 10**15]]
    sheet = read(b"".join(stream_workbook(TITLES, [block], 2)))["BARIS"]
    assert rows(sheet) == [("007", "1e5", -70_000), (None, " a  b ", "1.000.000.000.000.000")]
    assert sheet["C2"].number_format == "#,##0;(#,##0)"


def test_a_text_that_looks_like_an_escape_is_escaped_for_excel() -> None:
    rendered = b"".join(stream_workbook(TITLES, [[["_x0041_"], ["_x00_"], [1]]], 1))
    with zipfile.ZipFile(io.BytesIO(rendered)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert ">_x005F_x0041_<" in sheet
    assert ">_x00_<" in sheet


def test_the_first_bytes_leave_before_the_last_rows_are_read() -> None:
    taken = []

    def watched() -> Iterator[Block]:
        for number, block in enumerate(blocks(*[5000] * 20)):
            taken.append(number)
            yield block

    stream = stream_workbook(TITLES, watched(), 100_000)
    next(stream)
    assert len(taken) < 20
    assert sum(1 for _ in stream) > 5


def test_equal_rows_give_equal_bytes() -> None:
    first, second = (b"".join(stream_workbook(TITLES, blocks(3, 4), 7)) for _ in range(2))
    assert first == second


MEASURED = """
import resource
from reconciliation.workbook.rowsheet import stream_workbook
from tests.unit.reconciliation.workbook.test_rowsheet import wide
for _ in stream_workbook(*wide(2_000)): pass
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
size = sum(len(part) for part in stream_workbook(*wide({rows})))
print(size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def wide(count: int) -> tuple[list[tuple[str, int]], Iterator[Block], int]:
    """24 columns, a third of them different in each row, in blocks of 2,000."""
    columns = [(f"kolom{number}", 10) for number in range(24)]

    def made() -> Iterator[Block]:
        for first in range(0, count, 2_000):
            own = [f"{number:019d}" for number in range(first, min(first + 2_000, count))]
            yield [own if column % 3 == 0 else ["005.01.1203"] * len(own) for column in range(24)]

    return columns, made(), count


@pytest.mark.parametrize("rows", [60_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_memory_does_not_grow_with_the_rows(rows: int) -> None:
    command = [sys.executable, "-c", MEASURED.format(rows=rows)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    size, kilobytes = map(int, run.stdout.split())
    assert size > 20 * rows
    assert kilobytes < 20_000

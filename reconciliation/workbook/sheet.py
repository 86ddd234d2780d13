"""A table written row by row: in constant memory, over as many worksheets as its rows need."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from reconciliation.workbook.cells import EXACT_BELOW, NOTE, Cell, Mark, Strong, clean, rupiah

ROW_LIMIT = 1_048_576  # of a worksheet, header and totals included
NOTE_LIMIT = 1_000  # notes of a worksheet: they are held in memory
_AMOUNT = "#,##0;(#,##0)"
# Equal content gives equal bytes: the file must not say when it was made.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, XlsxWriter takes naive times


class Book:
    """One workbook and its formats. Close it to have the bytes.

    A `large` one is written through temporary files in constant memory; any other in memory, at half the time.
    """

    def __init__(self, *, large: bool = True) -> None:
        self._buffer = io.BytesIO()
        options = {
            "constant_memory": large,
            "in_memory": not large,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.file: Any = xlsxwriter.Workbook(self._buffer, options)
        self.file.set_properties({"title": "Laporan Hasil Rekonsiliasi", "created": _CREATED})
        add = self.file.add_format
        self.plain = add({"valign": "top"})
        self.amount = add({"num_format": _AMOUNT, "valign": "top"})
        self.large = add({"align": "right", "valign": "top"})
        self.header = add({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True})
        self.strong = add({"bold": True, "top": 1})
        self.strong_amount = add({"bold": True, "top": 1, "num_format": _AMOUNT})
        self.good = add({"bg_color": "#C6EFCE", "font_color": "#006100", "align": "center"})
        self.bad = add({"bg_color": "#FFC7CE", "font_color": "#9C0006", "align": "center"})

    def close(self) -> bytes:
        """Finish the file and give its bytes."""
        self.file.close()
        return self._buffer.getvalue()


class Table:
    """A table with a frozen header and a filter. `lead` rows of (label, value) stand above the header."""

    def __init__(
        self,
        book: Book,
        name: str,
        columns: Sequence[tuple[str, int]],
        *,
        lead: Sequence[tuple[str, str]] = (),
        row_limit: int = ROW_LIMIT,
    ) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._limit = row_limit - 1  # the last row is kept for totals
        self._part = 0
        self._open(lead)

    def _open(self, lead: Sequence[tuple[str, str]]) -> None:
        self._part += 1
        self._notes = 0
        self._sheet = self._book.file.add_worksheet(
            self._name if self._part == 1 else f"{self._name} ({self._part})"
        )
        for column, (_, width) in enumerate(self._columns):
            self._sheet.set_column(column, column, width)
        for number, (label, content) in enumerate(lead):
            self._sheet.write_string(number, 0, clean(label), self._book.plain)
            self._sheet.write_string(number, 2, clean(content), self._book.plain)
        self._top = len(lead) + 1 if lead else 0
        for column, (title, _) in enumerate(self._columns):
            self._sheet.write_string(self._top, column, title, self._book.header)
        self._sheet.freeze_panes(self._top + 1, 0)
        self._print_on_a_page_width()
        self._next = self._top + 1

    def _print_on_a_page_width(self) -> None:
        """Printed, a sheet is A4 landscape, as wide as its columns and with its header on every page."""
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(self._top)
        self._sheet.set_footer("&L&A&RHalaman &P dari &N")

    def row(self, cells: Sequence[Cell]) -> None:
        """Write the next row; a full worksheet is followed by another with the same header."""
        if self._next >= self._limit:
            self._filter()
            self._open(())
        self._write(cells)

    def finish(self, totals: Sequence[Cell] = ()) -> None:
        """Set the filter over the rows, then write the totals under it."""
        self._filter()
        if totals:
            self._write(totals)

    def _filter(self) -> None:
        self._sheet.autofilter(self._top, 0, max(self._next - 1, self._top), len(self._columns) - 1)

    def _write(self, cells: Sequence[Cell]) -> None:
        for column, cell in enumerate(cells):
            if isinstance(cell, Mark):
                self._sheet.write_string(
                    self._next, column, clean(cell.text), self._book.good if cell.good else self._book.bad
                )
            elif isinstance(cell, Strong):
                self._value(column, cell.content, self._book.strong, self._book.strong_amount)
            else:
                self._value(column, cell, self._book.plain, self._book.amount)
        self._next += 1

    def _value(self, column: int, value: str | int, plain: Any, amount: Any) -> None:
        if isinstance(value, str):
            if value:
                self._sheet.write_string(self._next, column, clean(value), plain)
        elif abs(value) < EXACT_BELOW:
            self._sheet.write_number(self._next, column, value, amount)
        else:
            self._sheet.write_string(self._next, column, rupiah(value), self._book.large)
            if self._notes < NOTE_LIMIT:
                self._sheet.write_comment(self._next, column, NOTE)
                self._notes += 1

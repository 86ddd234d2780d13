"""A table written row by row: in constant memory, over as many worksheets as its rows need."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from reconciliation.workbook.cells import EXACT_BELOW, NOTE, Cell, Mark, Strong, rupiah
from reconciliation.workbook.package import LightWorkbook
from reconciliation.workbook.rows import LETTERS, RowSheet, Texts

ROW_LIMIT = 1_048_576  # of a worksheet, header and totals included
AMOUNTS = ("SiAP", "SAI", "Selisih")  # titles of columns of rupiah
NOTE_LIMIT = 1_000  # notes of a worksheet: they are held in memory
LINE_HEIGHT, TALLEST = 15, 409  # points; Excel knows no taller row
SHORT = 29  # letters; a longer text may need more lines than one
_AMOUNT = "#,##0;(#,##0)"
# Equal content gives equal bytes: the file must not say when it was made.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, XlsxWriter takes naive times


class Book:
    """One workbook and its formats. Close it to have the bytes.

    A `large` one is written through temporary files in constant memory; any other in memory, at half the time.
    """

    def __init__(self, *, large: bool = True, row_limit: int = ROW_LIMIT) -> None:
        self.row_limit = row_limit
        self._buffer = io.BytesIO()
        options = {
            "constant_memory": large,
            "in_memory": not large,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.file: Any = LightWorkbook(self._buffer, options)
        self.texts = Texts(self.file.str_table, inline=large)
        self.file.set_properties({"title": "Laporan Hasil Rekonsiliasi", "created": _CREATED})
        self.plain = self._style(valign="top")
        self.wrapped = self._style(valign="top", text_wrap=True)
        self.amount = self._style(num_format=_AMOUNT, valign="top")
        self.large = self._style(align="right", valign="top")
        head = {
            "bold": True,
            "bg_color": "#1F3864",
            "font_color": "#FFFFFF",
            "text_wrap": True,
            "valign": "top",
        }
        self.header = self._style(**head)
        self.header_amount = self._style(**head, align="right")
        self.strong = self._style(bold=True, top=1)
        self.strong_amount = self._style(bold=True, top=1, num_format=_AMOUNT)
        middle = {"align": "center", "valign": "top"}
        self.good = self._style(bg_color="#C6EFCE", font_color="#006100", **middle)
        self.bad = self._style(bg_color="#FFC7CE", font_color="#9C0006", **middle)

    def _style(self, **properties: Any) -> int:
        """The number of a format, as cells name it."""
        number: int = self.file.add_format(properties)._get_xf_index()
        return number

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
    ) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._places = [(letter, width) for letter, (_, width) in zip(LETTERS, columns, strict=False)]
        self._limit = book.row_limit - 1  # the last row is kept for totals
        self._part = 0
        self._beyond = False  # whether the row being written has an amount that a number would not keep
        self._ends: dict[type, Callable[[Any], str]] = {
            str: self._text,
            int: self._amount,
            Mark: self._mark,
            Strong: self._strong,
        }
        self._open(lead)

    def _open(self, lead: Sequence[tuple[str, str]]) -> None:
        self._part += 1
        self._notes = 0
        self._sheet = self._book.file.add_worksheet(
            self._name if self._part == 1 else f"{self._name} ({self._part})", RowSheet
        )
        for column, (_, width) in enumerate(self._columns):
            self._sheet.set_column(column, column, width)
        plain, texts = self._book.plain, self._book.texts
        for number, (label, content) in enumerate(lead):
            pair = (("A", label), ("C", content))
            cells = [cell(f"{at}{number + 1}", plain, texts[text]) for at, text in pair if text]
            self._sheet.put(number, cells, 2)
        self._top = len(lead) + 1 if lead else 0
        looks = dict.fromkeys(AMOUNTS, self._book.header_amount)
        titles = zip(LETTERS, (title for title, _ in self._columns), strict=False)
        cells = [
            cell(f"{at}{self._top + 1}", looks.get(title, self._book.header), texts[title])
            for at, title in titles
        ]
        self._sheet.put(self._top, cells, len(self._columns) - 1)
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
        at, ends, texts, plain = self._next + 1, self._ends, self._book.texts, self._book.plain
        finished, lines = [], 1
        for (letter, width), each in zip(self._places, cells, strict=False):
            if type(each) is str and len(each) <= SHORT:  # nearly every cell
                if each:
                    finished.append(f'<c r="{letter}{at}" s="{plain}"{texts[each]}')
            elif end := ends.get(each.__class__, self._any)(each):
                finished.append(f'<c r="{letter}{at}{end}')
                if isinstance(each, str) and len(each) > width:
                    lines = max(lines, lines_of(each, width))
        # Not every program works the height of wrapped texts out itself.
        height = min(lines * LINE_HEIGHT, TALLEST) if lines > 1 else 0
        self._sheet.put(self._next, finished, len(cells) - 1, height)
        if self._beyond:
            self._note(cells)
        self._next += 1

    def _text(self, text: str) -> str:
        if len(text) > SHORT:
            return f'" s="{self._book.wrapped}"{self._book.texts[text]}'
        return f'" s="{self._book.plain}"{self._book.texts[text]}' if text else ""

    def _amount(self, amount: int) -> str:
        return self._number(amount, self._book.amount)

    def _mark(self, mark: Mark) -> str:
        style = self._book.good if mark.good else self._book.bad
        return f'" s="{style}"{self._book.texts[mark.text]}'

    def _strong(self, strong: Strong) -> str:
        content = strong.content
        if isinstance(content, str):
            return f'" s="{self._book.strong}"{self._book.texts[content]}' if content else ""
        return self._number(content, self._book.strong_amount)

    def _any(self, content: Any) -> str:
        """A kind of text or number of its own, as enumerations and NumPy have."""
        return self._text(str(content)) if isinstance(content, str) else self._amount(int(content))

    def _number(self, amount: int, style: int) -> str:
        if -EXACT_BELOW < amount < EXACT_BELOW:
            return f'" s="{style}"><v>{amount}</v></c>'
        self._beyond = True
        return f'" s="{self._book.large}"{self._book.texts[rupiah(amount)]}'

    def _note(self, cells: Sequence[Cell]) -> None:
        """Say at every amount of the row that is a text why it is one."""
        self._beyond = False
        for column, each in enumerate(cells):
            content = each.content if isinstance(each, Strong) else each
            if (
                not isinstance(content, str | Mark)
                and abs(content) >= EXACT_BELOW
                and self._notes < NOTE_LIMIT
            ):
                self._sheet.write_comment(self._next, column, NOTE)
                self._notes += 1


def cell(place: str, style: int, end: str) -> str:
    """A finished cell."""
    return f'<c r="{place}" s="{style}"{end}'


def lines_of(text: str, width: int) -> int:
    """Lines that a text takes in a column so many letters wide: words do not break, so a tenth goes to waste."""
    return 1 if len(text) <= width else -(-len(text) * 11 // (width * 10))

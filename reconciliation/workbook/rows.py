"""Worksheet rows written as finished XML: XlsxWriter's way of a cell, for every cell, takes most of a workbook's time.

XlsxWriter still writes everything else: formats, columns, filters, notes, the package.
"""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from reconciliation.workbook.cells import clean

_SHARED = ' t="s"><v>'
LETTERS = tuple(xl_col_to_name(column) for column in range(256))
# Excel would read `_x0041_` as the letter A: its first underscore is escaped, as XlsxWriter does in shared strings.
_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")


class RowSheet(Worksheet):  # type: ignore[misc]  # the library is not typed throughout
    """A worksheet whose cells come as finished rows, from the top downwards."""

    def __init__(self) -> None:
        super().__init__()
        self._finished: list[str] = []

    def put(self, row: int, cells: Iterable[str], last: int, height: int = 0) -> None:
        """Write the finished cells of a row (from 0), whose last column is `last`; 0 is the usual height."""
        sheet: Any = self
        if not row:
            sheet._check_dimensions(row, 0)
        sheet._check_dimensions(row, last)
        tall = f' ht="{height}" customHeight="1"' if height else ""
        text = f'<row r="{row + 1}"{tall}>{"".join(cells)}</row>'
        sheet.str_table.count += text.count(_SHARED)
        if sheet.constant_memory:
            sheet.row_data_fh.write(text)
        else:
            self._finished.append(text)

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """No row waits to be written."""

    def _write_rows(self) -> None:
        sheet: Any = self
        sheet.fh.write("".join(self._finished))


class Texts(dict[str, str]):
    """What follows the format of a cell, for each text: its number among the shared strings, or the text itself."""

    def __init__(self, shared: Any, *, inline: bool) -> None:
        super().__init__()
        self._shared, self._inline = shared, inline

    def __missing__(self, text: str) -> str:
        cleaned = clean(text)
        if self._inline:
            return inline(cleaned)  # not kept: memory stays constant
        number = self._shared._get_shared_string_index(cleaned)
        self._shared.count -= 1  # cells are counted when they are written
        found = self[text] = f"{_SHARED}{number}</v></c>"
        return found


def inline(text: str) -> str:
    """What follows the format of a cell that holds its own, cleaned text."""
    space = ' xml:space="preserve"' if text != text.strip() else ""
    shown = escape(_ESCAPE.sub(r"_x005F\1", text), quote=False)
    return f' t="inlineStr"><is><t{space}>{shown}</t></is></c>'

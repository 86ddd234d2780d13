"""Every row of both sides as a workbook, sent while it is made: in constant memory, from the first moment on.

The workbook around the rows (styles, header, filter, relations) is XlsxWriter's. Only the row elements are
written here, a block of rows at a time, because a cell at a time takes six times as long.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from reconciliation.workbook.cells import EXACT_BELOW, clean, rupiah
from reconciliation.workbook.rows import LETTERS, RowSheet, inline
from reconciliation.workbook.sheet import ROW_LIMIT, Book, cell

Column = Sequence[str | int]
Block = Sequence[Column]

_SHEET = "xl/worksheets/sheet{number}.xml"
_SAMPLE = re.compile(rb'<row r="2".*?</row>', re.DOTALL)
_EXTENT = re.compile(rb'(<dimension ref="A1:[A-Z]+)2"')
_STYLE = re.compile(rb's="(\d+)"')
_CHUNK = 1 << 16


def stream_workbook(
    titles: Sequence[tuple[str, int]], blocks: Iterable[Block], total: int, *, row_limit: int = ROW_LIMIT
) -> Iterator[bytes]:
    """The bytes of a workbook (.xlsx) with a header and `total` rows, which come column by column in blocks.

    A worksheet holds `row_limit` rows, its header included; what is more goes on in another. Text is written
    as text whatever it says; an amount of more than 15 digits too, as Excel would round it.
    """
    per_sheet = row_limit - 1
    sheets = max(1, -(-total // per_sheet))
    shell = zipfile.ZipFile(io.BytesIO(_shell(titles, total, sheets, per_sheet)))
    rows = _Rows(blocks)
    pipe = _Pipe()
    # By name an entry has the archive's level, and no date that tells when it was made.
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        filled = [_SHEET.format(number=number) for number in range(1, sheets + 1)]
        for name in (name for name in shell.namelist() if name not in filled):
            with archive.open(name, "w") as entry:
                entry.write(shell.read(name))
        for name in filled:
            count = min(per_sheet, total - filled.index(name) * per_sheet)
            with archive.open(name, "w") as sheet:
                for part in _sheet(shell.read(name), rows, count):
                    sheet.write(part)
                    if pipe.waiting >= _CHUNK:
                        yield pipe.drained()
    yield pipe.drained()


def _shell(titles: Sequence[tuple[str, int]], total: int, sheets: int, per_sheet: int) -> bytes:
    """The workbook without rows: each sheet has its header and one amount as a sample of how they look."""
    book = Book(large=False)
    for number in range(1, sheets + 1):
        sheet = book.file.add_worksheet("BARIS" if number == 1 else f"BARIS ({number})", RowSheet)
        for column, (_, width) in enumerate(titles):
            sheet.set_column(column, column, width)
        names = zip(LETTERS, (title for title, _ in titles), strict=False)
        sheet.put(0, [cell(f"{at}1", book.header, book.texts[name]) for at, name in names], len(titles) - 1)
        sheet.freeze_panes(1, 0)
        last = min(per_sheet, total - (number - 1) * per_sheet)
        sheet.autofilter(0, 0, max(last, 1), len(titles) - 1)
        sheet.put(1, [cell("A2", book.amount, "><v>0</v></c>")], 0)
    return book.close()


def _sheet(shell: bytes, rows: "_Rows", count: int) -> Iterator[bytes]:
    """A worksheet with the next `count` rows in place of the sample."""
    shell = _EXTENT.sub(rb'\g<1>%d"' % (count + 1), shell)
    sample = _SAMPLE.search(shell)
    style = _STYLE.search(sample.group()) if sample else None
    if sample is None or style is None:
        raise ValueError("the empty worksheet has no sample row")
    yield shell[: sample.start()]
    yield from rows.take(count, style=style.group(1).decode())
    yield shell[sample.end() :]


class _Rows:
    """Row elements out of blocks of columns, as many at a time as a worksheet takes."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = iter(blocks)
        self._left: list[list[str]] = []

    def take(self, most: int, *, style: str) -> Iterator[bytes]:
        """The next `most` rows as XML, numbered from 2 on; amounts get this style."""
        number = 2
        while most and (columns := self._left or self._next(style)):
            part, self._left = [one[:most] for one in columns], [one[most:] for one in columns]
            if not self._left[0]:
                self._left = []
            count = len(part[0])
            yield _elements(part, number).encode("utf-8")
            most, number = most - count, number + count

    def _next(self, style: str) -> list[list[str]]:
        """The next block as cells without their places; empty after the last."""
        return [_cells(column, style) for column in next(self._blocks, ())]


def _cells(column: Column, style: str) -> list[str]:
    """What follows the place of each cell: equal values are worked out once per block."""
    known = {value: _cell(value, style) for value in set(column)}
    return [known[value] for value in column]


def _cell(value: str | int, style: str) -> str:
    if isinstance(value, int):
        if abs(value) < EXACT_BELOW:
            return f' s="{style}"><v>{value}</v></c>'
        value = rupiah(value)
    if not value:
        return "/>"
    return inline(clean(value))


def _elements(columns: Sequence[Sequence[str]], first: int) -> str:
    letters = LETTERS[: len(columns)]
    lines = []
    for number, cells in enumerate(zip(*columns, strict=True), first):
        inner = "".join(
            [f'<c r="{letter}{number}"{cell}' for letter, cell in zip(letters, cells, strict=True)]
        )
        lines.append(f'<row r="{number}">{inner}</row>')
    return "".join(lines)


class _Pipe(io.RawIOBase):
    """A file that cannot seek and hands over what was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self.waiting = 0

    def writable(self) -> bool:
        """It is for writing only."""
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]  # zipfile writes bytes
        """Keep these bytes until they are drained."""
        self._parts.append(bytes(content))
        self.waiting += len(content)
        return len(content)

    def drained(self) -> bytes:
        """What was written since the last time."""
        content = b"".join(self._parts)
        self._parts, self.waiting = [], 0
        return content

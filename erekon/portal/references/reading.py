"""Reading one CSV file (UTF-8, with or without byte order mark, header row) into typed rows."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from erekon.portal.references.columns import Column
from erekon.portal.references.problems import Problems


@dataclass(frozen=True)
class Row:
    """One row whose every cell could be read; `line` is where it starts in the file."""

    line: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


@dataclass(frozen=True)
class Sheet:
    """The readable rows of one file and the columns its header has."""

    file: str
    columns: frozenset[str]
    rows: tuple[Row, ...]


def read_sheet(path: Path, columns: Sequence[Column], problems: Problems) -> Sheet:
    """Read a file. Bad cells are noted in `problems` and their rows left out."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.add(path.name, line, "", "bukan teks UTF-8")
        return Sheet(path.name, frozenset(), ())
    records = _records(path.name, content, problems)
    header = [name.strip() for name in next(records, (1, []))[1]]
    if not _header_fits(path.name, header, columns, problems):
        return Sheet(path.name, frozenset(), ())
    by_name = {column.name: column for column in columns}
    ordered = [by_name[name] for name in header]
    rows = (_row(path.name, line, cells, ordered, problems) for line, cells in records)
    return Sheet(path.name, frozenset(header), tuple(row for row in rows if row is not None))


def _records(file: str, content: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problems.add(file, line, "", "tanda kutip atau pemisah rusak")
            return
        # A line with nothing on it is no row; editors leave one at the end.
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _header_fits(file: str, header: list[str], columns: Sequence[Column], problems: Problems) -> bool:
    known = {column.name for column in columns}
    before = len(problems.cells)
    for column in columns:
        if not column.optional and column.name not in header:
            problems.add(file, 1, column.name, "kolom ini tidak ada di baris judul")
    for position, name in enumerate(header):
        if name not in known:
            problems.add(file, 1, name or f"ke-{position + 1}", "kolom ini tidak dikenal")
        elif name in header[:position]:
            problems.add(file, 1, name, "kolom ini ditulis dua kali")
    return len(problems.cells) == before


def _row(file: str, line: int, cells: list[str], columns: list[Column], problems: Problems) -> Row | None:
    if len(cells) != len(columns):
        problems.add(file, line, "", f"ada {len(cells)} isian, seharusnya {len(columns)}")
        return None
    values: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=True):
        try:
            values[column.name] = column.value(cell)
        except ValueError as error:
            problems.add(file, line, column.name, str(error))
    return Row(line, values) if len(values) == len(columns) else None

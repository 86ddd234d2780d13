"""What a kind of file is: its name, its columns, and the function that loads its rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from erekon.portal.references.columns import Column
from erekon.portal.references.problems import Problems
from erekon.portal.references.reading import Row, Sheet

BATCH = 500


@dataclass
class Load:
    """One sheet on its way into the database, inside the transaction of the whole import.

    `passwords` maps user names to a ready hash where one must change; `pins` maps them to the PIN to set.
    """

    sheet: Sheet
    now: datetime
    problems: Problems
    passwords: dict[str, str] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)

    def bad(self, row: Row, column: str, reason: str) -> None:
        """Note a cell that names something unknown or contradicts another row."""
        self.problems.add(self.sheet.file, row.line, column, reason)

    def require(self, row: Row, column: str, known: Iterable[Any], what: str) -> bool:
        """Whether the cell is among the known codes; noted as bad when not."""
        if row[column] in known:
            return True
        self.bad(row, column, f"{what} “{row[column]}” tidak dikenal")
        return False


@dataclass(frozen=True)
class Kind:
    """A kind of file. `load` returns how many rows stand afterwards that the file named."""

    file: str
    columns: tuple[Column, ...]
    load: Callable[[Load], int]


def once(load: Load, *key: str) -> list[Row]:
    """The rows whose key (columns) was not in the file before; a repeated key is noted as bad."""
    seen: dict[tuple[Any, ...], int] = {}
    rows = []
    for row in load.sheet.rows:
        first = seen.setdefault(tuple(row[column] for column in key), row.line)
        if first == row.line:
            rows.append(row)
        else:
            load.bad(row, key[-1], f"sudah ditulis di baris {first}")
    return rows


def upsert(model: type[models.Model], values: list[dict[str, Any]], unique: tuple[str, ...]) -> int:
    """Insert rows or bring those of the same key up to date, in bulk. Every dict has the same field names."""
    if not values:
        return 0
    changing = [name for name in values[0] if name not in unique]
    rows = [model(**fields) for fields in values]
    if changing:
        model._default_manager.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=list(unique), update_fields=changing
        )
    else:
        model._default_manager.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)

"""Rows as dicts, named as the DBF columns, and the lines array made of them."""

from collections.abc import Iterable, Mapping

import numpy as np

from reconciliation.matching.lines import LINES_DTYPE, Lines

Row = Mapping[str, str]

# Column of the lines file → columns of either side's file, the first present one counts.
_SOURCES = {
    "perk": ("PERKSAI", "PERKSAU"),
    "perk1": ("PERKSAI1", "PERKSAU1"),
    "jnsdok": ("JNSDOK1",),
    "nodok": ("NODOK1",),
    "tgldok": ("TGLDOK1",),
}
_TEXTS = [name for name in LINES_DTYPE.names if name not in ("row", "rphreal", "twin")]


def text(row: Row, name: str) -> str:
    """A column's text, trimmed on both ends; absent is blank."""
    for source in _SOURCES.get(name, (name.upper(),)):
        if source in row:
            return row[source].strip(" ")
    return ""


def normalised(row: Row, number: int) -> tuple[object, ...]:
    """One row of the lines file."""
    values: dict[str, object] = {name: text(row, name).encode("cp1252") for name in _TEXTS}
    values["nodok"] = text(row, "nodok").upper().encode("cp1252")
    values["kdkem"] = values["kdkem"] or b"0"
    values |= {"row": number, "rphreal": int(row["RPHREAL"]), "twin": False}
    return tuple(values[name] for name in LINES_DTYPE.names)


def lines_of(rows: Iterable[Row]) -> Lines:
    """The lines array of dict rows."""
    return np.array([normalised(row, number) for number, row in enumerate(rows, 1)], dtype=LINES_DTYPE)

"""Every row in play of both sides, equal ones too, as CSV or XLSX, made while it is sent."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from erekon.lib import files
from reconciliation.inputs import inputs_of_run, siap_lines
from reconciliation.matching.lines import Lines, unpack
from reconciliation.matching.taken import elements_taking
from reconciliation.models import MatchRun, Reconciliation
from reconciliation.workbook.rowsheet import Block, stream_workbook

# Fields of the lines file in the order of the export, with the width of their column in a worksheet.
FIELDS = (
    ("kdsatker", 9),
    ("kdbaes1", 9),
    ("kdkppn", 9),
    ("kddekon", 9),
    ("kdwilayah", 10),
    ("kdprogram", 10),
    ("kdgiat", 8),
    ("kdoutput", 9),
    ("kdsdcp", 8),
    ("register", 11),
    ("kdtrn", 7),
    ("kdkem", 8),
    ("kdmakmap", 11),
    ("perk", 9),
    ("perk1", 9),
    ("rphreal", 22),
    ("jnsdok", 9),
    ("nodok", 34),
    ("tgldok", 10),
    ("tglpost", 10),
)
COLUMNS = (("sisi", 6), *FIELDS, ("elemen", 16), ("baris", 8), ("idtrn", 22))
BLOCK = 2_000  # rows turned into text at a time

# Before these a spreadsheet may take a cell for a formula: at its beginning, or after what it takes for the
# end of the cell before, which differs from country to country.
_FORMULA = re.compile(r"(^|[,;|\t\r\n])([\s\"']*)(?=[=+\-@])")


@dataclass(frozen=True)
class Side:
    """The rows of one side and the elements that take each."""

    name: str
    lines: Lines
    elements: Any


def sides_of(case: Reconciliation, run: MatchRun) -> tuple[Side, Side]:
    """Both sides as the run compared them: SiAP as its version of the ledger had it, SAI as uploaded."""
    inputs = inputs_of_run(run)
    sai, _ = unpack(files.read(run.submission.lines))
    siap, judged = siap_lines(inputs), inputs.case
    return (
        Side("SiAP", siap, elements_taking(np.ascontiguousarray(siap), judged, siap=True)),
        Side("SAI", sai, elements_taking(np.ascontiguousarray(sai), judged, siap=False)),
    )


def csv_of(sides: tuple[Side, ...]) -> Iterator[bytes]:
    """The rows as CSV (RFC 4180, UTF-8, commas); what a spreadsheet would run begins with an apostrophe."""
    yield (",".join(title for title, _ in COLUMNS) + "\r\n").encode()
    for block in _blocks(sides):
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows(zip(*(_harmless(column) for column in block), strict=True))
        yield buffer.getvalue().encode("utf-8")


def xlsx_of(sides: tuple[Side, ...]) -> Iterator[bytes]:
    """The rows as a workbook."""
    return stream_workbook(COLUMNS, _blocks(sides), sum(len(side.lines) for side in sides))


def harmless(text: str) -> str:
    """The text with an apostrophe before each sign that a spreadsheet could take for the start of a formula."""
    return _FORMULA.sub(r"\1\2'", text)


def _harmless(column: Any) -> Any:
    known = {value: harmless(value) if isinstance(value, str) else value for value in set(column)}
    return [known[value] for value in column]


def _blocks(sides: tuple[Side, ...]) -> Iterator[Block]:
    for side in sides:
        for start in range(0, len(side.lines), BLOCK):
            lines = side.lines[start : start + BLOCK]
            yield [
                [side.name] * len(lines),
                *(_values(lines[name]) for name, _ in FIELDS),
                side.elements[start : start + BLOCK].tolist(),
                [number or "" for number in lines["row"].tolist()],
                _values(lines["idtrn"]),
            ]


def _values(column: Any) -> list[Any]:
    if column.dtype.kind == "S":
        return [text.decode("cp1252", "replace") for text in column.tolist()]
    return list(column.tolist())

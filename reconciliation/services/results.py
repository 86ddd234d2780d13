"""Stored results: from the matcher's outcome to rows, and back for drill-down."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, models

from reconciliation.matching.elements import ELEMENTS
from reconciliation.matching.outcome import EQUAL, SEGMENTS, ElementOutcome, Outcome
from reconciliation.models import CoaRow, ElementResult, MatchRun

# Which parts of a key an element has: the others are null in the API.
KEY_PARTS: dict[str, tuple[str, ...]] = {
    "A": SEGMENTS,
    "B": ("akun", "ba_es1", "sdcp"),
    "C": ("akun",),
}
BIGGEST = models.BigIntegerField.MAX_BIGINT
_COA_COLUMNS = ("run_id", "element", "position", "akun", "key", "siap", "sai", "different")
_NAMES = ", ".join(f'"{name}"' for name in _COA_COLUMNS)
_INSERT_COA = (
    f"INSERT INTO {CoaRow._meta.db_table} ({_NAMES}) "  # noqa: S608  (names of our own table)
    f"VALUES ({', '.join(['%s'] * len(_COA_COLUMNS))})"
)
_KIND = {element.code: element.key for element in ELEMENTS}


def write_results(run: MatchRun, outcome: Outcome) -> None:
    """Replace the result rows of a run by this outcome, in the caller's transaction."""
    ElementResult.objects.filter(run=run).delete()
    CoaRow.objects.filter(run=run).delete()
    ElementResult.objects.bulk_create(
        [_element_row(run, position, element) for position, element in enumerate(outcome.elements)]
    )
    rows = [row for element in outcome.elements for row in _coa_rows(run, element)]
    with connection.cursor() as cursor:
        # Hundreds of plain rows per run: by the ORM they would take a quarter of an ADK's whole time.
        cursor.executemany(_INSERT_COA, rows)


def _element_row(run: MatchRun, position: int, element: ElementOutcome) -> ElementResult:
    return ElementResult(
        run=run,
        position=position,
        code=element.code,
        applicable=element.applicable,
        siap=element.siap,
        sai=element.sai,
        rupiah_equal=element.rupiah_equal,
        coa_equal=element.coa_equal,
        coa_lines=sum(element.coa_counts),
        coa_different=element.coa_counts.different,
        detail_lines=sum(element.detail_counts),
        detail_different=element.detail_counts.different,
        # Sums of both sides' absolute amounts: the column, not the count, ends here.
        gap=min(element.gap, BIGGEST),
        hinted=min(element.hinted, BIGGEST),
        cash=[
            {"code": element.code + line.suffix, "siap": line.siap, "sai": line.sai}
            for line in element.cash or ()
        ],
    )


def _coa_rows(run: MatchRun, element: ElementOutcome) -> Iterator[tuple[Any, ...]]:
    """Rows in the order of `_COA_COLUMNS`."""
    for position, line in enumerate(element.coa):
        key = coa_key(element.code, line)
        amounts = int(line["siap"]), int(line["sai"])
        different = int(line["status"]) != EQUAL
        yield run.pk, element.code, position, key["akun"], json.dumps(key), *amounts, different


def coa_key(element: str, line: Any) -> dict[str, str | None]:
    """The CoA key of a line as the API shows it; parts that are not of the element's key are null."""
    parts = KEY_PARTS[_KIND[element]]
    text = {name: line[name].decode("cp1252") for name in parts}
    ba_es1 = text.pop("ba_es1", None)
    key: dict[str, str | None] = {"akun": text.pop("akun")}
    key["ba"] = ba_es1[:3] if ba_es1 is not None else None
    key["es1"] = ba_es1[3:] if ba_es1 is not None else None
    for name in SEGMENTS[2:]:
        key[name] = text.get(name)
    return key

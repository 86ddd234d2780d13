"""Stored results: from the matcher's outcome to rows, and back for drill-down."""

from collections.abc import Iterator
from typing import Any

from reconciliation.matching.elements import ELEMENTS
from reconciliation.matching.outcome import EQUAL, SEGMENTS, ElementOutcome, Outcome
from reconciliation.models import CoaRow, ElementResult, MatchRun

# Which parts of a key an element has: the others are null in the API.
KEY_PARTS: dict[str, tuple[str, ...]] = {
    "A": SEGMENTS,
    "B": ("akun", "ba_es1", "sdcp"),
    "C": ("akun",),
}
_KIND = {element.code: element.key for element in ELEMENTS}


def write_results(run: MatchRun, outcome: Outcome) -> None:
    """Replace the result rows of a run by this outcome, in the caller's transaction."""
    ElementResult.objects.filter(run=run).delete()
    CoaRow.objects.filter(run=run).delete()
    ElementResult.objects.bulk_create(
        [_element_row(run, position, element) for position, element in enumerate(outcome.elements)]
    )
    CoaRow.objects.bulk_create(
        [row for element in outcome.elements for row in _coa_rows(run, element)], batch_size=2000
    )


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
        cash=[
            {"code": element.code + line.suffix, "siap": line.siap, "sai": line.sai}
            for line in element.cash or ()
        ],
    )


def _coa_rows(run: MatchRun, element: ElementOutcome) -> Iterator[CoaRow]:
    for position, line in enumerate(element.coa):
        yield CoaRow(
            run=run,
            element=element.code,
            position=position,
            akun=line["akun"].decode("cp1252"),
            key=coa_key(element.code, line),
            siap=int(line["siap"]),
            sai=int(line["sai"]),
            different=int(line["status"]) != EQUAL,
        )


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

"""Stored results: from the matcher's outcome to rows, and back for drill-down."""

from typing import Any

from django.db import models

from erekon.lib.prepared_writes import insert_all, remove
from reconciliation.matching.accounts import account_sums
from reconciliation.matching.elements import KNOWN
from reconciliation.matching.outcome import SEGMENTS, ElementOutcome, Outcome
from reconciliation.models import ElementResult, MatchRun

# Which parts of a key an element has: the others are null in the API.
KEY_PARTS: dict[str, tuple[str, ...]] = {
    "A": SEGMENTS,
    "B": ("akun", "ba_es1", "sdcp"),
    "C": ("akun",),
}
BIGGEST = models.BigIntegerField.MAX_BIGINT


def write_results(run: MatchRun, outcome: Outcome) -> None:
    """Replace the result rows of a run by this outcome, in the caller's transaction."""
    remove(ElementResult, run=run)
    insert_all(element_rows(run, outcome))


def element_rows(run: MatchRun, outcome: Outcome) -> list[ElementResult]:
    """The unsaved rows of a run's elements."""
    return [_element_row(run, position, element) for position, element in enumerate(outcome.elements)]


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
        accounts=[list(one) for one in account_sums(element)],
    )


def coa_key(element: str, line: Any) -> dict[str, str | None]:
    """The CoA key of a line as the API shows it; parts that are not of the element's key are null."""
    parts = KEY_PARTS[KNOWN[element].key]
    text = {name: line[name].decode("cp1252") for name in parts}
    ba_es1 = text.pop("ba_es1", None)
    key: dict[str, str | None] = {"akun": text.pop("akun")}
    key["ba"] = ba_es1[:3] if ba_es1 is not None else None
    key["es1"] = ba_es1[3:] if ba_es1 is not None else None
    for name in SEGMENTS[2:]:
        key[name] = text.get(name)
    return key

"""Stored results: from the matcher's outcome to rows, and back for drill-down."""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from django.db import models

from erekon.lib.prepared_writes import insert_all, insert_plain, remove
from reconciliation.matching.elements import KNOWN
from reconciliation.matching.outcome import EQUAL, SEGMENTS, ElementOutcome, Outcome
from reconciliation.models import CoaRow, ElementResult, MatchRun

# Which parts of a key an element has: the others are null in the API.
KEY_PARTS: dict[str, tuple[str, ...]] = {
    "A": SEGMENTS,
    "B": ("akun", "ba_es1", "sdcp"),
    "C": ("akun",),
}
BIGGEST = models.BigIntegerField.MAX_BIGINT
COA_COLUMNS = ("run_id", "element", "position", "akun", "key", "siap", "sai", "different")


def write_results(run: MatchRun, outcome: Outcome) -> None:
    """Replace the result rows of a run by this outcome, in the caller's transaction."""
    remove(ElementResult, run=run)
    remove(CoaRow, run=run)
    insert_all(element_rows(run, outcome))
    rows = [row for element in outcome.elements for row in coa_rows(run, element)]
    insert_plain(CoaRow, COA_COLUMNS, rows)


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
    )


def coa_rows(run: MatchRun, element: ElementOutcome) -> Iterator[tuple[Any, ...]]:
    """Rows in the order of `COA_COLUMNS`."""
    template, parts = _key_template(KNOWN[element.code].key)
    coa, code, pk = element.coa, element.code, run.pk
    columns = [[_quoted(part, begin, end) for part in coa[name].tolist()] for name, begin, end in parts]
    keys = map(template.__mod__, zip(*columns, strict=True))
    akuns = (akun.decode("cp1252") for akun in coa["akun"].tolist())
    amounts = (coa[name].tolist() for name in ("siap", "sai", "status"))
    for position, (akun, key, siap, sai, status) in enumerate(zip(akuns, keys, *amounts, strict=True)):
        yield pk, code, position, akun, key, siap, sai, status != EQUAL


@cache
def _key_template(kind: str) -> tuple[str, tuple[tuple[str, int, int | None], ...]]:
    """The JSON text of `coa_key` with a place for every part that the kind of key has, and where these parts stand: in
    which segment, from where to where.
    """
    names = ("akun", "ba", "es1", *SEGMENTS[2:])
    within = {"ba": ("ba_es1", 0, 3), "es1": ("ba_es1", 3, None)}
    parts = set(KEY_PARTS[kind]) | (set(within) if "ba_es1" in KEY_PARTS[kind] else set())
    places = (f'"{name}": {"%s" if name in parts else "null"}' for name in names)
    template = "{" + ", ".join(places) + "}"
    return template, tuple(within.get(name, (name, 0, None)) for name in names if name in parts)


@lru_cache(10_000)
def _quoted(part: bytes, begin: int, end: int | None) -> str:
    return json.dumps(part[begin:end].decode("cp1252"))


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

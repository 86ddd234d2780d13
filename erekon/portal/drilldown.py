"""From an element to its accounts, documents and rows: reads of stored results."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import QuerySet

from erekon.lib import files
from reconciliation.lifecycle import HAS_DOCUMENTS, Stage
from reconciliation.matching.hints.hint import Hint, ranked
from reconciliation.matching.lines import Lines, unpack
from reconciliation.matching.outcome import EQUAL, ElementOutcome
from reconciliation.matching.results import unpack_outcome
from reconciliation.matching.sentences import render, title
from reconciliation.models import CoaRow, MatchRun, Reconciliation
from reconciliation.queries import ledger_lines, terpusat_rules
from reconciliation.services.results import coa_key

ROW_COLUMNS = (
    "kdsatker",
    "kdbaes1",
    "kdkppn",
    "kddekon",
    "kdwilayah",
    "kdprogram",
    "kdgiat",
    "kdoutput",
    "kdsdcp",
    "register",
    "kdtrn",
    "kdkem",
    "kdmakmap",
    "perk",
    "perk1",
    "rphreal",
    "jnsdok",
    "nodok",
    "tgldok",
    "tglpost",
)


@dataclass(frozen=True)
class DetailPage:
    """Some documents of an element, biggest difference first, and how many there are in all."""

    rows: list[dict[str, Any]]
    total: int


def coa_rows(case: Reconciliation, element: str) -> QuerySet[CoaRow]:
    """The CoA lines of one element of a case whose results stand; none otherwise."""
    if Stage(case.stage) not in HAS_DOCUMENTS or case.run is None:
        return CoaRow.objects.none()
    return CoaRow.objects.filter(run=case.run, element=element)


def account_sums(run: MatchRun | None, element: str) -> dict[str, tuple[int, int, int]]:
    """SiAP, SAI (whole rupiah) and the number of differing CoA lines of each account of an element."""
    sums: dict[str, tuple[int, int, int]] = {}
    lines = CoaRow.objects.filter(run=run, element=element).order_by("akun", "id")
    for akun, siap, sai, different in lines.values_list("akun", "siap", "sai", "different"):
        before = sums.get(akun, (0, 0, 0))
        sums[akun] = (before[0] + siap, before[1] + sai, before[2] + different)
    return sums


def coa_gap(run: MatchRun | None) -> int:
    """The absolute rupiah of all differing CoA lines of a run."""
    lines = CoaRow.objects.filter(run=run, different=True).values_list("siap", "sai")
    return sum(abs(siap - sai) for siap, sai in lines)


def element_outcome(run: MatchRun, element: str) -> ElementOutcome | None:
    """The stored outcome of one element, or None for a code that is no element."""
    outcome = unpack_outcome(files.read(run.outcome))
    return next((found for found in outcome.elements if found.code == element), None)


def detail_page(
    run: MatchRun,
    element: str,
    *,
    akun: str = "",
    only_different: bool = False,
    start: int = 0,
    most: int = 50,
) -> DetailPage:
    """The documents of an element (and account), differing ones first by amount; whole rupiah."""
    found = element_outcome(run, element)
    if found is None:
        return DetailPage([], 0)
    detail, lines = found.detail, found.coa[found.detail["coa"]]
    wanted = np.ones(len(detail), dtype=bool)
    if akun:
        wanted &= lines["akun"] == akun.encode("cp1252", "replace")
    if only_different:
        wanted &= detail["status"] != EQUAL
    places = np.flatnonzero(wanted)
    gap = np.abs(detail["siap"][places] - detail["sai"][places])
    order = places[np.argsort(-gap, kind="stable")]
    hints = {hint.position: hint for hint in found.hints}
    rows = [
        _detail_row(element, detail[place], lines[place], hints.get(int(place)))
        for place in order[start : start + most]
    ]
    return DetailPage(rows, len(places))


def _detail_row(element: str, document: Any, line: Any, hint: Hint | None) -> dict[str, Any]:
    siap, sai = int(document["siap"]), int(document["sai"])
    return {
        "key": coa_key(element, line),
        "document_kind": document["jnsdok"].decode("cp1252"),
        "document_number": document["nodok"].decode("cp1252"),
        "document_date": _iso(document["tgldok"].decode("cp1252")),
        "siap": siap,
        "sai": sai,
        "difference": siap - sai,
        "hint": hint and {"code": hint.code, "text": render(hint), "explains": hint.explains},
    }


def best_causes(run: MatchRun | None) -> dict[tuple[str, str], dict[str, str]]:
    """By (element, akun) the hint that explains most of it, as title and text."""
    if run is None or not run.outcome:
        return {}
    best: dict[tuple[str, str], dict[str, str]] = {}
    for element in unpack_outcome(files.read(run.outcome)).elements:
        akun = element.coa["akun"][element.detail["coa"]]
        for hint in ranked(element.hints):
            key = element.code, akun[hint.position].decode("cp1252")
            best.setdefault(key, {"title": title(hint), "text": render(hint)})
    return best


def _iso(text: str) -> str | None:
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if text else None


def all_rows(case: Reconciliation, run: MatchRun) -> Iterator[tuple[str | int, ...]]:
    """Every row in play of both sides, a header first: side, then ROW_COLUMNS; amounts as integers."""
    yield ("sisi", *ROW_COLUMNS)
    sai, _ = unpack(files.read(run.submission.lines))
    siap = ledger_lines(case.satker, case.period.year, case.period.last_day, terpusat_rules())
    for side, lines in (("SiAP", siap), ("SAI", sai)):
        yield from _rows_of(side, lines)


def _rows_of(side: str, lines: Lines) -> Iterator[tuple[str | int, ...]]:
    for line in lines:
        yield (
            side,
            *(int(line[name]) if name == "rphreal" else line[name].decode("cp1252") for name in ROW_COLUMNS),
        )

"""An outcome as bytes, for the content-addressed store: equal outcomes give equal bytes.

Layout: a line of canonical JSON with everything but the lines, then per element its CoA and its Detail
array in NumPy's own format.
"""

import io
import json
from typing import Any

import numpy as np

from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.lines import Lines
from reconciliation.matching.outcome import (
    COA_DTYPE,
    DETAIL_DTYPE,
    CashLine,
    Counts,
    ElementOutcome,
    Outcome,
    Outside,
    OutsideAccount,
)

OUTCOME_VERSION = 2


def pack_outcome(outcome: Outcome) -> bytes:
    """The bytes of an outcome."""
    head = {
        "version": OUTCOME_VERSION,
        "verdict": outcome.verdict,
        "outside": [
            outcome.outside.siap_rows,
            outcome.outside.siap_total,
            outcome.outside.sai_rows,
            outcome.outside.sai_total,
        ],
        "accounts": outcome.outside.accounts,
        "elements": [_head(element) for element in outcome.elements],
    }
    buffer = io.BytesIO()
    buffer.write(json.dumps(head, sort_keys=True, separators=(",", ":")).encode() + b"\n")
    for element in outcome.elements:
        for array, dtype in ((element.coa, COA_DTYPE), (element.detail, DETAIL_DTYPE)):
            np.lib.format.write_array(buffer, np.ascontiguousarray(array, dtype=dtype), allow_pickle=False)  # type: ignore[no-untyped-call]
    return buffer.getvalue()


def unpack_outcome(content: bytes) -> Outcome:
    """Read an outcome back.

    Raises ValueError when the bytes are not an outcome of this version.
    """
    buffer = io.BytesIO(content)
    head = json.loads(buffer.readline())
    if not isinstance(head, dict) or head.get("version") != OUTCOME_VERSION:
        raise ValueError("not an outcome of this version")
    elements = tuple(_element(found, *_arrays(buffer)) for found in head["elements"])
    accounts = tuple(OutsideAccount(*account) for account in head["accounts"])
    siap_rows, siap_total, sai_rows, sai_total = head["outside"]
    outside = Outside(siap_rows, siap_total, sai_rows, sai_total, accounts)
    return Outcome(elements, outside, head["verdict"])


def _head(element: ElementOutcome) -> dict[str, Any]:
    return {
        "code": element.code,
        "applicable": element.applicable,
        "siap": element.siap,
        "sai": element.sai,
        "rupiah_equal": element.rupiah_equal,
        "coa_equal": element.coa_equal,
        "coa_counts": element.coa_counts,
        "detail_counts": element.detail_counts,
        "cash": element.cash,
        "akun_different": element.akun_different,
        "hints": [
            [hint.code, hint.position, hint.explains, hint.variant, hint.words, hint.others, hint.leading]
            for hint in element.hints
        ],
    }


def _arrays(buffer: io.BytesIO) -> tuple[Lines, Lines]:
    coa, detail = (np.lib.format.read_array(buffer, allow_pickle=False) for _ in range(2))  # type: ignore[no-untyped-call]
    if coa.dtype != COA_DTYPE or detail.dtype != DETAIL_DTYPE:
        raise ValueError("not an outcome of this version")
    return coa, detail


def _element(head: dict[str, Any], coa: Lines, detail: Lines) -> ElementOutcome:
    cash = head["cash"]
    return ElementOutcome(
        code=head["code"],
        applicable=head["applicable"],
        siap=head["siap"],
        sai=head["sai"],
        rupiah_equal=head["rupiah_equal"],
        coa_equal=head["coa_equal"],
        coa_counts=Counts(*head["coa_counts"]),
        detail_counts=Counts(*head["detail_counts"]),
        coa=coa,
        detail=detail,
        cash=None if cash is None else tuple(CashLine(*line) for line in cash),
        akun_different=tuple(head["akun_different"]),
        hints=tuple(_hint(head["code"], *hint) for hint in head["hints"]),
    )


def _hint(
    element: str,
    code: str,
    position: int,
    explains: int,
    variant: str,
    words: list[list[str]],
    others: list[int],
    leading: bool,
) -> Hint:
    pairs = tuple((name, text) for name, text in words)
    return Hint(code, element, position, explains, variant, pairs, tuple(others), leading)

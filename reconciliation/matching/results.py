"""An outcome as bytes, for the content-addressed store: equal outcomes give equal bytes.

Layout: a line of canonical JSON with everything but the lines, then per element its CoA and its Detail
array in NumPy's own format.
"""

import io
import json
from typing import Any

from reconciliation.matching.arrays import array_parts, read_array
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
from reconciliation.matching.pausing import uncollected

OUTCOME_VERSION = 2
# Version 1 had no hints. What is stored stays readable: a new version is added here, none is taken away.
READABLE = (1, OUTCOME_VERSION)


def pack_outcome(outcome: Outcome) -> bytes:
    """The bytes of an outcome."""
    with uncollected():
        head = json.dumps(_heads(outcome), sort_keys=True, separators=(",", ":")).encode()
    parts = [head, b"\n"]
    for element in outcome.elements:
        parts += [*array_parts(element.coa, COA_DTYPE), *array_parts(element.detail, DETAIL_DTYPE)]
    return b"".join(parts)


def unpack_outcome(content: bytes) -> Outcome:
    """Read an outcome back.

    Raises ValueError when the bytes are not an outcome of a known version.
    """
    buffer = io.BytesIO(content)
    head = _head_of(buffer)
    elements = tuple(_element(found, *_arrays(buffer)) for found in head["elements"])
    accounts = tuple(OutsideAccount(*account) for account in head["accounts"])
    siap_rows, siap_total, sai_rows, sai_total = head["outside"]
    outside = Outside(siap_rows, siap_total, sai_rows, sai_total, accounts)
    return Outcome(elements, outside, head["verdict"])


def unpack_element(content: bytes, code: str, akun: str = "") -> ElementOutcome | None:
    """One element of an outcome, or None for a code that is no element.

    With `akun` only the hints of that account are made. Raises ValueError as `unpack_outcome` does.
    """
    buffer = io.BytesIO(content)
    for head in _head_of(buffer)["elements"]:
        coa, detail = _arrays(buffer)
        if head["code"] == code:
            if akun:
                wanted = (coa["akun"] == akun.encode("cp1252", "replace"))[detail["coa"]]
                head["hints"] = [hint for hint in head.get("hints", ()) if wanted[hint[1]]]
            return _element(head, coa, detail)
    return None


def unpack_coa(content: bytes, code: str) -> Lines | None:
    """The CoA lines of one element, or None for a code that is no element. Raises ValueError as `unpack_outcome` does."""
    buffer = io.BytesIO(content)
    for head in _head_of(buffer)["elements"]:
        coa, _ = _arrays(buffer)
        if head["code"] == code:
            return coa
    return None


def _head_of(buffer: io.BytesIO) -> dict[str, Any]:
    head = json.loads(buffer.readline())
    if not isinstance(head, dict) or head.get("version") not in READABLE:
        raise ValueError("not an outcome of a known version")
    return head


def _heads(outcome: Outcome) -> dict[str, Any]:
    return {
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
    coa, detail = read_array(buffer, COA_DTYPE), read_array(buffer, DETAIL_DTYPE)
    if coa is None or detail is None:
        raise ValueError("not an outcome of a known version")
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
        hints=tuple(_hint(head["code"], *hint) for hint in head.get("hints", ())),
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

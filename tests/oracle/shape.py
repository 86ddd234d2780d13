"""An outcome of the engine in the form of the reference's result, so that the two can be compared."""

from typing import Any

from reconciliation.matching.outcome import SEGMENTS, ElementOutcome, Outcome
from tests.oracle.reference import CASH, KEY_A


def plain(outcome: Outcome) -> dict[str, Any]:
    """Everything an outcome says, as dicts and tuples."""
    return {
        "elements": {element.code: _element(element) for element in outcome.elements},
        "outside": {account.akun: tuple(account[1:]) for account in outcome.outside.accounts},
        "verdict": outcome.verdict,
    }


def _element(element: ElementOutcome) -> dict[str, Any]:
    names = SEGMENTS if element.code in KEY_A else SEGMENTS[:1]
    if element.code not in KEY_A and element.code not in CASH:
        names = ("akun", "ba_es1", "sdcp")
    keys = [tuple(line[name].decode("cp1252") for name in names) for line in element.coa]
    coa = {key: _sums(line) for key, line in zip(keys, element.coa, strict=True)}
    assert len(coa) == len(keys)
    detail = {
        (keys[line["coa"]], *(line[name].decode("cp1252") for name in ("jnsdok", "nodok", "tgldok"))): _sums(
            line
        )
        for line in element.detail
    }
    assert len(detail) == element.detail.size
    return {
        "applicable": element.applicable,
        "siap": element.siap,
        "sai": element.sai,
        "rupiah_equal": element.rupiah_equal,
        "coa_equal": element.coa_equal,
        "coa": coa,
        "detail": detail,
        "coa_counts": tuple(element.coa_counts),
        "detail_counts": tuple(element.detail_counts),
        "cash": {line.suffix: (line.siap, line.sai) for line in element.cash} if element.cash else None,
        "akun_different": element.akun_different,
    }


def _sums(line: Any) -> tuple[int, int, int]:
    return int(line["siap"]), int(line["sai"]), int(line["status"])

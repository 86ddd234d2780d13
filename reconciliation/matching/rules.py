"""The rules as data, under one version: a table that changes without a new version is found by a test.

The tables are the elements, their keys and cash lines, the hints in their order with their sentences, and
how Rekonsiliasi Terpusat reads its rows. A run keeps the version it was made under.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from reconciliation.matching.elements import CASH_LINES, ELEMENTS, RULE_VERSION, Element
from reconciliation.matching.hints.finding import HINTS
from reconciliation.matching.outcome import SEGMENTS
from reconciliation.matching.sentences import CATALOGUE
from reconciliation.matching.terpusat import TAX, TerpusatRule

# Every version there was, with the hash of its tables; the last one is present, the others are history.
VERSIONS: tuple[tuple[str, str], ...] = (
    ("2026.1", ""),
    ("2026.2", "802f45c33950acbf00782b11cfbcbab1e9222a0158d6d1a0d85009ffb51a5eec"),
    (RULE_VERSION, "e3dcd7665cb92cbc089682442ab20bc1e99c270088d10281921251c8d5119e3a"),
)


def tables_hash() -> str:
    """SHA-256 of the tables as they stand, lower-case hex."""
    return _hash(
        {
            "elements": [_element(element) for element in ELEMENTS],
            "cash": CASH_LINES,
            "segments": SEGMENTS,
            "hints": [finder.__name__ for finder in HINTS],
            "sentences": [[*key, one.title, one.text] for key, one in sorted(CATALOGUE.items())],
            "terpusat": {"tax": TAX, "columns": [column.name for column in fields(TerpusatRule)]},
        }
    )


def terpusat_hash(rules: Iterable[TerpusatRule]) -> str:
    """SHA-256 of the rows of Rekonsiliasi Terpusat that a run used, whatever their order."""
    return _hash(sorted(packed_rule(rule) for rule in rules))


def packed_rule(rule: TerpusatRule) -> list[str]:
    """One row as text, dates in ISO form, empty where open."""
    values = [getattr(rule, column.name) for column in fields(TerpusatRule)]
    return ["" if value is None else str(value) for value in values]


def _element(element: Element) -> dict[str, Any]:
    row: dict[str, Any] = {column.name: getattr(element, column.name) for column in fields(Element)}
    if element.rows is not None:
        row["rows"] = {column.name: getattr(element.rows, column.name) for column in fields(element.rows)}
    return row


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_text)
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: bytes) -> str:
    return value.decode("cp1252")

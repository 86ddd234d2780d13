"""The content of an LHR as bytes: what the workbook said, kept, so that the PDF made later says the same.

Canonical JSON; the outcome, which is stored already, is named by its SHA-256. Equal content, equal bytes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, astuple
from typing import Any

from reconciliation.lpj.lines import Bendahara, Line
from reconciliation.lpj.report import Report, Row
from reconciliation.matching.outcome import Outcome
from reconciliation.workbook.content import CaseHeader, WarningLine, WorkbookContent

FROZEN_VERSION = 1

Texts = Mapping[tuple[str, Any], str]


def freeze(content: WorkbookContent, *, outcome: str) -> bytes:
    """The bytes of a content whose outcome is stored under this SHA-256."""
    frozen = {
        "version": FROZEN_VERSION,
        "outcome": outcome,
        "header": asdict(content.header),
        "account_names": dict(content.account_names),
        "explanations": _listed(content.explanations),
        "warnings": [astuple(warning) for warning in content.warnings],
        "about": content.about,
        "coa_causes": _listed(content.coa_causes),
        "detail_causes": _listed(content.detail_causes),
        "lpj": [[title, asdict(report)] for title, report in content.lpj],
    }
    return json.dumps(frozen, sort_keys=True, separators=(",", ":")).encode("ascii")


def thaw(frozen: bytes, read_outcome: Callable[[str], Outcome]) -> WorkbookContent:
    """The content again; `read_outcome` reads a stored outcome by its SHA-256.

    Raises ValueError when the bytes are not a content of this version.
    """
    found = json.loads(frozen)
    if not isinstance(found, dict) or found.get("version") != FROZEN_VERSION:
        raise ValueError("not an LHR content of this version")
    return WorkbookContent(
        header=CaseHeader(**found["header"]),
        outcome=read_outcome(found["outcome"]),
        account_names=found["account_names"],
        explanations=_keyed(found["explanations"]),
        warnings=tuple(WarningLine(*warning) for warning in found["warnings"]),
        about=tuple((label, text) for label, text in found["about"]),
        coa_causes=_keyed(found["coa_causes"]),
        detail_causes=_keyed(found["detail_causes"]),
        lpj=tuple((title, _report(report)) for title, report in found["lpj"]),
    )


def _report(found: dict[str, Any]) -> Report:
    return Report(Bendahara(found["bendahara"]), tuple(_row(row) for row in found["rows"]))


def _row(found: dict[str, Any]) -> Row:
    line = found["line"]
    balances = found["balances"]
    return Row(
        Line(**{**line, "bendahara": Bendahara(line["bendahara"]), "accounts": tuple(line["accounts"])}),
        found["amount"],
        None if balances is None else tuple((akun, balance) for akun, balance in balances),
    )


def _listed(texts: Texts) -> list[list[Any]]:
    return sorted([element, place, text] for (element, place), text in texts.items())


def _keyed(texts: list[list[Any]]) -> dict[tuple[str, Any], str]:
    return {(element, place): text for element, place, text in texts}

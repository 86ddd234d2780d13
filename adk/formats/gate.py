"""The gate for satker ADKs: bytes in, a verdict, findings and the lines out."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from adk.formats.checks import CHECKS
from adk.formats.columns import whole_numbers
from adk.formats.findings import Finding, Findings
from adk.formats.intake import Expected, Intake, References
from adk.formats.naming import OPENING_MEMBER
from reconciliation.matching.lines import OPENING_DTYPE, Lines, empty_opening

__all__ = ["Expected", "Inspection", "References", "Verdict", "inspect"]

Verdict = Literal["STANDAR", "TIDAK_STANDAR", "PERIODE_TIDAK_DIPERKENANKAN"]


@dataclass(frozen=True)
class Inspection:
    """What the gate says. `rows` counts live rows; `lines` and `opening` are there only when STANDAR."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    findings_total: int
    rows: int
    lines: Lines | None
    opening: Lines | None


def inspect(content: bytes, filename: str, expected: Expected, references: References) -> Inspection:
    """Check a satker ADK and read its rows. Never raises for anything in `content` or `filename`."""
    intake = Intake(content, filename, expected, references)
    findings = Findings()
    for check in CHECKS:
        check(intake, findings)
        if findings.refused:
            break
    listed, rows = tuple(findings.listed), len(intake.rows.table)
    if findings.refused:
        return Inspection(_refusal(listed), listed, findings.total, rows, None, None)
    opening = _opening(intake)
    intake.release()
    return Inspection("STANDAR", listed, findings.total, rows, intake.rows.finished(), opening)


def _refusal(listed: tuple[Finding, ...]) -> Verdict:
    if any(finding.code == "PERIODE_TIDAK_DIPERKENANKAN" for finding in listed):
        return "PERIODE_TIDAK_DIPERKENANKAN"
    return "TIDAK_STANDAR"


def _opening(intake: Intake) -> Lines:
    table = intake.tables.get(OPENING_MEMBER)
    if table is None:
        return empty_opening()
    opening: Lines = np.zeros(len(table), dtype=OPENING_DTYPE)
    opening["kdperk"] = table.text("KDPERK")
    opening["saldo"] = whole_numbers(table.raw_column("SALDO"))[0]
    return opening

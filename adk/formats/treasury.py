"""The reader of KPPN ADKs (LKP and LAK): bytes in, a verdict, findings, ledger rows and cash position out."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from adk.formats.findings import Finding, Findings
from adk.formats.treasury_checks import TREASURY_CHECKS
from adk.formats.treasury_intake import TreasuryIntake, TreasuryTotals
from adk.formats.treasury_layout import CASH_DTYPE, REKAP_DTYPE, TREASURY_DTYPE, to_lines
from reconciliation.matching.lines import Lines

__all__ = [
    "CASH_DTYPE",
    "REKAP_DTYPE",
    "TREASURY_DTYPE",
    "TreasuryReading",
    "TreasuryTotals",
    "read_treasury",
    "to_lines",
]


@dataclass(frozen=True)
class TreasuryReading:
    """What the reader says. Arrays and totals are there only when STANDAR; `date` as soon as the name has one.

    `rows` is TREASURY_DTYPE, `cash` CASH_DTYPE, `rekap` REKAP_DTYPE; amounts are whole rupiah.
    """

    verdict: Literal["STANDAR", "TIDAK_STANDAR"]
    findings: tuple[Finding, ...]
    findings_total: int
    date: datetime.date | None
    rows: Lines | None
    cash: Lines | None
    rekap: Lines | None
    totals: TreasuryTotals | None


def read_treasury(
    content: bytes,
    filename: str,
    kppn: str,
    *,
    weekly_due: Callable[[datetime.date], bool] | None = None,
) -> TreasuryReading:
    """Check and read the ADK that `kppn` sent. Never raises for anything in `content` or `filename`.

    `weekly_due` says whether a date is its week's last working day, when the weekly LKP must be in; without it
    that is not tested. REKAP is read, not compared: the ledger is the caller's.
    """
    intake = TreasuryIntake(content, filename, kppn, weekly_due)
    findings = Findings()
    for check in TREASURY_CHECKS:
        check(intake, findings)
        if findings.refused:
            break
    listed = tuple(findings.listed)
    if findings.refused:
        return TreasuryReading("TIDAK_STANDAR", listed, findings.total, intake.date, None, None, None, None)
    return TreasuryReading(
        "STANDAR",
        listed,
        findings.total,
        intake.date,
        intake.rows,
        intake.cash,
        intake.rekap,
        intake.totals(),
    )

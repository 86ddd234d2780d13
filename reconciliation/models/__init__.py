"""The rows of the spine, one file per subject."""

from reconciliation.models.case import Reconciliation, StageChange
from reconciliation.models.explanation import Explanation
from reconciliation.models.ledger import LedgerRow, LedgerState
from reconciliation.models.period import FiscalYear, Holiday, Period
from reconciliation.models.reference import Akun, Bank, Output, Program, Sdcp, Terpusat
from reconciliation.models.run import CoaRow, ElementResult, MatchRun
from reconciliation.models.submission import Balance, Submission

__all__ = [
    "Akun",
    "Balance",
    "Bank",
    "CoaRow",
    "ElementResult",
    "Explanation",
    "FiscalYear",
    "Holiday",
    "LedgerRow",
    "LedgerState",
    "MatchRun",
    "Output",
    "Period",
    "Program",
    "Reconciliation",
    "Sdcp",
    "StageChange",
    "Submission",
    "Terpusat",
]

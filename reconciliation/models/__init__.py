"""The rows of the spine, one file per subject."""

from reconciliation.models.case import Reconciliation, StageChange
from reconciliation.models.evidence import Evidence
from reconciliation.models.explanation import Explanation
from reconciliation.models.ledger import LedgerRow, LedgerSent, LedgerState
from reconciliation.models.lhr import LhrEdition
from reconciliation.models.lpj import Lpj
from reconciliation.models.period import FiscalYear, Holiday, Period
from reconciliation.models.reference import Akun, Bank, Output, Program, Sdcp, Terpusat
from reconciliation.models.run import ElementResult, MatchRun, RunInputs
from reconciliation.models.submission import Balance, Submission
from reconciliation.models.talk import ExplanationDraft, ExplanationMessage

__all__ = [
    "Akun",
    "Balance",
    "Bank",
    "ElementResult",
    "Evidence",
    "Explanation",
    "ExplanationDraft",
    "ExplanationMessage",
    "FiscalYear",
    "Holiday",
    "LedgerRow",
    "LedgerSent",
    "LedgerState",
    "LhrEdition",
    "Lpj",
    "MatchRun",
    "Output",
    "Period",
    "Program",
    "Reconciliation",
    "RunInputs",
    "Sdcp",
    "StageChange",
    "Submission",
    "Terpusat",
]

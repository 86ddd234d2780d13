"""The LPJs of a case as they stand, beside the Neraca Percobaan of the ADK that stands."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from erekon.lib.prepared import Prepared, Slot
from reconciliation.lifecycle import BEFORE_DATA, Stage
from reconciliation.lpj.lines import BENDAHARA_LABELS, CASH_ACCOUNTS, Bendahara
from reconciliation.lpj.report import Report, report_of
from reconciliation.lpj.sentences import title
from reconciliation.models import Balance, Lpj, Reconciliation

DECEMBER = 12
_CASH = Q()
for _prefix in CASH_ACCOUNTS:
    _CASH |= Q(akun__startswith=_prefix)
_LPJS = Prepared(lambda: Lpj.objects.filter(case=Slot("case")).select_related("author"))


@dataclass(frozen=True)
class EnteredLpj:
    """One treasurer's LPJ of a case: the stored row (None: never written) and its comparison."""

    bendahara: Bendahara
    stored: Lpj | None
    report: Report

    @property
    def label(self) -> str:
        """`Bendahara Pengeluaran`."""
        return BENDAHARA_LABELS[self.bendahara]

    @property
    def title(self) -> str:
        """What it is called, with number and date where given."""
        stored = self.stored
        return title(self.bendahara, stored.number if stored else "", stored.dated if stored else None)

    @property
    def version(self) -> int:
        """The version a change must name; 0 before the first."""
        return self.stored.version if self.stored else 0


def neraca_of(case: Reconciliation) -> dict[str, int] | None:
    """Closing balance per cash account (debit less credit, whole rupiah); None while no ADK stands."""
    if case.submission_id is None or Stage(case.stage) in BEFORE_DATA:
        return None
    rows = Balance.objects.filter(_CASH, case=case, ledger="BUKU_BESAR")
    return {akun: debit - credit for akun, debit, credit in rows.values_list("akun", "debit", "credit")}


def lpjs_of(case: Reconciliation) -> tuple[EnteredLpj, ...]:
    """Both treasurers' LPJs, entered or not; the Neraca Percobaan is read only when one is."""
    stored = {row.bendahara: row for row in _LPJS.all(case=case)}
    balances = neraca_of(case) if any(row.amounts for row in stored.values()) else None
    return tuple(
        EnteredLpj(
            bendahara,
            stored.get(bendahara),
            report_of(bendahara, stored[bendahara].amounts if bendahara in stored else {}, balances),
        )
        for bendahara in Bendahara
    )


def entered_lpjs(case: Reconciliation) -> tuple[EnteredLpj, ...]:
    """The LPJs with an amount in them: what LHR and BAR carry."""
    return tuple(one for one in lpjs_of(case) if one.report.entered)


def last_month_of(case: Reconciliation) -> dict[str, dict[str, int]]:
    """What was entered for the month before, by treasurer and row; nothing is copied from it."""
    year, month = case.period.year, case.period.month
    before = (year, month - 1) if month > 1 else (year - 1, DECEMBER)
    rows = Lpj.objects.filter(
        case__satker=case.satker_id, case__period__year=before[0], case__period__month=before[1]
    )
    return dict(rows.values_list("bendahara", "amounts"))


def lpj_facts(case: Reconciliation) -> dict[str, Any]:
    """The LPJs as they enter the content hash: absent while none is entered, so that nothing else changes."""
    found = [
        [
            one.bendahara,
            one.stored.number if one.stored else "",
            one.stored.dated.isoformat() if one.stored and one.stored.dated else None,
            [[row.line.code, row.amount, row.balances] for row in one.report.rows],
        ]
        for one in entered_lpjs(case)
    ]
    return {"lpj": found} if found else {}

"""The LPJs of a case as the API answers them."""

from typing import Any

from erekon.lib.refusals import Refusal
from reconciliation.lpj.lines import Bendahara
from reconciliation.lpj.report import Row
from reconciliation.lpj.sentences import overdrawn
from reconciliation.lpj_reading import EnteredLpj, lpjs_of
from reconciliation.models import Reconciliation


def bendahara_of(text: str) -> Bendahara:
    """The treasurer an address names; TIDAK_DITEMUKAN for any other word."""
    try:
        return Bendahara(text.upper())
    except ValueError:
        raise Refusal("TIDAK_DITEMUKAN") from None


def lpj_document(case: Reconciliation) -> dict[str, Any]:
    """The member `lpj` of a case: both treasurers, whole rupiah, Selisih = LPJ − Neraca Percobaan."""
    reports = [_report(one) for one in lpjs_of(case)]
    return {"warnings": sum(one["warnings"] for one in reports), "reports": reports}


def _report(one: EnteredLpj) -> dict[str, Any]:
    stored, report = one.stored, one.report
    return {
        "bendahara": one.bendahara,
        "label": one.label,
        "entered": report.entered,
        "version": one.version,
        "number": stored.number if stored else "",
        "date": stored.dated if stored else None,
        "written_by": stored.author.name if stored else None,
        "written_at": stored.written_at if stored else None,
        "warnings": report.warnings,
        "held": report.held,
        "booked": report.booked,
        "gap": report.gap,
        "notes": overdrawn(report),
        "lines": [_line(row) for row in report.rows],
    }


def _line(row: Row) -> dict[str, Any]:
    return {
        "code": row.line.code,
        "label": row.line.label,
        "amount": row.amount,
        "ledger": row.ledger,
        "difference": row.difference,
        "state": row.state,
        "accounts": [{"code": akun, "balance": balance} for akun, balance in row.balances or ()],
    }

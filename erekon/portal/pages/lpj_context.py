"""What `components/_lpj.html` shows: both LPJs beside the Neraca Percobaan, and their forms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from accounts.roles import Power
from erekon.lib.rupiah import format_rupiah
from erekon.portal.cases import CaseView
from erekon.portal.pages.common import when
from reconciliation.lifecycle import FROZEN, Stage
from reconciliation.lpj.lines import KASBP_LINES, Bendahara
from reconciliation.lpj.report import Row, State
from reconciliation.lpj.sentences import (
    MARKS,
    NOT_JUDGED,
    OVERDRAWN,
    cash_check,
    conclusion,
    next_steps,
    summary,
)
from reconciliation.lpj_reading import EnteredLpj, last_month_of, lpjs_of
from reconciliation.models import Reconciliation
from reconciliation.queries import account_names


@dataclass(frozen=True)
class Returned:
    """A form that was not taken: what was typed, what is wrong by field, and who was faster."""

    bendahara: Bendahara
    typed: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)
    conflict: str = ""


def lpj_section(
    view: CaseView, powers: frozenset[Power], *, returned: Returned | None = None, whole: bool = False
) -> dict[str, Any]:
    """The section of a case; `whole`: on its own page, unfolded."""
    case, found = view.case, lpjs_of(view.case)
    editable = Power.EXPLAIN in powers and Stage(case.stage) not in FROZEN
    before = last_month_of(case) if editable else {}
    names = account_names(akun for one in found for row in one.report.rows for akun, _ in row.parts)
    key = {"satker": case.satker_id, "period": case.period.code}
    entered = [one for one in found if one.report.entered]
    warnings = sum(one.report.warnings for one in found)
    return {
        "open": whole or bool(entered),
        "whole": whole,
        "editable": editable,
        "entered": bool(entered),
        "warnings": warnings,
        "mark": _mark(bool(entered), warnings),
        "note": NOT_JUDGED,
        "url": reverse("lpj", kwargs=key),
        "kasbp": _kasbp(view, found),
        "reports": [
            {
                **_report(one, names),
                "form": _form(case, one, before.get(one.bendahara, {}), returned) if editable else None,
                "unfold": returned is not None and returned.bendahara is one.bendahara,
            }
            for one in found
        ],
    }


def lpj_notes(case: Reconciliation) -> list[dict[str, Any]]:
    """The LPJs in the preview beside the queue: one sentence each, and the rows that do not agree."""
    return [
        {
            "passed": not one.report.warnings,
            "text": conclusion(one.report),
            "rows": [
                _row(row, {}) for row in one.report.rows if row.state in {State.BEDA, State.BELUM_DIISI}
            ],
            "gap": one.report.gap,
        }
        for one in lpjs_of(case)
        if one.report.entered
    ]


def _mark(entered: bool, warnings: int) -> str:
    if not entered:
        return "Belum diisi"
    return f"{warnings} perlu diperiksa" if warnings else "Sesuai"


def _kasbp(view: CaseView, found: tuple[EnteredLpj, ...]) -> dict[str, Any] | None:
    """The element KASBP with UP and TUP of the LPJ beside it."""
    element = next((row for row in view.elements if row.code == "KASBP"), None)
    rows = [row for one in found for row in one.report.rows if row.line.code in KASBP_LINES]
    given = [row.amount for row in rows if row.amount is not None]
    if element is None or not given:
        return None
    return {"siap": element.siap, "sai": element.sai, "lpj": sum(given)}


def _report(one: EnteredLpj, names: Mapping[str, str]) -> dict[str, Any]:
    stored, report = one.stored, one.report
    return {
        "key": one.bendahara.lower(),
        "label": one.label,
        "title": one.title,
        "entered": report.entered,
        "agrees": not report.warnings,
        "summary": summary(report),
        "steps": next_steps(report),
        "by": f"{stored.author.name}, {when(stored.written_at)}" if stored else "",
        "rows": [_row(row, names) for row in report.rows],
        "held": report.held,
        "gap": report.gap,
        "check": cash_check(report),
    }


def _row(row: Row, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "label": row.line.label,
        "akun": row.akun,
        "amount": row.amount,
        "ledger": row.ledger,
        "difference": row.difference,
        "state": row.state,
        "equal": None if row.state is State.TANPA else row.state is State.SAMA,
        "mark": MARKS[row.state],
        "compared": row.ledger is not None,
        "parts": [
            {
                "akun": akun,
                "name": names.get(akun, ""),
                "balance": balance,
                "mark": OVERDRAWN if (akun, balance) in row.overdrawn else "",
            }
            for akun, balance in row.parts
        ],
    }


def _form(
    case: Reconciliation, one: EnteredLpj, before: Mapping[str, int], returned: Returned | None
) -> dict[str, Any]:
    """The form of one LPJ: what was typed where it came back, else what stands."""
    back = returned if returned and returned.bendahara is one.bendahara else None
    stands = _standing(one)
    errors = back.errors if back else {}
    typed = back.typed if back else stands
    labels = {row.line.code: row.line.label for row in one.report.rows}
    key = {"satker": case.satker_id, "period": case.period.code, "bendahara": one.bendahara.lower()}
    return {
        "save_url": reverse("lpj-simpan", kwargs=key),
        "version": one.version,
        "conflict": back.conflict if back else "",
        "errors": [
            {
                "target": f"lpj-{one.bendahara.lower()}-{name}" if name in stands else "",
                "message": f"{labels[name]}: {text}" if name in labels else text,
            }
            for name, text in errors.items()
        ],
        "fields": [
            {
                "code": row.line.code,
                "label": row.line.label,
                "akun": row.akun,
                "signed": row.line.signed,
                "text": typed.get(row.line.code, ""),
                "error": errors.get(row.line.code, ""),
                "last_month": before.get(row.line.code),
                "stands": stands[row.line.code] or "kosong",
            }
            for row in one.report.rows
        ],
        "number": typed.get("number", ""),
        "number_error": errors.get("number", ""),
        "date": typed.get("date", ""),
        "date_error": errors.get("date", ""),
        "stands": stands,
    }


def _standing(one: EnteredLpj) -> dict[str, str]:
    """What stands, as the fields show it."""
    stored = one.stored
    texts = {
        row.line.code: "" if row.amount is None else format_rupiah(row.amount) for row in one.report.rows
    }
    dated = stored.dated.isoformat() if stored and stored.dated else ""
    return {**texts, "number": stored.number if stored else "", "date": dated}

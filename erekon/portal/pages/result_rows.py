"""The rows of Hasil Rekon: elements, their accounts, mirrored documents, explanations."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.roles import Power
from erekon.portal.cases import LABELS, CaseView, is_explained
from erekon.portal.drilldown import account_sums, best_causes, detail_page
from erekon.portal.pages.common import when
from reconciliation.matching.elements import CASH_LINES
from reconciliation.models import ElementResult, Explanation
from reconciliation.models.explanation import Decision, Location, Reason
from reconciliation.queries import account_names

SHOWN_DOCUMENTS = 50
_WORDS = {
    Decision.DITULIS: "DIJELASKAN",
    Decision.DITERIMA: "DITERIMA",
    Decision.DITOLAK: "DITOLAK",
    Decision.GUGUR: "BELUM",
}
_CASH_LABELS = dict(CASH_LINES)
_REASONS = {
    "KASBLU": "satker bukan BLU atau tidak ada transaksinya",
}


@dataclass(frozen=True)
class Opening:
    """What the address asks to be opened: an element, an account, all its documents, all its accounts."""

    element: str = ""
    akun: str = ""
    documents: bool = False
    accounts: bool = False
    filter: str = ""


@dataclass(frozen=True)
class Rows:
    """Everything the rows are made from."""

    view: CaseView
    opening: Opening
    powers: frozenset[Power]
    url: str
    zone: str
    errors: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    drafts: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def link(self, **wanted: str) -> str:
        """The same page with another opening, the filter kept."""
        query = {key: value for key, value in {"saring": self.opening.filter, **wanted}.items() if value}
        anchor = f"#el-{wanted['elemen']}" if wanted.get("elemen") else ""
        return f"{self.url}?{urlencode(query)}{anchor}"


def first_open(view: CaseView) -> tuple[str, str]:
    """The first unexplained difference, else the first difference; nothing when all is equal."""
    for item in view.differences:
        if not is_explained(item, view.explanations):
            return item.element, item.akun
    return (view.differences[0].element, view.differences[0].akun) if view.differences else ("", "")


def element_rows(rows: Rows) -> list[dict[str, Any]]:
    """The elements that the filter keeps, in BAR order."""
    kept = []
    for row in rows.view.elements:
        if rows.opening.filter == "beda" and (row.equal or not row.applicable):
            continue
        if rows.opening.filter == "sama" and (not row.equal or not row.applicable):
            continue
        kept.append(_element(rows, row))
    return kept


def _element(rows: Rows, row: ElementResult) -> dict[str, Any]:
    is_open = rows.opening.element == row.code
    return {
        "code": row.code,
        "label": LABELS[row.code],
        "applicable": row.applicable,
        "reason": _REASONS.get(row.code, "tidak ada di kedua sisi"),
        "siap": row.siap,
        "sai": row.sai,
        "difference": row.difference,
        "equal": row.equal,
        "rupiah_equal": row.rupiah_equal,
        "coa_equal": row.coa_equal,
        "explained": _element_state(rows, row),
        "gap": row.gap,
        "hinted": row.hinted,
        "open": is_open,
        "toggle_url": rows.link(elemen="-" if is_open else row.code),
        **(_opened(rows, row) if is_open else {"lines": [], "akun": [], "same_accounts": 0, "same_url": ""}),
    }


def _element_state(rows: Rows, row: ElementResult) -> str:
    different = [item for item in rows.view.differences if item.element == row.code]
    if not different:
        return ""
    states = {_state(rows.view.explanations.get((item.element, item.akun))) for item in different}
    return next(state for state in ("BELUM", "DITOLAK", "DIJELASKAN", "DITERIMA") if state in states)


def _state(explanation: Explanation | None) -> str:
    return _WORDS[Decision(explanation.decision)] if explanation else "BELUM"


def _opened(rows: Rows, row: ElementResult) -> dict[str, Any]:
    accounts = _accounts(rows, row)
    shown = [one for one in accounts if one["lines_different"] or one["open"] or rows.opening.accounts]
    shown.sort(key=lambda one: (not one["lines_different"], -abs(one["difference"]), one["code"]))
    same = len(accounts) - len(shown)
    return {
        "lines": [
            {
                "label": _CASH_LABELS[line["code"][-1]],
                "siap": line["siap"],
                "sai": line["sai"],
                "difference": line["siap"] - line["sai"],
            }
            for line in row.cash
        ],
        "akun": shown,
        "same_accounts": same,
        "same_url": rows.link(elemen=row.code, akun=rows.opening.akun, semua_akun="1") if same else "",
    }


def _accounts(rows: Rows, row: ElementResult) -> list[dict[str, Any]]:
    sums = account_sums(rows.view.case.run, row.code)
    names = account_names(sums)
    return [
        _account(rows, row.code, akun, names.get(akun, "akun tidak dikenal"), *figures)
        for akun, figures in sums.items()
    ]


def _account(
    rows: Rows, element: str, akun: str, name: str, siap: int, sai: int, lines: int
) -> dict[str, Any]:
    is_open = (rows.opening.element, rows.opening.akun) == (element, akun)
    return {
        "code": akun,
        "name": name,
        "siap": siap,
        "sai": sai,
        "difference": siap - sai,
        "rupiah_equal": siap == sai,
        "coa_equal": not lines,
        "lines_different": lines,
        "note": f"{lines} baris berbeda" if lines else "",
        "explained": _state(rows.view.explanations.get((element, akun))) if lines else "",
        "open": is_open,
        "toggle_url": rows.link(elemen=element, akun="-" if is_open else akun),
        "hint": best_causes(rows.view.case.run).get((element, akun)) if is_open else None,
        "detail": _documents(rows, element, akun) if is_open else None,
        "explanation": explanation_block(rows, element, akun) if is_open and lines else None,
    }


def _documents(rows: Rows, element: str, akun: str) -> dict[str, Any]:
    run = rows.view.case.run
    if run is None:
        return {"same_count": 0, "rows": []}
    every = rows.opening.documents
    page = detail_page(run, element, akun=akun, only_different=not every, most=SHOWN_DOCUMENTS)
    total = page.total if every else detail_page(run, element, akun=akun, most=0).total
    gap = sum(document["difference"] for document in page.rows)
    whole = len(page.rows) == page.total and any(document["difference"] for document in page.rows)
    return {
        "same_count": 0 if every else total - page.total,
        "show_all_url": "" if every else rows.link(elemen=element, akun=akun, semua="1"),
        "sum": gap if whole else None,
        "left_out": page.total - len(page.rows),
        "rows": [_mirrored(document) for document in page.rows],
    }


def _mirrored(document: dict[str, Any]) -> dict[str, Any]:
    # A side that does not know the document holds 0 of it; both sides at 0 differ in nothing.
    side = {"date": _day(document["document_date"]), "number": document["document_number"] or "tanpa nomor"}
    return {
        "siap": {**side, "amount": document["siap"]}
        if document["siap"] or document["siap"] == document["sai"]
        else None,
        "sai": {**side, "amount": document["sai"]}
        if document["sai"] or document["siap"] == document["sai"]
        else None,
        "equal": document["difference"] == 0,
        "hint": document["hint"]["text"] if document["hint"] else "",
    }


def _day(iso: str | None) -> str:
    return f"{iso[8:]}-{iso[5:7]}-{iso[:4]}" if iso else ""


def explanation_block(rows: Rows, element: str, akun: str) -> dict[str, Any]:
    """The explanation of one difference: to read, to write (operator), or to judge (Vera)."""
    case = rows.view.case
    row = rows.view.explanations.get((element, akun))
    key = {"satker": case.satker_id, "period": case.period.code, "element": element, "akun": akun}
    open_stage = case.stage == "PERSETUJUAN_BAR"
    writable = open_stage and Power.EXPLAIN in rows.powers and not (row and row.decision == Decision.DITERIMA)
    judged = (
        open_stage
        and Power.JUDGE_EXPLANATION in rows.powers
        and row is not None
        and row.decision == Decision.DITULIS
    )
    draft = rows.drafts.get((element, akun), {})
    return {
        "id": f"{element}-{akun}",
        "subject": f"{LABELS[element]} {akun}",
        "state": _state(row),
        "text": draft.get("text", row.text if row else ""),
        "location": draft.get("location", row.location if row else ""),
        "location_label": row.get_location_display() if row else "",
        "reason": draft.get("reason", row.reason if row else ""),
        "reason_label": row.get_reason_display() if row else "",
        "by": row.author.name if row else "",
        "at": when(row.written_at, rows.zone) if row else "",
        "carried": f"Dibawa dari unggahan ke-{row.carried_from}, periksa lagi"
        if row and row.carried_from
        else "",
        "refusal": row.decision_reason if row and row.decision == Decision.DITOLAK else "",
        "locations": [{"value": value, "label": label} for value, label in Location.choices],
        "reasons": [{"value": value, "label": label} for value, label in Reason.choices],
        "write_url": reverse("penjelasan", kwargs=key) if writable else "",
        "accept_url": reverse("penjelasan-terima", kwargs=key) if judged else "",
        "refuse_url": reverse("penjelasan-tolak", kwargs=key) if judged else "",
        "errors": rows.errors.get((element, akun), []),
    }

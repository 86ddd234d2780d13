"""The rows of Hasil Rekon: elements and their accounts, each with the state of its explanation."""

from collections.abc import Container, Iterable
from typing import Any

from erekon.portal.pages.explanation_block import explanation_block, state_of
from erekon.portal.pages.result_against import previous_of_account, previous_of_element
from erekon.portal.pages.result_documents import EMPTY, account_block
from erekon.portal.pages.result_opening import CLOSED, Rows, row_id
from reconciliation.matching.accounts import AccountSums
from reconciliation.matching.elements import CASH_LINES, element_label
from reconciliation.models import ElementResult
from reconciliation.queries import Difference, account_names

ONLY_WHERE_IT_EXISTS = frozenset({"PNDMPH"})
_CASH_LABELS = dict(CASH_LINES)
_REASONS = {
    "KASBLU": "satker bukan BLU atau tidak ada transaksinya",
}


def element_rows(rows: Rows) -> list[dict[str, Any]]:
    """The elements that the filter keeps, in BAR order."""
    kept = []
    for row in shown_elements(rows.view.elements):
        if rows.opening.filter == "beda" and (row.equal or not row.applicable):
            continue
        if rows.opening.filter == "sama" and (not row.equal or not row.applicable):
            continue
        kept.append(_element(rows, row))
    return kept


def shown_elements(elements: Iterable[ElementResult]) -> list[ElementResult]:
    """All but the element that stands only where a satker has something of it."""
    return [row for row in elements if row.applicable or row.code not in ONLY_WHERE_IT_EXISTS]


def _element(rows: Rows, row: ElementResult) -> dict[str, Any]:
    is_open = rows.opening.element == row.code
    return {
        "code": row.code,
        "label": element_label(row.code),
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
        "previous": previous_of_element(rows, row),
        "toggle_url": rows.link(row_id(row.code), elemen=CLOSED if is_open else row.code),
        **(_opened(rows, row) if is_open else {"lines": [], "akun": [], "same_accounts": 0, "same_url": ""}),
    }


def _element_state(rows: Rows, row: ElementResult) -> str:
    different = [item for item in rows.view.differences if item.element == row.code]
    if not different:
        return ""
    states = {state_of(rows.view.explanations.get((item.element, item.akun))) for item in different}
    return next(state for state in ("BELUM", "DITOLAK", "DIJELASKAN", "DITERIMA") if state in states)


def _opened(rows: Rows, row: ElementResult) -> dict[str, Any]:
    stored = map(AccountSums._make, row.accounts)
    sums = {one.akun: (one.siap, one.sai, one.lines) for one in stored}
    gone = _gone(rows, row, sums)
    shown = {akun: figures for akun, figures in sums.items() if _is_shown(rows, row, akun, figures)}
    same = len(sums) - len(shown)
    shown |= dict.fromkeys(gone, (0, 0, 0))
    names = account_names(shown)
    now = {item.akun: item for item in rows.view.differences if item.element == row.code}
    accounts = [
        _account(rows, row, akun, names.get(akun, "akun tidak dikenal"), figures, now.get(akun))
        for akun, figures in shown.items()
    ]
    accounts.sort(key=lambda one: (not one["different"], -abs(one["difference"]), one["code"]))
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
        "akun": accounts,
        "same_accounts": same,
        "same_url": rows.link(row_id(row.code), elemen=row.code, akun=rows.opening.akun, semua_akun="1")
        if same
        else "",
    }


def _gone(rows: Rows, row: ElementResult, sums: Container[str]) -> list[str]:
    """The accounts that differed in the upload compared with, and that no side has any more."""
    if rows.before is None:
        return []
    return [akun for element, akun in rows.before.differences if element == row.code and akun not in sums]


def _is_shown(rows: Rows, row: ElementResult, akun: str, figures: tuple[int, int, int]) -> bool:
    """Differing accounts, the open one, and those whose difference is gone since the upload compared with."""
    differs = bool(figures[2]) or rows.opening.accounts or rows.opening.akun == akun
    return differs or (rows.before is not None and (row.code, akun) in rows.before.differences)


def _account(
    rows: Rows,
    row: ElementResult,
    akun: str,
    name: str,
    figures: tuple[int, int, int],
    now: Difference | None,
) -> dict[str, Any]:
    element = row.code
    siap, sai, lines = figures
    is_open = (rows.opening.element, rows.opening.akun) == (element, akun)
    return {
        "id": row_id(element, akun),
        "code": akun,
        "name": name,
        "siap": siap,
        "sai": sai,
        "difference": siap - sai,
        "rupiah_equal": siap == sai,
        "coa_equal": not lines,
        "different": bool(lines),
        "note": f"{lines} baris CoA berbeda" if lines else "",
        "explained": state_of(rows.view.explanations.get((element, akun))) if lines else "",
        "previous": previous_of_account(rows, element, akun, now),
        "open": is_open,
        "toggle_url": rows.link(row_id(element, akun), elemen=element, akun=CLOSED if is_open else akun),
        **(account_block(rows, row, akun, siap - sai) if is_open else EMPTY),
        "explanation": explanation_block(rows, element, akun) if is_open and lines else None,
    }

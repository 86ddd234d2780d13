"""The mirrored documents of one opened account, the likely causes beside them, and what an earlier upload had."""

from typing import Any

from erekon.lib.digits import pieces
from erekon.lib.rupiah import format_rupiah
from erekon.portal.causes import causes_in
from erekon.portal.documents import Amounts, Documents, documents_of
from erekon.portal.earlier import document_trend, earlier_amounts, repaired
from erekon.portal.pages.compare import compare_url
from erekon.portal.pages.result_opening import Rows, row_id
from erekon.portal.trends import Trend
from reconciliation.models import ElementResult

SHOWN_DOCUMENTS = 50
REPAIRED_NAMED = 5
CAUSES_SHOWN = 4
EMPTY: dict[str, Any] = {"detail": None, "causes": [], "causes_more": 0}


def account_block(rows: Rows, row: ElementResult, akun: str, difference: int) -> dict[str, Any]:
    """Documents and causes of the account that is open."""
    run = rows.view.case.run
    documents = documents_of(run, row.code, akun) if run else None
    if documents is None:
        return EMPTY
    causes = causes_in(documents, row.gap)
    detail = _detail(rows, documents, row.code, akun)
    told = {cause.text for cause in causes[:CAUSES_SHOWN]}
    for one in detail["rows"]:
        one["hint"] = one["hint_title"] if one["hint"] in told else one["hint"]
    detail["saldo_awal"] = documents.difference != difference
    return {
        "detail": detail,
        "causes": causes[:CAUSES_SHOWN],
        "causes_more": len(causes[CAUSES_SHOWN:]),
    }


def _detail(rows: Rows, documents: Documents, element: str, akun: str) -> dict[str, Any]:
    every, start = rows.opening.documents, (rows.opening.page - 1) * SHOWN_DOCUMENTS
    page = documents.page(only_different=not every, start=start, most=SHOWN_DOCUMENTS)
    same = len(documents.places) - len(documents.differing)
    before = _before(rows, documents, element, akun)
    earlier = (
        earlier_amounts(before, documents, [one["place"] for one in page.rows]) if before is not None else {}
    )
    return {
        "same_count": same,
        "all_shown": every,
        "fold_url": rows.link(row_id(element, akun), elemen=element, akun=akun, semua="" if every else "1"),
        "differing": len(documents.differing),
        "sum": documents.difference if documents.differing.size else None,
        "rows": [
            {
                **_mirrored(one),
                "previous": _previous(documents, earlier, one) if before is not None else None,
            }
            for one in page.rows
        ],
        **_paging(rows, element, akun, start, len(page.rows), page.total),
        "before": _repaired(rows, before, documents) if before is not None else None,
    }


def _paging(rows: Rows, element: str, akun: str, start: int, shown: int, total: int) -> dict[str, str]:
    number = rows.opening.page

    def at(page: int) -> str:
        every = "1" if rows.opening.documents else ""
        return rows.link(row_id(element, akun), elemen=element, akun=akun, semua=every, baris=str(page))

    return {
        "previous_url": at(number - 1) if start and shown else at(1) if start else "",
        "next_url": at(number + 1) if start + shown < total and shown else "",
        "count_text": f"Baris {_dotted(start + 1)} sampai {_dotted(start + shown)} dari {_dotted(total)}"
        if total > SHOWN_DOCUMENTS and shown
        else "",
    }


def _dotted(number: int) -> str:
    return format_rupiah(number)


def _mirrored(document: dict[str, Any]) -> dict[str, Any]:
    hint = document["hint"]
    digits = tuple(hint["digits"]) if hint else ()
    mark = document["mark"]
    return {
        "place": document["place"],
        "siap": None if mark == "HANYA_SAI" else _side(document, document["siap"], digits),
        "sai": None if mark == "HANYA_SIAP" else _side(document, document["sai"], digits),
        "mark": mark,
        "equal": mark == "SAMA",
        "hint": hint["text"] if hint else "",
        "hint_title": hint["title"] if hint else "",
    }


def _side(document: dict[str, Any], amount: int, digits: tuple[int, ...]) -> dict[str, Any]:
    return {
        "date": _day(document["document_date"]),
        "number": document["document_number"] or "tanpa nomor",
        "amount": amount,
        "pieces": pieces(format_rupiah(amount), digits) if digits else (),
    }


def _day(iso: str | None) -> str:
    return f"{iso[8:]}-{iso[5:7]}-{iso[:4]}" if iso else ""


def _before(rows: Rows, documents: Documents, element: str, akun: str) -> Documents | None:
    return documents_of(rows.before.run, element, akun) if rows.before else None


def _previous(documents: Documents, earlier: Any, document: dict[str, Any]) -> dict[str, Any]:
    was: Amounts | None = earlier.get(documents.key(document["place"]))
    trend = document_trend(was, Amounts(document["siap"], document["sai"]))
    return {"trend": trend, "difference": was.siap - was.sai if was else 0, "new": trend is Trend.NEW}


def _repaired(rows: Rows, before: Documents, documents: Documents) -> dict[str, Any]:
    assert rows.before is not None
    assert rows.view.case.submission is not None
    number = rows.before.run.submission.number
    gone = repaired(before, documents)
    return {
        "number": number,
        "differing": len(before.differing),
        "repaired": [key[-2].decode("cp1252") or "tanpa nomor" for key in (gone or [])[:REPAIRED_NAMED]],
        "repaired_count": len(gone or []),
        "repaired_more": max(0, len(gone or []) - REPAIRED_NAMED),
        "too_many": gone is None,
        "url": compare_url(rows.view.case, number, rows.view.case.submission.number),
    }

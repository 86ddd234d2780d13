"""`?against=<number of an earlier upload>` on the addresses of a case: what each line was then."""

from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request

from erekon.lib.refusals import Refusal, field_refusal
from erekon.portal.cases import run_document
from erekon.portal.coa import CoaLines
from erekon.portal.documents import Amounts, Documents
from erekon.portal.earlier import Before, chosen_run, document_trend, earlier_amounts, earlier_runs
from erekon.portal.trends import Trend
from reconciliation.models import ElementResult, Reconciliation

NOTHING = Amounts(0, 0)


def against_of(request: Request, case: Reconciliation) -> Before | None:
    """The earlier result that the caller asks for; ISIAN for an upload that has none."""
    asked = request.query_params.get("against", "")
    if not asked:
        return None
    try:
        run = chosen_run(earlier_runs(case), asked)
    except Refusal:
        run = None
    if run is None:
        raise field_refusal(against="Sebutkan nomor unggahan sebelumnya yang punya hasil rekon.")
    return Before(run)


def compared_case(document: dict[str, Any], elements: Sequence[ElementResult], before: Before) -> None:
    """Add to a case's document the earlier run, and to each element and account what it was then."""
    document["against"] = {"number": before.run.submission.number, "run": run_document(before.run)}
    for one, row in zip(document["elements"], elements, strict=True):
        older = before.elements.get(row.code)
        _, trend = before.of_element(row)
        one["previous"] = _previous(Amounts(older.siap, older.sai) if older else NOTHING, trend)
        one["accounts_repaired"] = sorted(
            akun
            for element, akun in before.differences
            if element == row.code and akun not in {account["akun"] for account in one["accounts"]}
        )


def coa_previous(lines: CoaLines, before: CoaLines, places: Sequence[int]) -> list[dict[str, Any]]:
    """What the CoA lines at these places were, in their order."""
    older = before.found(map(lines.key, places))
    return [_compared(older.get(lines.key(place)), lines.amounts(place)) for place in places]


def detail_previous(
    documents: Documents, before: Documents | None, rows: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """What the documents of these rows were, in their order."""
    places = [row["place"] for row in rows]
    older = earlier_amounts(before, documents, places) if before else {}
    return [_compared(older.get(documents.key(place)), documents.amounts(place)) for place in places]


def _compared(was: Amounts | None, now: Amounts) -> dict[str, Any]:
    return _previous(was or NOTHING, document_trend(was, now))


def _previous(was: Amounts, trend: Trend) -> dict[str, Any]:
    return {"siap": was.siap, "sai": was.sai, "difference": was.siap - was.sai, "trend": str(trend)}

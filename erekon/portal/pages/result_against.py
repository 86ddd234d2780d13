"""The chooser of an earlier upload on Hasil Rekon, and what became of the differences since."""

from typing import Any

from erekon.portal.earlier import NO_COMPARISON, Before
from erekon.portal.pages.common import briefly
from erekon.portal.pages.compare import compare_url
from erekon.portal.pages.result_opening import Rows
from erekon.portal.trends import Trend
from reconciliation.models import ElementResult, MatchRun
from reconciliation.queries import Difference

_SUMMED = (
    (Trend.FIXED, "selesai"),
    (Trend.LESS, "turun"),
    (Trend.NEW, "baru"),
    (Trend.MORE, "naik"),
    (Trend.TURNED, "berbalik tanda"),
    (Trend.UNCHANGED, "tetap"),
)


def against_block(rows: Rows, runs: list[MatchRun]) -> dict[str, Any] | None:
    """What the toolbar shows of the comparison; None where no earlier upload has a result."""
    case, before = rows.view.case, rows.before
    if not runs or case.submission is None or case.run is None:
        return None
    opening = rows.opening
    kept = {"saring": opening.filter, "elemen": opening.element, "akun": opening.akun}
    number = before.run.submission.number if before else 0
    block: dict[str, Any] = {
        "on": before is not None,
        "number": number,
        "choices": [{"value": NO_COMPARISON, "label": "tidak dibandingkan", "chosen": before is None}]
        + [_choice(run, number, rows.zone) for run in runs],
        "kept": [(name, value) for name, value in kept.items() if value],
    }
    if before is not None:
        block |= {
            "head": f"Selisih ke-{number}",
            "head_note": briefly(before.run.submission.received_at, rows.zone),
            "siap_before": briefly(before.run.ledger_at, rows.zone) or "belum ada",
            "siap_now": briefly(case.run.ledger_at, rows.zone) or "belum ada",
            "same_siap": before.run.ledger_version == case.run.ledger_version,
            "summary": _summary(before, rows),
            "rows_url": compare_url(case, number, case.submission.number),
        }
    return block


def _choice(run: MatchRun, number: int, zone: str) -> dict[str, Any]:
    submission = run.submission
    return {
        "value": str(submission.number),
        "label": f"unggahan ke-{submission.number}, {briefly(submission.received_at, zone)}",
        "chosen": submission.number == number,
    }


def _summary(before: Before, rows: Rows) -> list[str]:
    counts = before.summary(rows.view.differences)
    return [f"{counts[trend]} {words}" for trend, words in _SUMMED if counts[trend]]


def previous_of_element(rows: Rows, row: ElementResult) -> dict[str, Any] | None:
    """The element's earlier difference; None without a comparison."""
    return _previous(*rows.before.of_element(row)) if rows.before else None


def previous_of_account(rows: Rows, element: str, akun: str, now: Difference | None) -> dict[str, Any] | None:
    """The account's earlier difference; None without a comparison."""
    return _previous(*rows.before.of_account(element, akun, now)) if rows.before else None


def _previous(difference: int, trend: Trend) -> dict[str, Any]:
    return {"difference": difference, "trend": str(trend)}

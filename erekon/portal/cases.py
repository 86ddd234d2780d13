"""One case as the API and the pages show it: spine, upload and BAR composed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.actors import Actor, find_actor, powers_over, require_actor
from accounts.models import User
from accounts.roles import Power
from adk.models import Upload
from bar.models import Bar, BarStatus
from bar.queries import bar_of
from erekon.lib.prepared import Prepared, Slot
from erekon.lib.refusals import Refusal
from erekon.portal.lpj import lpj_document
from reconciliation.lifecycle import FROZEN, Stage, allowed_actions, label_of, turn_of
from reconciliation.matching.elements import element_label
from reconciliation.models import ElementResult, Explanation, MatchRun, Reconciliation
from reconciliation.queries import COUNTING, Difference, differences_of, explanations_of
from reconciliation.services.cases import window_of

NOT_YET = "BELUM"
# The wide row is compiled once; who sees it is asked each time.
_WHOLE = Prepared(
    lambda: Reconciliation.objects.select_related(
        "satker__eselon_satu", "satker__ba", "office__kanwil", "period", "run", "submission"
    ).filter(pk=Slot("pk"))
)
SHOWN_RESULTS = FROZEN | {Stage.PERSETUJUAN_BAR}


def visible_case(user: User, **key: Any) -> Reconciliation:
    """The case with this key among those the user sees; TIDAK_DITEMUKAN for any other."""
    seen = Reconciliation.objects.visible_to(user).filter(**key).order_by("pk").values_list("pk", flat=True)
    found = seen.first()
    # Planning the wide join takes PostgreSQL longer than all else: not for what is unseen.
    case = _WHOLE.first(pk=found) if found is not None else None
    if case is None:
        raise Refusal("TIDAK_DITEMUKAN")
    return case


def acting(user: User, power: Power, case: Reconciliation, *, at: datetime) -> Actor:
    """The user as actor of a power over a case; BUKAN_HAK where he sees it but may not."""
    return require_actor(user, power, case.satker, at=at, office=case.office_id)


def speaking(user: User, case: Reconciliation, *, at: datetime) -> Actor:
    """The user as one who may write in the threads of a case: its operator or its Vera."""
    actor = find_actor(user, Power.EXPLAIN, case.satker, at=at, office=case.office_id)
    return actor or acting(user, Power.JUDGE_EXPLANATION, case, at=at)


@dataclass(frozen=True)
class CaseView:
    """Everything that a case's page or document needs, read once."""

    case: Reconciliation
    elements: tuple[ElementResult, ...]
    differences: tuple[Difference, ...]
    explanations: dict[tuple[str, str], Explanation]
    bar: Bar | None
    upload: Upload | None


def view_of(case: Reconciliation) -> CaseView:
    """Read the parts of a case; results show only while they stand (from PERSETUJUAN_BAR on)."""
    shown = Stage(case.stage) in SHOWN_RESULTS and case.run is not None
    run = case.run if shown else None
    return CaseView(
        case=case,
        elements=tuple(ElementResult.objects.filter(run=run).order_by("position")) if run else (),
        differences=differences_of(run),
        explanations=explanations_of(case) if shown else {},
        bar=bar_of(case),
        upload=_upload_of(case),
    )


def _upload_of(case: Reconciliation) -> Upload | None:
    """The upload that stands, beside the case that was read already."""
    upload = Upload.objects.filter(submission=case.submission).first() if case.submission else None
    if upload is not None:
        upload.case = case
    return upload


def case_document(
    case: Reconciliation, user: User, *, now: datetime, view: CaseView | None = None
) -> dict[str, Any]:
    """The case as `GET cases/{id}/` answers it; rupiah are integers, times aware."""
    view = view or view_of(case)
    return {
        **case_summary(case),
        "content_hash": case.content_hash or None,
        "upload": view.upload.pk if view.upload else None,
        "run": run_document(case.run),
        "elements": [_element(row, view) for row in view.elements],
        "outside": _outside(case.run if view.elements else None),
        "allowed_actions": actions_of(case, user, now=now),
        "bar": _bar(view.bar),
        "lpj": lpj_document(case),
    }


def case_summary(case: Reconciliation) -> dict[str, Any]:
    """The case as a list shows it."""
    stage = Stage(case.stage)
    return {
        "id": case.pk,
        "satker": {"code": case.satker_id, "name": case.satker.name},
        "kppn": {"code": case.office_id, "name": case.office.name},
        "period": case.period.code,
        "stage": stage,
        "stage_label": label_of(stage, early_month=case.early_month),
        "turn": turn_of(stage, unexplained=case.unexplained),
        "verdict": case.verdict or None,
        "stale": case.stale,
    }


def actions_of(case: Reconciliation, user: User, *, now: datetime) -> list[str]:
    """What this user may do with the case now, in the order of the lifecycle."""
    powers = powers_over(user, case.satker, at=now, office=case.office_id)
    return list(allowed_actions(Stage(case.stage), powers, window=window_of(case, now)))


def run_document(run: MatchRun | None) -> dict[str, Any] | None:
    """A run as the API shows it."""
    if run is None:
        return None
    return {
        "number": run.number,
        "rule_version": run.rule_version or None,
        "ledger_at": run.ledger_at,
        "failed_at": run.failed_at,
    }


def _element(row: ElementResult, view: CaseView) -> dict[str, Any]:
    different = [item for item in view.differences if item.element == row.code]
    explained = [item for item in different if is_explained(item, view.explanations)]
    document: dict[str, Any] = {
        "code": row.code,
        "label": element_label(row.code),
        "applicable": row.applicable,
        "siap": row.siap,
        "sai": row.sai,
        "difference": row.difference,
        "rupiah_equal": row.rupiah_equal,
        "coa_equal": row.coa_equal,
        "coa_different": row.coa_different,
        "detail_different": row.detail_different,
        "akun_different": len(different),
        "akun_explained": len(explained),
        "explained": len(different) == len(explained),
        "accounts": [
            {
                "akun": item.akun,
                "difference": item.amount,
                "coa_different": item.lines,
                "explanation": explanation_state(item, view.explanations),
            }
            for item in different
        ],
    }
    if row.cash:
        document["lines"] = [{**line, "difference": line["siap"] - line["sai"]} for line in row.cash]
    return document


def is_explained(item: Difference, explanations: dict[tuple[str, str], Explanation]) -> bool:
    """Whether an explanation of this difference stands (written or accepted, not refused or lapsed)."""
    row = explanations.get((item.element, item.akun))
    return row is not None and row.decision in COUNTING


def explanation_state(item: Difference, explanations: dict[tuple[str, str], Explanation]) -> str:
    """BELUM while no explanation of this difference was written, else the decision on it."""
    row = explanations.get((item.element, item.akun))
    return row.decision if row else NOT_YET


def _outside(run: MatchRun | None) -> dict[str, int] | None:
    if run is None:
        return None
    return {
        "siap_rows": run.outside_siap_rows,
        "siap_total": run.outside_siap_total,
        "sai_rows": run.outside_sai_rows,
        "sai_total": run.outside_sai_total,
    }


def _bar(bar: Bar | None) -> dict[str, Any] | None:
    if bar is None:
        return None
    sealed = bar.status != BarStatus.DRAFT
    return {
        "number": bar.number,
        "revision": bar.revision,
        "status": bar.status,
        "verify_id": bar.verify_id if sealed and bar.sealed else None,
        "sha256": bar.sealed or None,
    }

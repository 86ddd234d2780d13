"""Explanations: written by the operator, judged by Vera, carried to the next run while amounts stand."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from audit.services import append
from erekon.lib.refusals import Refusal, field_refusal
from reconciliation.lifecycle import Stage
from reconciliation.models import Explanation, Reconciliation
from reconciliation.models.explanation import Decision, Location, Reason
from reconciliation.queries import Difference, differences_of, explanations_of
from reconciliation.services.content import refresh
from reconciliation.services.moving import changed_refusal
from reconciliation.services.submitting import lock_case

SHORTEST, LONGEST = 20, 500


def write_explanation(
    *,
    case_id: int,
    element: str,
    akun: str,
    location: str,
    reason: str,
    text: str,
    actor: Actor,
    now: datetime,
) -> Explanation:
    """Write or rewrite the explanation of one (element, akun); one transaction.

    Raises ISIAN for bad fields, BERUBAH when the case is not at PERSETUJUAN_BAR or the explanation was
    accepted meanwhile, TIDAK_DITEMUKAN when there is no such difference.
    """
    text = text.strip()
    _check_fields(location, reason, text)
    with transaction.atomic():
        case = _open_case(case_id)
        item = _difference(case, element, akun)
        standing = explanations_of(case).get((element, akun))
        if standing and standing.decision == Decision.DITERIMA:
            raise Refusal("BERUBAH", siapa=standing.judge.name if standing.judge else "Vera")
        explanation, _ = Explanation.objects.update_or_create(
            case=case,
            element=element,
            akun=akun,
            defaults={
                "location": location,
                "reason": reason,
                "text": text,
                "siap": item.siap,
                "sai": item.sai,
                "decision": Decision.DITULIS,
                "decision_reason": "",
                "carried_from": None,
                "written_for": case.submission.number if case.submission else 0,
                "author": actor.person,
                "written_at": now,
                "judge": None,
                "judged_at": None,
            },
        )
        refresh(case)
        _note(
            case,
            "JELASKAN",
            element,
            akun,
            actor,
            now,
            {"location": location, "reason": reason, "text": text},
        )
    return explanation


def judge_explanation(
    *, case_id: int, element: str, akun: str, accept: bool, reason: str = "", actor: Actor, now: datetime
) -> Explanation:
    """Accept or refuse one explanation; refusing leaves the stage and gives the turn back to the operator.

    Raises PERBAIKI_DULU for accepting one located SATKER (a promise to repair), ISIAN for refusing without
    a reason, TIDAK_DITEMUKAN where nothing was written.
    """
    reason = reason.strip()
    if not accept and not reason:
        raise field_refusal(reason="Tulis alasan penolakan. Satker membaca kalimat ini.")
    with transaction.atomic():
        case = _open_case(case_id)
        explanation = explanations_of(case).get((element, akun))
        if explanation is None or explanation.decision == Decision.GUGUR:
            raise Refusal("TIDAK_DITEMUKAN")
        if accept and explanation.location == Location.SATKER:
            raise Refusal("PERBAIKI_DULU")
        explanation.decision = Decision.DITERIMA if accept else Decision.DITOLAK
        explanation.decision_reason = reason
        explanation.judge, explanation.judged_at = actor.user, now
        explanation.save(update_fields=["decision", "decision_reason", "judge", "judged_at"])
        refresh(case)
        action = "TERIMA_PENJELASAN" if accept else "TOLAK_PENJELASAN"
        _note(case, action, element, akun, actor, now, {"reason": reason})
    return explanation


def carried(case: Reconciliation, differences: tuple[Difference, ...], number: int) -> list[Explanation]:
    """The case's explanations as they stand for the results of upload `number`, unsaved.

    While the amounts of their (element, akun) are unchanged they are kept; on a new upload they are judged
    anew and say which upload they were brought from. Otherwise they lapse.
    """
    amounts = {(item.element, item.akun): (item.siap, item.sai) for item in differences}
    kept = []
    for key, explanation in explanations_of(case).items():
        if amounts.get(key) != (explanation.siap, explanation.sai):
            explanation.decision = Decision.GUGUR
        elif explanation.written_for != number and explanation.decision != Decision.GUGUR:
            explanation.carried_from = explanation.carried_from or explanation.written_for
            explanation.written_for = number
            explanation.decision, explanation.judge, explanation.judged_at = Decision.DITULIS, None, None
        kept.append(explanation)
    return kept


def store_carried(explanations: list[Explanation]) -> None:
    """Write what `carried` decided, in the transaction that publishes."""
    Explanation.objects.bulk_update(
        explanations, ["decision", "carried_from", "written_for", "judge", "judged_at"]
    )


def _check_fields(location: str, reason: str, text: str) -> None:
    errors = {}
    if location not in Location.values:
        errors["location"] = "Pilih di mana letak kesalahannya."
    if reason not in Reason.values:
        errors["reason"] = "Pilih sebab selisih dari daftar."
    if not SHORTEST <= len(text) <= LONGEST:
        errors["text"] = f"Tulis penjelasan {SHORTEST} sampai {LONGEST} huruf; sekarang {len(text)}."
    if errors:
        raise field_refusal(**errors)


def _open_case(case_id: int) -> Reconciliation:
    case = lock_case(case_id)
    if case.stage != Stage.PERSETUJUAN_BAR:
        raise changed_refusal(case)
    return case


def _difference(case: Reconciliation, element: str, akun: str) -> Difference:
    for item in differences_of(case.run):
        if (item.element, item.akun) == (element, akun):
            return item
    raise Refusal("TIDAK_DITEMUKAN")


def _note(
    case: Reconciliation,
    action: str,
    element: str,
    akun: str,
    actor: Actor,
    now: datetime,
    content: dict[str, str],
) -> None:
    append(
        at=now,
        actor=actor.key,
        actor_name=actor.name,
        role=actor.role,
        action=action,
        subject=f"kasus:{case.pk}",
        satker=case.satker_id,
        content={"element": element, "akun": akun, **content},
    )

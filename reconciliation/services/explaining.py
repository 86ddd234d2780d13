"""Explanations: written by the operator, judged by Vera, carried to the next run while amounts stand."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from erekon.lib.refusals import Refusal, field_refusal
from reconciliation.models import Explanation, ExplanationDraft, Reconciliation
from reconciliation.models.explanation import Decision, Location, Reason
from reconciliation.models.talk import MessageKind
from reconciliation.queries import Difference, evidence_of, explanations_of, seen_mark
from reconciliation.services.changes import changed_refusal, require_seen
from reconciliation.services.content import refresh
from reconciliation.services.differing import difference_in, note, number_of, open_case, told, unaccepted
from reconciliation.services.talking import add_line

SHORTEST, LONGEST = 20, 500


def write_explanation(
    *,
    case_id: int,
    element: str,
    akun: str,
    location: str,
    reason: str,
    text: str,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> Explanation:
    """Write or rewrite the explanation of one (element, akun); one transaction.

    `seen` is the version that its writer replaces (0: he saw none). Who does not say it replaces his own
    words only. Raises ISIAN for bad fields; BERUBAH, with the text that stands, when other words stand than
    the writer saw, when it was accepted meanwhile, or when the case is not at PERSETUJUAN_BAR;
    TIDAK_DITEMUKAN when there is no such difference.
    """
    text = text.strip()
    _check_fields(location, reason, text)
    words = {"location": location, "reason": reason, "text": text}
    with transaction.atomic():
        case = open_case(case_id)
        item = difference_in(case, element, akun)
        standing = unaccepted(case, element, akun)
        if standing and _is_unseen(standing, seen, actor):
            if _says(standing, words):
                return standing
            raise Refusal("BERUBAH", siapa=standing.author.name, extra={**told(standing), "yours": words})
        explanation = _stored(case, item, standing, words, actor, now)
        version = explanation.version
        add_line(case, element, akun, MessageKind.JELASKAN, text, actor=actor, now=now, version=version)
        _clear_draft(explanation, actor)
        refresh(case)
        note(case, "JELASKAN", element, akun, actor=actor, now=now, version=version, **words)
    return explanation


def judge_explanation(
    *,
    case_id: int,
    element: str,
    akun: str,
    accept: bool,
    reason: str = "",
    seen: str = "",
    content_hash: str | None = None,
    run_number: int | None = None,
    actor: Actor,
    now: datetime,
) -> Explanation:
    """Accept or refuse one explanation; refusing leaves the stage and gives the turn back to the operator.

    `seen` is the mark of the words and files that Vera judged (`queries.seen_mark`), `content_hash` or
    `run_number` say which figures; what is not given is not compared. Raises BERUBAH when others stand now, PERBAIKI_DULU for accepting one located SATKER (a promise to repair), ISIAN for
    refusing without a reason, TIDAK_DITEMUKAN where nothing was written.
    """
    reason = reason.strip()
    if not accept and not reason:
        raise field_refusal(reason="Tulis alasan penolakan. Satker membaca kalimat ini.")
    with transaction.atomic():
        case = open_case(case_id)
        require_seen(case, content_hash, run_number)
        explanation = explanations_of(case).get((element, akun))
        if explanation is None or explanation.decision == Decision.GUGUR:
            raise Refusal("TIDAK_DITEMUKAN")
        if seen and seen != seen_mark(explanation, evidence_of(case).get((element, akun), [])):
            raise Refusal("BERUBAH", siapa=explanation.author.name, extra=told(explanation))
        if run_number is not None and explanation.decision != Decision.DITULIS:
            # The page offers a decision only where none was made: somebody else decided meanwhile.
            raise changed_refusal(case)
        if accept and explanation.location == Location.SATKER:
            raise Refusal("PERBAIKI_DULU")
        explanation.decision = Decision.DITERIMA if accept else Decision.DITOLAK
        explanation.decision_reason = reason
        explanation.judge, explanation.judged_at = actor.user, now
        explanation.save(update_fields=["decision", "decision_reason", "judge", "judged_at"])
        if not accept:
            add_line(case, element, akun, MessageKind.TOLAK, reason, actor=actor, now=now)
        refresh(case)
        action = "TERIMA_PENJELASAN" if accept else "TOLAK_PENJELASAN"
        note(case, action, element, akun, actor=actor, now=now, reason=reason, version=explanation.version)
    return explanation


def carried(case: Reconciliation, differences: tuple[Difference, ...], number: int) -> list[Explanation]:
    """The case's explanations as they stand for the results of upload `number`, unsaved.

    While the amounts of their (element, akun) are unchanged they are kept and say which upload they were
    brought from; an accepted one is judged anew on a new upload, a refused one stays refused. Otherwise they
    lapse. Files and thread belong to the (element, akun) and need no bringing.
    """
    amounts = {(item.element, item.akun): (item.siap, item.sai) for item in differences}
    kept = []
    for key, explanation in explanations_of(case).items():
        if amounts.get(key) != (explanation.siap, explanation.sai):
            explanation.decision = Decision.GUGUR
        elif explanation.written_for != number and explanation.decision != Decision.GUGUR:
            _bring(explanation, number)
        kept.append(explanation)
    return kept


def _bring(explanation: Explanation, number: int) -> None:
    explanation.carried_from = explanation.carried_from or explanation.written_for
    explanation.written_for = number
    if explanation.decision == Decision.DITERIMA:
        explanation.decision, explanation.judge, explanation.judged_at = Decision.DITULIS, None, None


def store_carried(explanations: list[Explanation]) -> None:
    """Write what `carried` decided, in the transaction that publishes."""
    Explanation.objects.bulk_update(
        explanations, ["decision", "carried_from", "written_for", "judge", "judged_at"]
    )


def _is_unseen(standing: Explanation, seen: int | None, actor: Actor) -> bool:
    if seen is None:
        return standing.author_id != actor.person.pk
    return seen != standing.version


def _says(standing: Explanation, words: dict[str, str]) -> bool:
    """Whether these very words stand and count: then nobody loses any."""
    same = all(getattr(standing, name) == value for name, value in words.items())
    return same and standing.decision == Decision.DITULIS


def _stored(
    case: Reconciliation,
    item: Difference,
    standing: Explanation | None,
    words: dict[str, str],
    actor: Actor,
    now: datetime,
) -> Explanation:
    explanation, _ = Explanation.objects.update_or_create(
        case=case,
        element=item.element,
        akun=item.akun,
        defaults={
            **words,
            "siap": item.siap,
            "sai": item.sai,
            "decision": Decision.DITULIS,
            "decision_reason": "",
            "carried_from": None,
            "written_for": number_of(case),
            "author": actor.person,
            "written_at": now,
            "version": standing.version + 1 if standing else 1,
            "judge": None,
            "judged_at": None,
        },
    )
    return explanation


def _clear_draft(explanation: Explanation, actor: Actor) -> None:
    """What was sent is no draft any more; a message still being typed stays one."""
    drafts = ExplanationDraft.objects.filter(
        case=explanation.case, element=explanation.element, akun=explanation.akun, author=actor.person
    )
    drafts.filter(message="").delete()
    drafts.update(location="", reason="", text="", seen_version=explanation.version)


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

"""The thread of one difference: operator and Vera write, nothing is changed or taken back."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.actors import Actor
from erekon.lib.refusals import field_refusal
from reconciliation.models import ExplanationDraft, ExplanationMessage, Reconciliation
from reconciliation.models.talk import MessageKind
from reconciliation.services.differing import difference_in, note, open_case

LONGEST_MESSAGE = 1000
MOST_MESSAGES = 200
# A second click, or a line that dropped before the answer came.
TWICE_WITHIN = timedelta(minutes=1)


def say(
    *, case_id: int, element: str, akun: str, text: str, actor: Actor, now: datetime
) -> ExplanationMessage:
    """Add a message to the thread; one transaction. The same words twice within a minute stand once.

    Raises ISIAN for no words or too many, BERUBAH when the case is not at PERSETUJUAN_BAR,
    TIDAK_DITEMUKAN when there is no such difference.
    """
    text = text.strip()
    if not 1 <= len(text) <= LONGEST_MESSAGE:
        raise field_refusal(
            message=f"Tulis pesan, paling banyak {LONGEST_MESSAGE} huruf; sekarang {len(text)}."
        )
    with transaction.atomic():
        case = open_case(case_id)
        difference_in(case, element, akun)
        thread = ExplanationMessage.objects.filter(case=case, element=element, akun=akun)
        last = thread.order_by("-id").first()
        if last and _is_repeat(last, text, actor, now):
            return last
        if thread.count() >= MOST_MESSAGES:
            raise field_refusal(message=f"Percakapan ini sudah {MOST_MESSAGES} pesan. Hubungi lewat telepon.")
        ExplanationDraft.objects.filter(
            case=case, element=element, akun=akun, author=actor.person, message=text
        ).update(message="")
        message = add_line(case, element, akun, MessageKind.PESAN, text, actor=actor, now=now)
        note(case, "PESAN_PENJELASAN", element, akun, actor=actor, now=now, message=message.pk, text=text)
    return message


def add_line(
    case: Reconciliation,
    element: str,
    akun: str,
    kind: MessageKind,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> ExplanationMessage:
    """One line more, in the caller's transaction."""
    return ExplanationMessage.objects.create(
        case=case,
        element=element,
        akun=akun,
        kind=kind,
        version=version,
        text=text,
        author=actor.person,
        author_name=actor.name,
        role=actor.role,
        at=now,
    )


def _is_repeat(last: ExplanationMessage, text: str, actor: Actor, now: datetime) -> bool:
    same = (last.kind, last.author_id, last.text) == (MessageKind.PESAN, actor.person.pk, text)
    return same and now - last.at < TWICE_WITHIN

"""Drafts: what a person has typed and not yet sent, kept for himself alone."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from erekon.lib.refusals import Refusal
from reconciliation.lifecycle import RUNNING, Stage
from reconciliation.models import ExplanationDraft, MatchRun, Reconciliation
from reconciliation.models.explanation import Location, Reason
from reconciliation.queries import differences_of
from reconciliation.services.differing import difference_in

LONGEST_DRAFT = 4000


def save_draft(
    *,
    case: Reconciliation,
    element: str,
    akun: str,
    author: User,
    location: str,
    reason: str,
    text: str,
    message: str,
    seen: int,
    now: datetime,
) -> ExplanationDraft | None:
    """Keep what was typed in place of what was kept before; empty fields keep nothing and answer None.

    A draft is no explanation: it may be short, and the case may be at any stage. What is longer than any
    explanation may be is cut. Raises TIDAK_DITEMUKAN when there is no such difference.
    """
    mine = ExplanationDraft.objects.filter(case=case, element=element, akun=akun, author=author)
    text, message = text[:LONGEST_DRAFT], message[:LONGEST_DRAFT]
    if not text.strip() and not message.strip():
        mine.delete()
        return None
    _require_known(case, element, akun)
    with transaction.atomic():
        draft, _ = ExplanationDraft.objects.update_or_create(
            case=case,
            element=element,
            akun=akun,
            author=author,
            defaults={
                "location": location if location in Location.values else "",
                "reason": reason if reason in Reason.values else "",
                "text": text,
                "message": message,
                "seen_version": seen,
                "saved_at": now,
            },
        )
    return draft


def _require_known(case: Reconciliation, element: str, akun: str) -> None:
    """There is such a difference; while the case is compared again, there was in the last result."""
    if Stage(case.stage) not in RUNNING:
        difference_in(case, element, akun)
        return
    last = MatchRun.objects.filter(case=case).exclude(outcome="").order_by("-number").first()
    if (element, akun) not in {(one.element, one.akun) for one in differences_of(last)}:
        raise Refusal("TIDAK_DITEMUKAN")


def drop_draft(*, case: Reconciliation, element: str, akun: str, author: User) -> None:
    """Forget the explanation that was typed; a message still being typed stays. Safe to call twice."""
    mine = ExplanationDraft.objects.filter(case=case, element=element, akun=akun, author=author)
    mine.filter(message="").delete()
    mine.update(location="", reason="", text="")

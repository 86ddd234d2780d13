"""The context of the reset page: the form, what can be reset, and the requests that one sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.roles import Power, roles_with
from accounts.scoping import assignments_of
from bar.models import ResetRequest, ResetState
from bar.queries import bar_of
from erekon.lib.indonesian import long_date
from erekon.lib.refusals import Refusal, field_refusal
from erekon.portal.bar_reads import requests_seen_by, resettable
from erekon.portal.pages.common import when
from reconciliation.lifecycle import FROZEN, Stage
from reconciliation.models import Reconciliation

MOST = 100


@dataclass(frozen=True)
class Typed:
    """What the form carries, as typed, so that nothing is lost when it comes back."""

    letter_number: str = ""
    letter_date: str = ""
    reason: str = ""

    @classmethod
    def of(cls, posted: Mapping[str, str]) -> "Typed":
        """The fields of a posted form; a missing one is empty."""
        return cls(**{name: str(posted.get(name, "")) for name in ("letter_number", "letter_date", "reason")})

    def day(self) -> date:
        """The date of the letter; raises ISIAN for what is no date."""
        try:
            return date.fromisoformat(self.letter_date)
        except ValueError:
            raise field_refusal(letter_date="Tulis tanggal surat permohonan.") from None


def reset_context(
    user: User, case: Reconciliation | None, typed: Typed, errors: list[dict[str, str]], *, now: datetime
) -> dict[str, Any]:
    """Everything that `bar/reset.html` shows to this user."""
    held = assignments_of(user, now)
    closed = _closed(case) if case else ""
    return {
        "title": "Reset BAR",
        "form": _form(case, typed, errors) if case and not closed else None,
        "closed": closed,
        "choices": []
        if case
        else _choices(user, [one.place for one in held if one.role in roles_with(Power.ASK_RESET)]),
        "requests": _requests(user, {one.place for one in held if one.role in roles_with(Power.GRANT_RESET)}),
    }


def _closed(case: Reconciliation) -> str:
    """Why nobody can ask for this case now; empty when the form stands."""
    if Stage(case.stage) not in FROZEN:
        return f"BAR {case.period.label} belum sampai tanda tangan, jadi tidak perlu direset."
    waits = case.reset_requests.filter(state=ResetState.DIAJUKAN).exists()
    return Refusal("SUDAH_DIAJUKAN").detail if waits else ""


def _form(case: Reconciliation, typed: Typed, errors: list[dict[str, str]]) -> dict[str, Any]:
    bar = bar_of(case)
    return {
        "action_url": f"{reverse('reset')}?kasus={case.pk}",
        "letter_url": reverse("surat-reset", args=[case.pk]) if bar else "",
        "bar": f"{bar.number}, {case.period.label}" if bar else case.period.label,
        "letter_number": typed.letter_number,
        "letter_date": typed.letter_date,
        "reason": typed.reason,
        "errors": errors,
    }


def _choices(user: User, places: list[str]) -> list[dict[str, str]]:
    """The cases of the operator's satkers that a letter could reset, newest first."""
    return [
        {"url": f"{reverse('reset')}?kasus={one.pk}", "label": f"BAR {one.period.label} · {one.satker}"}
        for one in resettable(user, places)[:MOST]
    ]


def _requests(user: User, offices: set[str]) -> list[dict[str, Any]]:
    """The requests that one sees, open ones first."""
    newest = list(requests_seen_by(user)[:MOST])
    newest.sort(key=lambda one: one.state != ResetState.DIAJUKAN)
    return [_row(one, decides=one.case.office_id in offices) for one in newest]


def _row(asked: ResetRequest, *, decides: bool) -> dict[str, Any]:
    waits = decides and asked.state == ResetState.DIAJUKAN
    return {
        "id": asked.pk,
        "bar": asked.bar.number,
        "bar_url": reverse("bar", args=[asked.case_id]),
        "satker": f"{asked.case.satker}, {asked.case.period.label}",
        "letter": asked.letter_number,
        "date": long_date(asked.letter_date),
        "reason": asked.reason,
        "scan_url": reverse("reset-scan", args=[asked.pk]),
        "at": when(asked.asked_at),
        "by": asked.asked_by.name,
        "state": asked.state,
        "state_label": asked.get_state_display(),
        "decided": _decided(asked),
        "grant_url": reverse("reset-grant", args=[asked.pk]) if waits else "",
        "refuse_url": reverse("reset-refuse", args=[asked.pk]) if waits else "",
    }


def _decided(asked: ResetRequest) -> str:
    if asked.decided_by is None:
        return ""
    words = f"diputuskan {asked.decided_by.name}, {when(asked.decided_at)}"
    return f"{words}: {asked.decision_reason}" if asked.decision_reason else words

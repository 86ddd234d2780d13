"""Lists of cases and of what happened to one."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from adk.models import Upload
from erekon.lib.refusals import field_refusal
from reconciliation.lifecycle import Action
from reconciliation.models import Reconciliation, StageChange
from reconciliation.services.cases import parse_period

SPOKEN = (Action.REJECT, Action.DECLINE, Action.RESET)
FILTERS = {
    "satker": re.compile(r"\w{1,6}"),
    "kppn": re.compile(r"\w{1,5}"),
    "stage": re.compile(r"[A-Z_]{1,20}"),
    "verdict": re.compile(r"SAMA|BEDA"),
}
_COLUMNS = {"satker": "satker", "kppn": "office", "stage": "stage", "verdict": "verdict"}


def filtered_cases(user: User, wanted: Mapping[str, str]) -> QuerySet[Reconciliation]:
    """The cases that the user sees and the filters (`period`, FILTERS) keep; ISIAN for an unknown value."""
    cases = Reconciliation.objects.visible_to(user).select_related("satker", "office", "period")
    period = wanted.get("period", "")
    if period:
        year, month = parse_period(period)
        cases = cases.filter(period__year=year, period__month=month)
    for name, shape in FILTERS.items():
        value = wanted.get(name, "")
        if value and not shape.fullmatch(value):
            raise field_refusal(**{name: "Nilai saringan ini tidak dikenal."})
        if value:
            cases = cases.filter(**{_COLUMNS[name]: value})
    return cases


def history_of(case: Reconciliation) -> list[dict[str, Any]]:
    """Everything that happened to a case, newest first."""
    changes = [
        {
            "kind": "stage",
            "at": row.at,
            "actor": row.actor_name,
            "role": row.role,
            "action": row.action,
            "from_stage": row.from_stage,
            "to_stage": row.to_stage,
            "reason": row.reason,
        }
        for row in StageChange.objects.filter(case=case).order_by("-id")
    ]
    uploads = [
        {
            "kind": "upload",
            "at": row.received_at,
            "actor": row.received_by.name,
            "upload": row.pk,
            "number": row.number,
            "verdict": row.verdict,
        }
        for row in Upload.objects.filter(case=case).select_related("received_by").order_by("-id")
    ]
    # Stable: changes of one instant keep their order, newest first.
    return sorted(changes + uploads, key=lambda event: event["at"], reverse=True)


def left_at(case: Reconciliation) -> dict[str, datetime]:
    """When the case last left each stage."""
    return dict(StageChange.objects.filter(case=case).order_by("id").values_list("from_stage", "at"))


def spoken_of(case: Reconciliation) -> list[StageChange]:
    """The changes of a case that carry words for the satker, oldest first."""
    return list(StageChange.objects.filter(case=case, action__in=SPOKEN).order_by("id"))


def last_change(case: Reconciliation, action: Action) -> StageChange | None:
    """The last time this was done to the case."""
    return StageChange.objects.filter(case=case, action=action).order_by("-id").first()

"""The home of roles that look on: the cases that they see, searched and paged."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from erekon.lib.refusals import Refusal
from erekon.portal.cases import SHOWN_RESULTS
from erekon.portal.pages.calendar_words import today_words
from erekon.portal.pages.entry_links import paged, result_url
from erekon.portal.pages.home_parts import Desk, turn_words
from erekon.portal.worklists import cases_for, differences_by_run, exempt_satkers
from reconciliation.lifecycle import LOOKS, Stage, label_of, turn_of
from reconciliation.models import Reconciliation
from reconciliation.services.cases import parse_period

PAGE = 50


def cases_desk(request: HttpRequest, user: User, now: datetime) -> Desk:
    """Draw the list of cases; `q` is a satker's code or part of its name, `stage` a stage, `periode` a month."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "stage", "periode")}
    pages = Paginator(_filtered(cases_for(user), **asked), PAGE)
    shown = pages.get_page(request.GET.get("hal"))
    rows = list(shown.object_list)
    differences = differences_by_run(case.run_id for case in rows if case.run_id and _has_result(case))
    here = reverse("beranda")
    context = {
        "title": "Kasus rekonsiliasi",
        "today": today_words(now),
        "query": asked["q"],
        "period": asked["periode"],
        "total": pages.count,
        "stages": [
            {"value": stage, "label": look.label, "current": stage == asked["stage"]}
            for stage, look in LOOKS.items()
        ],
        "cases": [_row(case, differences) for case in rows],
        "next_url": paged(here, shown.next_page_number(), **asked) if shown.has_next() else "",
        "previous_url": paged(here, shown.previous_page_number(), **asked) if shown.has_previous() else "",
        "action_url": here,
        "exempt": exempt_satkers(user),
    }
    return Desk("portal/beranda_lain.html", context, bool(rows))


def _filtered(
    cases: QuerySet[Reconciliation], *, q: str, stage: str, periode: str
) -> QuerySet[Reconciliation]:
    if q:
        cases = cases.filter(Q(satker__code__startswith=q) | Q(satker__name__icontains=q))
    if stage in set(Stage):
        cases = cases.filter(stage=stage)
    if not periode:
        return cases
    try:
        year, month = parse_period(periode)
    except Refusal:
        return cases
    return cases.filter(period__year=year, period__month=month)


def _has_result(case: Reconciliation) -> bool:
    return Stage(case.stage) in SHOWN_RESULTS


def _row(case: Reconciliation, differences: dict[int, int]) -> dict[str, Any]:
    shown = _has_result(case)
    stage = Stage(case.stage)
    return {
        "url": result_url(case),
        "code": case.satker_id,
        "name": case.satker.name,
        "kppn": case.office.name,
        "period": case.period.label,
        "equal": case.verdict == "SAMA" if shown and case.verdict else None,
        "stage": stage,
        "stage_label": label_of(stage, early_month=case.early_month),
        "difference": differences.get(case.run_id, 0) if shown and case.run_id else None,
        "turn": "–"
        if stage is Stage.SIAP_DOWNLOAD
        else turn_words(turn_of(stage, unexplained=case.unexplained)),
    }

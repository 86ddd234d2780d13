"""What the home pages have in common: a desk, a task on it, and the twelve months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from erekon.lib.indonesian import month_name
from erekon.portal.pages.entry_links import result_url
from reconciliation.lifecycle import LOOKS, Stage
from reconciliation.models import Period, Reconciliation

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Desk:
    """A home page ready to draw; `has_something` when its role is to do something."""

    template: str
    context: dict[str, Any]
    has_something: bool


def tag(text: str, tone: str, icon: str) -> dict[str, str]:
    """A tag beside a task."""
    return {"text": text, "tone": tone, "icon": icon}


def task(
    url: str, icon: str, title: str, text: str, *, mark: dict[str, str] | str | None = None, button: str = ""
) -> dict[str, Any]:
    """One line of a task list; `mark` is a tag, or the code of a stage."""
    shown = {"stage": mark, "tag": None} if isinstance(mark, str) else {"stage": None, "tag": mark}
    return {"url": url, "icon": icon, "title": title, "text": text, "button": button or None, **shown}


def turn_words(role: str | None) -> str:
    """Whose turn it is, in words of the screen."""
    return {
        "OPERATOR_SATKER": "Giliran operator satker",
        "VERA": "Giliran KPPN",
        "KPA": "Giliran KPA",
        "KASI_VERA": "Giliran Kasi Vera",
    }.get(role or "", "Sistem")


def months_of(
    cases: Iterable[Reconciliation], year: int, current: Period, now: datetime
) -> list[dict[str, Any]]:
    """The twelve months of one satker's year; a month that has not opened has no stage."""
    by_month = {case.period.month: case for case in cases if case.period.year == year}
    return [
        _month(month, by_month.get(month), month == current.month and year == current.year, now)
        for month in range(1, MONTHS_OF_A_YEAR + 1)
    ]


def _month(month: int, case: Reconciliation | None, current: bool, now: datetime) -> dict[str, Any]:
    name = month_name(month)
    shown = case is not None and _has_begun(case, now)
    return {
        "short": name[:3],
        "name": name,
        "stage": case.stage if case and shown else None,
        "url": result_url(case) if case and shown else "",
        "current": current,
    }


def _has_begun(case: Reconciliation, now: datetime) -> bool:
    if Stage(case.stage) is not Stage.BELUM_UPLOAD:
        return True
    return bool(case.period.opens_at and case.period.opens_at <= now)


def stage_note(case: Reconciliation) -> str:
    """The Keterangan of the stage of a case."""
    return LOOKS[Stage(case.stage)].note

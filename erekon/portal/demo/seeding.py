"""Fills an empty database with the demo, step by step in the order of time."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction

from accounts.models import Satker, User
from audit.models import Event
from audit.services import append
from erekon.portal.demo.people import Person, cast, new_password
from erekon.portal.demo.places import KPPNS, SATKERS
from erekon.portal.demo.setting_up import set_up
from erekon.portal.demo.steps import Steps
from erekon.portal.demo.story import CANCELLED_SP2D, MISSED, SCENES, earlier_month
from erekon.portal.demo.timeline import Timeline
from erekon.portal.demo.treasury import Treasury

BEGUN, ENDED = "DEMO_MULAI", "DEMO_SELESAI"


def is_filled() -> bool:
    """Whether anything stands in the database that the demo must not touch."""
    return User.objects.exists() or Satker.objects.exists()


def is_half_done() -> bool:
    """Whether an earlier filling was broken off."""
    return _noted(BEGUN) and not _noted(ENDED)


def seed(timeline: Timeline, accounts_file: Path) -> list[Person]:
    """Make the whole demo and write the list of accounts; returns everybody, in order of roles.

    The database must be empty. Raises DemoBroken when a service does not follow the story.
    """
    _note(BEGUN, timeline.now)
    people = cast(new_password())
    set_up(timeline, people)
    by_role = {(person.role, person.place): person for person in people}
    books = [
        Treasury(kppn, timeline, {CANCELLED_SP2D: timeline.month - 1} if timeline.month > 1 else {})
        for kppn in KPPNS
    ]
    for month in range(1, timeline.month + 1):
        for treasury in books:
            supervisor = by_role["SUPERVISOR_KPPN", treasury.kppn.code]
            treasury.send_month(month, User.objects.get(username=supervisor.username))
        if month in timeline.months and month < timeline.month:
            _live_through(month, timeline, by_role)
    for code, scene in SCENES.items():
        scene(Steps(_satker(code), timeline.period(timeline.month), by_role), timeline)
    write_accounts(people, accounts_file)
    _note(ENDED, timeline.now)
    return people


def write_accounts(people: list[Person], file: Path) -> None:
    """The list that the sign-in page shows, readable by its owner alone."""
    listed = [
        {
            "username": person.username,
            "password": person.password,
            "pin": person.pin,
            "name": person.name,
            "role": person.role_label,
            "place": person.place_name,
        }
        for person in people
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _live_through(month: int, timeline: Timeline, people: dict[tuple[str, str], Person]) -> None:
    for place, code in enumerate(_present(month, timeline)):
        earlier_month(Steps(_satker(code), timeline.period(month), people), timeline, place)


def _present(month: int, timeline: Timeline) -> Iterator[str]:
    return (satker.code for satker in SATKERS if (satker.code, timeline.month - month) not in MISSED)


def _satker(code: str) -> Satker:
    return Satker.objects.select_related("eselon_satu", "ba", "kppn").get(pk=code)


def _noted(action: str) -> bool:
    return Event.objects.filter(action=action).exists()


def _note(action: str, now: datetime) -> None:
    with transaction.atomic():
        append(at=now, actor="sistem", action=action, subject="demo")

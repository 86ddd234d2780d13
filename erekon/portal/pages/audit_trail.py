"""The audit trail: who did what to what, filtered, newest first, with what was before and after."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit.models import Event
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.audit_reading import Wanted, events_for, may_read, names_of
from erekon.portal.pages.audit_words import ACTIONS, action_words, changes_of
from erekon.portal.pages.common import WIB, page, person_of, when

PAGE = 50
SUBJECT = re.compile(r"^[a-z_]+:\d+$")
_DATE = {"invalid": "Tulis tanggal seperti 2026-10-07."}
_YEARS = [
    MinValueValidator(date(2000, 1, 1), "Tanggal paling awal 2000-01-01."),
    MaxValueValidator(date(2099, 12, 31), "Tanggal paling akhir 2099-12-31."),
]


class AuditFilter(forms.Form):
    """What the reader asks for; every field may stay empty."""

    satker = forms.RegexField(
        r"^\d{6}$", required=False, error_messages={"invalid": "Kode satker enam angka, misalnya 990101."}
    )
    pelaku = forms.CharField(max_length=100, required=False)
    tindakan = forms.ChoiceField(
        choices=[("", "Semua tindakan"), *sorted(ACTIONS.items(), key=lambda one: one[1])],
        required=False,
        error_messages={"invalid_choice": "Pilih tindakan dari daftar."},
    )
    subjek = forms.RegexField(
        SUBJECT, required=False, error_messages={"invalid": "Tulis subjek seperti kasus:12."}
    )
    dari = forms.DateField(required=False, error_messages=_DATE, validators=_YEARS)
    sampai = forms.DateField(required=False, error_messages=_DATE, validators=_YEARS)
    sebelum = forms.IntegerField(
        min_value=1,
        max_value=2**62,
        required=False,
        error_messages={"invalid": "Nomor peristiwa berupa angka."},
    )

    def wanted(self) -> Wanted:
        """The filters as the reading takes them; dates are days in WIB, both ends inside."""
        given = self.cleaned_data
        until = given.get("sampai")
        return Wanted(
            satker=given.get("satker", ""),
            actor=given.get("pelaku", ""),
            action=given.get("tindakan", ""),
            subject=given.get("subjek", ""),
            since=_midnight(given.get("dari")),
            until=_midnight(until + timedelta(days=1) if until else None),
            before=given.get("sebelum"),
        )


@require_GET
@page
def trail(request: HttpRequest) -> HttpResponse:
    """One page of events; the filters and the place in the list stand in the address."""
    user, now = person_of(request), clock.now()
    if not may_read(user, at=now):
        raise Refusal("BUKAN_HAK")
    form = AuditFilter(request.GET)
    valid = form.is_valid()
    events = list(events_for(user, form.wanted(), at=now)[: PAGE + 1]) if valid else []
    shown, more = events[:PAGE], len(events) > PAGE
    names = names_of(shown)
    context = {
        "form": form,
        "errors": [{"target": f"id_{name}", "message": one[0]} for name, one in form.errors.items()],
        "events": [_row(event, names) for event in shown],
        "next_url": _older(request, shown[-1]) if more else "",
        "previous_url": "",
        "count_text": f"{len(shown)} peristiwa di halaman ini" if shown else "",
    }
    return render(request, "portal/jejak.html", context, status=200 if valid else 400)


def _row(event: Event, names: dict[str, str]) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": when(event.at),
        "actor": names.get(event.actor, event.actor),
        "key": event.actor,
        "role": event.role,
        "action": action_words(event.action),
        "subject": event.subject,
        "subject_url": _about(event.subject),
        "satker": event.satker,
        "changes": changes_of(event),
        "hash": event.hash,
    }


def _about(subject: str) -> str:
    """The events about the same thing, where it is one thing with a number."""
    return f"{reverse('jejak')}?{urlencode({'subjek': subject})}" if SUBJECT.match(subject) else ""


def _older(request: HttpRequest, last: Event) -> str:
    kept = {name: value for name, value in request.GET.items() if value and name != "sebelum"}
    return f"{request.path}?{urlencode({**kept, 'sebelum': last.seq})}"


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(WIB)) if day else None

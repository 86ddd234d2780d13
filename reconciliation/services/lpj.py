"""Entering an LPJ: the operator writes it while the BAR is not approved; whoever comes second is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.dateparse import parse_date

from accounts.actors import Actor, record
from erekon.lib.indonesian import long_date
from erekon.lib.plaintext import inert
from erekon.lib.refusals import Refusal, field_refusal
from reconciliation.lifecycle import FROZEN, Stage
from reconciliation.lpj.amounts import BadAmount, Fault, check_amount, read_amount
from reconciliation.lpj.lines import Bendahara, Line, lines_of
from reconciliation.lpj.sentences import FAULTS
from reconciliation.models import Lpj, Reconciliation
from reconciliation.services.content import refresh
from reconciliation.services.submitting import lock_case

LONGEST_NUMBER = 80
EARLIEST = date(2000, 1, 1)
WIB = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class Draft:
    """What was typed, not yet judged: amounts by row, as text, a whole number, or whatever JSON brought."""

    amounts: Mapping[str, object]
    number: str = ""
    dated: str = ""


@dataclass(frozen=True)
class _Entry:
    amounts: dict[str, int]
    number: str
    dated: date | None

    def plain(self) -> dict[str, Any]:
        return {"number": self.number, "date": self.dated.isoformat() if self.dated else None, **self.amounts}


def write_lpj(
    *, case_id: int, bendahara: Bendahara, version: int, draft: Draft, actor: Actor, now: datetime
) -> Lpj | None:
    """Replace one treasurer's LPJ by what was typed over `version` (0: none yet); one transaction.

    Blank rows are emptied. The same content again changes nothing. Raises ISIAN naming each bad field,
    SUDAH_DITANDATANGANI from TTD_KPA on, and BERUBAH, with both versions, when somebody was faster.
    None when there was nothing and nothing was typed.
    """
    entry = _judged(bendahara, draft, now)
    with transaction.atomic():
        case = lock_case(case_id)
        if Stage(case.stage) in FROZEN:
            raise Refusal("SUDAH_DITANDATANGANI", periode=case.period.label)
        standing = Lpj.objects.filter(case=case, bendahara=bendahara).select_related("author").first()
        before = _entry_of(standing)
        if entry == before:
            return standing
        _refuse_overtaken(standing, version, entry)
        lpj = _store(case, bendahara, standing, entry, actor, now)
        if case.stage == Stage.PERSETUJUAN_BAR:
            refresh(case)
        _note(case, bendahara, before.plain(), entry.plain(), actor, now)
    return lpj


def _store(
    case: Reconciliation,
    bendahara: Bendahara,
    standing: Lpj | None,
    entry: _Entry,
    actor: Actor,
    now: datetime,
) -> Lpj:
    lpj = standing or Lpj(case=case, bendahara=bendahara)
    lpj.amounts, lpj.number, lpj.dated = entry.amounts, entry.number, entry.dated
    lpj.version += 1
    lpj.author, lpj.written_at = actor.person, now
    lpj.save()
    return lpj


def _entry_of(standing: Lpj | None) -> _Entry:
    if standing is None:
        return _Entry({}, "", None)
    return _Entry(standing.amounts, standing.number, standing.dated)


def _refuse_overtaken(standing: Lpj | None, version: int, entry: _Entry) -> None:
    """Raise BERUBAH with both versions where another version stands than the one that was read."""
    if standing is None:
        stands, name = 0, "Pengguna lain"
    else:
        stands, name = standing.version, standing.author.name
    if version != stands:
        told = {"version": stands, **_entry_of(standing).plain()}
        raise Refusal("BERUBAH", siapa=name, extra={"stands": told, "yours": entry.plain()})


def _judged(bendahara: Bendahara, draft: Draft, now: datetime) -> _Entry:
    """The entry, every field judged; raises ISIAN naming all that are wrong."""
    errors: dict[str, str] = {}
    amounts = _amounts(lines_of(bendahara), draft.amounts, errors)
    number = inert(draft.number)
    if len(number) > LONGEST_NUMBER:
        errors["number"] = f"Nomor LPJ paling panjang {LONGEST_NUMBER} huruf; sekarang {len(number)}."
    dated = _dated(draft.dated.strip(), now.astimezone(WIB).date(), errors)
    if not amounts and not errors and (number or dated):
        errors["amounts"] = "Isi paling sedikit satu saldo, atau kosongkan juga nomor dan tanggalnya."
    if errors:
        raise field_refusal(**errors)
    return _Entry(amounts, number, dated)


def _amounts(lines: tuple[Line, ...], typed: Mapping[str, object], errors: dict[str, str]) -> dict[str, int]:
    amounts = {}
    for line in lines:
        try:
            amount = _amount(typed.get(line.code), line)
        except BadAmount as bad:
            errors[line.code] = FAULTS[bad.fault]
            continue
        if amount is not None:
            amounts[line.code] = amount
    for code in set(typed) - {line.code for line in lines}:
        errors[inert(code)[:40] or "amounts"] = "Baris ini tidak ada pada LPJ bendahara tersebut."
    return amounts


def _amount(typed: object, line: Line) -> int | None:
    if typed is None or isinstance(typed, str):
        return read_amount(typed or "", signed=line.signed)
    if isinstance(typed, int) and not isinstance(typed, bool):
        return check_amount(typed, signed=line.signed)
    raise BadAmount(Fault.PECAHAN if isinstance(typed, float) else Fault.BUKAN_ANGKA)


def _dated(text: str, today: date, errors: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        errors["date"] = "Tulis tanggal LPJ lengkap dan benar, misalnya 2026-10-05."
    elif not EARLIEST <= day <= today:
        errors["date"] = f"Tanggal LPJ antara {long_date(EARLIEST)} dan hari ini, {long_date(today)}."
    return day


def _note(
    case: Reconciliation,
    bendahara: Bendahara,
    before: dict[str, Any],
    after: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """Each field that changed, before and after."""
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    record(
        actor,
        at=now,
        action="ISI_LPJ",
        subject=f"kasus:{case.pk}",
        satker=case.satker_id,
        content={
            "bendahara": bendahara,
            "from": {key: before.get(key) for key in changed},
            "to": {key: after.get(key) for key in changed},
        },
    )

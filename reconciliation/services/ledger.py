"""The one writer of the treasury ledger: loads rows, raises versions, marks cases as stale."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import Satker
from audit.services import append
from reconciliation.lifecycle import BEFORE_DATA
from reconciliation.matching.sums import INT64_MAX
from reconciliation.models import LedgerRow, LedgerSent, LedgerState, Reconciliation
from reconciliation.queries import terpusat_rules


@dataclass(frozen=True)
class PostedRow:
    """One posted row of a KPPN's ledger as it comes in; `packed` is one LINES_DTYPE record as bytes."""

    satker: str
    year: int
    posted_on: date
    idtrn: str
    koreksi: str
    akun: str
    rphreal: int
    columns: dict[str, Any]
    packed: bytes


class IdtrnTakenError(Exception):
    """Some IDTRN of the rows already stand in this KPPN's ledger; `idtrns` names them."""

    def __init__(self, idtrns: tuple[str, ...]) -> None:
        super().__init__(f"{len(idtrns)} IDTRN already stand")
        self.idtrns = idtrns


class LedgerTooLargeError(Exception):
    """With these rows the ledgers of some satkers would be more than a run can add up; `satkers` names them."""

    def __init__(self, satkers: tuple[str, ...]) -> None:
        super().__init__(f"{len(satkers)} ledgers would leave int64")
        self.satkers = satkers


def load_rows(*, kppn: str, source: str, rows: Iterable[PostedRow], now: datetime) -> tuple[str, ...]:
    """Add the posted rows of one KPPN ADK to the ledger; whole or nothing, in the caller's transaction.

    Raises the version of every satker touched by one and marks its cases of the rows' years as stale.
    Returns the satkers touched. Raises IdtrnTakenError when an IDTRN stands already, and LedgerTooLargeError:
    the transaction is then rolled back.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("the ledger is loaded inside the intake's transaction")
    rows = list(rows)
    _refuse_taken(kppn, rows)
    versions = _raise_versions(rows, now)
    satkers = tuple(sorted(versions))
    stored = LedgerRow.objects.bulk_create(
        [
            LedgerRow(
                kppn=kppn,
                satker=row.satker,
                year=row.year,
                posted_on=row.posted_on,
                idtrn=row.idtrn,
                koreksi=row.koreksi,
                akun=row.akun,
                rphreal=row.rphreal,
                packed=row.packed,
                source=source,
                version_from=versions[row.satker],
            )
            for row in rows
        ],
        batch_size=500,
    )
    sent = zip(stored, rows, strict=True)
    LedgerSent.objects.bulk_create(
        [LedgerSent(row=one, columns=row.columns) for one, row in sent], batch_size=500
    )
    _mark_stale(rows)
    append(
        at=now,
        actor="sistem",
        action="MUAT_SIAP",
        subject=f"kppn:{kppn}",
        content={"sha256": source, "rows": len(rows), "satkers": len(satkers)},
    )
    return satkers


def _refuse_taken(kppn: str, rows: list[PostedRow]) -> None:
    wanted = [row.idtrn for row in rows]
    taken: list[str] = []
    for start in range(0, len(wanted), 500):
        standing = LedgerRow.objects.filter(
            kppn=kppn, version_to__isnull=True, idtrn__in=wanted[start : start + 500]
        )
        taken += standing.values_list("idtrn", flat=True)
    if taken:
        raise IdtrnTakenError(tuple(sorted(taken)))


def _raise_versions(rows: list[PostedRow], now: datetime) -> dict[str, int]:
    """The new version of every satker of the rows, whose amounts are added to its total."""
    added: dict[str, int] = defaultdict(int)
    for row in rows:
        added[row.satker] += abs(row.rphreal)
    # Every state is there before it is locked: two first loads of a satker wait for each other as well.
    LedgerState.objects.bulk_create(
        [LedgerState(satker=code, changed_at=now) for code in sorted(added)], ignore_conflicts=True
    )
    states = list(LedgerState.objects.select_for_update().filter(satker__in=added).order_by("satker"))
    for state in states:
        state.version += 1
        state.changed_at = now
        state.absolute_total += added[state.satker]
    if beyond := tuple(state.satker for state in states if state.absolute_total > INT64_MAX):
        raise LedgerTooLargeError(beyond)
    LedgerState.objects.bulk_create(
        states,
        update_conflicts=True,
        unique_fields=["satker"],
        update_fields=["version", "changed_at", "absolute_total"],
    )
    return {state.satker: state.version for state in states}


def _mark_stale(rows: list[PostedRow]) -> None:
    """A case is stale when a row of its year posted on or before its month's end changed."""
    earliest: dict[tuple[int, str], date] = {}
    central = _central_satkers(rows)
    for row in rows:
        for satker in (row.satker, *central(row)):
            key = (row.year, satker)
            earliest[key] = min(earliest.get(key, row.posted_on), row.posted_on)
    months: dict[tuple[int, int], list[str]] = defaultdict(list)
    for (year, satker), posted in earliest.items():
        months[year, 1 if posted.year < year else posted.month if posted.year == year else 13].append(satker)
    for (year, month), satkers in months.items():
        cases = Reconciliation.objects.filter(period__year=year, period__month__gte=month, satker__in=satkers)
        cases.filter(~Q(stage__in=BEFORE_DATA)).update(stale=True)


def _central_satkers(rows: list[PostedRow]) -> Callable[[PostedRow], tuple[str, ...]]:
    """Which central cases (Rekonsiliasi Terpusat) a row also counts in, by its satker's registration."""
    rules = terpusat_rules()
    if not rules:
        return lambda row: ()
    codes = {row.satker for row in rows}
    found = Satker.objects.filter(code__in=codes).values_list("code", "ba", "eselon_satu__code")
    unit = {code: (ba, es1) for code, ba, es1 in found}
    return lambda row: tuple(
        rule.satker_pusat
        for rule in rules
        if unit.get(row.satker) == (rule.ba, rule.es1) and rule.bounds[0] <= row.akun <= rule.bounds[1]
    )

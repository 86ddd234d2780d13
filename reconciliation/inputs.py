"""What a run reads: the case's registration, the rules in force, and the ledger at its versions.

The versions are read before the rows and the rows at those versions, so that the same inputs give the same
rows at any later time, whatever was loaded since.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from django.db.models import Max, Min, Q, QuerySet

from accounts.models import Satker
from erekon.lib.prepared import Prepared, Slot
from reconciliation.matching.classify import Case
from reconciliation.matching.columns import as_number, as_text, numbers
from reconciliation.matching.lines import LINES_DTYPE, Lines, empty_lines
from reconciliation.matching.rules import packed_rule
from reconciliation.matching.terpusat import TerpusatRule
from reconciliation.models import LedgerRow, LedgerState, MatchRun, Period, RunInputs
from reconciliation.models.ledger import LedgerRowQuerySet
from reconciliation.queries import terpusat_rules

Versions = dict[str, int]
Packed: TypeAlias = "bytes | memoryview[int]"  # one record of LINES_DTYPE, as the database gives it
_AT_ONCE = 500  # satkers named in one query


def _own_rows(*order: str) -> Prepared[Packed]:
    return Prepared(
        lambda: (
            LedgerRow.objects.filter(**_POSTED)
            .standing_at(Slot("version"))
            .order_by(*order)
            .values_list("packed", flat=True)
        )
    )


_POSTED = {
    "satker": Slot("satker"),
    "year": Slot("year"),
    "posted_on__lte": Slot("until"),
    "posted_on__gt": Slot("after"),
}
_DAYS: Prepared[tuple[int, int]] = Prepared(
    lambda: (
        LedgerRow.objects.filter(**_POSTED)
        .values("posted_on")
        .annotate(first=Min("id"), last=Max("id"))
        .order_by("posted_on")
        .values_list("first", "last")
    )
)
_BY_DAY, _BY_ARRIVAL = (_own_rows("posted_on", "id"), _own_rows("id"))
_STATE = Prepared(lambda: LedgerState.objects.filter(satker=Slot("satker")))


@dataclass(frozen=True)
class Inputs:
    """Everything but the rows; `central` are the ledger versions by BA+ES1 and satker of a central case."""

    satker: str
    baes1: str
    kppn: str
    year: int
    month: int
    rules: tuple[TerpusatRule, ...]
    version: int
    central: dict[str, Versions]

    @property
    def case(self) -> Case:
        """What the matcher compares."""
        return Case(self.year, self.month, self.satker, self.rules, self.baes1)


def present_inputs(satker: Satker, period: Period) -> tuple[Inputs, datetime | None]:
    """The inputs of a run that begins now, and when the newest of its treasury rows came."""
    baes1 = satker.ba_id + satker.es1
    rules = tuple(
        rule
        for rule in terpusat_rules()
        if rule.in_force(period.last_day) and (rule.satker_pusat == satker.code or rule.unit == baes1)
    )
    states = _STATE.all(satker=satker.code)
    central = {}
    for unit in sorted({rule.unit for rule in rules if rule.satker_pusat == satker.code}):
        found = list(_states_of(unit, but=satker.code))
        central[unit] = {state.satker: state.version for state in found}
        states += found
    own = next((state.version for state in states if state.satker == satker.code), 0)
    inputs = Inputs(satker.code, baes1, satker.kppn_id, period.year, period.month, rules, own, central)
    return inputs, max((state.changed_at for state in states), default=None)


def _states_of(unit: str, *, but: str) -> QuerySet[LedgerState]:
    others = Satker.objects.filter(ba=unit[:3], eselon_satu__code=unit[3:]).exclude(pk=but)
    return LedgerState.objects.filter(satker__in=others.values("code")).order_by("satker")


def siap_lines(inputs: Inputs) -> Lines:
    """Every SiAP row of the case at its versions; a central case has those of the other satkers as well."""
    return _rows(inputs, until=inputs.case.last_day)


def ahead_lines(inputs: Inputs) -> Lines:
    """The SiAP rows posted in the month after: hints may look at them, no sum has them."""
    case = inputs.case
    return _rows(inputs, until=case.last_day_after, after=case.last_day)


def _rows(inputs: Inputs, *, until: date, after: date | None = None) -> Lines:
    own = _own(inputs.satker, inputs.year, inputs.version, until=until, after=after)
    if not inputs.central:
        return own
    content = bytearray()
    for some in _central(inputs, until, after):
        content += b"".join(some)
    return np.concatenate([own, _as_lines(content)])


def _central(inputs: Inputs, until: date, after: date | None) -> Iterator[Iterator[Packed]]:
    """The rows of the other satkers of a central case, by their accounts."""
    for unit, versions in inputs.central.items():
        accounts = Q()
        for rule in inputs.rules:
            if rule.satker_pusat == inputs.satker and rule.unit == unit:
                accounts |= Q(akun__range=rule.bounds)
        codes = sorted(versions)
        for start in range(0, len(codes), _AT_ONCE):
            some = codes[start : start + _AT_ONCE]
            rows = _posted(inputs.year, until, after).filter(accounts, satker__in=some)
            found = rows.values_list("satker", "version_from", "version_to", "packed").iterator()
            yield (
                packed
                for code, begun, ended, packed in found
                if begun <= versions[code] and (ended is None or ended > versions[code])
            )


def _own(satker: str, year: int, version: int, *, until: date, after: date | None = None) -> Lines:
    """The rows of one satker in the order they arrived.

    Nearly always that is the order of their days, in which the index has them: to sort the rows themselves takes the
    database as long as reading them.
    """
    chosen = {"satker": satker, "year": year, "until": until, "after": after or date.min}
    days = _DAYS.all(**chosen)
    alike = all(last < first for (_, last), (first, _) in pairwise(days))
    content = bytearray()
    for some in (_BY_DAY if alike else _BY_ARRIVAL).in_batches(**chosen, version=version):
        content += b"".join(some)
    return _as_lines(content)


def _posted(year: int, until: date, after: date | None) -> LedgerRowQuerySet:
    rows = LedgerRow.objects.filter(year=year, posted_on__lte=until).order_by("id")
    return rows if after is None else rows.filter(posted_on__gt=after)


def _as_lines(content: bytearray) -> Lines:
    return np.frombuffer(content, dtype=LINES_DTYPE) if content else empty_lines()


def through_others(lines: Lines, inputs: Inputs) -> list[tuple[str, int, int]]:
    """The satker's own rows through a KPPN other than its own: how many and rupiah as booked, by KPPN."""
    kppn, satkers = numbers(lines, "kdkppn"), numbers(lines, "kdsatker")
    mine = satkers == as_number(inputs.satker.encode("cp1252"), 6)
    mine &= (kppn != 0) & (kppn != as_number(inputs.kppn.encode("cp1252"), 3))
    rows = np.flatnonzero(mine)
    codes, place, counts = np.unique(kppn[rows], return_inverse=True, return_counts=True)
    sums = np.zeros(codes.size, dtype=np.int64)
    np.add.at(sums, place, lines["rphreal"][rows])
    texts = [code.decode("cp1252") for code in as_text(codes, 3).tolist()]
    return list(zip(texts, counts.tolist(), sums.tolist(), strict=True))


def facts_of_inputs(inputs: Inputs) -> dict[str, Any]:
    """The inputs as JSON."""
    return {**asdict(inputs), "rules": [packed_rule(rule) for rule in inputs.rules]}


def inputs_of_facts(facts: dict[str, Any]) -> Inputs:
    """The inputs back from JSON."""
    return Inputs(**{**facts, "rules": tuple(_rule(row) for row in facts["rules"])})


def _rule(row: list[str]) -> TerpusatRule:
    *texts, begins, ends = row
    days = [date.fromisoformat(day) if day else None for day in (begins, ends)]
    return TerpusatRule(*texts, *days)  # type: ignore[arg-type]


def inputs_of_run(run: MatchRun) -> Inputs:
    """What the run read; a run from before inputs were kept gets the present ones."""
    kept = RunInputs.objects.filter(run=run).first()
    if kept is None:
        return present_inputs(run.case.satker, run.case.period)[0]
    return inputs_of_facts(kept.facts)

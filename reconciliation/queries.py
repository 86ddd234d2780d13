"""Reads of the spine that several places share."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import QuerySet

from accounts.models import Satker
from reconciliation.matching.lines import LINES_DTYPE, Lines, empty_lines
from reconciliation.matching.terpusat import TerpusatRule
from reconciliation.models import (
    Akun,
    CoaRow,
    Explanation,
    LedgerRow,
    LedgerState,
    MatchRun,
    Period,
    Reconciliation,
    Terpusat,
)
from reconciliation.models.explanation import Decision


@dataclass(frozen=True)
class Difference:
    """One (element, akun) that must be explained: its amounts in whole rupiah, and how many CoA lines differ."""

    element: str
    akun: str
    siap: int
    sai: int
    lines: int

    @property
    def amount(self) -> int:
        """SiAP − SAI."""
        return self.siap - self.sai


def periods_of(year: int | None = None) -> QuerySet[Period]:
    """The scheduled periods of one year or of all, newest first; months without a letter are left out."""
    scheduled = Period.objects.filter(opens_at__isnull=False)
    return scheduled if year is None else scheduled.filter(year=year)


def differences_of(run: MatchRun | None) -> tuple[Difference, ...]:
    """Every (element, akun) of a run with a differing CoA line, in BAR order."""
    if run is None:
        return ()
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    rows = (
        CoaRow.objects.filter(run=run, different=True)
        .order_by("id")
        .values_list("element", "akun", "siap", "sai")
    )
    for element, akun, siap, sai in rows:
        entry = sums[element, akun]
        entry[0] += siap
        entry[1] += sai
        entry[2] += 1
    return tuple(Difference(element, akun, *entry) for (element, akun), entry in sums.items())


def account_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of these accounts; what the reference does not know is left out."""
    return dict(Akun.objects.filter(code__in=list(codes)).values_list("code", "name"))


COUNTING = (Decision.DITULIS, Decision.DITERIMA)


def explanations_of(case: Reconciliation) -> dict[tuple[str, str], Explanation]:
    """The explanations of a case by (element, akun), lapsed ones included."""
    return {
        (row.element, row.akun): row
        for row in Explanation.objects.filter(case=case).select_related("author", "judge")
    }


def unexplained_of(
    differences: tuple[Difference, ...], explanations: dict[tuple[str, str], Explanation]
) -> tuple[Difference, ...]:
    """The differences for which no explanation stands: none written, refused, or lapsed."""
    return tuple(
        item
        for item in differences
        if (row := explanations.get((item.element, item.akun))) is None or row.decision not in COUNTING
    )


def undecided_of(
    differences: tuple[Difference, ...], explanations: dict[tuple[str, str], Explanation]
) -> tuple[Difference, ...]:
    """The differences that hinder approval: not explained and accepted."""
    return tuple(
        item
        for item in differences
        if (row := explanations.get((item.element, item.akun))) is None or row.decision != Decision.DITERIMA
    )


def terpusat_rules() -> tuple[TerpusatRule, ...]:
    """The rules of Rekonsiliasi Terpusat as the matcher takes them."""
    return tuple(
        TerpusatRule(
            row.ba,
            row.es1,
            row.satker_pusat,
            row.akun_from,
            row.akun_to,
            row.counterpart,
            row.valid_from,
            row.valid_to,
        )
        for row in Terpusat.objects.order_by("id")
    )


def ledger_version(satker: str) -> int:
    """The present version of a satker's treasury ledger; 0 when nothing was ever loaded."""
    return LedgerState.objects.filter(satker=satker).values_list("version", flat=True).first() or 0


def ledger_lines(
    satker: Satker, year: int, until: date, rules: tuple[TerpusatRule, ...], *, after: date | None = None
) -> Lines:
    """The SiAP rows of a satker that hold now: its year, posted up to and including `until`, any KPPN.

    For the satker of a terpusat rule also the rows of every satker of that BA+ES1 on the rule's accounts.
    With `after` only the rows posted later than that day.
    """
    rows = LedgerRow.objects.filter(year=year, posted_on__lte=until, version_to__isnull=True).order_by("id")
    if after is not None:
        rows = rows.filter(posted_on__gt=after)
    packed = list(rows.filter(satker=satker.code).values_list("packed", flat=True))
    for rule in rules:
        if rule.satker_pusat != satker.code:
            continue
        others = Satker.objects.filter(ba=rule.ba, eselon_satu__code=rule.es1).exclude(pk=satker.code)
        packed += rows.filter(satker__in=others.values("code"), akun__range=rule.bounds).values_list(
            "packed", flat=True
        )
    if not packed:
        return empty_lines()
    return np.frombuffer(b"".join(packed), dtype=LINES_DTYPE)

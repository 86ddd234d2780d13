"""Reads of the spine that several places share."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet

from accounts.models import User
from erekon.lib.prepared import Prepared, Slot
from reconciliation.matching.accounts import AccountSums
from reconciliation.matching.terpusat import TerpusatRule
from reconciliation.models import (
    Akun,
    ElementResult,
    Evidence,
    Explanation,
    ExplanationDraft,
    ExplanationMessage,
    MatchRun,
    Period,
    Reconciliation,
    Terpusat,
)
from reconciliation.models.explanation import Decision

_DIFFERING = Prepared(
    lambda: (
        ElementResult.objects.filter(run=Slot("run"), coa_different__gt=0)
        .order_by("position")
        .values_list("code", "accounts")
    )
)
_EXPLANATIONS = Prepared(
    lambda: Explanation.objects.filter(case=Slot("case")).select_related("author", "judge")
)
_EVIDENCE = Prepared(
    lambda: Evidence.objects.filter(case=Slot("case"), removed_at__isnull=True).select_related("added_by")
)
_TERPUSAT = Prepared(lambda: Terpusat.objects.order_by("id"))


@dataclass(frozen=True)
class Difference:
    """One (element, akun) that must be explained: its amounts in whole rupiah, and how many CoA lines differ.

    `gap` is the absolute rupiah of those lines: more than the amount where lines offset each other.
    """

    element: str
    akun: str
    siap: int
    sai: int
    lines: int
    gap: int

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
    return tuple(
        Difference(element, one.akun, one.siap_different, one.sai_different, one.lines, one.gap)
        for element, accounts in _DIFFERING.all(run=run)
        for one in map(AccountSums._make, accounts)
        if one.lines
    )


_MOST_NAMES, _NAMES_STEP = 320, 16


def account_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of these accounts; what the reference does not know is left out."""
    asked = sorted(set(codes))
    if not asked:
        return {}
    if len(asked) > _MOST_NAMES:
        return dict(Akun.objects.filter(code__in=asked).values_list("code", "name"))
    asked += asked[-1:] * (-len(asked) % _NAMES_STEP)
    return dict(_names(len(asked)).all(**{f"code{place}": code for place, code in enumerate(asked)}))


@cache
def _names(count: int) -> Prepared[tuple[str, str]]:
    """Names of so many accounts: one query for each multiple of a few."""
    places = [Slot(f"code{place}") for place in range(count)]
    return Prepared(lambda: Akun.objects.filter(code__in=places).values_list("code", "name"))


COUNTING = (Decision.DITULIS, Decision.DITERIMA)


def explanations_of(case: Reconciliation) -> dict[tuple[str, str], Explanation]:
    """The explanations of a case by (element, akun), lapsed ones included."""
    return {(row.element, row.akun): row for row in _EXPLANATIONS.all(case=case)}


def evidence_of(case: Reconciliation) -> dict[tuple[str, str], list[Evidence]]:
    """The files that stand of a case by (element, akun), oldest first."""
    found: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for row in _EVIDENCE.all(case=case):
        found[row.element, row.akun].append(row)
    return dict(found)


def messages_of(case: Reconciliation) -> dict[tuple[str, str], list[ExplanationMessage]]:
    """The threads of a case by (element, akun), oldest line first."""
    found: dict[tuple[str, str], list[ExplanationMessage]] = defaultdict(list)
    for row in ExplanationMessage.objects.filter(case=case):
        found[row.element, row.akun].append(row)
    return dict(found)


def drafts_of(case: Reconciliation, author: User) -> dict[tuple[str, str], ExplanationDraft]:
    """What this person has typed about a case and not sent, by (element, akun)."""
    mine = ExplanationDraft.objects.filter(case=case, author=author)
    return {(row.element, row.akun): row for row in mine}


def seen_mark(explanation: Explanation, evidence: list[Evidence]) -> str:
    """What tells whether words and files are still those that somebody saw: version, then the files' ids."""
    return "-".join(str(number) for number in (explanation.version, *(row.pk for row in evidence)))


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
        for row in _TERPUSAT.all()
    )

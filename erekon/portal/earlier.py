"""The result of an earlier upload of a case, and what became of its differences."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from erekon.lib.leases import RunState
from erekon.lib.refusals import Refusal
from erekon.portal.documents import Amounts, DocumentKey, Documents
from erekon.portal.trends import AGREED, Standing, Trend, trend_of
from reconciliation.models import ElementResult, MatchRun, Reconciliation
from reconciliation.models.run import RunStep
from reconciliation.queries import Difference, differences_of

NO_COMPARISON = "0"
# Beyond so many differing documents the page leaves the list of repaired ones to the comparison of uploads.
MOST_DOCUMENTS = 5000


def earlier_runs(case: Reconciliation) -> list[MatchRun]:
    """The last published run of each upload before the one that stands, newest upload first."""
    if case.submission is None:
        return []
    runs = MatchRun.objects.filter(
        case=case,
        state=RunState.DONE,
        step=RunStep.PUBLISH,
        submission__number__lt=case.submission.number,
    ).select_related("submission")
    latest = {run.submission.number: run for run in runs.order_by("number")}
    return [latest[number] for number in sorted(latest, reverse=True)]


def chosen_run(runs: list[MatchRun], asked: str) -> MatchRun | None:
    """The run of the upload with this number; the newest when nothing is asked, none for "0".

    Raises TIDAK_DITEMUKAN for an upload that has no result to compare with.
    """
    if asked == NO_COMPARISON or (not asked and not runs):
        return None
    found = runs[0] if not asked else next((run for run in runs if str(run.submission.number) == asked), None)
    if found is None:
        raise Refusal("TIDAK_DITEMUKAN")
    return found


@dataclass(frozen=True)
class Before:
    """An earlier run whose differences are set beside the present ones."""

    run: MatchRun

    @cached_property
    def elements(self) -> dict[str, ElementResult]:
        """The earlier elements by code."""
        return {row.code: row for row in ElementResult.objects.filter(run=self.run)}

    @cached_property
    def differences(self) -> dict[tuple[str, str], Difference]:
        """The earlier differences by (element, akun)."""
        return {(item.element, item.akun): item for item in differences_of(self.run)}

    def of_element(self, now: ElementResult) -> tuple[int, Trend]:
        """The element's earlier difference, and its trend."""
        before = self.elements.get(now.code)
        standing = Standing(before.difference, before.gap, before.equal) if before else AGREED
        return standing.difference, trend_of(standing, Standing(now.difference, now.gap, now.equal))

    def of_account(self, element: str, akun: str, now: Difference | None) -> tuple[int, Trend]:
        """The account's earlier difference, and its trend."""
        standing = _standing(self.differences.get((element, akun)))
        return standing.difference, trend_of(standing, _standing(now))

    def summary(self, now: Iterable[Difference]) -> Counter[Trend]:
        """How many differences (element, akun) went which way."""
        present = {(item.element, item.akun): item for item in now}
        return Counter(self.of_account(*key, present.get(key))[1] for key in {*present, *self.differences})


def _standing(item: Difference | None) -> Standing:
    return Standing(item.amount, item.gap, equal=False) if item else AGREED


def document_trend(before: Amounts | None, now: Amounts) -> Trend:
    """The trend of one document, a missing one being equal on both sides."""
    older, newer = (_of_amounts(one) for one in (before or Amounts(0, 0), now))
    return trend_of(older, newer)


def _of_amounts(amounts: Amounts) -> Standing:
    apart = amounts.siap - amounts.sai
    return Standing(apart, abs(apart), equal=not apart)


def repaired(before: Documents, now: Documents) -> list[DocumentKey] | None:
    """The documents that differed and no longer do; None where there are too many to list."""
    if max(len(before.differing), len(now.differing)) > MOST_DOCUMENTS:
        return None
    still = {now.key(place) for place in now.differing.tolist()}
    return [key for key in map(before.key, before.differing.tolist()) if key not in still]


def earlier_amounts(
    before: Documents, now: Documents, places: Iterable[int]
) -> Mapping[DocumentKey, Amounts]:
    """What the earlier run had of the documents at these places."""
    return before.found(now.element.detail[place]["nodok"] for place in places)

"""From an element to its CoA lines and accounts: reads of stored results. Documents: see `documents`."""

from django.db.models import Count, Q, QuerySet, Sum

from reconciliation.lifecycle import HAS_DOCUMENTS, Stage
from reconciliation.models import CoaRow, MatchRun, Reconciliation


def coa_rows(case: Reconciliation, element: str) -> QuerySet[CoaRow]:
    """The CoA lines of one element of a case whose results stand; none otherwise."""
    if Stage(case.stage) not in HAS_DOCUMENTS or case.run is None:
        return CoaRow.objects.none()
    return coa_rows_of(case.run, element)


def coa_rows_of(run: MatchRun, element: str) -> QuerySet[CoaRow]:
    """The CoA lines of one element of a run."""
    return CoaRow.objects.filter(run=run, element=element)


def account_sums(run: MatchRun | None, element: str) -> dict[str, tuple[int, int, int]]:
    """SiAP, SAI (whole rupiah) and the number of differing CoA lines of each account of an element."""
    # A side's sum of absolute amounts fits an integer of 64 bits, so each side may be summed in SQL.
    sums = (
        CoaRow.objects.filter(run=run, element=element)
        .order_by("akun")
        .values_list("akun")
        .annotate(siap=Sum("siap"), sai=Sum("sai"), lines=Count("pk", filter=Q(different=True)))
    )
    return {akun: (siap, sai, different) for akun, siap, sai, different in sums}

"""Stored results changed as nobody should."""

from reconciliation.matching.accounts import AccountSums
from reconciliation.models import MatchRun


def with_account(run: MatchRun, element: str, akun: str, figure: str, amount: int) -> None:
    """Give one figure of an account of a stored element another amount."""
    row = run.elements.get(code=element)
    sums = {one.akun: one for one in map(AccountSums._make, row.accounts)}
    sums[akun] = sums[akun]._replace(**{figure: amount})
    row.accounts = list(map(list, sums.values()))
    row.save(update_fields=["accounts"])

"""Compare a satker's books with the treasury's: NumPy, whole rupiah, no tolerance."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reconciliation.matching.classify import SALDO_AWAL, Case, Classified, classify
from reconciliation.matching.columns import Amounts, Numbers, as_text
from reconciliation.matching.detail import Postings, Sides, detail_lines
from reconciliation.matching.elements import CASH_LINES, ELEMENTS
from reconciliation.matching.entries import (
    BUDGET,
    Entries,
    coa_lines,
    drop_incomplete_sdcp,
    element_of,
    entries_of,
)
from reconciliation.matching.grouping import Groups, group
from reconciliation.matching.lines import LINES_DTYPE, OPENING_DTYPE, Lines, empty_opening
from reconciliation.matching.outcome import (
    EQUAL,
    CashLine,
    ElementOutcome,
    Outcome,
    Outside,
    OutsideAccount,
)
from reconciliation.matching.sums import check_total, count, statuses
from reconciliation.matching.terpusat import TerpusatRule


def compare(
    siap: Lines,
    sai: Lines,
    opening: Lines,
    *,
    year: int,
    month: int,
    satker: str,
    terpusat: Sequence[TerpusatRule] = (),
    baes1: str = "",
) -> Outcome:
    """Compare the case of `satker` at the end of `month` of `year`.

    `siap` and `sai` are LINES_DTYPE, `opening` (T_SAWAL) is OPENING_DTYPE; SiAP rows of the year, SAI rows
    of the cumulative file. Rows of later months, unposted rows and rows of other satkers are left out,
    except the SiAP receipts that `terpusat` (rules in force on the month's last day count) brings into the
    case of the central satker: the caller gives only rows of satkers registered under the rules' BA+ES1.
    `baes1` is the satker's own BA+ES1 by registration; blank reads each row's KDBAES1.

    Raises AmountTooLargeError when a side's absolute values together leave int64.
    """
    siap, sai = (np.ascontiguousarray(side, dtype=LINES_DTYPE) for side in (siap, sai))
    opening = np.ascontiguousarray(opening, dtype=OPENING_DTYPE)
    check_total(siap["rphreal"])
    check_total(sai["rphreal"], opening["saldo"])
    case = Case(year, month, satker, tuple(terpusat), baes1)
    found_siap, found_sai = classify(siap, case, siap=True), classify(sai, case, siap=False)
    pair = (entries_of(siap, found_siap, empty_opening()), entries_of(sai, found_sai, opening))
    elements = _elements(pair, (siap, sai))
    return Outcome(
        elements=elements,
        outside=_outside((siap, found_siap), (sai, found_sai)),
        verdict="SAMA" if all(element.equal for element in elements) else "BEDA",
    )


def _elements(pair: tuple[Entries, Entries], sides: Sides) -> tuple[ElementOutcome, ...]:
    first = pair[0].row.size
    both = _joined(pair)
    drop_incomplete_sdcp(both.words, both.element)
    groups = group(both.words)
    heads = [word[groups.first] for word in both.words]
    coa = _coa(heads, groups, both.amount, first)
    detail = detail_lines(_postings(both, groups, first), sides, coa.size)
    cash = _cash_sums(both, first)
    # Groups and Detail stand in the order of the elements: each element is a slice of both.
    coa_at = np.searchsorted(element_of(heads[0]), np.arange(len(ELEMENTS) + 1)).tolist()
    detail_at = np.searchsorted(detail["coa"], coa_at).tolist()
    outcomes = []
    for number in range(len(ELEMENTS)):
        start = coa_at[number]
        documents = detail[detail_at[number] : detail_at[number + 1]].copy()
        documents["coa"] -= start
        outcomes.append(_element(number, coa[start : coa_at[number + 1]].copy(), documents, cash[number]))
    return tuple(outcomes)


def _joined(pair: tuple[Entries, Entries]) -> Entries:
    first, second = pair
    return Entries(
        row=np.concatenate([first.row, second.row]),
        element=np.concatenate([first.element, second.element]),
        amount=np.concatenate([first.amount, second.amount]),
        line=np.concatenate([first.line, second.line]),
        words=tuple(np.concatenate(words) for words in zip(first.words, second.words, strict=True)),
    )


def _coa(heads: list[Numbers], groups: Groups, amount: Amounts, first: int) -> Lines:
    """The CoA lines with sums and statuses; `first` entries are SiAP's."""
    coa = coa_lines(heads)
    there = []
    for name, side in (("siap", slice(None, first)), ("sai", slice(first, None))):
        sums = np.zeros(coa.shape, dtype=np.int64)
        np.add.at(sums, groups.code[side], amount[side])
        coa[name] = sums
        there.append(np.bincount(groups.code[side], minlength=coa.size) > 0)
    coa["status"] = statuses(coa["siap"], coa["sai"], *there)
    return coa


def _postings(both: Entries, groups: Groups, first: int) -> Postings:
    """What takes part in Detail: everything but saldo awal."""
    judged = both.line != SALDO_AWAL
    return Postings(
        coa=groups.code[judged],
        row=both.row[judged],
        amount=both.amount[judged],
        siap=int(np.count_nonzero(judged[:first])),
    )


def _cash_sums(both: Entries, first: int) -> npt.NDArray[np.int64]:
    """Rupiah by element, cash line and side."""
    sums = np.zeros((len(ELEMENTS), len(CASH_LINES), 2), dtype=np.int64)
    entries = np.flatnonzero(both.line != BUDGET)
    side = (entries >= first).astype(np.intp)
    np.add.at(sums, (both.element[entries], both.line[entries], side), both.amount[entries])
    return sums


def _element(number: int, coa: Lines, detail: Lines, cash: npt.NDArray[np.int64]) -> ElementOutcome:
    siap, sai = int(coa["siap"].sum()), int(coa["sai"].sum())
    different = np.unique(coa["akun"][coa["status"] != EQUAL])
    return ElementOutcome(
        code=ELEMENTS[number].code,
        applicable=bool(coa.size),
        siap=siap,
        sai=sai,
        rupiah_equal=siap == sai,
        coa_equal=not different.size,
        coa_counts=count(coa["status"]),
        detail_counts=count(detail["status"]),
        coa=coa,
        detail=detail,
        cash=_cash_lines(cash) if ELEMENTS[number].cash else None,
        akun_different=tuple(akun.decode("cp1252") for akun in different.tolist()),
    )


def _cash_lines(sums: npt.NDArray[np.int64]) -> tuple[CashLine, ...]:
    return tuple(
        CashLine(suffix, *amounts) for (suffix, _), amounts in zip(CASH_LINES, sums.tolist(), strict=True)
    )


def _outside(*sides: tuple[Lines, Classified]) -> Outside:
    akun = np.concatenate([found.akun[found.outside] for _, found in sides])
    accounts, code = np.unique(akun, return_inverse=True)
    sums = np.zeros((accounts.size, 4), dtype=np.int64)
    start = 0
    for column, (lines, found) in zip((0, 2), sides, strict=True):
        amounts = lines["rphreal"][found.outside]
        mine = code[start : start + amounts.size]
        np.add.at(sums[:, column], mine, 1)
        np.add.at(sums[:, column + 1], mine, amounts)
        start += amounts.size
    texts = [text.decode("cp1252") for text in as_text(accounts, 6).tolist()]
    siap_rows, siap_total, sai_rows, sai_total = sums.sum(axis=0).tolist()
    return Outside(
        siap_rows,
        siap_total,
        sai_rows,
        sai_total,
        accounts=tuple(OutsideAccount(text, *row) for text, row in zip(texts, sums.tolist(), strict=True)),
    )

"""Compare a satker's books with the treasury's: NumPy, whole rupiah, no tolerance."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reconciliation.matching.classify import SALDO_AWAL, Case
from reconciliation.matching.columns import Amounts, Rows, as_text
from reconciliation.matching.detail import Postings, Sides, detail_lines
from reconciliation.matching.elements import CASH_LINES, ELEMENTS
from reconciliation.matching.entries import (
    BUDGET,
    Entries,
    Side,
    Words,
    coa_lines,
    drop_incomplete_sdcp,
    element_of,
    side_of,
)
from reconciliation.matching.freeing import trim
from reconciliation.matching.grouping import group
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

GIANT = 200_000  # postings of both sides, from which on memory counts


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
    read = [side_of(siap, empty_opening(), case, siap=True), side_of(sai, opening, case, siap=False)]
    outside = _outside(*read)
    elements = _elements(read, (siap, sai))
    return Outcome(
        elements=elements,
        outside=outside,
        verdict="SAMA" if all(element.equal for element in elements) else "BEDA",
    )


def _elements(read: list[Side], sides: Sides) -> tuple[ElementOutcome, ...]:
    """The elements in BAR order. The sides as read are let go, out of `read`, before the documents are laid together."""
    coa, element, postings, cash = _summed(*read)
    read.clear()
    if postings.row.size > GIANT:
        trim()
    detail = detail_lines(postings, sides, coa.size)
    # CoA lines and Detail stand in the order of the elements: each element is a slice of both.
    coa_at = np.searchsorted(element, np.arange(len(ELEMENTS) + 1)).tolist()
    detail_at = np.searchsorted(detail["coa"], coa_at).tolist()
    outcomes = []
    for number in range(len(ELEMENTS)):
        start = coa_at[number]
        documents = detail[detail_at[number] : detail_at[number + 1]]
        documents["coa"] -= start
        outcomes.append(_element(number, coa[start : coa_at[number + 1]], documents, cash[number]))
    return tuple(outcomes)


def _summed(siap: Side, sai: Side) -> tuple[Lines, npt.NDArray[np.int64], Postings, npt.NDArray[np.int64]]:
    """The CoA lines, the element of each, what takes part in Detail, and the cash lines of each element."""
    words = tuple(np.concatenate(pair) for pair in zip(siap.words, sai.words, strict=True))
    drop_incomplete_sdcp(words)
    groups = group(words)
    keys = tuple(word[groups.first] for word in words)
    element = element_of(keys[0])
    first = siap.words[0].size
    codes = (groups.code[siap.entries.key], groups.code[first:][sai.entries.key])
    coa = _coa(keys, codes, (siap.entries.amount, sai.entries.amount))
    cash = _cash_sums(element, codes, (siap.entries, sai.entries))
    postings = _postings(codes, (siap.entries, sai.entries))
    return coa, element, postings, cash


def _coa(keys: Words, codes: tuple[Rows, Rows], amounts: tuple[Amounts, Amounts]) -> Lines:
    """The CoA lines with sums and statuses."""
    coa = coa_lines(keys)
    there = []
    for name, code, amount in zip(("siap", "sai"), codes, amounts, strict=True):
        sums = np.zeros(coa.shape, dtype=np.int64)
        np.add.at(sums, code, amount)
        coa[name] = sums
        present = np.zeros(coa.shape, dtype=np.bool_)
        present[code] = True
        there.append(present)
    coa["status"] = statuses(coa["siap"], coa["sai"], *there)
    return coa


def _postings(codes: tuple[Rows, Rows], pair: tuple[Entries, Entries]) -> Postings:
    """What takes part in Detail: everything but saldo awal."""
    judged = [entries.line != SALDO_AWAL for entries in pair]
    chosen = [
        (code[mine].astype(np.int32), entries.row[mine], entries.amount[mine], entries.document[mine])
        for code, entries, mine in zip(codes, pair, judged, strict=True)
    ]
    coa, row, amount, document = (np.concatenate(both) for both in zip(*chosen, strict=True))
    return Postings(coa, row, amount, document, siap=int(np.count_nonzero(judged[0])))


def _cash_sums(
    element: npt.NDArray[np.int64], codes: tuple[Rows, Rows], pair: tuple[Entries, Entries]
) -> npt.NDArray[np.int64]:
    """Rupiah by element, cash line and side."""
    sums = np.zeros((len(ELEMENTS), len(CASH_LINES), len(pair)), dtype=np.int64)
    for side, (code, entries) in enumerate(zip(codes, pair, strict=True)):
        cash = np.flatnonzero(entries.line != BUDGET)
        np.add.at(sums[:, :, side], (element[code[cash]], entries.line[cash]), entries.amount[cash])
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


def _outside(*sides: Side) -> Outside:
    accounts, code = np.unique(np.concatenate([side.outside_akun for side in sides]), return_inverse=True)
    sums = np.zeros((accounts.size, 4), dtype=np.int64)
    start = 0
    for column, side in zip((0, 2), sides, strict=True):
        mine = code[start : start + side.outside_akun.size]
        np.add.at(sums[:, column], mine, 1)
        np.add.at(sums[:, column + 1], mine, side.outside_amount)
        start += mine.size
    texts = [text.decode("cp1252") for text in as_text(accounts, 6).tolist()]
    siap_rows, siap_total, sai_rows, sai_total = sums.sum(axis=0).tolist()
    return Outside(
        siap_rows,
        siap_total,
        sai_rows,
        sai_total,
        accounts=tuple(OutsideAccount(text, *row) for text, row in zip(texts, sums.tolist(), strict=True)),
    )

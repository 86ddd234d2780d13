"""What a BAR says of the treasurers' LPJs: the facts, and the strings frozen with its content."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from erekon.lib.rupiah import format_rupiah
from reconciliation.lpj.report import Report, State
from reconciliation.lpj.sentences import MARKS, OVERDRAWN, cash_check, conclusion

HEADING = "Pencocokan UAKPA dengan Bendahara"
INTRODUCTION = (
    "Saldo menurut LPJ bendahara dibandingkan dengan akun kas pada Neraca Percobaan satker (SAI); "
    "selisih = LPJ \u2212 Neraca Percobaan. Perbandingan ini dicatat dan tidak mengubah hasil rekonsiliasi."
)
_BELOW_ZERO = {"sama": False, "keterangan": OVERDRAWN}


@dataclass(frozen=True, slots=True)
class LpjFacts:
    """One LPJ: what it is called, with its number and date, and its comparison."""

    title: str
    report: Report


def lpj_content(lpjs: tuple[LpjFacts, ...]) -> dict[str, Any]:
    """The part `lpj` of a content; nothing at all where no LPJ was entered."""
    if not lpjs:
        return {}
    return {
        "lpj": {
            "judul": HEADING,
            "pengantar": INTRODUCTION,
            "laporan": [
                {
                    "judul": each.title,
                    "baris": list(_rows(each.report)),
                    "kesimpulan": conclusion(each.report),
                }
                for each in lpjs
            ],
        }
    }


def _rows(report: Report) -> Iterator[dict[str, Any]]:
    for row in report.rows:
        yield _cells(row.line.label, row.akun, row.amount, row.ledger, row.difference) | _mark(row.state)
        for akun, balance in row.parts:
            below = (akun, balance) in row.overdrawn
            yield _cells("", akun, None, balance, None) | (_BELOW_ZERO if below else _mark(State.TANPA))
    if check := cash_check(report):
        state = State.BEDA if report.gap else State.SAMA
        yield _cells(check, "", report.held, None, report.gap) | _mark(state)


def _cells(label: str, akun: str, lpj: int | None, neraca: int | None, selisih: int | None) -> dict[str, Any]:
    return {
        "uraian": label,
        "akun": akun,
        "lpj": _figure(lpj),
        "neraca": _figure(neraca),
        "selisih": _figure(selisih),
    }


def _mark(state: State) -> dict[str, Any]:
    return {"sama": None if state is State.TANPA else state is State.SAMA, "keterangan": MARKS[state]}


def _figure(amount: int | None) -> str:
    return "" if amount is None else format_rupiah(amount)

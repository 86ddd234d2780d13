"""Tiny books of one satker, SiAP and SAI row by row, and the hints that come out."""

from reconciliation.matching.classify import Case
from reconciliation.matching.engine import compare
from reconciliation.matching.hints.finding import with_hints
from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.lines import empty_opening
from reconciliation.matching.outcome import Outcome
from tests.oracle.rows import lines_of

SATKER, KPPN, YEAR, MONTH = "111111", "116", 2026, 9
Books = list[dict[str, str]]


def row(amount: int, number: str = "D1", **changes: str) -> dict[str, str]:
    """A spending row (BLJ, 521111) posted in May; `changes` by DBF column."""
    return {
        "KDSATKER": SATKER,
        "KDBAES1": "01504",
        "KDKPPN": KPPN,
        "KDDEKON": "KD",
        "KDPROGRAM": "0811",
        "KDGIAT": "1045",
        "KDOUTPUT": "994",
        "KDSDCP": "010",
        "KDWILAYAH": "1203",
        "KDTRN": "3",
        "KDKEM": "0",
        "KDMAKMAP": "521111",
        "PERKSAI": "115612",
        "RPHREAL": str(amount),
        "JNSDOK1": "301",
        "NODOK1": number,
        "TGLDOK1": "20260511",
        "TGLPOST": "20260511",
        "PERIODE": "05",
    } | changes


def receipt(amount: int, number: str = "N1", **changes: str) -> dict[str, str]:
    """A deposit (PND, 425131)."""
    return row(-amount, number, **{"KDMAKMAP": "425131", "JNSDOK1": "305"} | changes)


def allotment(amount: int, number: str = "DIPA", **changes: str) -> dict[str, str]:
    """A row of the DIPA (PGU)."""
    return row(-amount, number, **{"KDTRN": "2", "JNSDOK1": "201"} | changes)


def hinted(siap: Books, sai: Books, ahead: Books = (), month: int = MONTH) -> Outcome:  # type: ignore[assignment]
    mine, theirs = lines_of(siap), lines_of(sai)
    outcome = compare(mine, theirs, empty_opening(), year=YEAR, month=month, satker=SATKER)
    case = Case(YEAR, month, SATKER)
    return with_hints(outcome, mine, theirs, lines_of(ahead), case=case, kppn=KPPN)


def hints(siap: Books, sai: Books, ahead: Books = (), month: int = MONTH) -> list[Hint]:  # type: ignore[assignment]
    return [hint for element in hinted(siap, sai, ahead, month).elements for hint in element.hints]


def codes(siap: Books, sai: Books, ahead: Books = (), month: int = MONTH) -> list[str]:  # type: ignore[assignment]
    return [hint.code for hint in hints(siap, sai, ahead, month)]


def words(hint: Hint) -> dict[str, str]:
    return dict(hint.words)

"""The comparison on dict rows: one row at a time, Python integers, written from the rules alone."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from reconciliation.matching.terpusat import TerpusatRule
from tests.oracle.rows import Row, text

BUDGET = ("PGU", "EST", "BLJ", "PBLJ", "PND", "PPND", "MUP", "PNDMPH")
CASH = {"KASBP": "1116", "KASBLU": "1119", "KASHB": "111822"}
ORDER = ("PGU", "EST", "BLJ", "PBLJ", "PND", "PPND", "MUP", "KASBP", "KASBLU", "KASHB", "PNDMPH")
KEY_A = {"PGU", "BLJ", "PBLJ"}
NEGATED = {"PGU", "EST", "PND", "PPND", "PNDMPH"}


def akun_of(row: Row) -> str:
    return text(row, "kdmakmap") or text(row, "perk")


def budget_element(row: Row) -> str | None:
    akun, trn, kem = akun_of(row), text(row, "kdtrn"), text(row, "kdkem") or "0"
    if trn == "2":
        return "PGU" if akun[:1] in ("5", "6", "7") else "EST" if akun[:1] == "4" else None
    if trn != "3":
        return None
    if akun[:3] in ("815", "825"):
        return "MUP"
    if akun[:1] in ("5", "6"):
        return {"0": "BLJ", "1": "PBLJ"}.get(kem)
    if akun[:1] == "4":
        return "PNDMPH" if text(row, "jnsdok")[-2:] == "07" else {"0": "PND", "1": "PPND"}.get(kem)
    return None


class Reference:
    """One comparison: fill it with both sides' rows, then read `result()`."""

    def __init__(self, year: int, month: int, satker: str, rules: Sequence[TerpusatRule] = ()) -> None:
        self.month, self.satker = f"{month:02d}", satker
        self.last = f"{year}{month:02d}{calendar.monthrange(year, month)[1]:02d}"
        self.rules = rules
        # element -> entries (side, row or None for T_SAWAL, account, amount, S/M/K or "")
        self.entries: dict[str, list[tuple[str, Row | None, str, int, str]]] = defaultdict(list)
        self.outside: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])

    def covered(self, akun: str, baes1: str, *, here: bool) -> bool:
        return any(
            rule.akun_from.ljust(6, "0") <= akun <= rule.akun_to.ljust(6, "9")
            and ((rule.satker_pusat == self.satker) if here else (rule.ba + rule.es1 == baes1))
            for rule in self.rules
        )

    def elsewhere(self, akun: str, baes1: str) -> bool:
        if self.covered(akun, baes1, here=True):
            return False
        return akun[:2] == "41" or self.covered(akun, baes1, here=False)

    def add(self, side: str, rows: Iterable[Row]) -> None:
        for row in rows:
            if self.in_play(side, row):
                self.place(side, row)

    def in_play(self, side: str, row: Row) -> bool:
        own = text(row, "kdsatker") == self.satker
        if side == "sai":
            return own and text(row, "periode") <= self.month
        central = budget_element(row) in ("PND", "PPND") and self.covered(akun_of(row), "", here=True)
        return (own or central) and "" < text(row, "tglpost") <= self.last

    def place(self, side: str, row: Row) -> None:
        akun, amount, element = akun_of(row), int(row["RPHREAL"]), budget_element(row)
        baes1 = text(row, "kdbaes1")
        if element in ("PND", "PPND") and self.elsewhere(akun, baes1):
            element = None
        taken = element is not None
        if element is not None:
            shown = -amount if element in NEGATED else amount
            self.entries[element].append((side, row, akun, shown, ""))
        if text(row, "kdsatker") == self.satker:
            taken |= self.place_legs(side, row, amount)
        if not taken:
            place = 0 if side == "siap" else 2
            self.outside[akun][place] += 1
            self.outside[akun][place + 1] += amount

    def place_legs(self, side: str, row: Row, amount: int) -> bool:
        taken = False
        for account, signed in ((text(row, "perk"), amount), (text(row, "perk1"), -amount)):
            for element, prefix in CASH.items():
                if account.startswith(prefix):
                    line = "K" if text(row, "kdkem") == "1" else "M"
                    line = "S" if text(row, "jnsdok").endswith("401") else line
                    self.entries[element].append((side, row, account, signed, line))
                    taken = True
        return taken

    def add_opening(self, balances: Iterable[tuple[str, int]]) -> None:
        for account, saldo in balances:
            for element, prefix in CASH.items():
                if account.startswith(prefix):
                    self.entries[element].append(("sai", None, account, saldo, "S"))

    def key(self, element: str, row: Row | None, akun: str, keep_sdcp: dict[tuple[str, str], bool]) -> Any:
        if element in CASH or row is None:
            return (akun,)
        baes1, sdcp = text(row, "kdbaes1"), text(row, "kdsdcp")
        if element in KEY_A:
            names = ("kddekon", "kdprogram", "kdgiat", "kdoutput", "kdsdcp", "kdwilayah", "register")
            return (akun, baes1, *(text(row, name) for name in names))
        return (akun, baes1, sdcp if keep_sdcp[akun, baes1] else "")

    def element(self, element: str) -> dict[str, Any]:
        entries = self.entries[element]
        keep_sdcp: dict[tuple[str, str], bool] = {}
        for _, row, akun, _, _ in entries:
            if row is not None:
                group = akun, text(row, "kdbaes1")
                keep_sdcp[group] = keep_sdcp.get(group, True) and text(row, "kdsdcp") != ""
        coa: dict[Any, dict[str, int]] = {}
        detail: dict[Any, dict[str, int]] = {}
        cash = {line: {"siap": 0, "sai": 0} for line in "SMK"}
        for side, row, akun, amount, line in entries:
            key = self.key(element, row, akun, keep_sdcp)
            add(coa, key, side, amount)
            if line:
                cash[line][side] += amount
            if line != "S" and row is not None:
                document = (text(row, "jnsdok"), text(row, "nodok").upper(), text(row, "tgldok"))
                add(detail, (key, *document), side, amount)
        siap, sai = (sum(line.get(side, 0) for line in coa.values()) for side in ("siap", "sai"))
        different = {key for key, line in coa.items() if status(line)}
        return {
            "applicable": bool(entries),
            "siap": siap,
            "sai": sai,
            "rupiah_equal": siap == sai,
            "coa_equal": not different,
            "coa": {key: sums(line) for key, line in coa.items()},
            "detail": {key: sums(line) for key, line in detail.items()},
            "coa_counts": counts(coa),
            "detail_counts": counts(detail),
            "cash": {line: sums(both)[:2] for line, both in cash.items()} if element in CASH else None,
            "akun_different": tuple(sorted({key[0] for key in different})),
        }

    def result(self) -> dict[str, Any]:
        elements = {element: self.element(element) for element in ORDER}
        same = all(found["rupiah_equal"] and found["coa_equal"] for found in elements.values())
        return {
            "elements": elements,
            "outside": {akun: tuple(figures) for akun, figures in self.outside.items()},
            "verdict": "SAMA" if same else "BEDA",
        }


def add(lines: dict[Any, dict[str, int]], key: Any, side: str, amount: int) -> None:
    line = lines.setdefault(key, {})
    line[side] = line.get(side, 0) + amount


def status(line: dict[str, int]) -> int:
    """0 equal, 1 differing, 2 only SiAP, 3 only SAI; absent counts as 0."""
    if line.get("siap", 0) == line.get("sai", 0):
        return 0
    return 3 if "siap" not in line else 2 if "sai" not in line else 1


def sums(line: dict[str, int]) -> tuple[int, int, int]:
    return line.get("siap", 0), line.get("sai", 0), status(line)


def counts(lines: dict[Any, dict[str, int]]) -> tuple[int, ...]:
    found = [status(line) for line in lines.values()]
    return tuple(found.count(which) for which in range(4))

"""The compared elements, in the order of the BAR. A tuple of data: nothing else lists them.

A *budget* element takes rows by the budget account (`akun`), a *cash* element takes posting legs by the
GL account; the two classifications are independent of each other.
"""

from dataclasses import dataclass
from typing import Literal

# Raised whenever an outcome of the same rows may differ from the one before; kept with each run. Its tables
# are pinned to it in `rules.VERSIONS`.
RULE_VERSION = "2026.3"

KeyKind = Literal["A", "B", "C"]

# The lines of a cash element: shown, never judged.
CASH_LINES = (("S", "Saldo Awal"), ("M", "Mutasi"), ("K", "Koreksi"))


@dataclass(frozen=True)
class Rows:
    """Which rows a budget element takes: every condition given must hold.

    `akun` are prefixes of the account, `dok` the last two digits of JNSDOK1; None takes any value.
    """

    kdtrn: bytes
    akun: tuple[bytes, ...]
    kdkem: bytes | None = None
    dok: bytes | None = None


@dataclass(frozen=True)
class Element:
    """One line of the BAR.

    `sign` turns the ledger's sign (D positive) into the one shown. `rows` is None for a cash element,
    whose posting legs are taken by the prefix `gl`. `first` elements take their rows before the others;
    `terpusat` ones lose to Rekonsiliasi Terpusat what its rules name.
    """

    code: str
    label: str
    key: KeyKind
    sign: int = 1
    rows: Rows | None = None
    gl: bytes = b""
    first: bool = False
    terpusat: bool = False

    @property
    def cash(self) -> bool:
        """Whether the element is a closing balance of posting legs."""
        return self.rows is None


ELEMENTS: tuple[Element, ...] = (
    Element("PGU", "Pagu Belanja", "A", -1, Rows(b"2", (b"5", b"6", b"7"))),
    Element("EST", "Estimasi Pendapatan yang Dialokasikan", "B", -1, Rows(b"2", (b"4",))),
    Element("BLJ", "Belanja", "A", 1, Rows(b"3", (b"5", b"6"), b"0")),
    Element("PBLJ", "Pengembalian Belanja", "A", 1, Rows(b"3", (b"5", b"6"), b"1")),
    Element("PND", "Pendapatan", "B", -1, Rows(b"3", (b"4",), b"0"), terpusat=True),
    Element("PPND", "Pengembalian Pendapatan", "B", -1, Rows(b"3", (b"4",), b"1"), terpusat=True),
    Element("MUP", "Mutasi Uang Persediaan", "B", 1, Rows(b"3", (b"815", b"825"))),
    Element("KASBP", "Kas di Bendahara Pengeluaran", "C", gl=b"1116"),
    Element("KASBLU", "Kas pada Badan Layanan Umum", "C", gl=b"1119"),
    Element("KASHB", "Kas Lainnya di K/L dari Hibah", "C", gl=b"111822"),
    Element(
        "PNDMPH",
        "Pengesahan Hibah Barang/Jasa/Surat Berharga",
        "B",
        -1,
        Rows(b"3", (b"4",), dok=b"07"),
        first=True,
    ),
)

# Elements of earlier rule versions, compared no more: results that have them keep their labels and keys.
RETIRED: tuple[Element, ...] = ()
KNOWN: dict[str, Element] = {element.code: element for element in (*RETIRED, *ELEMENTS)}
LABELS: dict[str, str] = {element.code: element.label for element in ELEMENTS}


def element_label(code: str) -> str:
    """The label of an element, a retired one included; the code itself where no version knows it any more."""
    found = KNOWN.get(code)
    return found.label if found else code

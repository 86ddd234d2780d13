"""Values as cells: text that stays text, amounts that keep every rupiah."""

import re
from typing import NamedTuple

# Excel keeps 15 significant digits; a larger number would silently end in zeros.
EXACT_BELOW = 10**15
NOTE = "Lebih dari 15 angka: ditulis sebagai teks agar tidak dibulatkan oleh Excel."
LONGEST_TEXT = 32_767

_MARKUP_END = "</r>"
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Mark(NamedTuple):
    """A text with the fill of a verdict: green when `good`, red when not."""

    text: str
    good: bool


class Strong(NamedTuple):
    """A value of a totals row."""

    content: str | int


Cell = str | int | Mark | Strong


def clean(text: str) -> str:
    """The text as a cell may hold it: control characters become blanks, length within Excel's limit.

    XlsxWriter takes what stands between <r> and </r> for finished markup and writes it unescaped: such a text
    gets a blank at its end.
    """
    shown = _CONTROL.sub(" ", text)
    if shown.endswith(_MARKUP_END):
        shown += " "
    if len(shown) * 2 <= LONGEST_TEXT:
        return shown
    # Excel counts UTF-16 units: a sign beyond the first 65,536 is two, and is not cut in the middle.
    cut = shown.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")
    return f"{cut[:-1]} " if cut.endswith(_MARKUP_END) else cut


def rupiah(amount: int) -> str:
    """An amount as text: dots between thousands, brackets around a negative one."""
    digits = f"{abs(amount):,}".replace(",", ".")
    return f"({digits})" if amount < 0 else digits


def day(text: str) -> str:
    """`YYYYMMDD` as `DD-MM-YYYY`; anything else as it is."""
    return f"{text[6:]}-{text[4:6]}-{text[:4]}" if re.fullmatch(r"\d{8}", text) else text

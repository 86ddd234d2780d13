"""Family: values."""

from adk.formats.drafts import Draft
from adk.formats.mistakes_table import TABLE
from tests.corpus.case import Case, drafted, with_row

AMOUNTS = [
    "",
    "-",
    "+1",
    "--1",
    "1-",
    "- 1",
    "1 000",
    "1.000",
    "1,000",
    "1.0",
    "1,5",
    ".5",
    "1e3",
    "0x10",
    "Rp1",
    "(1)",
    "NaN",
    "inf",
    "1_000",
    "********************",
    "9" * 19,
    "1" * 20,
    "0" * 20,
    str(2**63),
    str(-(2**63) - 1),
    b"\xb2",
    b"1\t",
    b"1\x00",
]
DATES = [
    "20260230",
    "20260229",
    "20261301",
    "20260001",
    "20260100",
    "20260132",
    "00000000",
    "00000101",
    "2026010",
    "260101",
    "2026-1-1",
    "01012026",
    "19000229",
    "2026 101",
    "ABCDEFGH",
    "********",
]
ACCOUNTS = ["0", "9", "52111", "021111", "921111", "5211A1", "52111 ", " 5 1 1", "-21111", "52.111", "5"]
CHOICES = {
    "KDTRN": ["", "1", "4", "9", "A", "-", "*"],
    "KDKEM": ["2", "9", "Y", "-", "*"],
    "KDDK": ["", "C", "d", "k", "0", "-", "*"],
}


def opening(**changes: object):
    """The valid ADK with changes in its first opening balance."""

    def change(draft: Draft) -> None:
        draft.tables["opening"].rows[0] |= changes

    return drafted(change)


def _mistake(name: str) -> Case:
    code, spoil = TABLE[name]
    return Case("values", name, code, drafted(spoil))


VALUES = [
    *(Case("values", f"RPHREAL {value!r}", "NILAI", with_row(RPHREAL=value)) for value in AMOUNTS),
    *(
        Case("values", f"{field} {value!r}", "NILAI", with_row(**{field: value}))
        for field, values in CHOICES.items()
        for value in values
    ),
    *(
        Case("values", f"{field} {value!r}", "TANGGAL", with_row(**{field: value}))
        for field in ("TGLPOST", "TGLDOK1", "TGLKURS")
        for value in DATES
    ),
    *(
        Case("values", f"{field} {value!r}", "KODE_AKUN", with_row(**{field: value}))
        for field in ("KDMAKMAP", "PERKSAI", "PERKSAI1")
        for value in dict.fromkeys(ACCOUNTS)
    ),
    Case("values", "no account", "KODE_AKUN", with_row(KDMAKMAP="", PERKSAI="")),
    *(
        Case("values", f"opening SALDO {v!r}", "NILAI", opening(SALDO=v))
        for v in ("", "x", "1.5", str(2**63))
    ),
    *(Case("values", f"opening KDPERK {v!r}", "KODE_AKUN", opening(KDPERK=v)) for v in ("", "9", "11161A")),
    *map(
        _mistake, ("rupiah_jumlah_besar", "akun_tidak_dikenal", "baris_kembar", "sdcp_asing", "lokasi_asing")
    ),
]

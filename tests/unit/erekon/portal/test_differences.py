"""Each ledger difference changes the rows as its name says, and leaves the rest alone."""

import pytest

from adk.formats.drafts import Row
from erekon.portal.making.differences import DIFFERENCES


def row(document: str, amount: int, akun: str = "521111", kind: str = "301", **values: object) -> Row:
    base: Row = {"KDTRN": "3", "KDKEM": "0", "KDMAKMAP": akun, "JNSDOK1": kind, "NODOK1": document}
    return {**base, "RPHREAL": amount, **values}


def ledger() -> list[Row]:
    return [
        row("DIPA", -9000, KDTRN="2", kind="202"),
        row("DIPA-REVISI", -100, KDTRN="2", kind="202"),
        row("SP2D-1", 4200),
        row("SP2D-2", 1523, akun="522111"),
        row("SP2D-2", 77, akun="523111"),
        row("SP2D-1", -4200, URAIAN="batal"),
        row("NTPN-1", -50, akun="425131", kind="305"),
    ]


@pytest.mark.parametrize(
    ("name", "rows", "total"),
    [
        ("sp2d_hilang", 5, -7550 - 1600),
        ("setoran_hilang", 6, -7500),
        ("tercatat_ganda", 8, -7550 + 77),
        ("tanda_terbalik", 7, -7550 - 2 * 77),
        ("batal_belum_direkam", 6, -7550 + 4200),
        ("dokumen_satker_saja", 8, -7550 + 77),
        ("revisi_hilang", 6, -7450),
        ("akun_salah", 7, -7550),
        ("angka_tertukar", 7, -7550 + 5123 - 1523),
    ],
)
def test_difference_changes_rows_and_total_as_it_says(name: str, rows: int, total: int) -> None:
    changed = DIFFERENCES[name].change(ledger())
    assert (len(changed), sum(int(str(one["RPHREAL"])) for one in changed)) == (rows, total)
    assert changed != ledger()


def test_swapped_digits_keep_their_multiset() -> None:
    changed = DIFFERENCES["angka_tertukar"].change(ledger())
    (new,) = [one for one, old in zip(changed, ledger(), strict=True) if one != old]
    assert sorted(str(new["RPHREAL"])) == sorted("1523")


@pytest.mark.parametrize("name", sorted(DIFFERENCES))
def test_empty_ledger_is_refused_with_a_reason(name: str) -> None:
    with pytest.raises(ValueError, match="tidak memuat"):
        DIFFERENCES[name].change([])

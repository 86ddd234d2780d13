"""Family: identity and period."""

from adk.formats.drafts import Draft
from adk.formats.mistakes_table import TABLE
from tests.corpus.case import Case, drafted, with_row
from tests.unit.adk.formats.cast import row, satker


def _chosen(**options: object):
    """A whole ADK of another satker, year or month, that agrees with itself."""
    return lambda: satker(**options).build()


def _control(name: str, value: object):
    def change(draft: Draft) -> None:
        draft.tables["control"].rows[0][name] = value

    return drafted(change)


def _mistake(name: str) -> Case:
    code, spoil = TABLE[name]
    return Case("identity and period", name, code, drafted(spoil))


WHO = "KODE_SATKER"
CONTROL = {
    "KDBAES1": ("99999", ""),
    "KDSATKER": ("999999", ""),
    "KDDEKON": ("TP", ""),
    "KDKPPN": ("999",),
    "THNANG": ("2025", ""),
    "PERIODE": ("08", "9", ""),
    "JMLREC": (0, 3, 5, -4, "", "4.0"),
    "TOTDEBET": (0, 1, "", "x", -1),
    "TOTKREDIT": (0, 1, "", "1e9", -50_070_000),
    "SHA256": ("0" * 64, "x", "a" * 63),
}
IDENTITY = [
    Case("identity and period", "another satker", WHO, _chosen(satker="363517")),
    Case("identity and period", "another BA", WHO, _chosen(ba="016")),
    Case("identity and period", "another eselon I", WHO, _chosen(es1="09")),
    *(
        Case("identity and period", f"kewenangan {code}", WHO, _chosen(kewenangan=code))
        for code in ("KP", "DK", "TP", "UB")
    ),
    *(
        Case("identity and period", f"month {month}", "PERIODE_TIDAK_DIPERKENANKAN", _chosen(month=month))
        for month in range(1, 5)
    ),
    *(
        Case("identity and period", f"month {month}", "PERIODE", _chosen(month=month))
        for month in (5, 6, 7, 8, 10, 11, 12)
    ),
    *(
        Case("identity and period", f"year {year}", "TAHUN", _chosen(year=year))
        for year in (2000, 2016, 2025, 2027, 2099)
    ),
    *(
        Case("identity and period", f"a row of satker {code!r}", WHO, with_row(KDSATKER=code))
        for code in ("363517", "", "36351", "O63516")
    ),
    *(
        Case("identity and period", f"a row of unit {code!r}", WHO, with_row(KDBAES1=code))
        for code in ("01509", "", "0150")
    ),
    *(
        Case("identity and period", f"a row of kewenangan {code!r}", WHO, with_row(KDDEKON=code))
        for code in ("KP", "", "kd")
    ),
    *(
        Case("identity and period", f"a row of year {code!r}", "TAHUN", with_row(THNANG=code))
        for code in ("2025", "2027", "", "26", "O026")
    ),
    *(
        Case("identity and period", f"a row of month {code!r}", "PERIODE", with_row(PERIODE=code))
        for code in ("00", "10", "12", "13", "", "9", "AA", "-1")
    ),
    *(
        Case("identity and period", f"control {field} {value!r}", "KONTROL", _control(field, value))
        for field, values in CONTROL.items()
        for value in values
    ),
    *(
        Case(
            "identity and period",
            f"control KUMULATIF {value!r}",
            "BUKAN_KUMULATIF",
            _control("KUMULATIF", value),
        )
        for value in ("T", "N", "", "y", "1")
    ),
    *map(
        _mistake,
        (
            "tanpa_baris",
            "semua_terhapus",
            "satu_bulan",
            "kendali_dua_baris",
            "sawal_satker_lain",
            "kppn_lain",
        ),
    ),
    Case(
        "identity and period",
        "one month without DIPA",
        "BUKAN_KUMULATIF",
        lambda: satker([row(1, PERIODE="09")]).build(),
    ),
]

"""Small contents of an LHR: rows of one satker on both sides, compared."""

from reconciliation.matching.engine import compare
from reconciliation.matching.lines import empty_opening
from reconciliation.workbook.content import CaseHeader, WarningLine, WorkbookContent
from tests.oracle.rows import lines_of

SATKER = "111111"
HEADER = CaseHeader("116 Contoh", "015", "04", "111111 Contoh", "September 2026", "2", "1", "ab", "kini", "7")


def row(amount: int, nodok: str = "SP2D1", **changes: str) -> dict[str, str]:
    return {
        "KDSATKER": SATKER,
        "KDBAES1": "01504",
        "KDDEKON": "KD",
        "KDTRN": "3",
        "KDMAKMAP": "521111",
        "PERKSAI": "115612",
        "RPHREAL": str(amount),
        "JNSDOK1": "301",
        "NODOK1": nodok,
        "TGLDOK1": "20260105",
        "TGLPOST": "20260105",
        "PERIODE": "01",
    } | changes


def content(siap: list[dict[str, str]], sai: list[dict[str, str]]) -> WorkbookContent:
    outcome = compare(lines_of(siap), lines_of(sai), empty_opening(), year=2026, month=9, satker=SATKER)
    return WorkbookContent(
        header=HEADER,
        outcome=outcome,
        account_names={"521111": "Belanja Keperluan Perkantoran"},
        explanations={("BLJ", "521111"): "Menunggu koreksi KPPN"},
        warnings=(WarningLine("DUPLIKAT", "indikasi posting ganda", row="3"),),
        about=(("Versi aturan", "1"),),
    )


DIFFERING = content(
    [row(100), row(50, "B", KDMAKMAP="521119"), row(9, PERKSAI="111611", KDMAKMAP="825111")],
    [row(70_100), row(50, "B", KDMAKMAP="521119")],
)

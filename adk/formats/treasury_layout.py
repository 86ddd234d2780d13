"""The arrays a KPPN ADK is read into, and how its rows become lines."""

import numpy as np

from adk.formats.columns import upper
from adk.formats.layout import LAK, LKP, REKAP
from reconciliation.matching.lines import LINES_DTYPE, Lines

# Every LAK column in lower case, trimmed cp1252 bytes; RPHREAL in whole rupiah.
TREASURY_DTYPE = np.dtype(
    [("row", "<i4")] + [(one.name.lower(), "<i8" if one.kind == "N" else f"S{one.width}") for one in LAK]
)
CASH_DTYPE = np.dtype(
    [("row", "<i4")] + [(one.name.lower(), "<i8" if one.kind == "N" else f"S{one.width}") for one in LKP]
)
REKAP_DTYPE = np.dtype(
    [("row", "<i4")] + [(one.name.lower(), "<i8" if one.kind == "N" else f"S{one.width}") for one in REKAP]
)

_RENAMED = {
    "perk": "perksau",
    "perk1": "perksau1",
    "jnsdok": "jnsdok1",
    "nodok": "nodok1",
    "tgldok": "tgldok1",
}
# A ledger row has no row in a member of the satker's, no revision number and no twin mark.
_ABSENT = ("row", "periode", "revisike", "twin")


def to_lines(rows: Lines) -> Lines:
    """Ledger rows (TREASURY_DTYPE) as lines: PERKSAU as perk, PERKSAU1 as perk1, NODOK1 in capitals.

    `periode` is the month of TGLPOST; unposted rows have none.
    """
    lines: Lines = np.zeros(len(rows), dtype=LINES_DTYPE)
    for name in LINES_DTYPE.names or ():
        if name not in _ABSENT:
            lines[name] = rows[_RENAMED.get(name, name)]
    lines["nodok"] = upper(lines["nodok"])
    lines["periode"] = np.ascontiguousarray(rows["tglpost"]).view("S2").reshape(-1, 4)[:, 2]
    lines["kdkem"][lines["kdkem"] == b""] = b"0"
    return lines

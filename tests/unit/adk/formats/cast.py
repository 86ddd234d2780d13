"""The satker, rows and references the tests of the gates share."""

import datetime

from adk.formats.drafts import Draft
from adk.formats.gate import Expected, References
from adk.formats.writing import satker_draft, treasury_draft

EXPECTED = Expected(2026, 9, 5, "363516", "015", "08", "KD", "116")
REFERENCES = References(
    accounts=frozenset({"111611", "115612", "219711", "425131", "521111"}),
    kppn=frozenset({"116", "183"}),
    sdcp=frozenset({"010"}),
    lokasi=frozenset({"12"}),
)
KEYS = {
    "kewenangan": "KD",
    "ba": "015",
    "es1": "08",
    "satker": "363516",
    "kppn": "116",
    "year": 2026,
    "month": 9,
}
DATE = datetime.date(2026, 9, 28)


def row(number: int, **changes: object) -> dict[str, object]:
    """A spending row like the real ones; `number` makes it unlike the others."""
    return {
        "KDWILAYAH": "1203",
        "KDPROGRAM": "0811",
        "KDGIAT": "1045",
        "KDOUTPUT": "994",
        "KDTRN": "3",
        "KDMAKMAP": "521111",
        "KDDK": "D",
        "PERKSAI": "115612",
        "KDSDCP": "010",
        "RPHREAL": 1_000_000 + number,
        "JNSDOK1": "301",
        "NODOK1": f"26116130100{number:04d}",
        "TGLDOK1": "20260105",
        "TGLPOST": "20260106",
        "PERIODE": "01",
        "REGISTER": "00000000",
        **changes,
    }


def rows() -> list[dict[str, object]]:
    """A DIPA row, spending in January and September, and a return."""
    dipa = {"KDTRN": "2", "KDDK": "K", "RPHREAL": -50_000_000, "JNSDOK1": "202", "REVISIKE": 1}
    back = {"KDKEM": "1", "RPHREAL": -70_000, "KDDK": "K", "PERIODE": "09"}
    return [row(1, **dipa), row(2), row(3, PERIODE="09"), row(4, **back)]


def satker(changes: list[dict[str, object]] | None = None, **options: object) -> Draft:
    """A draft of the satker's valid ADK."""
    return satker_draft(rows() if changes is None else changes, **{**KEYS, **options})


def treasury(changes: list[dict[str, object]] | None = None) -> Draft:
    """A draft of the KPPN's valid ADK of DATE."""
    kept = ("PERIODE", "REVISIKE", "PERKSAI", "TGLPOST")
    ledger = [
        {
            **{k: v for k, v in one.items() if k not in kept},
            "KDBAES1": "01508",
            "KDSATKER": "363516",
            "PERKSAU": "115612",
        }
        for one in rows()
    ]
    cash = [
        {
            "KDBANK": "52001",
            "NOREK": "116.1",
            "SALDOAWAL": 100,
            "TERIMA": 50,
            "KELUAR": 30,
            "KIRIMTRM": 7,
            "KIRIMKLR": 2,
        }
    ]
    return treasury_draft(ledger if changes is None else changes, kppn="116", date=DATE, cash=cash)

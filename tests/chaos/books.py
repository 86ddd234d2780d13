"""The books of the chaos world: a dozen rows a satker, the same on both sides."""

from adk.formats.writing import write_satker_adk

PIN = "829461"
SIGNERS = 4
_ROWS = 12


def _rows(satker: str) -> list[dict[str, object]]:
    return [
        {
            "KDWILAYAH": "1203",
            "KDPROGRAM": "0811",
            "KDGIAT": "1045",
            "KDOUTPUT": "994",
            "KDSDCP": "010",
            "REGISTER": "00000000",
            "KDTRN": "3" if number else "2",
            "KDMAKMAP": f"5211{11 + number % 3}",
            "KDDK": "D" if number else "K",
            "RPHREAL": int(satker) * 10 + number if number else -9_000_000_000,
            "JNSDOK1": "301" if number else "202",
            "NODOK1": f"{satker}{number:06d}",
            "TGLDOK1": "20260910",
        }
        for number in range(_ROWS)
    ]


def ledger_of(satker: str) -> list[dict[str, object]]:
    """The treasury's rows of a satker."""
    own = {"KDBAES1": "01508", "KDSATKER": satker, "KDDEKON": "KD", "PERKSAU": "115612"}
    return [{**row, **own} for row in _rows(satker)]


def adk_of(satker: str) -> tuple[str, bytes]:
    """Name and bytes of the satker's ADK, equal to the ledger."""
    rows = [{**row, "PERKSAI": "115612", "PERIODE": "09"} for row in _rows(satker)]
    place = {"kewenangan": "KD", "ba": "015", "es1": "08", "kppn": "116", "year": 2026, "month": 9}
    return write_satker_adk(rows, satker=satker, **place)

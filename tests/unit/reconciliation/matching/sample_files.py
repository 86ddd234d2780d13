"""A small reader of the sample zips for the matcher's own tests; the product's reader is the gate's."""

import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from reconciliation.matching.lines import LINES_DTYPE, OPENING_DTYPE, Lines
from tests.oracle.rows import lines_of

SAMPLES = Path(__file__).parents[3] / "samples"
YEAR, MONTH = 2026, 9


def dbf_rows(content: bytes) -> Iterator[dict[str, str]]:
    """The live rows of a DBF table, every field as its text."""
    count, header, size = struct.unpack("<IHH", content[4:12])
    fields, at, position = [], 32, 1
    while content[at] != 0x0D:
        width = content[at + 16]
        fields.append((content[at : at + 11].split(b"\0")[0].decode(), position, width))
        at, position = at + 32, position + width
    for number in range(count):
        row = content[header + number * size : header + (number + 1) * size]
        if row[:1] == b" ":
            yield {name: row[start : start + width].decode("cp1252") for name, start, width in fields}


def satker_file(satker: str) -> tuple[Lines, Lines]:
    """SAI rows and opening balances of one satker's sample ADK."""
    (path,) = (SAMPLES / "satker").glob(f"KPPN_???????{satker}{MONTH:02d}.zip")
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    rows = list(dbf_rows(members[f"{path.stem}.{YEAR % 1000:03d}"]))
    saldo = dbf_rows(members["T_SAWAL.DBF"]) if "T_SAWAL.DBF" in members else ()
    opening = [(row["KDPERK"].encode(), int(row["SALDO"])) for row in saldo]
    return lines_of(rows), np.array(opening, dtype=OPENING_DTYPE)


def treasury_ledger() -> Lines:
    """All rows of the sample KPPN ADKs, whatever satker they are of."""
    rows: list[dict[str, str]] = []
    for path in sorted((SAMPLES / "treasury").glob("*.zip")):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            rows += (row for row in dbf_rows(archive.read("LAK.DBF")) if row["THNANG"] == str(YEAR))
    lines = lines_of(rows)
    assert lines.dtype == LINES_DTYPE
    return lines

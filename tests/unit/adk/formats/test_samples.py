"""The small world's files, made from the design alone, are all standard."""

import csv
from pathlib import Path

import pytest

from adk.formats.gate import Expected, References, inspect
from adk.formats.treasury import read_treasury, to_lines
from reconciliation.matching.lines import LINES_DTYPE

SAMPLES = Path(__file__).parents[3] / "samples"


def read(name: str) -> list[dict[str, str]]:
    with (SAMPLES / "reference" / name).open() as lines:
        return list(csv.DictReader(lines))


def codes(name: str) -> frozenset[str]:
    return frozenset(one["code"] for one in read(name))


FRIDAY = 4
REFERENCES = References(codes("akun.csv"), codes("kppn.csv"), codes("sdcp.csv"), codes("lokasi.csv"))
SATKERS = {one["code"]: one for one in read("satker.csv")}


@pytest.mark.parametrize("path", sorted((SAMPLES / "satker").glob("*.zip")), ids=lambda path: path.stem)
def test_sample_satker_adk_is_standard(path: Path) -> None:
    satker = SATKERS[path.stem[12:18]]
    place = {key: satker[key] for key in ("ba", "es1", "kewenangan", "kppn")}
    expected = Expected(2026, 9, 5, satker["code"], **place)
    inspection = inspect(path.read_bytes(), path.name, expected, REFERENCES)
    assert inspection.verdict == "STANDAR"
    assert {finding.code for finding in inspection.findings} <= {"REFERENSI", "DUPLIKAT"}
    assert inspection.lines is not None
    assert len(inspection.lines) == inspection.rows > 20
    assert set(inspection.lines["kdsatker"]) == {satker["code"].encode()}
    assert inspection.opening is not None
    assert len(inspection.opening) >= 1


@pytest.mark.parametrize("path", sorted((SAMPLES / "treasury").glob("*.zip")), ids=lambda path: path.stem)
def test_sample_treasury_adk_is_standard(path: Path) -> None:
    reading = read_treasury(
        path.read_bytes(), path.name, path.stem[4:7], weekly_due=lambda day: day.weekday() == FRIDAY
    )
    assert (reading.verdict, reading.findings) == ("STANDAR", ())
    assert reading.rows is not None
    assert reading.totals is not None
    lines = to_lines(reading.rows)
    assert lines.dtype == LINES_DTYPE
    assert int(lines["rphreal"].sum()) == reading.totals.debit - reading.totals.credit
    assert set(lines["periode"]) == {path.stem[-4:-2].encode()}

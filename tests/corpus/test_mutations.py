"""Mutants and bombs end in an answer, each within two seconds and a bounded peak of the whole process."""

import os
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adk.formats.dbf import read_table
from adk.formats.findings import Findings
from adk.formats.gate import inspect
from adk.formats.layout import CONTROL, CONTROL_USED
from tests.availability import soaking
from tests.corpus.bombs import BOMBS
from tests.corpus.case import UPLOAD
from tests.corpus.watch import watched
from tests.unit.adk.formats.cast import EXPECTED, REFERENCES, satker

MUTANTS = 20_000 if soaking() else 300
SHARES = 4
SECONDS, BYTES = 2.0, 256 * 2**20
BOMB_SECONDS, BOMB_BYTES = 0.5, 128 * 2**20
TABLE = satker().tables["control"].build()


@pytest.mark.parametrize("share", range(SHARES))
def test_mutant_ends_in_an_answer(share: int) -> None:
    count = MUTANTS // SHARES
    judged = watched("mutations", str(share * count), str(count), patience=max(60.0, count / 10))
    assert len(judged) == count
    assert [
        one for one in judged if not one["consistent"] or (one["verdict"] != "STANDAR" and not one["codes"])
    ] == []
    assert [one for one in judged if one["seconds"] > SECONDS or one["peak"] > BYTES] == []
    kinds = Counter(code for one in judged for code in one["codes"])
    assert len(kinds) >= 4, kinds
    assert any(one["verdict"] == "STANDAR" for one in judged)


def test_bomb_is_stopped_before_it_goes_off(tmp_path: Path) -> None:
    for name, (_, make) in BOMBS.items():
        (tmp_path / name).write_bytes(make())
    judged = watched("files", str(tmp_path), patience=60)
    assert {one["name"]: one["codes"] for one in judged} == {
        name: [code] for name, (code, _) in BOMBS.items()
    }
    assert [one for one in judged if one["seconds"] > BOMB_SECONDS or one["peak"] > BOMB_BYTES] == []


def test_watch_sees_a_process_that_grows(tmp_path: Path) -> None:
    """The control of the two tests above: twelve foreign megabytes show in the peak."""
    draft = satker(opening={"111611": 5})
    draft.table_done["opening"] = lambda raw: raw + os.urandom(12 * 2**20)
    (tmp_path / "2 large").write_bytes(draft.build()[1])
    (tmp_path / "1 small").write_bytes(satker().build()[1])
    small, large = watched("files", str(tmp_path), patience=60)
    assert large["peak"] - small["peak"] > 9 * 2**20


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_make_a_table_or_a_finding(content: bytes) -> None:
    for raw in (content, TABLE[:32] + content, TABLE[:-40] + content):
        findings = Findings()
        table = read_table("T_CTRL.DBF", bytearray(raw), CONTROL, CONTROL_USED, findings)
        assert (table is None) is findings.refused


@given(st.lists(st.tuples(st.text(max_size=12), st.binary(max_size=60), st.sampled_from([0, 8])), max_size=7))
@settings(max_examples=60, deadline=None)
def test_any_members_get_a_verdict(members: list[tuple[str, bytes, int]]) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content, method in {
            name: (name, content, method) for name, content, method in members
        }.values():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    assert inspect(buffer.getvalue(), UPLOAD, EXPECTED, REFERENCES).findings

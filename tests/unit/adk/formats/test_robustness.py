"""Whatever the bytes, the gates answer with a documented code, quickly and in little memory."""

import time
import tracemalloc
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from adk.formats.gate import inspect
from adk.formats.mistakes import MISTAKES
from adk.formats.sentences import render
from adk.formats.treasury import read_treasury
from adk.formats.zipwriting import ZipMember, write_zip
from tests.corpus.mutation import mutate
from tests.unit.adk.formats.cast import EXPECTED, REFERENCES, satker, treasury

SATKER, KPPN = satker(opening={"111611": 5}), treasury()


def check(of: str, filename: str, content: bytes) -> None:
    if of == "satker":
        result = inspect(content, filename, EXPECTED, REFERENCES)
        assert (result.lines is not None) is (result.verdict == "STANDAR")
    else:
        result = read_treasury(content, filename, "116")
        assert (result.rows is not None) is (result.verdict == "STANDAR")
    assert result.verdict == "STANDAR" or result.findings
    assert all(render(finding.code, finding.params) for finding in result.findings)


@given(st.integers(0, 2**32))
@settings(max_examples=120, deadline=None)
def test_mutated_tables_end_in_a_documented_code(seed: int) -> None:
    random = Random(seed)
    of, draft = random.choice([("satker", SATKER), ("kppn", KPPN)])
    spoilt = random.choice(list(draft.tables))
    members = [
        ZipMember(table.name.encode(), mutate(table.build(), random) if key == spoilt else table.build())
        for key, table in draft.tables.items()
    ]
    check(of, draft.filename, write_zip(members))


@given(st.integers(0, 2**32))
@settings(max_examples=120, deadline=None)
def test_mutated_archives_end_in_a_documented_code(seed: int) -> None:
    random = Random(seed)
    of, draft = random.choice([("satker", SATKER), ("kppn", KPPN)])
    filename, content = draft.build()
    check(of, filename, mutate(content, random))


@given(st.binary(max_size=200), st.text(max_size=40))
@settings(deadline=None)
def test_any_bytes_under_any_name_get_an_answer(content: bytes, filename: str) -> None:
    for head in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        check("satker", filename, head + content)
        check("kppn", filename, head + content)


def test_bombs_are_refused_without_being_unpacked() -> None:
    for name in ("bom_rasio", "bom_besar", "tumpang_tindih"):
        filename, content = MISTAKES[name].build(satker())
        tracemalloc.start()
        started = time.process_time()
        assert inspect(content, filename, EXPECTED, REFERENCES).findings[0].code == "ARSIP_BERBAHAYA"
        assert time.process_time() - started < 1
        assert tracemalloc.get_traced_memory()[1] < 2**20
        tracemalloc.stop()


def test_data_longer_than_announced_stops_at_the_announced_size() -> None:
    bomb = ZipMember(b"KPPN_KD0150836351609.026", bytes(2**24), claimed_size=4096)
    content = write_zip([bomb])
    tracemalloc.start()
    result = inspect(content, "x.zip", EXPECTED, REFERENCES)
    assert [finding.code for finding in result.findings] == ["ARSIP_RUSAK"]
    assert tracemalloc.get_traced_memory()[1] < 2**21
    tracemalloc.stop()

"""Every file of the corpus ends in its one documented code, soon and in little memory, with sentences to act on."""

import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from adk.formats.gate import Inspection, inspect
from adk.formats.sentences import STEPS_TO_REPAIR
from tests.corpus.case import WARNINGS, Case, Family
from tests.corpus.everything import CORPUS
from tests.corpus.reader import faults
from tests.corpus.watch import watched
from tests.unit.adk.formats.cast import EXPECTED, REFERENCES

FAMILIES = get_args(Family)
SECONDS, BYTES = 2.0, 256 * 2**20
NAIVE_WRONG = 250


def of(family: str) -> list[Case]:
    return [case for case in CORPUS if case.family == family]


@cache
def judge(case: Case) -> Inspection:
    filename, content = case.make()
    return inspect(content, filename, EXPECTED, REFERENCES)


@pytest.mark.parametrize("family", FAMILIES)
def test_file_ends_in_its_one_code(family: str) -> None:
    wrong = []
    for case in of(family):
        result = judge(case)
        codes = {finding.code for finding in result.findings}
        refused = result.verdict != "STANDAR" and result.lines is None
        if codes != ({case.code} if case.code else set()) or refused is case.accepted:
            wrong.append((case.name, case.code, result.verdict, codes))
    assert wrong == []


@pytest.mark.parametrize("family", FAMILIES)
def test_findings_leave_nothing_to_guess(family: str) -> None:
    guesses = [
        (case.name, fault) for case in of(family) for one in judge(case).findings for fault in faults(one)
    ]
    assert guesses == []


def test_file_is_judged_soon_and_in_little_memory() -> None:
    judged = watched("corpus", patience=120)
    assert [one["name"] for one in judged] == [case.name for case in CORPUS]
    assert [one for one in judged if one["seconds"] > SECONDS or one["peak"] > BYTES] == []


def test_corpus_is_wide_and_names_no_file_twice() -> None:
    families = Counter(case.family for case in CORPUS)
    assert set(families) == set(FAMILIES)
    assert min(families.values()) >= 20
    assert len(CORPUS) >= 1000
    assert [
        key for key, count in Counter((case.family, case.name) for case in CORPUS).items() if count > 1
    ] == []


def test_corpus_reaches_every_code_of_the_gate() -> None:
    assert {case.code for case in CORPUS} - {None} == set(STEPS_TO_REPAIR) - {"KODE_KPPN"} | WARNINGS


def test_corpus_is_the_same_at_every_run() -> None:
    few = CORPUS[:: len(CORPUS) // 50]
    assert [case.make() for case in few] == [case.make() for case in few]


def test_payload_comes_through_as_text_and_nothing_else() -> None:
    texts = [
        case for case in of("injection payloads") if case.code is None and case.name.startswith("NODOK1")
    ]
    for case in texts:
        payload = case.name.removeprefix("NODOK1 ")
        stored = judge(case).lines["nodok"][1].decode("cp1252")
        assert repr(stored).lower() == payload.lower()


def test_naive_gate_fails_on_the_corpus(tmp_path: Path) -> None:
    uploads = {}
    for number, case in enumerate(CORPUS):
        filename, content = case.make()
        if content and len(content) < 2**20:
            uploads[str(number)] = filename
            (tmp_path / str(number)).write_bytes(content)
    (tmp_path / "uploads.json").write_text(json.dumps(uploads))
    command = [sys.executable, "-m", "tests.corpus.naive", str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    said = json.loads(done.stdout)
    wanted = {key: "accept" if CORPUS[int(key)].accepted else "refuse" for key in said}
    failures = Counter(said[key].split(":")[0] for key in said if said[key] != wanted[key])
    assert sum(failures.values()) > NAIVE_WRONG, failures
    assert failures["accept"] > 100, failures
    assert failures["hang"] >= 1, failures
    assert failures["crash"] > 50, failures

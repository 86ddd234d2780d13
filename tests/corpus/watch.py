"""Judges files in a process of its own and tells the time and memory each took: `python -m tests.corpus.watch`.

`files FOLDER` judges every file of a folder, `corpus` the corpus; `mutations FIRST COUNT` makes and judges seeded mutations. Prints one
JSON line per file judged: its name, the codes found, CPU seconds, and the peak of the whole process in bytes.
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adk.formats.gate import inspect
from adk.formats.sentences import render
from tests.corpus.case import UPLOAD
from tests.corpus.everything import CORPUS
from tests.corpus.mutant import mutant
from tests.unit.adk.formats.cast import EXPECTED, REFERENCES

PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def peak() -> int:
    """The most memory this process has had since it was last forgotten, in bytes."""
    found = PEAK.search(Path("/proc/self/status").read_text())
    return int(found.group(1)) * 1024 if found else 0


def forget_peak() -> None:
    """Begin a new peak at what is held now."""
    Path("/proc/self/clear_refs").write_text("5")


def judged(name: str, filename: str, content: bytes) -> dict[str, Any]:
    """What the gate said, and what that took."""
    forget_peak()
    start = time.process_time()
    result = inspect(content, filename, EXPECTED, REFERENCES)
    spent = time.process_time() - start
    silent = [finding.code for finding in result.findings if not render(finding.code, finding.params)]
    return {
        "name": name,
        "verdict": result.verdict,
        "codes": sorted({finding.code for finding in result.findings}),
        "consistent": (result.lines is not None) == (result.verdict == "STANDAR") and not silent,
        "seconds": spent,
        "peak": peak(),
    }


def files(folder: str) -> Iterator[tuple[str, str, bytes]]:
    """Name, upload name and bytes of every file of a folder."""
    for path in sorted(Path(folder).iterdir()):
        yield path.name, UPLOAD, path.read_bytes()


def corpus() -> Iterator[tuple[str, str, bytes]]:
    """Every file of the corpus."""
    for case in CORPUS:
        yield case.name, *case.make()


def mutations(first: str, count: str) -> Iterator[tuple[str, str, bytes]]:
    """The mutants of as many seeds."""
    for seed in range(int(first), int(first) + int(count)):
        yield str(seed), *mutant(seed)


def watched(*arguments: str, patience: float) -> list[dict[str, Any]]:
    """What a watching process printed; raises when it does not end well within its patience in seconds."""
    command = [sys.executable, "-m", "tests.corpus.watch", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=patience)
    return [json.loads(line) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    source = {"files": files, "corpus": corpus, "mutations": mutations}[sys.argv[1]]
    for one in source(*sys.argv[2:]):
        sys.stdout.write(json.dumps(judged(*one)) + "\n")

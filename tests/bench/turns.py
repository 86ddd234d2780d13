"""Two contestants that take turns, so that a machine which is slower for a while is slower for both."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

AT_A_TURN = 4


class Contestant:
    """A process of one of the bench's modules that takes a path a line and answers each with a line."""

    def __init__(self, module: str, *arguments: str) -> None:
        command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def turn(self, path: Path) -> None:
        """Let it work through one file while the other waits."""
        self._to.write(f"{path}\n")
        self._to.flush()
        self._line()

    def end(self) -> dict[str, Any]:
        """What it measured and found."""
        self._to.close()
        found: dict[str, Any] = json.loads(self._line())
        self._process.wait()
        return found

    @property
    def _to(self) -> IO[str]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"a contestant ended with code {self._process.wait()}")
        return line


def in_turns(paths: Sequence[Path], theirs: Contestant, ours: Contestant) -> tuple[dict[str, Any], ...]:
    """Both over the same files, a few at a turn, as the first of a turn finds the other's data in the processor's caches;
    what each measured.
    """
    for start in range(0, len(paths), AT_A_TURN):
        for contestant in (theirs, ours):
            for path in paths[start : start + AT_A_TURN]:
                contestant.turn(path)
    return theirs.end(), ours.end()

"""A burst of uploads on the embedded default while the worker's whole group is killed three times: nothing is lost."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.availability import soaking
from tests.faults.portal import Portal, until

BURST = 500 if soaking() else 40
CONTROL = 12
KILLS_AT = (0.2, 0.45, 0.7)
WAITING = "select count(*) from {} where state in ('WAITING', 'RUNNING')"
PUBLISHED = "select count(*) from reconciliation_stagechange where action = 'PUBLISH'"


class Burst:
    """One portal without web, its world, and what its database says."""

    def __init__(self, folder: Path, count: int, **more: str) -> None:
        self.count, self.database = count, folder / "db.sqlite3"
        self.portal = Portal(folder, "--without", "web", WORKER_CONCURRENCY="2", **more)
        self.environment = {**self.portal.environment, "DJANGO_SETTINGS_MODULE": "erekon.settings"}

    def world(self, action: str) -> dict[str, int]:
        command = [sys.executable, "-m", "tests.faults.burst_world", action, str(self.count)]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
        return found

    def asked(self, question: str) -> int:
        connection = sqlite3.connect(self.database, timeout=30)
        try:
            return int(connection.execute(question).fetchone()[0])
        finally:
            connection.close()

    def published(self) -> int:
        return self.asked(PUBLISHED)

    def pending(self) -> int:
        return sum(self.asked(WAITING.format(table)) for table in ("adk_upload", "reconciliation_matchrun"))

    def kill_worker(self) -> None:
        starts = self.portal.starts("worker")
        os.killpg(starts[-1], signal.SIGKILL)
        assert until(lambda: len(self.portal.starts("worker")) > len(starts)), self.portal.log.read_text()

    def run(self, seconds: float) -> dict[str, int]:
        """The burst with its kills; then wait so long for the last upload, and judge."""
        assert self.world("seed") == {"cases": self.count}
        self.portal.start()
        try:
            assert self.world("receive") == {"received": self.count}
            for share in KILLS_AT:
                until(lambda share=share: self.published() >= self.count * share, seconds)
                self.kill_worker()
            until_steady(lambda: self.published() >= self.count and self.pending() == 0, seconds)
        finally:
            self.portal.end()
        return self.world("judge")


def until_steady(condition: Callable[[], bool], seconds: float) -> None:
    """Wait for the condition, and a little longer for what might come twice."""
    if until(condition, seconds):
        time.sleep(1)


@pytest.mark.once
def test_burst_with_three_kills_loses_nothing_and_does_nothing_twice(
    tmp_path: Path, chaos_figure: Callable[..., None]
) -> None:
    (tmp_path / "guarded").mkdir()
    (tmp_path / "blind").mkdir()
    guarded = Burst(tmp_path / "guarded", BURST)
    found = guarded.run(60 + BURST * 0.5)
    control = Burst(tmp_path / "blind", CONTROL, DJANGO_SETTINGS_MODULE="tests.faults.unguarded").run(4)
    lost = control["stages"] + control["unfinished"]
    chaos_figure("burst", n=BURST, bad=sum(found.values()), control_failed=lost > 0)
    assert found == dict.fromkeys(found, 0), guarded.portal.log.read_text()[-4000:]
    assert lost > 0, "the sweep was blind, and still nothing was lost: the kills hit nothing"

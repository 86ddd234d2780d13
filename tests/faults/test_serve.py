"""The real `manage.py serve`: web, worker and scheduler come up, come back after kill -9, and end in order."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.portal import Portal, until


def group_lives(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    running = Portal(tmp_path).start()
    yield running
    if running.process.poll() is None:
        running.end()


def test_killed_web_and_worker_come_back_and_sigterm_ends_all(portal: Portal) -> None:
    assert until(portal.answers), portal.log.read_text()
    assert until(lambda: bool(portal.starts("beat")))
    for name in ("web", "worker"):
        os.killpg(portal.starts(name)[0], signal.SIGKILL)
        assert until(lambda name=name: f"{name} ended with code -9," in portal.log.read_text())
        assert until(lambda name=name: len(portal.starts(name)) >= 2)
    assert until(portal.answers), portal.log.read_text()
    leaders = [pid for name in ("web", "worker", "beat") for pid in portal.starts(name)]
    assert portal.end() == 0
    assert until(lambda: not any(group_lives(leader) for leader in leaders))

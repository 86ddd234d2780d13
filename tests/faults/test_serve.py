"""The real `manage.py serve`: web, worker and scheduler come up, come back after kill -9, and end in order."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

SECRET = "only-for-the-test-suite-" + "0" * 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Portal:
    """One running `serve` in its own folder, with its printed lines."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / "log"
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in {"DATABASE_URL", "BROKER_URL"}
            },
            "SECRET_KEY": SECRET,
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "MEDIA_ROOT": str(folder / "state" / "media"),
            "PORT": str(self.port),
            "BIND": "127.0.0.1",
            "DEBUG": "true",
            "WEB_CONCURRENCY": "1",
            "WORKER_CONCURRENCY": "1",
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    def starts(self, name: str) -> list[int]:
        """The process ids under which a service was started so far."""
        found = re.findall(rf"^serve +\| {name} started, process (\d+)$", self.log.read_text(), re.MULTILINE)
        return [int(pid) for pid in found]

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)


def group_lives(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True


def until(condition: Callable[[], bool], seconds: float = 40.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    running = Portal(tmp_path)
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

"""A running `manage.py serve` in a folder of its own, for tests that kill its parts."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.architecture.tree import ROOT

SECRET = "only-for-the-test-suite-" + "0" * 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Portal:
    """One running `serve` in its own folder, with its printed lines."""

    under: tuple[str, ...] = ()  # a command that runs ours, such as strace

    def __init__(self, folder: Path, *options: str, **more: str) -> None:
        self.port = free_port()
        self.log = folder / "log"
        self.environment = {
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
            **more,
        }
        self.options = options

    def start(self) -> "Portal":
        """Start the command; its lines go to the log."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*self.under, sys.executable, "manage.py", "serve", *self.options],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        return self

    def starts(self, name: str) -> list[int]:
        """The process ids under which a service was started so far."""
        found = re.findall(rf"^serve +\| {name} started, process (\d+)$", self.log.read_text(), re.MULTILINE)
        return [int(pid) for pid in found]

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)


def until(condition: Callable[[], bool], seconds: float = 40.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()

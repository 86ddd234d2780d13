"""Keep a few child processes alive: start, restart with back-off, stop as whole process groups.

Knows nothing of Django: `manage.py serve` says what to run. Each service leads its own process group, so a
killed leader takes its pool children with it: a Celery child left alone would go on working beside its successor.
"""

import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from os import killpg
from pathlib import Path
from types import FrameType
from typing import TextIO

BACK_OFF = (0.5, 1.0, 2.0, 5.0, 10.0)  # seconds before the first, second, ... restart in a row
STEADY_SECONDS = (
    10.0  # after that long alive it had come up and worked: a death counts as the first one again
)
GRACE_SECONDS = 25.0  # between SIGTERM and SIGKILL: a little more than gunicorn's own grace
TICK_SECONDS = 0.1


def empty_folder(folder: Path) -> None:
    """Delete every file below the folder and keep the folders; a file that vanished meanwhile is fine."""
    for path in folder.rglob("*"):
        if not path.is_dir():
            path.unlink(missing_ok=True)


def _nothing() -> None:
    """The default preparation."""


@dataclass(frozen=True)
class Service:
    """One child to keep alive. `prepare` runs before every start, the first one and each restart."""

    name: str
    command: tuple[str, ...]
    prepare: Callable[[], None] = _nothing


@dataclass
class _Child:
    """One service with its process, if one lives, and its history of deaths."""

    service: Service
    process: subprocess.Popen[str] | None = None
    reader: threading.Thread | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    deaths: int = 0


@dataclass
class Supervisor:
    """Runs services until SIGTERM or SIGINT, or until `stop()` is called from another thread.

    `folder` is the working directory of the children. All times are seconds of the monotonic clock.
    """

    services: Sequence[Service]
    folder: Path
    output: TextIO = sys.stdout
    back_off: Sequence[float] = BACK_OFF
    grace: float = GRACE_SECONDS
    # No lock, so no Event: the signal to stop may come while the waiting thread, which hears it, holds that lock.
    _stopping: bool = False
    _output_lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Start everything, keep it alive, return when everything has stopped."""
        children = [_Child(service) for service in self.services]
        try:
            while not self._stopping:
                for child in children:
                    self._tend(child)
                time.sleep(TICK_SECONDS)
        finally:
            self._stop_all(children)

    def stop(self) -> None:
        """Ask `run` to end; returns at once."""
        self._stopping = True

    def listen_to_signals(self) -> None:
        """Let SIGTERM and SIGINT end `run`; only the main thread may call this."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stop()

    def _tend(self, child: _Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.start_at:
                self._start(child)
        elif child.process.poll() is not None:
            self._bury(child, now)

    def _start(self, child: _Child) -> None:
        child.service.prepare()
        child.process = subprocess.Popen(  # noqa: S603  (the commands are written in code)
            [*_tied_to_us(), *child.service.command],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        child.started_at = time.monotonic()
        child.reader = threading.Thread(target=self._copy_lines, args=(child.service.name, child.process))
        child.reader.daemon = True
        child.reader.start()
        self._say("serve", f"{child.service.name} started, process {child.process.pid}")

    def _bury(self, child: _Child, now: float) -> None:
        """Clear up after a leader that died by itself, and set the hour of its restart."""
        code = self._clear_group(child)
        if now - child.started_at > STEADY_SECONDS:
            child.deaths = 0
        delay = self.back_off[min(child.deaths, len(self.back_off) - 1)]
        child.deaths += 1
        child.start_at = now + delay
        self._say("serve", f"{child.service.name} ended with code {code}, starts again in {delay:g} s")

    def _clear_group(self, child: _Child) -> int:
        """Kill what is left of the child's group and return the leader's exit code."""
        process = child.process
        if process is None:
            return 0
        _signal_group(process.pid, signal.SIGKILL)
        code = process.wait()
        if child.reader is not None:
            child.reader.join(timeout=1)
        child.process = None
        return code

    def _stop_all(self, children: Sequence[_Child]) -> None:
        """SIGTERM to the leaders, who end their own children in good order; SIGKILL to what remains."""
        for child in children:
            if child.process is not None:
                # The leader only: a Celery pool child dies at once on SIGTERM, in the middle of its task.
                child.process.terminate()
        deadline = time.monotonic() + self.grace
        for child in children:
            if child.process is not None:
                _wait_until(child.process, deadline)
                code = self._clear_group(child)
                self._say("serve", f"{child.service.name} stopped with code {code}")

    def _copy_lines(self, name: str, process: subprocess.Popen[str]) -> None:
        if process.stdout is not None:
            with process.stdout as lines:
                for line in lines:
                    self._say(name, line.rstrip("\n"))

    def _say(self, name: str, text: str) -> None:
        with self._output_lock:
            self.output.write(f"{name:<6} | {text}\n")
            self.output.flush()


def _tied_to_us() -> tuple[str, ...]:
    """A prefix that ends the child when the supervisor itself is killed; empty where setpriv is absent."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM", "--") if setpriv else ()


def _signal_group(group: int, number: signal.Signals) -> None:
    try:
        killpg(group, number)
    except ProcessLookupError:
        return  # the whole group is gone already


def _wait_until(process: subprocess.Popen[str], deadline: float) -> None:
    try:
        process.wait(timeout=max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return  # the caller kills the group

"""The supervisor over tiny dummy children: small Python processes that write their ids into files."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from erekon.portal.supervisor import Service, Supervisor, empty_folder

# Appends its own id, makes one grandchild and appends its id too, then sleeps until told otherwise.
FAMILY = """
import os, subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open("ids", "a") as ids:
    ids.write(f"{os.getpid()} {grandchild.pid}\\n")
print("family ready", flush=True)
time.sleep(60)
"""
DEAF = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open("ids", "a").write(f"{os.getpid()} {os.getpid()}\\n")
time.sleep(60)
"""
SUPERVISED = """
import sys
from pathlib import Path
from erekon.portal.supervisor import Service, Supervisor
supervisor = Supervisor([Service("family", (sys.executable, "-c", sys.argv[2]))], folder=Path(sys.argv[1]))
supervisor.listen_to_signals()
supervisor.run()
"""


def python(source: str) -> tuple[str, ...]:
    return (sys.executable, "-c", source)


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def families(folder: Path) -> list[tuple[int, int]]:
    """(leader, grandchild) of every start so far."""
    path = folder / "ids"
    if not path.exists():
        return []
    rows = [line.split() for line in path.read_text().splitlines()]
    return [(int(row[0]), int(row[1])) for row in rows]


class Running:
    """A supervisor in a thread, with its output."""

    def __init__(self, folder: Path, service: Service, grace: float = 5.0) -> None:
        self.output = io.StringIO()
        self.supervisor = Supervisor(
            [service], folder=folder, output=self.output, back_off=(0.1, 0.4), grace=grace
        )
        self.thread = threading.Thread(target=self.supervisor.run, daemon=True)
        self.thread.start()

    def end(self) -> None:
        self.supervisor.stop()
        self.thread.join(timeout=15)


Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    begun: list[Running] = []

    def begin(service: Service, **options: float) -> Running:
        begun.append(Running(tmp_path, service, **options))
        return begun[-1]

    yield begin
    for running in begun:
        running.end()


def test_child_killed_outright_is_started_again(tmp_path: Path, start: Start) -> None:
    start(Service("family", python(FAMILY)))
    assert until(lambda: len(families(tmp_path)) == 1)
    os.kill(families(tmp_path)[0][0], signal.SIGKILL)
    assert until(lambda: len(families(tmp_path)) == 2)
    assert alive(families(tmp_path)[1][0])


def test_grandchildren_of_a_killed_child_do_not_live_on(tmp_path: Path, start: Start) -> None:
    start(Service("family", python(FAMILY)))
    assert until(lambda: len(families(tmp_path)) == 1)
    leader, grandchild = families(tmp_path)[0]
    assert os.getpgid(leader) == leader
    os.kill(leader, signal.SIGKILL)
    assert until(lambda: not alive(grandchild))


def test_stop_ends_the_whole_group_and_returns(tmp_path: Path, start: Start) -> None:
    running = start(Service("family", python(FAMILY)))
    assert until(lambda: len(families(tmp_path)) == 1)
    running.end()
    assert not running.thread.is_alive()
    assert until(lambda: not any(alive(pid) for pid in families(tmp_path)[0]))


def test_child_deaf_to_sigterm_is_killed_after_the_grace(tmp_path: Path, start: Start) -> None:
    running = start(Service("deaf", python(DEAF)), grace=0.3)
    assert until(lambda: len(families(tmp_path)) == 1)
    running.end()
    assert not alive(families(tmp_path)[0][0])
    assert "deaf stopped with code -9" in running.output.getvalue()


def test_restarts_back_off_when_a_child_keeps_dying(start: Start) -> None:
    running = start(Service("brief", python("raise SystemExit(3)")))
    assert until(lambda: running.output.getvalue().count("ended with code 3") >= 2)
    text = running.output.getvalue()
    assert "starts again in 0.1 s" in text
    assert "starts again in 0.4 s" in text


def test_output_lines_carry_the_name_of_their_service(tmp_path: Path, start: Start) -> None:
    running = start(Service("family", python(FAMILY)))
    assert until(lambda: "family | family ready\n" in running.output.getvalue())


def test_preparation_runs_before_every_start(start: Start) -> None:
    calls: list[float] = []
    start(Service("brief", python("pass"), prepare=lambda: calls.append(time.monotonic())))
    assert until(lambda: len(calls) >= 2)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_the_supervisor_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with subprocess.Popen((*python(SUPERVISED), str(tmp_path), FAMILY)) as process:
        assert until(lambda: len(families(tmp_path)) == 1)
        process.send_signal(number)
        assert process.wait(timeout=15) == 0
    assert until(lambda: not any(alive(pid) for pid in families(tmp_path)[0]))


def test_children_end_when_the_supervisor_itself_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen((*python(SUPERVISED), str(tmp_path), FAMILY)) as process:
        assert until(lambda: len(families(tmp_path)) == 1)
        process.kill()
    leader, grandchild = families(tmp_path)[0]
    assert until(lambda: not alive(leader))
    os.kill(grandchild, signal.SIGKILL)


def test_emptied_folder_keeps_its_folders_and_loses_its_files(tmp_path: Path) -> None:
    (tmp_path / "queue").mkdir()
    (tmp_path / "queue" / "message").write_text("ring")
    empty_folder(tmp_path)
    assert list(tmp_path.rglob("*")) == [tmp_path / "queue"]


def test_emptying_a_folder_that_was_never_made_does_nothing(tmp_path: Path) -> None:
    empty_folder(tmp_path / "absent")
    assert not (tmp_path / "absent").exists()

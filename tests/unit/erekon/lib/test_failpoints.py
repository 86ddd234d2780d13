import errno
import os
import signal
import subprocess
import sys

import pytest

from erekon.lib.failpoints import armed_places

PASS = "from erekon.lib.failpoints import failpoint; failpoint('upload.recorded'); print('passed')"


def run(**environment):
    return subprocess.run(
        [sys.executable, "-c", PASS],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_happens_without_the_environment():
    assert run().stdout == "passed\n"


def test_an_armed_place_kills_the_process_as_kill_9_does():
    assert run(FAILPOINT="upload.recorded:kill").returncode == -signal.SIGKILL


def test_another_place_is_passed():
    assert run(FAILPOINT="upload.answering:kill").stdout == "passed\n"


def test_the_budget_lets_restarted_processes_get_past(tmp_path):
    folder = tmp_path / "upload.recorded"
    folder.mkdir()
    for number in range(2):
        (folder / str(number)).touch()
    armed = {"FAILPOINT": "upload.recorded:kill", "FAILPOINT_BUDGET": str(tmp_path)}
    assert [run(**armed).returncode for _ in range(3)] == [-signal.SIGKILL, -signal.SIGKILL, 0]


def test_a_full_disk_reads_like_one():
    with pytest.raises(OSError, match="No space left") as told:
        armed_places("files.written:full")["files.written"]()
    assert told.value.errno == errno.ENOSPC


@pytest.mark.parametrize(
    "asked", ["lain:kill", "files.written", "files.written:lain", "files.written:kill,x"]
)
def test_a_misspelt_place_is_no_silent_pass(asked):
    with pytest.raises(ValueError, match="not place:blow"):
        armed_places(asked)

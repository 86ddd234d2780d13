"""A signal to stop is heard wherever it meets the supervisor: in the middle of its wait too."""

import subprocess
import sys

from tests.architecture.tree import ROOT

ROUNDS = 400
# Each round is told to stop by a signal some tenths of a millisecond after it began, while it does nothing but wait.
SCRIPT = f"""
import signal
from pathlib import Path
from random import Random

from erekon.portal import supervisor

supervisor.TICK_SECONDS = 0
chance = Random(1)
for _ in range({ROUNDS}):
    one = supervisor.Supervisor((), Path("."))
    signal.signal(signal.SIGALRM, lambda *_: one.stop())
    signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.0001, 0.001))
    one.run()
print("ended")
"""


def test_a_signal_to_stop_is_heard_in_the_middle_of_the_wait() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "ended\n"

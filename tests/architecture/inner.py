"""Runs our own conftest over one small file, to see what it does with it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT


def run_inner_pytest(file: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Our own conftest over one file, in an environment where every group counts as present."""
    present = {"DATABASE_URL": "postgres://x", "BROKER_URL": "redis://x", "CHROMIUM": sys.executable}
    whole = {**os.environ, **present, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "-p", "no:django", "-p", "tests.conftest"]
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", *options, str(file)],
        cwd=file.parent,
        env=whole,
        capture_output=True,
        text=True,
        check=False,
    )

"""`make chaos` ends in one line of JSON, gathered from every test process."""

import json
from pathlib import Path

import pytest

from tests.architecture.inner import run_inner_pytest

pytestmark = pytest.mark.once

RECORDING = """
def test_clean(chaos_figure):
    chaos_figure("kills", n=100, bad=0, control_failed=True)
def test_bad_one(chaos_figure):
    chaos_figure("races", n=50, bad=1, control_failed=True)
def test_idle_control(chaos_figure):
    chaos_figure("forgery", n=40, bad=0, control_failed=False)
"""


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["one process", "two processes"])
def test_last_line_names_every_figure_and_whether_it_is_good(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    file = tmp_path / "test_inner.py"
    file.write_text(RECORDING)
    result = run_inner_pytest(file, *options, EREKON_CHAOS_JSON="1")
    rows = json.loads(result.stdout.splitlines()[-1])["chaos"]
    assert {row["name"]: row["ok"] for row in rows} == {"kills": True, "races": False, "forgery": False}
    assert {row["name"]: row["n"] for row in rows} == {"kills": 100, "races": 50, "forgery": 40}


def test_ordinary_run_prints_no_figures(tmp_path: Path) -> None:
    file = tmp_path / "test_inner.py"
    file.write_text(RECORDING)
    assert '"chaos"' not in run_inner_pytest(file, EREKON_CHAOS_JSON="").stdout

"""Static files are gathered once for what stands, and by two portals that start together one after the other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from erekon.portal import gathering
from tests.architecture.tree import ROOT

PORTALS = 3
START = """
import sys
import django
from django.conf import settings
django.setup()
settings.STATIC_ROOT = sys.argv[1]
from erekon.portal.gathering import gather
print(gather())
"""


@pytest.fixture
def gathered(monkeypatch, settings, tmp_path: Path):
    settings.STATIC_ROOT = tmp_path / "gathered"
    settings.STATICFILES_DIRS = [tmp_path / "sources"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.css").write_text("a {}")
    calls = []
    monkeypatch.setattr(gathering, "call_command", lambda *given, **_: calls.append(given))
    return calls


def test_what_stands_is_gathered_once_and_a_change_again(gathered, tmp_path):
    gathering.gather()
    gathering.gather()
    assert len(gathered) == 1
    (tmp_path / "sources" / "a.css").write_text("a { color: red }")
    gathering.gather()
    assert len(gathered) == 2


def test_a_gathering_that_broke_off_is_begun_anew(gathered, monkeypatch):
    def full(*_, **__):
        raise OSError("no space")

    with monkeypatch.context() as patched:
        patched.setattr(gathering, "call_command", full)
        with pytest.raises(OSError, match="no space"):
            gathering.gather()
    gathering.gather()
    assert len(gathered) == 1


@pytest.mark.once
def test_portals_that_start_together_do_not_meet(tmp_path):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "erekon.settings", "SECRET_KEY": "x" * 40}
    command = [sys.executable, "-c", START, str(tmp_path / "gathered")]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(PORTALS)
    ]
    said = sorted(one.communicate()[0].strip() for one in started)
    # One gathered, and those that came after it had nothing left to do.
    assert said == [*["False"] * (PORTALS - 1), "True"]

"""No test is lost: what looks like a test is one that pytest runs, and skips can be made failures."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.inner import run_inner_pytest
from tests.architecture.lost import lost_tests, used_names
from tests.architecture.tree import ROOT, parsed, relative, suite_files

PLANTED = {
    "nested": ("test_x.py", "def outer():\n    def test_a(): ...\n"),
    "wrong file": ("checks.py", "def test_a():\n    assert 1\n"),
    "wrong class": ("test_x.py", "class Checks:\n    def test_a(self):\n        assert 1\n"),
    "constructor": ("test_x.py", "class TestA:\n    def __init__(self): ...\n    def test_a(self): ...\n"),
    "overwritten": ("test_x.py", "def test_a():\n    assert 1\ndef test_a():\n    assert 2\n"),
    "misspelt": ("test_x.py", "def tset_a():\n    assert 1\n"),
}
SKIPPING = {
    "skip": "import pytest\n@pytest.mark.skip\ndef test_a(): ...\n",
    "skip inside": "import pytest\ndef test_a():\n    pytest.skip('no')\n",
    "xfail": "import pytest\n@pytest.mark.xfail\ndef test_a():\n    assert 0\n",
    "xpass": "import pytest\n@pytest.mark.xfail\ndef test_a(): ...\n",
    "whole module": "import pytest\npytest.skip('no', allow_module_level=True)\ndef test_a(): ...\n",
}


def test_every_test_in_the_tree_is_collected() -> None:
    known = used_names([parsed(path) for path in suite_files()])
    found = {relative(path): list(lost_tests(path, parsed(path), known)) for path in suite_files()}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("name", "source"), PLANTED.values(), ids=PLANTED)
def test_planted_lost_test_is_found(tmp_path: Path, name: str, source: str) -> None:
    (tmp_path / "__init__.py").touch()
    assert len(list(lost_tests(tmp_path / name, ast.parse(source), Counter()))) == 1


def test_collection_is_not_narrowed_by_settings() -> None:
    text = (ROOT / "pyproject.toml").read_text() + (ROOT / "tests" / "conftest.py").read_text()
    assert not {
        word for word in ("collect_ignore", "norecursedirs", "--ignore", "--deselect") if word in text
    }


@pytest.mark.parametrize("source", SKIPPING.values(), ids=SKIPPING)
def test_skip_fails_the_run_that_allows_none(tmp_path: Path, source: str) -> None:
    file = tmp_path / "test_inner.py"
    file.write_text(source)
    result = run_inner_pytest(file, "--no-skips")
    assert result.returncode in {1, 2}, result.stdout
    assert "skips are failures in this run" in result.stdout


def test_skip_is_left_alone_in_an_ordinary_run(tmp_path: Path) -> None:
    file = tmp_path / "test_inner.py"
    file.write_text(SKIPPING["skip"])
    result = run_inner_pytest(file)
    assert "1 skipped" in result.stdout

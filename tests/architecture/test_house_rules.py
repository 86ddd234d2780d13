"""The house rules hold in the tree, and each rule is seen failing on a planted fault."""

import ast
from pathlib import Path
from statistics import median

import pytest

from tests.architecture.rules import RULES, Checker, Rule
from tests.architecture.tree import ROOT, app_files, parsed, relative, suite_files

LONGEST = 300
MEDIAN = 80
# Pages, scripts and styles of ours; what was vendored is not ours to split.
OURS_BESIDE_PYTHON = ("templates/**/*.html", "static/**/*.js", "static/**/*.css")


def lengths() -> dict[str, int]:
    paths = app_files() + suite_files()
    for pattern in OURS_BESIDE_PYTHON:
        paths += [path for path in ROOT.glob(pattern) if "vendor" not in path.parts]
    return {relative(path): _lines(path) for path in paths}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    "check", dict.fromkeys(rule.check for rule in RULES), ids=lambda check: check.__name__
)
def test_rule_holds_in_every_application(check: Checker) -> None:
    broken = [line for path in app_files() for line in check(relative(path), parsed(path))]
    assert broken == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_sees_its_planted_fault(rule: Rule) -> None:
    assert list(rule.check(rule.planted_path, ast.parse(rule.planted_source)))


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    assert {path: count for path, count in lengths().items() if count > LONGEST} == {}


def test_median_file_stays_small() -> None:
    counts = [count for path in app_files() + suite_files() if (count := _lines(path))]
    assert median(counts) < MEDIAN


def test_tree_that_is_read_holds_the_applications() -> None:
    assert {relative(path).split("/")[0] for path in app_files()} >= {"erekon", "reconciliation"}

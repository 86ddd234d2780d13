"""What holds for every test: groups left out are named, skips can be made failures, chaos figures are printed."""

import json
import os
import sys
from collections.abc import Generator
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from audit.witness import Witness
from tests.availability import absent_groups, soaking
from tests.flushing import let_flush_pass
from tests.strictness import harden_collection, harden_test

FIGURES = pytest.StashKey[list[dict[str, Any]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="treat a skipped or xfailed test as a failure")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []
    missing = absent_groups()
    if config.getoption("--no-skips") and missing:
        raise pytest.UsageError("--no-skips, but not here: " + "; ".join(missing.values()))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = set(absent_groups()) | (set() if soaking() else {"soak"})
    kept = [item for item in items if not left_out & {mark.name for mark in item.iter_markers()}]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept
    # The long ones first: else one process may still be at its last while the other has nothing left.
    items.sort(key=lambda item: item.get_closest_marker("once") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.config.getoption("--no-skips"):
        harden_test(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if collector.config.getoption("--no-skips"):
        harden_collection(report)
    return report


@pytest.fixture(scope="session", autouse=True)
def _flushable() -> None:
    let_flush_pass()


@pytest.fixture(autouse=True)
def _own_witness(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test's database starts empty, so its checkpoints outside the database must too; made when written to."""
    if apps.ready:
        book = Witness(tmp_path_factory.getbasetemp() / uuid4().hex / "checkpoints.txt")
        monkeypatch.setattr("audit.checkpoints.witness", lambda: book)


@pytest.fixture
def chaos_figure(record_property: Any) -> Any:
    """Record one row of `make chaos`: name, n tried, bad outcomes, whether the unguarded control failed."""

    def record(name: str, *, n: int, bad: int, control_failed: bool) -> None:
        row = {"name": name, "n": n, "bad": bad, "control_failed": control_failed}
        record_property("chaos", {**row, "ok": bad == 0 and control_failed})

    return record


class _Figures:
    """Gathers the chaos rows of all test processes in the one that reports."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            rows = [value for name, value in report.user_properties if name == "chaos"]
            self.config.stash[FIGURES].extend(rows)  # type: ignore[arg-type]


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.pluginmanager.register(_Figures(session.config), "chaos-figures")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for marker, reason in absent_groups().items():
        terminalreporter.write_line(f"NOT RUN: tests marked '{marker}': {reason}.", yellow=True)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """The figures come after pytest's own last line, so that they are the last line of all."""
    if os.environ.get("EREKON_CHAOS_JSON") == "1" and not hasattr(config, "workerinput"):
        sys.stdout.write(json.dumps({"chaos": config.stash.get(FIGURES, [])}) + "\n")

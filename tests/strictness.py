"""`--no-skips`: a skipped or expectedly failing test is a failure, so that no run is greener than it is."""

from typing import Any

REASON = "skips are failures in this run"


def harden_test(report: Any) -> None:
    """Turn a skipped, xfailed or xpassed report of one test into a failed one."""
    if report.skipped or hasattr(report, "wasxfail"):
        cause = getattr(report, "wasxfail", None) or report.longrepr
        if hasattr(report, "wasxfail"):
            del report.wasxfail
        report.outcome = "failed"
        report.longrepr = f"{REASON}: {cause}"


def harden_collection(report: Any) -> None:
    """Turn a module that skips itself as a whole into a failed one."""
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{REASON}: {report.longrepr}"

"""Which groups of tests can run here, judged by what this machine and its environment offer."""

import os
import shutil
from collections.abc import Callable


def _no_chromium() -> str:
    return "" if chromium() else "Chromium is not installed"


def _no_postgres() -> str:
    return (
        ""
        if os.environ.get("DATABASE_URL", "").startswith("postgres")
        else "DATABASE_URL names no PostgreSQL"
    )


def _no_redis() -> str:
    return "" if os.environ.get("BROKER_URL", "").startswith("redis") else "BROKER_URL names no Redis"


# marker -> why it cannot run, or the empty text
NEEDS: dict[str, Callable[[], str]] = {"browser": _no_chromium, "postgres": _no_postgres, "redis": _no_redis}


def chromium() -> str | None:
    """The path of Debian's Chromium, or of what CHROMIUM names."""
    return shutil.which(os.environ.get("CHROMIUM", "chromium"))


def soaking() -> bool:
    """Whether the full figures are wanted instead of the seeded samples."""
    return os.environ.get("EREKON_SOAK") == "1"


def absent_groups() -> dict[str, str]:
    """The markers that cannot run here, each with its reason."""
    return {marker: reason for marker, judge in NEEDS.items() if (reason := judge())}

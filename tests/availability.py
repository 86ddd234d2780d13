"""Which groups of tests can run here, judged by what this machine and its environment offer."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path


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


def _no_pdfsig() -> str:
    found = shutil.which("pdfsig") and shutil.which("certutil")
    return "" if found else "pdfsig (poppler-utils) or certutil (libnss3-tools) is not installed"


def _no_token() -> str:
    return "" if softhsm() else "SoftHSM (softhsm2) is not installed"


def _no_strace() -> str:
    return "" if shutil.which("strace") else "strace is not installed"


def _not_twice() -> str:
    return (
        ""
        if soaking()
        else _no_postgres() and "long, and the same on every database; they run beside PostgreSQL"
    )


# marker -> why it cannot run, or the empty text
NEEDS: dict[str, Callable[[], str]] = {
    "browser": _no_chromium,
    "postgres": _no_postgres,
    "redis": _no_redis,
    "pdfsig": _no_pdfsig,
    "token": _no_token,
    "strace": _no_strace,
    "once": _not_twice,
}


def chromium() -> str | None:
    """The path of Debian's Chromium, or of what CHROMIUM names."""
    return shutil.which(os.environ.get("CHROMIUM", "chromium"))


def softhsm() -> str | None:
    """The path of SoftHSM's PKCS#11 module."""
    places = Path("/usr/lib").glob("**/softhsm/libsofthsm2.so")
    return str(next(places, "")) or None if shutil.which("softhsm2-util") else None


def soaking() -> bool:
    """Whether the full figures are wanted instead of the seeded samples."""
    return os.environ.get("EREKON_SOAK") == "1"


def absent_groups() -> dict[str, str]:
    """The markers that cannot run here, each with its reason."""
    return {marker: reason for marker, judge in NEEDS.items() if (reason := judge())}

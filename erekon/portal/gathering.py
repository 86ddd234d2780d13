"""Static files, gathered where pages need them: once for what stands, whoever starts first."""

import fcntl
import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_LOCK, STAMP = ".gathering", ".gathered"


def gather() -> bool:
    """Bring STATIC_ROOT up to what the sources are now; False when it was already.

    Two portals of one checkout that start together gather one after the other: in the midst of each other's files
    both would fail.
    """
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with (root / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp, standing = root / STAMP, _fingerprint()
        if stamp.is_file() and stamp.read_text() == standing:
            return False
        stamp.unlink(missing_ok=True)  # a gathering that is broken off is begun anew
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(standing)
        return True


def _fingerprint() -> str:
    """SHA-256 over name, size and time of every source."""
    return hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()


def _sources() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            yield f"{name} {found.st_size} {found.st_mtime_ns}"

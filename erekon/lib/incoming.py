"""Chunks of files on their way, one folder a file below MEDIA_ROOT/incoming; a chunk stands whole or not at all."""

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from erekon.lib.files import fsync_folder, make_folder


def put(key: int, number: int, content: bytes) -> None:
    """Keep one chunk on the disk; returns only when it would survive a power cut."""
    folder = _folder(key)
    make_folder(folder.parent)
    make_folder(folder)
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".incoming-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, folder / str(number))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    fsync_folder(folder)


def numbers(key: int) -> set[int]:
    """The numbers of the chunks that stand."""
    folder = _folder(key)
    return (
        {int(path.name) for path in folder.iterdir() if path.name.isdecimal()} if folder.is_dir() else set()
    )


def joined(key: int, count: int) -> bytes:
    """The chunks 0 to `count` − 1 in order. Raises FileNotFoundError when one is missing."""
    return b"".join((_folder(key) / str(number)).read_bytes() for number in range(count))


def drop(key: int) -> None:
    """Forget the chunks of a file; dropping twice is harmless."""
    shutil.rmtree(_folder(key), ignore_errors=True)


def drop_strays(kept: set[int], *, before: datetime) -> int:
    """Forget folders untouched since `before` that no key in `kept` names; returns how many."""
    strays = [
        path
        for path in (Path(settings.MEDIA_ROOT) / "incoming").glob("*")
        if path.name.isdecimal() and int(path.name) not in kept and path.stat().st_mtime < before.timestamp()
    ]
    for path in strays:
        shutil.rmtree(path, ignore_errors=True)
    return len(strays)


def _folder(key: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "incoming" / str(key)

"""A copy of all keys, to keep elsewhere, and the way back from it."""

import io
import os
import re
import tarfile
import zlib
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction

from accounts.actors import SYSTEM
from audit.services import append
from bar.installation import keyring
from erekon.lib.keyfiles import KeyFileError, create_once, read_secret

_OWNER_ONLY = 0o600
_LARGEST = 64 * 1024  # a key file has a few kilobytes
_KEY_FILE = re.compile(r"bar-ca\.pem|token-\d{4}\.pem|server-secret(-\d{4})?")
_UNREADABLE = (tarfile.TarError, EOFError, zlib.error)


def back_up_keys(*, target: Path) -> int:
    """Every key file in one archive that only its owner may read; answers how many. Raises FileExistsError."""
    folder = keyring().folder
    paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        for path in paths:
            archive.add(path, arcname=path.name)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content.getvalue())
        file.flush()
        os.fsync(file.fileno())
    return len(paths)


def restore_keys(*, source: Path, now: datetime) -> list[str]:
    """Put back the key files of a copy that are not here; answers their names.

    A key that is here stays, whatever the copy says: raises KeyFileError, before anything is written, where one of
    the same name differs, and for what is no copy of keys. May be broken off and run again.
    """
    copied, folder = _read(source), keyring().folder
    missing = {name: content for name, content in copied.items() if not _is_here(folder / name, content)}
    for name, content in missing.items():
        if create_once(folder / name, partial(bytes, content)) != content:
            raise _other(folder / name)
    if missing:
        with transaction.atomic():
            append(
                at=now,
                actor=SYSTEM.key,
                action="PULIHKAN_KUNCI",
                subject="kunci-server",
                content={"files": sorted(missing)},
            )
    return sorted(missing)


def _read(source: Path) -> dict[str, bytes]:
    """The files of a copy by name; none is unpacked by its own path."""
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            for member in archive:
                held = archive.extractfile(member) if member.isreg() else None
                if held is None or not _KEY_FILE.fullmatch(member.name) or not 0 < member.size <= _LARGEST:
                    raise KeyFileError(source, f"holds {member.name!r}, which is no key file")
                found[member.name] = held.read()
    except _UNREADABLE as error:
        raise KeyFileError(source, "not a whole copy of keys") from error
    if not found:
        raise KeyFileError(source, "holds no key")
    return found


def _is_here(path: Path, content: bytes) -> bool:
    if not path.exists():
        return False
    if read_secret(path) != content:
        raise _other(path)
    return True


def _other(path: Path) -> KeyFileError:
    return KeyFileError(path, "another key of this name is here; move the folder of keys away first")

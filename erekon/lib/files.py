"""Content-addressed store: a file's name is the SHA-256 of its bytes, and it is never overwritten.

Bytes before rows: `store` returns only when file and folder are on the disk, so that a row which names
a hash never points at nothing.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from django.conf import settings
from django.db import models

from erekon.lib.failpoints import failpoint

Bytes: TypeAlias = "bytes | memoryview[int]"
_ALL = "semua"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class FileDamaged(Exception):
    """A stored file is missing or its bytes no longer have the hash of its name."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"stored file {sha256} is missing or damaged")
        self.sha256 = sha256


class StoredFileField(models.CharField):  # type: ignore[type-arg]  # Django's field takes none at run time
    """A column that names a stored file by its SHA-256 (64 hex digits); empty where there is none yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash stand. Raises ValueError for anything that is no SHA-256."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return Path(settings.MEDIA_ROOT) / "files" / sha256[:2] / sha256


def name_of(content: bytes) -> str:
    """The name under which these bytes are stored."""
    return hashlib.sha256(content).hexdigest()


def store(*parts: Bytes) -> str:
    """Keep these bytes, one file of all parts, for good and return their SHA-256; doing it twice is harmless."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    sha256 = digest.hexdigest()
    target = path_of(sha256)
    if _stands(target, parts):
        return sha256
    _make_folders(target.parent)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
    try:
        with os.fdopen(descriptor, "wb") as handle:
            for part in parts:
                handle.write(part)
            handle.flush()
            os.fsync(handle.fileno())
        failpoint("files.written")
        os.replace(temporary, target)
        failpoint("files.renamed")
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    fsync_folder(target.parent)
    return sha256


def _make_folders(wanted: Path) -> None:
    """All 256 at once and on the disk once: each by itself would cost its first file a further wait for the disk.

    The mark that they are comes last: a folder that is there may not be on the disk yet.
    """
    root = wanted.parent
    if (root / _ALL).is_dir() and wanted.is_dir():
        return
    make_folder(root)
    for number in range(256):
        (root / f"{number:02x}").mkdir(exist_ok=True)
    fsync_folder(root)
    (root / _ALL).mkdir(exist_ok=True)


def _stands(target: Path, parts: Sequence[Bytes]) -> bool:
    """Whether these very bytes are there; a file that was cut or changed is written anew."""
    try:
        return target.stat().st_size == sum(map(len, parts)) and target.read_bytes() == b"".join(parts)
    except FileNotFoundError:
        return False


def read(sha256: str) -> bytes:
    """The stored bytes, hashed again on the way out. Raises FileDamaged when they are not what was stored."""
    try:
        content = path_of(sha256).read_bytes()
    except OSError as error:
        raise FileDamaged(sha256) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged(sha256)
    return content


def make_folder(folder: Path) -> None:
    """Make a folder so that it is still there after a power cut."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    fsync_folder(folder.parent)


def fsync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Secret files made once and never replaced, whatever number of processes start together."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

_OWNER_ONLY = 0o600
_FOLDER_MODE = 0o700


class KeyFileError(Exception):
    """A secret file cannot be trusted: `path` is the file, the text says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path


def create_once(path: Path, make: Callable[[], bytes]) -> bytes:
    """The content of the file, made by `make` if it does not exist yet; every process gets the same bytes.

    The bytes are whole and on disk before the name exists: temporary file (O_EXCL, 0600), fsync, hard link
    to the name, which fails if another process was first, fsync of the folder. Raises KeyFileError when the
    file is open to others than its owner, or empty.
    """
    if not path.exists():
        path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        _place(path, make())
    return read_secret(path)


def read_secret(path: Path) -> bytes:
    """The content of a secret file. Raises KeyFileError when others may read it, or when it is empty."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyFileError(path, "readable by others than its owner; set its mode to 0600")
    content = path.read_bytes()
    if not content:
        raise KeyFileError(path, "empty")
    return content


def _place(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(8).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _link(temporary, path)
    finally:
        temporary.unlink()


def _link(temporary: Path, path: Path) -> None:
    """Rename would replace the winner's file; a link refuses."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

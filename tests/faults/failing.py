"""Let the n-th file write, fsync, rename or commit of this process fail, and count them where none is to fail."""

import errno
import os
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

# What fails, and how: no space, a broken disk, a commit that was not done, one whose answer was lost.
KINDS = ("write", "fsync", "rename", "commit", "unsure")
_WRITING = ("INSERT", "UPDATE", "DELETE")


class Fault:
    """Strikes once: at the n-th passing of a kind; n = 0 never strikes."""

    def __init__(self, kind: str, number: int = 0) -> None:
        self.kind, self.number, self.passed = kind, number, Counter[str]()

    def strikes(self, kind: str) -> bool:
        """Count one passing."""
        self.passed[kind] += 1
        return kind == self.kind and self.passed[kind] == self.number


class _Handle:
    """An open file whose next write may find no space: half of the bytes are written then."""

    def __init__(self, handle: Any, fault: Fault) -> None:
        self._handle, self._fault = handle, fault

    def __enter__(self) -> "_Handle":
        return self

    def __exit__(self, *error: object) -> None:
        self._handle.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handle, name)

    def write(self, content: bytes) -> int:
        if self._fault.strikes("write"):
            self._handle.write(content[: len(content) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return int(self._handle.write(content))


def _broken(plain: Callable[..., Any], fault: Fault, kind: str) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        if fault.strikes(kind):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return plain(*arguments, **options)

    return call


def _commit(plain: Callable[..., Any], fault: Fault) -> Callable[..., Any]:
    """A commit that fails before it is done, or is done while its answer is lost."""

    def call(*arguments: Any) -> Any:
        if fault.strikes("commit"):
            raise OperationalError("disk I/O error")
        done = plain(*arguments)
        if fault.strikes("unsure"):
            raise OperationalError("server closed the connection unexpectedly")
        return done

    return call


@contextmanager
def failing(fault: Fault) -> Generator[None]:
    """While this lasts, files and database of this thread are in the hand of the fault."""
    plain_fdopen = os.fdopen

    def by_itself(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """A statement outside any transaction is its own commit."""
        if connection.in_atomic_block or not sql.lstrip().upper().startswith(_WRITING):
            return execute(sql, params, many, context)
        return _commit(execute, fault)(sql, params, many, context)

    with ExitStack() as stack:
        for target, name, kind in ((os, "fsync", "fsync"), (os, "replace", "rename")):
            stack.enter_context(patch.object(target, name, _broken(getattr(target, name), fault, kind)))
        opened = lambda *given, **more: _Handle(plain_fdopen(*given, **more), fault)  # noqa: E731
        stack.enter_context(patch("erekon.lib.files.os.fdopen", opened))
        stack.enter_context(
            patch.object(BaseDatabaseWrapper, "_commit", _commit(BaseDatabaseWrapper._commit, fault))
        )
        stack.enter_context(connection.execute_wrapper(by_itself))
        yield

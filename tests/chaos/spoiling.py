"""An app that spoils the process that loads it, as the environment tells.

CHAOS_FOLDER/clock: seconds that the wall clock is wrong by. CHAOS_POISON: a file whose name holds this word kills the
worker that checks it, while CHAOS_FOLDER/antidote is missing. CHAOS_POWER: a list of what has been brought to the
disk, for a power cut. CHAOS_LEASE: how many seconds a lease lasts. CHAOS_OFF: the guard that is switched off for a control.
"""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import AppConfig

_plain_fsync = os.fsync


class Spoiling(AppConfig):
    """Spoils on start."""

    name = "tests.chaos"
    label = "spoiling"

    def ready(self) -> None:
        folder = Path(os.environ["CHAOS_FOLDER"])
        _spoil_clock(folder / "clock")
        if word := os.environ.get("CHAOS_POISON"):
            _spoil_gate(word, folder / "antidote")
        if book := os.environ.get("CHAOS_POWER"):
            os.fsync = _noting(Path(book))
        if seconds := os.environ.get("CHAOS_LEASE"):
            import_module("erekon.lib.leases").LEASE = timedelta(seconds=float(seconds))  # type: ignore[attr-defined]
        for guard in filter(None, os.environ.get("CHAOS_OFF", "").split(",")):
            GUARDS[guard]()


def _spoil_clock(offset: Path) -> None:
    clock = import_module("erekon.lib.clock")
    plain = clock.now

    def now() -> Any:
        try:
            return plain() + timedelta(seconds=float(offset.read_text() or 0))
        except FileNotFoundError:
            return plain()

    clock.now = now


def _spoil_gate(word: str, antidote: Path) -> None:
    checking = import_module("adk.services.checking")
    plain = checking.inspect

    def inspect(content: bytes, filename: str, *rest: Any) -> Any:
        if word in filename and not antidote.exists():
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(content, filename, *rest)

    checking.inspect = inspect


def _noting(book: Path) -> Callable[[Any], None]:
    """fsync that notes what is safe from a power cut: the file itself, not its name."""

    def fsync(descriptor: Any) -> None:
        _plain_fsync(descriptor)
        status = os.fstat(descriptor)
        with book.open("a") as lines:
            lines.write(f"{status.st_ino} {status.st_size}\n")

    return fsync


def _lease_off() -> None:
    import_module("erekon.portal.tasks").sweep_runs = lambda **_: {}  # type: ignore[attr-defined]


def _fsync_off() -> None:
    import_module("erekon.lib.files").os = _Unsynced()  # type: ignore[attr-defined]


class _Unsynced:
    """The module `os` with an fsync that does nothing."""

    def __getattr__(self, name: str) -> Any:
        return (lambda descriptor: None) if name == "fsync" else getattr(os, name)


def _fence_off() -> None:
    leases = import_module("erekon.lib.leases")

    def unfenced(row: Any, **values: object) -> None:
        type(row)._default_manager.filter(pk=row.pk).update(**values)

    leases._conditional = unfenced  # type: ignore[attr-defined]


def _condition_off() -> None:
    """Every move passes, whatever the stage has become: the UPDATE asks for the case's key alone."""
    moving = import_module("reconciliation.services.moving")
    plain = moving.change

    def unconditional(model: Any, tests: dict[str, Any], **written: object) -> int:
        changed: int = plain(model, {"pk": tests["pk"]}, **written)
        return changed

    moving.change = unconditional  # type: ignore[attr-defined]


GUARDS = {"lease": _lease_off, "fsync": _fsync_off, "fence": _fence_off, "condition": _condition_off}

"""Named places where a process can be made to die or fail, to prove that nothing is lost or repeated there.

Off unless the environment says otherwise: `FAILPOINT=upload.recorded:kill,files.written:full`. With
`FAILPOINT_BUDGET=folder`, each blow at a place uses up one file of `folder/<place>` and stops when none is left,
so that restarted processes get past it.
"""

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

# Along the road of one upload to its BAR; a test holds that each stands at one place of the code.
PLACES = (
    "files.written",  # the bytes are on the disk under a temporary name
    "files.renamed",  # under their own name, the folder not yet on the disk
    "upload.recorded",  # the row is in the transaction, not committed
    "upload.answering",  # committed, the client has no answer
    "ring.unheard",  # committed, the worker not rung
    "lease.claimed",  # a worker has the row and has done nothing
    "check.inspected",  # the verdict is known and not stored
    "check.stored",
    "match.compared",
    "match.stored",
    "publish.rendered",
    "publish.stored",
    "approve.rendered",
    "approve.stored",
    "pin.counted",  # the attempt is committed, the PIN not yet looked at
    "sign.rendered",  # the PDF is stored, the stage not moved
    "sign.stored",
    "reset.stored",
    "checkpoint.kept",  # the row stands, the file outside not yet
)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _broken() -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


_BLOWS: dict[str, Callable[[], None]] = {"kill": _kill, "stop": _stop, "full": _full, "broken": _broken}


def armed_places(asked: str) -> dict[str, Callable[[], None]]:
    """What to do at which place; raises ValueError for a place or a blow that does not exist."""
    armed = {}
    for part in filter(None, asked.split(",")):
        place, _, blow = part.partition(":")
        if place not in PLACES or blow not in _BLOWS:
            raise ValueError(f"FAILPOINT: {part} is not place:blow; blows: {', '.join(_BLOWS)}")
        armed[place] = _BLOWS[blow]
    return armed


_armed = armed_places(os.environ.get("FAILPOINT", ""))
_budget = os.environ.get("FAILPOINT_BUDGET", "")


def failpoint(place: str) -> None:
    """Nothing, unless this place is armed and its budget not used up."""
    blow = _armed.get(place)
    if blow is not None and (not _budget or _use_up(Path(_budget) / place)):
        blow()


def _use_up(folder: Path) -> bool:
    """Take one of the files; of two processes at the same place only one gets it."""
    for path in sorted(folder.glob("*")):
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        return True
    return False

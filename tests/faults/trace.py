"""Read what strace saw of a web process, and name every step that is missing between an upload and its answer.

strace writes one file a thread, and a thread serves one request at a time, so a file tells the steps of a request in
the order in which they were done.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = "write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,sendto,sendmsg,recvfrom"
_LINE = re.compile(r"(?P<name>\w+)\((?P<given>.*)\)\s*= (?P<result>-?\d+)")
_FILE = re.compile(r"^\d+<(?P<path>[^>]*)>")
STEPS = (
    "write of the temporary file",
    "fsync of the temporary file",
    "rename to the SHA-256",
    "fsync of the folder",
    "commit",
    "answer",
)


@dataclass(frozen=True)
class Call:
    """One call of the operating system that went well: its name, the file or socket it was on, the rest."""

    name: str
    path: str
    given: str


def command(folder: Path) -> tuple[str, ...]:
    """What to run the portal under; the traced process stays our own child."""
    return (
        "strace",
        "-D",
        "-ff",
        "--seccomp-bpf",
        "-y",
        "-s",
        "48",
        "-e",
        f"trace={CALLS}",
        "-o",
        f"{folder}/trace",
    )


def threads_of(folder: Path) -> Iterator[list[Call]]:
    """The calls of every traced thread."""
    for path in folder.glob("trace.*"):
        yield read_calls(path.read_text(errors="replace"))


def read_calls(text: str) -> list[Call]:
    """The calls that succeeded, in their order."""
    calls = []
    for line in text.splitlines():
        found = _LINE.match(line)
        if found and int(found["result"]) >= 0:
            on = _FILE.match(found["given"])
            calls.append(Call(found["name"], on["path"] if on else "", found["given"]))
    return calls


def missing_steps(threads: list[list[Call]], sha256: str) -> list[str]:
    """The steps of one acknowledged upload that were not done, or not in their order; empty when all were."""
    for calls in threads:
        for place, call in enumerate(calls):
            if _renames_to(call, sha256):
                return _missing(calls, place)
    return ["rename to the SHA-256"]


def _missing(calls: list[Call], renamed: int) -> list[str]:
    names = re.findall(r'"([^"]*)"', calls[renamed].given)
    temporary, folder = names[0], names[-1].rpartition("/")[0]
    written = _first(calls, 0, renamed, lambda call: call.path == temporary and "write" in call.name)
    synced = _first(calls, written + 1, renamed, lambda call: call.path == temporary and _syncs(call))
    answered = _first(calls, renamed, len(calls), _answers)
    kept = _first(calls, renamed, answered, lambda call: call.path == folder and _syncs(call))
    committed = _commit(calls, renamed if kept == answered else kept, answered)
    done = (
        written < renamed,
        written < synced < renamed,
        True,
        renamed < kept < answered,
        committed,
        answered < len(calls),
    )
    return [step for step, seen in zip(STEPS, done, strict=True) if not seen]


def _first(calls: list[Call], start: int, end: int, wanted: object) -> int:
    """The place of the first wanted call in a stretch, or its end."""
    return next((place for place in range(start, end) if wanted(calls[place])), end)  # type: ignore[operator]


def _commit(calls: list[Call], start: int, end: int) -> bool:
    """Whether the database kept something for good in a stretch, and nothing was left unkept at its end."""
    return _commits_of_postgres(calls[start:end]) or _commits_of_sqlite(calls[start:end])


def _commits_of_postgres(calls: list[Call]) -> bool:
    """COMMIT sent, and answered with a command tag COMMIT."""
    sent = [place for place, call in enumerate(calls) if call.name == "sendto" and "COMMIT" in call.given]
    heard = [place for place, call in enumerate(calls) if call.name == "recvfrom" and "COMMIT" in call.given]
    return bool(sent and heard) and sent[0] < heard[0]


def _commits_of_sqlite(calls: list[Call]) -> bool:
    """Pages written to the log or the database, and the log brought to the disk after the last of them."""
    written = [
        place for place, call in enumerate(calls) if call.name == "pwrite64" and "sqlite3" in call.path
    ]
    synced = [place for place, call in enumerate(calls) if _syncs(call) and "sqlite3" in call.path]
    return bool(written and synced) and written[-1] < synced[-1]


def _syncs(call: Call) -> bool:
    return call.name in {"fsync", "fdatasync"}


def _renames_to(call: Call, sha256: str) -> bool:
    return call.name.startswith("rename") and f'/{sha256}"' in call.given


def _answers(call: Call) -> bool:
    return call.name in {"sendto", "sendmsg", "write", "writev"} and "HTTP/1.1 202" in call.given

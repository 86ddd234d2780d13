"""What the operating system saw: bytes before rows before answers, for every upload that was acknowledged."""

import json
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.chaos.client import Client, Journal
from tests.chaos.place import Place, temporary_folder
from tests.faults.portal import until
from tests.faults.trace import STEPS, command, missing_steps, read_calls, threads_of

UPLOADS = 6
SHA256 = "ab" * 32
FOLDER = "/m/files/ab"
SOUND = f"""
write(7<{FOLDER}/.incoming-x>, "PK"..., 900) = 900
fsync(7<{FOLDER}/.incoming-x>) = 0
rename("{FOLDER}/.incoming-x", "{FOLDER}/{SHA256}") = 0
fsync(7<{FOLDER}>) = 0
pwrite64(5</m/db.sqlite3-wal>, ""..., 24, 0) = 24
fdatasync(5</m/db.sqlite3-wal>) = 0
sendto(9<socket:[1]>, "HTTP/1.1 202 Accepted"..., 300, 0, NULL, 0) = 300
""".strip().splitlines()
ON_POSTGRES = [
    *SOUND[:4],
    'sendto(5<socket:[2]>, "Q\\0\\0\\0\\vCOMMIT\\0", 12, MSG_NOSIGNAL, NULL, 0) = 12',
    'recvfrom(5<socket:[2]>, "C\\0\\0\\0\\vCOMMIT\\0Z\\0\\0\\0\\5I", 16384, 0, NULL, NULL) = 18',
    SOUND[-1],
]
WRITE, SYNC, RENAME, SYNC_FOLDER, LOG, SYNC_LOG, ANSWER = range(7)


def without(*places: int, lines: list[str] = SOUND) -> list[str]:
    return [line for place, line in enumerate(lines) if place not in places]


def moved(place: int, to: int, lines: list[str] = SOUND) -> list[str]:
    rest = without(place, lines=lines)
    return [*rest[:to], lines[place], *rest[to:]]


def told(lines: list[str]) -> list[str]:
    return missing_steps([read_calls("\n".join(lines))], SHA256)


@pytest.mark.parametrize("lines", [SOUND, ON_POSTGRES], ids=["SQLite", "PostgreSQL"])
def test_sound_order_misses_nothing(lines):
    assert told(lines) == []


@pytest.mark.parametrize(
    ("lines", "missed"),
    [
        (without(WRITE), STEPS[:2]),
        (without(SYNC), STEPS[1:2]),
        (moved(SYNC, RENAME), STEPS[1:2]),
        (moved(WRITE, SYNC), STEPS[1:2]),
        (without(RENAME), STEPS[2:3]),
        (without(SYNC_FOLDER), STEPS[3:4]),
        (moved(SYNC_FOLDER, RENAME), STEPS[3:4]),
        (moved(SYNC_FOLDER, SYNC_LOG), STEPS[4:5]),
        (moved(SYNC_FOLDER, ANSWER), STEPS[3:4]),
        (without(LOG), STEPS[4:5]),
        (without(SYNC_LOG), STEPS[4:5]),
        (moved(SYNC_LOG, ANSWER), STEPS[4:5]),
        (moved(ANSWER, LOG), STEPS[4:5]),
        (without(ANSWER), STEPS[5:]),
        (without(4, lines=ON_POSTGRES), STEPS[4:5]),
        (without(5, lines=ON_POSTGRES), STEPS[4:5]),
        (moved(6, 5, lines=ON_POSTGRES), STEPS[4:5]),
    ],
)
def test_step_that_is_missing_or_out_of_its_place_is_named(lines, missed):
    assert told(lines) == list(missed)


def uploads_traced(
    place: Place, known: dict[str, Any], satkers: list[str], **more: str
) -> dict[str, list[str]]:
    """What is missing of each of the uploads that two clients send to a portal under strace."""
    traces = place.folder / f"traces{len(list(place.folder.glob('traces*')))}"
    traces.mkdir()
    place.portal.under = command(traces)
    place.portal.environment |= more
    place.start()
    journal = Journal(traces / "journal")
    client = Client(place.url, known["tokens"], journal)
    try:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(client.upload, satkers))
    finally:
        place.portal.end()
    assert until(
        lambda: (
            subprocess.run(["pgrep", "-f", traces], check=False, stdout=subprocess.DEVNULL).returncode == 1
        )
    )
    threads = list(threads_of(traces))
    sent = [json.loads(line)["sha256"] for line in journal.path.read_text().splitlines()]
    return {sha256: missing_steps(threads, sha256) for sha256 in sent}


@pytest.mark.strace
def test_every_acknowledged_upload_was_on_the_disk_before_its_answer(
    chaos_figure: Callable[..., None],
) -> None:
    with temporary_folder() as folder:
        place = Place(folder, "--without", "worker", "--without", "beat", DEBUG="true", WEB_CONCURRENCY="1")
        try:
            known = place.world("seed", UPLOADS + 2)
            kept = uploads_traced(place, known, known["satkers"][:UPLOADS])
            spoilt = uploads_traced(place, known, known["satkers"][UPLOADS:], CHAOS_OFF="fsync")
        finally:
            place.end()
    bad = sum(map(bool, kept.values()))
    chaos_figure("write-order", n=UPLOADS, bad=bad, control_failed=all(spoilt.values()))
    assert list(kept.values()) == [[]] * UPLOADS
    assert list(spoilt.values()) == [[STEPS[1], STEPS[3]]] * 2

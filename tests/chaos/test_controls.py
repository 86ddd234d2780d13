"""With one guard off, the very checker that finds nothing otherwise finds the loss."""

import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.client import Client, Stuck
from tests.chaos.control import client_of, judged, killed_while_working
from tests.chaos.place import Place, running, send_signal
from tests.faults.portal import until


def late_worker(off: str) -> dict[str, int]:
    """A worker stands still in its work until another has done it, and then goes on."""
    with running(1, blows="match.compared:stop", CHAOS_OFF=off, CHAOS_LEASE="2") as (place, known):
        place.aim("match.compared")
        client = client_of(place, known)
        case = client.upload(known["satkers"][0])
        assert until(lambda: bool(standing_still(place)))
        client.until(case, lambda seen: seen["stage"] == "PERSETUJUAN_BAR")
        for pid in standing_still(place):
            send_signal(pid, signal.SIGCONT)
        time.sleep(3)
        try:
            client_of(place, known, patience=10).carry_on(case)
        except Stuck:
            assert off
        return judged(place)


def standing_still(place: Place, service: str = "worker") -> list[int]:
    found = []
    for pid in place.processes(service):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            continue
        if state == "T":
            found.append(pid)
    return found


def power_cut(off: str) -> dict[str, int]:
    """Everything stops at once, and what was not brought to the disk is gone."""
    with running(1, CHAOS_OFF=off, CHAOS_POWER="{folder}/safe") as (place, known):
        call_safe_what_is_there(place)
        client_of(place, known).carry(known["satkers"][0])
        for service in ("web", "worker", "beat"):
            for pid in place.processes(service):
                send_signal(pid, signal.SIGKILL)
        place.world("cut", place.folder / "safe")
        return judged(place)


def call_safe_what_is_there(place: Place) -> None:
    """The seed ran unspoilt: its files are on the disk for good."""
    found = [
        path.stat() for path in (place.folder / "state" / "media" / "files").rglob("*") if path.is_file()
    ]
    (place.folder / "safe").write_text("".join(f"{one.st_ino} {one.st_size}\n" for one in found))


def two_at_once(off: str) -> dict[str, int]:
    """One approval stands still after everything was judged; the same approval passes; then the first goes on."""
    with running(1, blows="approve.rendered:stop", CHAOS_OFF=off) as (place, known):
        client = client_of(place, known)
        case = client.upload(known["satkers"][0])
        seen = client.until(case, lambda told: told["stage"] == "PERSETUJUAN_BAR")
        place.aim("approve.rendered")
        asked = {"content_hash": seen["content_hash"]}
        with ThreadPoolExecutor(1) as pool:
            first = pool.submit(client.call, "vera", "POST", f"cases/{case}/approve/", asked)
            assert until(lambda: bool(standing_still(place, "web")))
            client.step(case, "APPROVE", "TTD_KPA", partial(approve, client, case, asked))
            for pid in standing_still(place, "web"):
                send_signal(pid, signal.SIGCONT)
            status, _ = first.result()
        assert status == (200 if off else 409)
        try:
            client.carry_on(case)
        except Stuck:
            assert off
        return judged(place)


def approve(client: Client, case: int, asked: dict[str, Any]) -> int:
    return client.call("vera", "POST", f"cases/{case}/approve/", asked)[0]


WAYS: dict[str, Callable[[str], dict[str, int]]] = {
    "lease": killed_while_working,
    "fence": late_worker,
    "fsync": power_cut,
    "condition": two_at_once,
}


@pytest.mark.soak
@pytest.mark.parametrize("guard", WAYS)
def test_the_guard_keeps_and_its_absence_is_found(guard: str, chaos_figure: Callable[..., None]) -> None:
    kept, lost = WAYS[guard](""), WAYS[guard](guard)
    chaos_figure(f"guard-{guard}", n=1, bad=sum(kept.values()), control_failed=bool(lost))
    assert kept == {}
    assert lost, f"without the {guard} nothing was found"

"""The nemesis: seeded faults at the running portal, one after the other, and a list of what it did."""

import resource
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from random import Random

from tests.chaos.place import Place, send_signal

KILLING_PLACES = ("lease.claimed", "check.inspected", "match.compared", "publish.rendered", "sign.rendered")
AWHILE = (0.3, 1.2)  # seconds


class Nemesis:
    """Faults at one place; equal seeds choose equally. `kills` counts the processes that really died of it."""

    def __init__(self, place: Place, seed: int) -> None:
        self.place, self.rng = place, Random(seed)
        self.kills = 0
        self.done: list[str] = []
        self.ways: list[Callable[[], None]] = [
            *[self.kill_child] * 4,
            self.kill_leader,
            self.kill_group,
            self.kill_scheduler,
            self.wipe_broker,
            self.kill_at_a_place,
            self.pause_worker,
            self.fill_disk,
            self.ring_wildly,
            self.jump_clock,
        ]
        if place.postgres:
            self.ways.append(self.kill_database)

    def strike(self, kills: int, *, every: float) -> None:
        """Fault after fault, about `every` seconds apart, until so many processes were killed."""
        while self.kills < kills:
            way = self.rng.choice(self.ways)
            self.done.append(way.__name__)
            way()
            time.sleep(every * self.rng.uniform(0.5, 1.5))
        self.place.aim_at_nothing()

    def kill_child(self) -> None:
        """One of the processes that do the work of web or worker."""
        _, *children = self.place.processes(self.rng.choice(("web", "worker")))
        if children:
            self._kill(self.rng.choice(children))

    def kill_leader(self) -> None:
        """The process that keeps those of web or worker; they stay behind for a moment."""
        self._kill(self.place.processes(self.rng.choice(("web", "worker")))[0])

    def kill_group(self) -> None:
        """All of web or worker at once."""
        for pid in self.place.processes(self.rng.choice(("web", "worker"))):
            self._kill(pid)

    def kill_scheduler(self) -> None:
        self._kill(self.place.processes("beat")[0])

    def kill_database(self) -> None:
        if self.place.postgres:
            self.place.postgres.kill()
            self.kills += 1

    def wipe_broker(self) -> None:
        """The doorbell forgets all it knew; where it is a process of its own, that is killed."""
        self.place.wipe_broker()
        self.kills += self.place.redis is not None

    def kill_at_a_place(self) -> None:
        """The next process that passes there dies; not counted, as it may be passed late."""
        self.place.aim(self.rng.choice(KILLING_PLACES))

    def pause_worker(self) -> None:
        """A worker that hears nothing for a while, then goes on as if nothing had been."""
        pid = self.rng.choice(self.place.processes("worker"))
        send_signal(pid, signal.SIGSTOP)
        time.sleep(self.rng.uniform(*AWHILE))
        send_signal(pid, signal.SIGCONT)

    def fill_disk(self) -> None:
        """For a while no process of web or worker can write a byte to a file."""
        service = self.rng.choice(("web", "worker"))
        self._limit_files(service, 0)
        time.sleep(self.rng.uniform(*AWHILE))
        self._limit_files(service, resource.RLIM_INFINITY)

    def ring_wildly(self) -> None:
        """Deliveries that come twenty times, in any order."""
        self.place.ring(self.rng.randrange(10_000))

    def jump_clock(self) -> None:
        """The wall clock is wrong for a while, by up to an hour, and comes back."""
        self._set_clock(self.rng.choice((-3600, -60, 60, 3600)))
        time.sleep(self.rng.uniform(*AWHILE))
        self._set_clock(0)

    def _set_clock(self, seconds: int) -> None:
        """How far every process' clock is wrong from now on."""
        fresh = self.place.folder / "clock.new"
        fresh.write_text(str(seconds))
        fresh.replace(self.place.folder / "clock")

    def _limit_files(self, service: str, size: int) -> None:
        """How large a file may grow by the hand of each process; the leader first, as its children inherit it."""
        leader, *_ = self.place.processes(service)
        for pid in (leader, *self.place.processes(service)):
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def _kill(self, pid: int) -> None:
        self.kills += send_signal(pid, signal.SIGKILL)

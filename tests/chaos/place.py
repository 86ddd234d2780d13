"""A temporary place with everything of its own: database, broker, files and a running `manage.py serve`.

With DATABASE_URL naming a PostgreSQL the place starts a PostgreSQL and a Redis of its own, else it stands on
the embedded default. All of it may be killed.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from erekon.lib.failpoints import PLACES
from tests.architecture.tree import ROOT
from tests.faults.portal import Portal, free_port, until

SERVER_USER = "postgres"


class Redis:
    """A Redis that keeps nothing: what it loses, the sweep rings again."""

    def __init__(self) -> None:
        self.port = free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        """Dead and empty, then there again."""
        self.process.kill()
        self.process.wait()
        self.start()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


class Postgres:
    """A cluster of its own with fsync on, run by an unprivileged user where the tests run as root."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder / "cluster"
        self.programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.folder, SERVER_USER)
        self._run("initdb", "-A", "trust", "-U", SERVER_USER, "-D", str(self.folder))
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", SERVER_USER, "erekon")

    @property
    def url(self) -> str:
        return f"postgres://{SERVER_USER}@127.0.0.1:{self.port}/erekon"

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._run(
            "pg_ctl", "-D", str(self.folder), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def kill(self) -> None:
        """kill -9 of the server and its processes, then crash recovery."""
        leader = int((self.folder / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(["pgrep", "-P", str(leader)], capture_output=True, text=True, check=False)
        for pid in [leader, *map(int, children.stdout.split())]:
            send_signal(pid, signal.SIGKILL)
        until(lambda: not Path(f"/proc/{leader}").exists())
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        self.start()

    def end(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        as_server = ["setpriv", f"--reuid={SERVER_USER}", f"--regid={SERVER_USER}", "--clear-groups"]
        prefix = as_server if os.geteuid() == 0 else []
        with (self.folder.parent / "server-log").open("ab") as log:
            subprocess.run(
                [*prefix, str(self.programs / program), *arguments],
                cwd=self.folder,
                check=True,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )


class Place:
    """The whole installation in one folder. `budget` holds the blows still to come, one file each."""

    def __init__(self, folder: Path, *options: str, blows: str = "", **more: str) -> None:
        self.folder, self.budget = folder, folder / "budget"
        for place in PLACES:
            (self.budget / place).mkdir(parents=True)
        apart = os.environ.get("DATABASE_URL", "").startswith("postgres")
        self.postgres = Postgres(folder) if apart else None
        self.redis = Redis() if apart else None
        services = {"DATABASE_URL": self.postgres.url, "BROKER_URL": self.redis.url} if apart else {}
        armed = {"FAILPOINT": blows, "FAILPOINT_BUDGET": str(self.budget)} if blows else {}
        settings = {
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "CHAOS_FOLDER": str(folder),
            "WEB_CONCURRENCY": "2",
            "WORKER_CONCURRENCY": "2",
            "DEBUG": "false",
        }
        further = {name: value.format(folder=folder) for name, value in more.items()}
        self.portal = Portal(folder, *options, **{**settings, **services, **armed, **further})
        self.ringer: subprocess.Popen[str] | None = None
        loud = ("FAILPOINT", "CHAOS_", "DJANGO_SETTINGS_MODULE")
        self.quiet = {
            name: value for name, value in self.portal.environment.items() if not name.startswith(loud)
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.portal.port}"

    def start(self) -> "Place":
        self.portal.start()
        assert until(self.portal.answers, 60), self.portal.log.read_text()[-4000:]
        return self

    def world(self, action: str, *arguments: object) -> Any:
        """One action of `tests.chaos.world` in a process without failpoints."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.chaos.world", action, *map(str, arguments)],
            cwd=ROOT,
            env=self.quiet,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return json.loads(done.stdout.splitlines()[-1])

    def ring(self, seed: int) -> None:
        """Every bell, many times over, in an order of the seed's; rung by a process that stays."""
        if self.ringer is None:
            self.ringer = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.world", "ringer"],
                cwd=ROOT,
                env=self.quiet,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        assert self.ringer.stdin is not None
        self.ringer.stdin.write(f"{seed}\n")
        self.ringer.stdin.flush()

    def aim(self, place: str, blows: int = 1) -> None:
        """Let the next passes of this place have their blow."""
        for number in range(blows):
            (self.budget / place / f"{time.monotonic_ns()}-{number}").touch()

    def aim_at_nothing(self) -> None:
        """Take back all blows still to come."""
        for path in self.budget.glob("*/*"):
            path.unlink(missing_ok=True)

    def aimed(self, place: str) -> int:
        """How many blows at this place are still to come."""
        return len(list((self.budget / place).iterdir()))

    def processes(self, service: str) -> list[int]:
        """The leader of a service and its children, the leader first."""
        leader = self.portal.starts(service)[-1]
        found = subprocess.run(["pgrep", "-g", str(leader)], capture_output=True, text=True, check=False)
        return [leader, *(int(pid) for pid in found.stdout.split() if int(pid) != leader)]

    def wipe_broker(self) -> None:
        """The doorbell forgets everything."""
        if self.redis:
            self.redis.kill()
            return
        for path in (self.folder / "state" / "broker").rglob("*"):
            if path.is_file():
                path.unlink(missing_ok=True)

    def end(self) -> None:
        if self.ringer:
            self.ringer.kill()
            self.ringer.wait()
        self.portal.end()
        if self.redis:
            self.redis.end()
        if self.postgres:
            self.postgres.end()


def send_signal(pid: int, number: signal.Signals) -> bool:
    """As `os.kill`; False when the process is gone already, or dead and not yet buried."""
    try:
        alive = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        os.kill(pid, number)
    except (FileNotFoundError, ProcessLookupError):
        return False
    return alive


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that the database's user may enter too, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="erekon-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(cases: int, *, blows: str = "", **more: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    """A seeded place that runs, and what its clients need to know."""
    with temporary_folder() as folder:
        place = Place(folder, blows=blows, **more)
        try:
            known = place.world("seed", cases)
            yield place.start(), known
        except BaseException:
            sys.stderr.write(place.portal.log.read_text()[-20_000:])
            raise
        finally:
            place.end()

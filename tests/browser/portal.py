"""A portal as a newcomer starts it: seeded by `manage.py demo`, served with a real worker, on a free port."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


@dataclass(frozen=True)
class Account:
    """One invented person of the demo."""

    username: str
    password: str
    pin: str
    name: str


@dataclass(frozen=True)
class Portal:
    """A running portal: its address, the folder of ready ADKs, its people by user name or role and place, and the
    environment that it runs in."""

    url: str
    adk: Path
    people: list[dict[str, str]]
    environment: dict[str, str]

    def age_sessions(self, seconds: int, *stamps: str) -> None:
        """As if every session had begun (BEGAN) or had last been used (SEEN) so much earlier."""
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "erekon.settings"}
        command = [sys.executable, "-m", "tests.browser.aging", str(seconds), *stamps]
        subprocess.run(command, check=True, env=environment, cwd=ROOT)

    def person(self, role: str, place: str) -> Account:
        found = next(one for one in self.people if one["role"] == role and place in one["place"])
        return Account(found["username"], found["password"], found["pin"], found["name"])

    def of_satker(self, role: str, code: str) -> Account:
        prefix = {"Operator satker": "oprsatker", "Kuasa Pengguna Anggaran": "kpasatker"}[role]
        found = next(one for one in self.people if one["username"] == f"{prefix}{code}")
        return Account(found["username"], found["password"], found["pin"], found["name"])


@dataclass(frozen=True)
class Seed:
    """What `manage.py demo` fills: a folder and a database, with the port that its documents name."""

    folder: Path
    port: int
    database_url: str


@contextmanager
def running_portal(folder: Path) -> Iterator[Portal]:
    """Seed and serve one portal below `folder`; everything is ended and dropped on the way out."""
    with seeded(folder / "seed") as seed, served(seed, folder / "served") as portal:
        yield portal


@contextmanager
def seeded(folder: Path) -> Iterator[Seed]:
    """The demo's data below `folder`, to be served as often as wished, each time from its first day."""
    folder.mkdir(parents=True)
    with _database(folder, "seed") as database_url:
        seed = Seed(folder, _free_port(), database_url)
        environment = _environment(folder, seed.port, database_url)
        subprocess.run(
            _manage("demo", "--no-serve"), check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
        )
        yield seed


@contextmanager
def served(seed: Seed, folder: Path) -> Iterator[Portal]:
    """A copy of the seed below `folder`, which must not exist yet, on the seed's port."""
    shutil.copytree(seed.folder, folder)
    with _database(folder, "served", copied_from=seed.database_url) as database_url:
        environment = _environment(folder, seed.port, database_url)
        with (folder / "serve.log").open("wb") as log:
            server = subprocess.Popen(
                _manage("serve"), env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
            try:
                url = f"http://127.0.0.1:{seed.port}"
                _wait_for(f"{url}/health/ready", server)
                people = json.loads((folder / "accounts.json").read_text(encoding="utf-8"))
                yield Portal(url, folder / "adk", people, environment)
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(timeout=60)


def _manage(*words: str) -> list[str]:
    return [sys.executable, "manage.py", *words]


def _environment(folder: Path, port: int, database_url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {
        **kept,
        # One per portal: on a shared Redis the key tells whose doorbell is whose.
        "SECRET_KEY": f"only-for-browser-tests-{os.getpid()}-" + "0" * 30,
        "DATABASE_URL": database_url,
        "MEDIA_ROOT": str(folder / "media"),
        "EREKON_DEMO_ACCOUNTS": str(folder / "accounts.json"),
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "BIND": "127.0.0.1",
        "WORKER_CONCURRENCY": "1",
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def _database(folder: Path, use: str, *, copied_from: str = "") -> Iterator[str]:
    """SQLite in the folder, copied with it; where the suite runs on PostgreSQL, a database of its own there."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{folder / 'erekon.sqlite3'}"
        return
    name = f"erekon_browser_{use}_{os.getpid()}"
    admin = urlsplit(url)._replace(path="/postgres").geturl()
    model = f' TEMPLATE "{urlsplit(copied_from).path[1:]}"' if copied_from else ""
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    _on_server(admin, drop, f'CREATE DATABASE "{name}"{model}')
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        _on_server(admin, drop)


def _on_server(url: str, *statements: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError("the portal ended while starting; see serve.log")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise RuntimeError(f"{url} did not answer within {START_SECONDS} s")

"""`manage.py serve`: web, worker and scheduler under one supervisor, on the run contract's variables."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from erekon.portal.gathering import gather
from erekon.portal.supervisor import Service, Supervisor, empty_folder
from erekon.portal.sweeping import forget_rings

SERVICES = ("web", "worker", "beat")
CELERY = (sys.executable, "-m", "celery", "-A", "erekon.celery:app")


def web_command() -> tuple[str, ...]:
    """gunicorn with threads; keep-alive outlives the pages' 2 s poll, else connections drop in mid-air.

    The leader loads the portal once, so that a worker that died is there again at once, as a copy of it.
    """
    address = f"{os.environ.get('BIND', '0.0.0.0')}:{settings.PORT}"  # noqa: S104  (a server; BIND narrows it)
    workers = os.environ.get("WEB_CONCURRENCY", "2")
    return (
        *(sys.executable, "-m", "gunicorn", "erekon.wsgi:application", "--bind", address),
        *("--worker-class", "gthread", "--workers", workers, "--threads", "8", "--keep-alive", "30"),
        *("--timeout", "60", "--graceful-timeout", "20", "--no-control-socket", "--preload"),
    )


def worker_command() -> tuple[str, ...]:
    """A prefork Celery worker, because only prefork can enforce time limits."""
    concurrency = os.environ.get("WORKER_CONCURRENCY", "2")
    return (
        *(*CELERY, "worker", "--pool", "prefork", "--concurrency", concurrency, "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    )


def beat_command() -> tuple[str, ...]:
    """The scheduler; without a pid file, because one left by a kill would stop the next start."""
    return (*CELERY, "beat", "--loglevel", "WARNING", "--pidfile", "")


def services(without: set[str]) -> list[Service]:
    """The services to run, in starting order."""
    wanted = {
        "web": Service("web", web_command()),
        "worker": Service("worker", worker_command(), prepare=prepare_worker),
        "beat": Service("beat", beat_command()),
    }
    return [service for name, service in wanted.items() if name not in without]


def empty_doorbell() -> None:
    """Empty the embedded broker; nothing to do where Redis is the broker.

    A kill can leave a half-written file there, on which every later publish raises. Nothing is lost: the run
    rows are the truth and the sweep rings again.
    """
    if settings.BROKER_FOLDER:
        empty_folder(Path(settings.BROKER_FOLDER))


def prepare_worker() -> None:
    """Empty the doorbell, and let the next sweep ring anew for all that waits: its rings are gone with it."""
    empty_doorbell()
    if settings.BROKER_FOLDER:
        try:
            forget_rings()
        except DatabaseError:
            return  # not migrated yet: nothing waits
        finally:
            connection.close()


class Command(BaseCommand):
    """Run the portal until SIGTERM or SIGINT."""

    help = "Start web, worker and scheduler, and restart what dies."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--without NAME` may be given several times."""
        parser.add_argument("--without", action="append", default=[], choices=SERVICES)

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather the static files where pages need them, then supervise."""
        without = set(options["without"])
        if "web" not in without and not settings.DEBUG:
            gather()
        supervisor = Supervisor(services(without), folder=Path(settings.BASE_DIR))
        supervisor.listen_to_signals()
        supervisor.run()

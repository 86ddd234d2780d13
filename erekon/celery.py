"""The Celery application: a doorbell for the run rows, robust against kills and lost brokers."""

import hashlib
import os
from pathlib import Path

from celery import Celery
from celery.signals import setup_logging, worker_process_init
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erekon.settings")

from django.conf import settings

from erekon.lib.settling import settle

app = Celery("erekon")
# The doorbell is rung from web threads too, which would otherwise meet an unconfigured application.
app.set_default()

SWEEP_SECONDS = 5.0
LEFTOVERS_SECONDS = 900.0
# The sweep has a queue of its own: behind a burst of rings it would expire unheard, again and again.
RINGS, SWEEPS = "celery", "sapuan"


def _broker() -> dict[str, object]:
    """Redis when BROKER_URL names it, else kombu's filesystem transport in the installation's own folder."""
    if settings.BROKER_URL:
        return {
            "broker_url": settings.BROKER_URL,
            "broker_transport_options": {
                # Installations may share one Redis: a worker must not answer another's doorbell.
                "global_keyprefix": f"erekon-{hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest()[:12]}:",
                "visibility_timeout": 3600,
                "socket_timeout": 5,
                "socket_connect_timeout": 2,
                "max_retries": 0,
            },
        }
    folder = settings.BROKER_FOLDER or Path(settings.MEDIA_ROOT).parent / "broker"
    folders = {name: folder / name for name in ("queue", "control", "processed")}
    for path in folders.values():
        path.mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "filesystem://localhost",
        "broker_transport_options": {
            "data_folder_in": str(folders["queue"]),
            "data_folder_out": str(folders["queue"]),
            "control_folder": str(folders["control"]),
            "processed_folder": str(folders["processed"]),
            "store_processed": True,
            "polling_interval": 0.1,
        },
    }


app.conf.update(
    **_broker(),
    task_queues=[Queue(RINGS), Queue(SWEEPS)],
    task_default_queue=RINGS,
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_max_tasks_per_child=2000,
    broker_connection_retry_on_startup=True,
    task_time_limit=40,
    task_soft_time_limit=35,
    timezone="UTC",
    beat_schedule_filename=str(Path(settings.MEDIA_ROOT).parent / "celerybeat-schedule"),
    beat_schedule={
        "sweep": {
            "task": "erekon.portal.tasks.sweep",
            "schedule": SWEEP_SECONDS,
            "options": {"expires": SWEEP_SECONDS, "queue": SWEEPS},
        },
        "leftovers": {
            "task": "erekon.portal.tasks.sweep_leftovers",
            "schedule": LEFTOVERS_SECONDS,
            "options": {"expires": LEFTOVERS_SECONDS, "queue": SWEEPS},
        },
    },
)
app.autodiscover_tasks()


@setup_logging.connect
def _keep_our_logging(**_: object) -> None:
    """Celery would replace the portal's log format with its own."""


@worker_process_init.connect
def _settle(**_: object) -> None:
    """A worker has read everything it needs before its first task."""
    settle()

"""The scheduler's task: the sweep that makes a lost doorbell, worker or broker harmless."""

from celery import shared_task

from erekon.lib import clock
from erekon.portal.heartbeat import note_sweep
from erekon.portal.sweeping import sweep_leftovers, sweep_runs


@shared_task(name="erekon.portal.tasks.sweep")
def sweep() -> None:
    """Take back what died, ring again what waits."""
    now = clock.now()
    sweep_runs(now=now)
    note_sweep(now=now)


@shared_task(name="erekon.portal.tasks.sweep_leftovers")
def leftovers() -> None:
    """Delete what is used up: lapsed keys, heard rings."""
    sweep_leftovers(now=clock.now())

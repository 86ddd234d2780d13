"""The gate's tasks: an edge over one service call each, without payload, safe to run twice."""

from celery import shared_task

from adk.services.checking import check_next
from adk.services.treasury import load_next
from erekon.lib import clock


@shared_task(name="adk.tasks.check")
def check() -> None:
    """Check the oldest satker ADK that waits."""
    check_next(now=clock.now(), straight_on=True)


@shared_task(name="adk.tasks.load_treasury")
def load_treasury() -> None:
    """Check and load the oldest KPPN ADK that waits."""
    load_next(now=clock.now())

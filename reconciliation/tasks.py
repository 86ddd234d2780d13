"""The matcher's tasks: an edge over one service call each, without payload, safe to run twice."""

from celery import shared_task

from erekon.lib import clock
from reconciliation.services.matching import match_next
from reconciliation.services.publishing import publish_next


@shared_task(name="reconciliation.tasks.match")
def match() -> None:
    """Compare the oldest run that waits."""
    match_next(now=clock.now(), straight_on=True)


@shared_task(name="reconciliation.tasks.publish")
def publish() -> None:
    """Publish the oldest compared run that waits."""
    publish_next(now=clock.now())

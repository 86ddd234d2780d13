"""The doorbell: tell a worker that a run row waits. The only place that publishes to the broker.

Losing the broker loses nothing: the row waits in the database and the sweep rings again.
"""

from functools import partial

import structlog
from celery import current_app
from django.db import transaction

from erekon.lib.failpoints import failpoint

logger = structlog.get_logger(__name__)


def ring(task: str, *, times: int = 1) -> None:
    """Publish the named task after the current transaction commits; never raises, carries no payload."""
    transaction.on_commit(partial(_publish, task, times))


def _publish(task: str, times: int) -> None:
    for _ in range(times):
        try:
            failpoint("ring.unheard")
            current_app.send_task(task, retry=False)
        except Exception as error:  # whatever the transport raises, the row is safe
            logger.warning("doorbell_not_heard", task=task, error=repr(error))
            return


def broker_answers() -> bool:
    """Whether the broker can be reached now; publishes nothing."""
    try:
        with current_app.connection_for_write(connect_timeout=2) as connection:
            connection.connect()
    except Exception as error:  # whatever the transport raises
        logger.warning("broker_not_reached", error=repr(error))
        return False
    return True

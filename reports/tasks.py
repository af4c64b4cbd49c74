"""What workers take from the queue: exports to make, and now and then what has expired to remove."""

import logging
import os

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted
from procrastinate.job_context import JobContext

from reports import queue, run, services

# Before a second try, so that what failed for a moment has time to come back.
WAIT_S = 3
LOST_ITS_WORK = 75
EVERY_QUARTER_HOUR = "*/15 * * * *"

log = logging.getLogger(__name__)


# How often an export may fail is its own affair (`run.MOST_ATTEMPTS`): the queue gives it back as long as it asks.
@app.task(name=queue.MAKE_EXPORT, queue=queue.EXPORTS, pass_context=True, retry=RetryStrategy(wait=WAIT_S))
def make_export(context: JobContext, export_id: str) -> None:
    """Make one export."""
    try:
        run.run_export(export_id, is_stopping=context.should_abort)
    except run.Stopping as stopping:
        raise JobAborted from stopping
    except run.Superseded:
        # Whatever we would tell the queue now would be taken for the word of the worker that has our work.
        log.error("export %s was taken by another worker: this one ends", export_id)
        os._exit(LOST_ITS_WORK)


@app.periodic(cron=EVERY_QUARTER_HOUR)
@app.task(name="reports.remove_expired", queue=queue.UPKEEP, queueing_lock="remove_expired", priority=10)
def remove_expired(timestamp: int) -> None:
    """Remove the files whose date has passed."""
    services.remove_expired(timezone.now())

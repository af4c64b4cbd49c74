"""Make the exports that readers ask for, one at a time, at a low priority.

`make run` starts one beside the web server. More of them, here or on other machines, need the same code, the same
packages and the same DATABASE_URL (with BASSINS_SECRET_KEY_FILE), nothing else: they listen to no port and share no
disk. For example, on another machine, under whatever starts it again when it ends:

    DATABASE_URL=postgis://… BASSINS_SECRET_KEY_FILE=… python manage.py worker

Each takes the next export of the queue, and no two take the same. One that is stopped by a signal gives its export
back; what one that is killed had begun goes back to the queue after EXPORT_STALLED_S seconds.
"""

import asyncio
import ctypes
import logging
import os
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from procrastinate.contrib.django import app

from api.problems import DATABASE_ERRORS
from reports import services

NICENESS = 10
# A worker that is asked to stop signs no more: it gives its export back before others hold it for dead.
GRACE_S = 0.2
POLLED_EVERY_S = 5.0
PARENT_DEATH_SIGNAL = 1

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """A worker, until a signal stops it; it ends by itself when the database is out of reach, to be started again."""

    help = (
        "Fabrique les exports demandés, un à la fois ; il peut y avoir plusieurs travailleurs, sur plusieurs machines."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(NICENESS)
        stop_with_parent()
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
            asyncio.run(work(worker_app, settings.EXPORT_STALLED_S))


async def work(worker_app: Any, stalled_after_s: float) -> None:
    """Take jobs until stopped, signing the register, and put back what workers that no longer sign had begun."""
    async with worker_app.open_async():
        minding = asyncio.create_task(mind(stalled_after_s))
        try:
            await worker_app.run_worker_async(
                name="exports",
                concurrency=1,
                fetch_job_polling_interval=POLLED_EVERY_S,
                shutdown_graceful_timeout=GRACE_S,
                update_heartbeat_interval=stalled_after_s / 4,
                stalled_worker_timeout=stalled_after_s,
                delete_jobs="successful",
            )
        finally:
            minding.cancel()


async def mind(stalled_after_s: float) -> None:
    """Put back what dead workers had begun, as often as one may be found dead; beside the queue, which may be busy."""
    while True:
        await asyncio.to_thread(recover, stalled_after_s)
        await asyncio.sleep(stalled_after_s / 2)


def recover(stalled_after_s: float) -> None:
    """Put back what dead workers had begun; a database out of reach is left to the worker itself, which ends."""
    try:
        count = services.recover(stalled_after_s)
        if count:
            log.warning("%s exports put back in the queue", count)
    except DATABASE_ERRORS as error:
        log.warning("database out of reach: %s", error)
    finally:
        connection.close()


def stop_with_parent() -> None:
    """Stop with the command that started us, even when that one is killed and cannot stop us itself."""
    if os.environ.get("BASSINS_STOP_WITH_PARENT") == "1":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)

"""What we ask of the task queue, in the transaction of the caller: an export and its place in the queue go together.

The queue is the table `procrastinate_jobs` of the same database. A worker signs a register now and then; the jobs of
one that has stopped signing are stalled.
"""

from typing import Any

from django.db import DatabaseError, connection, transaction
from procrastinate import sql
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.utils import utcnow

EXPORTS = "exports"
UPKEEP = "upkeep"
MAKE_EXPORT = "reports.make_export"

LOST = """
    SELECT export.id FROM reports_export AS export
    LEFT JOIN procrastinate_jobs AS job ON job.id = export.job AND job.status IN ('todo', 'doing')
    WHERE export.state IN ('queued', 'running') AND job.id IS NULL
"""


def _manager() -> JobManager:
    return JobManager(DjangoConnector())


def enqueue(export_id: str) -> int:
    """Put an export at the end of the queue; return its place there. Two jobs of one export never run together."""
    job = Job(
        id=None,
        queue=EXPORTS,
        lock=f"export {export_id}",
        queueing_lock=None,
        task_name=MAKE_EXPORT,
        task_kwargs={"export_id": export_id},
    )
    place = _manager().defer_job(job).id
    assert place is not None
    return place


def stalled_jobs(seconds: float) -> list[int]:
    """Return the jobs of exports begun by workers that have not signed for so long, or that are gone."""
    found: list[dict[str, Any]] = DjangoConnector().execute_query_all(
        sql.queries["select_stalled_jobs_by_heartbeat"],
        queue=EXPORTS,
        task_name=None,
        seconds_since_heartbeat=seconds,
    )
    return [int(row["id"]) for row in found]


def put_back(job: int) -> bool:
    """Let a job be taken by another worker; tell whether it still was to be made."""
    try:
        with transaction.atomic():
            _manager().retry_job_by_id(job, retry_at=utcnow())
    except (DatabaseError, ConnectorException):
        return False
    return True


def lost_exports() -> list[str]:
    """Return the exports waited for that no job of the queue will make."""
    with connection.cursor() as cursor:
        cursor.execute(LOST)
        return [str(row[0]) for row in cursor.fetchall()]

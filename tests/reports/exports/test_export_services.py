"""Asking: the same request is the same export, the queue is bounded, what is stuck goes back, what expired goes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from reports import queue, services
from reports.models import Export, ExportPiece, State
from reports.run import run_export
from scoring.service import current_facts
from tests.reports.exports.conftest import Make, write_two

Ask = Callable[..., Export]
MakeWith = Callable[[Make], None]


def job_of(export: Export) -> ProcrastinateJob:
    return ProcrastinateJob.objects.get(pk=export.job)


def begun_by(export: Export, *, signed_s_ago: float | None) -> None:
    """Make the job of an export one that a worker has taken, who signed so long ago; None: who is gone."""
    with connection.cursor() as cursor:
        worker = None
        if signed_s_ago is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') "
                "RETURNING id",
                [signed_s_ago],
            )
            (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, export.job]
        )
    Export.objects.filter(pk=export.pk).update(state=State.RUNNING)


def test_a_request_and_its_place_in_the_queue_go_together(ask: Ask) -> None:
    export = ask()
    assert export.state == State.QUEUED
    job = job_of(export)
    assert (job.status, job.queue_name, job.args) == ("todo", queue.EXPORTS, {"export_id": str(export.pk)})


def test_the_same_request_is_the_same_export_while_waited_for_and_while_valid(ask: Ask, make_with: MakeWith) -> None:
    make_with(write_two)
    first = ask()
    assert ask(client="another").pk == first.pk
    different = [ask("large"), ask(language="en"), ask(base_url="http://y", client="another")]
    assert len({first.pk, *(one.pk for one in different)}) == 4
    run_export(str(first.pk))
    assert ask().pk == first.pk
    Export.objects.filter(pk=first.pk).update(edition_hash="of an edition before")
    second = ask()
    assert second.pk != first.pk
    run_export(str(second.pk))
    Export.objects.filter(pk=second.pk).update(expires_at=timezone.now())
    assert ask().pk not in (first.pk, second.pk)


def test_an_address_cannot_fill_the_queue_nor_can_all_of_them(ask: Ask, settings: object) -> None:
    settings.EXPORTS_WAITING_PER_CLIENT, settings.EXPORTS_WAITING = 2, 3  # type: ignore[attr-defined]
    ask("small")
    ask("large")
    with pytest.raises(services.QueueFull, match="Vous avez déjà 2 exports"):
        ask(language="en")
    # What is asked already is handed back, whoever asks.
    assert ask("large").job is not None
    ask(language="en", client="another")
    with pytest.raises(services.QueueFull, match="3 exports attendent"):
        ask("large", language="en", client="a third")


@pytest.mark.parametrize("signed_s_ago", [30.0, None], ids=["silent", "gone"])
def test_what_a_dead_worker_had_begun_goes_back_to_the_queue(ask: Ask, signed_s_ago: float | None) -> None:
    export = ask()
    begun_by(export, signed_s_ago=signed_s_ago)
    assert services.recover(20) == 1
    export.refresh_from_db()
    assert (export.state, job_of(export).status) == (State.QUEUED, "todo")
    assert services.recover(20) == 0


def test_what_a_living_worker_makes_is_left_to_it(ask: Ask) -> None:
    export = ask()
    begun_by(export, signed_s_ago=5.0)
    assert services.recover(20) == 0
    export.refresh_from_db()
    assert (export.state, job_of(export).status) == (State.RUNNING, "doing")


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING])
@pytest.mark.parametrize("status", ["failed", None])
def test_an_export_that_no_job_would_make_gets_one(ask: Ask, state: State, status: str | None) -> None:
    export = ask()
    with connection.cursor() as cursor:
        if status:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s",
                [status, export.job],
            )
        else:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [export.job])
    Export.objects.filter(pk=export.pk).update(state=state)
    assert services.recover(20) == 1
    export.refresh_from_db()
    assert (export.state, job_of(export).status) == (State.QUEUED, "todo")
    assert services.recover(20) == 0


def test_a_file_goes_at_its_date_and_its_page_a_month_later(ask: Ask, make_with: MakeWith) -> None:
    make_with(write_two)
    old, fresh = ask(), ask("large")
    for one in (old, fresh):
        run_export(str(one.pk))
    now = timezone.now()
    Export.objects.filter(pk=old.pk).update(expires_at=now - timedelta(seconds=1))
    assert services.remove_expired(now) == 1
    assert set(ExportPiece.objects.values_list("export", flat=True)) == {fresh.pk}
    assert Export.objects.get(pk=old.pk).is_expired(now)
    services.remove_expired(now + services.REMEMBERED)
    assert set(Export.objects.values_list("pk", flat=True)) == {fresh.pk}


def test_what_failed_is_asked_again_at_the_same_address(ask: Ask) -> None:
    export = ask()
    Export.objects.filter(pk=export.pk).update(state=State.FAILED, reason="Une raison.", attempts=4)
    export.refresh_from_db()
    again = services.ask_again(current_facts(), export, client="somebody")
    assert (again.pk, again.state, again.attempts, again.reason) == (export.pk, State.QUEUED, 0, "")
    assert job_of(again).status == "todo"


def test_what_failed_gives_way_to_the_same_request_made_since(ask: Ask) -> None:
    export = ask()
    Export.objects.filter(pk=export.pk).update(state=State.FAILED)
    since = ask()
    export.refresh_from_db()
    assert since.pk != export.pk
    assert services.ask_again(current_facts(), export, client="somebody").pk == since.pk

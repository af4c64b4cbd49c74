"""Workers that are killed, frozen, stopped or cut off lose no export, and never show half a file."""

import io
import signal
import zipfile
from collections.abc import Iterator

import pytest

from config.setup import worker as setup_worker
from config.setup.places import places_of
from tests.config.test_outage import Relay, relay  # noqa: F401 - a fixture
from tests.reports.exports.workers import PATIENCE_S, Workshop

GROUPS, BASINS = 272, 306
SCORING, WRITING = "Étape 1", "Étape 2"


@pytest.fixture
def workshop(fresh_database_url: str) -> Iterator[Workshop]:
    yield Workshop(fresh_database_url)


def test_a_worker_killed_at_several_instants_loses_nothing(workshop: Workshop) -> None:
    (export,) = workshop.ask("group")
    instants = (
        lambda seen: seen["state"] == "running" and not seen["step"],
        lambda seen: seen["step"].startswith(SCORING) and seen["done"] > 20,
        lambda seen: seen["step"].startswith(WRITING),
    )
    for attempt, instant in enumerate(instants, start=1):
        with workshop.worker() as process:
            assert workshop.wait(export, instant)["attempts"] == attempt
            process.kill()
            process.wait()
        assert workshop.export(export)["state"] == "running"
    with workshop.worker():
        assert workshop.finished(export)["attempts"] == len(instants) + 1
    with zipfile.ZipFile(io.BytesIO(workshop.file(export))) as archive:
        assert archive.testzip() is None
        assert len(archive.read("activites-bassins-group.csv").splitlines()) == 1 + GROUPS * BASINS
    assert workshop.rows("SELECT status FROM procrastinate_jobs WHERE queue_name = 'exports'") == []


def test_a_frozen_worker_taken_for_dead_does_not_touch_the_work_of_the_next(workshop: Workshop) -> None:
    (export,) = workshop.ask("group")
    with workshop.worker() as frozen:
        workshop.wait(export, lambda seen: seen["step"].startswith(SCORING))
        frozen.send_signal(signal.SIGSTOP)
        with workshop.worker():
            made = workshop.finished(export)
            frozen.send_signal(signal.SIGCONT)
            assert frozen.wait(PATIENCE_S) == 75
            assert workshop.finished(export) == made


def test_a_worker_asked_to_stop_gives_its_export_back_at_once(workshop: Workshop) -> None:
    (export,) = workshop.ask("group")
    with workshop.worker() as process:
        workshop.wait(export, lambda seen: seen["step"].startswith(SCORING))
        process.terminate()
        assert process.wait(PATIENCE_S) == 0
    seen = workshop.export(export)
    assert (seen["state"], seen["attempts"], seen["claim"]) == ("queued", 0, None)
    with workshop.worker():
        assert workshop.finished(export)["attempts"] == 1


def test_two_workers_share_the_queue_and_make_each_export_once(workshop: Workshop) -> None:
    exports = workshop.ask("a17", "a38", "section", "division")
    with workshop.worker(), workshop.worker():
        made = [workshop.finished(one) for one in exports]
    assert [one["attempts"] for one in made] == [1, 1, 1, 1]
    assert workshop.ask("a17", "division") == [exports[0], exports[3]]


def test_an_outage_of_the_database_is_recovered_from(
    fresh_database_url: str,
    relay: tuple[Relay, str],  # noqa: F811
) -> None:
    switch, relayed_url = relay
    workshop = Workshop(fresh_database_url, relayed_url)
    (export,) = workshop.ask("group")
    with setup_worker.watched(places_of("test"), workshop.environment):
        workshop.wait(export, lambda seen: seen["step"].startswith(SCORING))
        switch.stop()
        workshop.wait(export, lambda seen: seen["state"] == "running")
        switch.start()
        assert workshop.finished(export)["attempts"] == 2

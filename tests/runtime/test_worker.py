"""The worker beside the web server is started again each time it ends, and no more once asked to stop."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config.setup import worker
from config.setup.worker import Watched

PATIENCE_S = 30
# Leaves a mark in the current folder each time it is started, then does what the first argument says.
PROGRAM = """
import pathlib, sys, time, uuid
pathlib.Path(uuid.uuid4().hex).touch()
time.sleep(float(sys.argv[1]))
sys.exit(3)
"""


def until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(worker, "LONGEST_PAUSE_S", 0.05)


def test_a_worker_that_ends_is_started_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = Watched([sys.executable, "-c", PROGRAM, "0"], tmp_path, {}, None)
    until(lambda: len(list(tmp_path.iterdir())) >= 3)
    watched.stop()
    count = len(list(tmp_path.iterdir()))
    assert not watched.thread.is_alive()
    assert "le travailleur s'est arrêté (code 3)" in capsys.readouterr().out
    time.sleep(0.2)
    assert len(list(tmp_path.iterdir())) == count


def test_a_worker_that_is_killed_is_started_again_and_stops_with_us(tmp_path: Path) -> None:
    watched = Watched([sys.executable, "-c", PROGRAM, "600"], tmp_path, {}, None)
    until(lambda: len(list(tmp_path.iterdir())) == 1)
    assert watched.process is not None
    watched.process.kill()
    until(lambda: len(list(tmp_path.iterdir())) == 2)
    last = watched.process
    watched.stop()
    assert last is not None and last.poll() is not None


def test_a_stop_before_the_first_start_starts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watched, "_watch", lambda self: None)
    watched = Watched([sys.executable, "-c", PROGRAM, "0"], tmp_path, {}, None)
    watched.stop()
    assert watched._start() is None and watched.process is None

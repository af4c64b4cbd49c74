"""The worker that makes exports, beside the web server: started, started again when it ends, stopped with us."""

import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from config.setup import server
from config.setup.places import Places
from config.setup.steps import say

# Before the next start; longer each time while it ends at once, as it does when the database is away.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
STEADY_S = 60.0


class Watched:
    """A process that is started again each time it ends, until it is asked to stop."""

    def __init__(
        self, command: Sequence[str], cwd: Path, environment: Mapping[str, str], output: IO[bytes] | None
    ) -> None:
        self.command, self.cwd, self.environment, self.output = command, cwd, environment, output
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        # The process is told to stop when the thread that started it dies: one thread starts them all.
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self) -> None:
        pause = FIRST_PAUSE_S
        while process := self._start():
            began = time.monotonic()
            status = process.wait()
            pause = FIRST_PAUSE_S if time.monotonic() - began > STEADY_S else min(2 * pause, LONGEST_PAUSE_S)
            if not self.stopping.is_set():
                say(f"Exports : le travailleur s'est arrêté (code {status}), il est relancé dans {pause:.0f} s.")
            self.stopping.wait(pause)

    def _start(self) -> subprocess.Popen[bytes] | None:
        """Start the process in a session of its own, so that we alone stop it; None when we are stopping."""
        with self.lock:
            if self.stopping.is_set():
                return None
            self.process = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env={**self.environment, "BASSINS_STOP_WITH_PARENT": "1"},
                stdin=subprocess.DEVNULL,
                stdout=self.output,
                stderr=self.output,
                start_new_session=True,
            )
            return self.process

    def stop(self) -> None:
        """Stop the process and start it no more."""
        self.stopping.set()
        with self.lock:
            if self.process is not None:
                server.stop(self.process)
        self.thread.join()


@contextmanager
def watched(places: Places, environment: Mapping[str, str], output: IO[bytes] | None = None) -> Iterator[Watched]:
    """Keep a worker of exports running while the block runs; it listens to no port, the database is all it needs."""
    command = [places.python, "manage.py", "worker", "--skip-checks"]
    worker = Watched(command, places.checkout, environment, output)
    try:
        yield worker
    finally:
        worker.stop()

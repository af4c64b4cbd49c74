"""Real workers on a database of their own: asked for exports, killed, stopped, looked at from another connection."""

import hashlib
import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg.rows import dict_row

from config.setup.places import CHECKOUT, places_of

PATIENCE_S = 180
STALLED_S = "2"
# Run by `manage.py shell` on the database under test: asks as the page does, prints the address of each export.
ASK = """
from scoring.service import current_facts
from reports.services import Asked, ask
facts = current_facts()
for level in {levels!r}:
    asked = Asked("activites-bassins", {{"level": level, "format": "csv"}}, "fr", "http://127.0.0.1:8000")
    print("asked", ask(facts, asked, client=level).pk)
"""


@dataclass
class Workshop:
    """A database, the workers started on it, and what a reader would see of its exports."""

    database_url: str
    worker_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        address = self.worker_url or self.database_url
        return {**os.environ, "DATABASE_URL": address, "EXPORT_STALLED_S": STALLED_S, "LOG_LEVEL": "INFO"}

    def ask(self, *levels: str) -> list[uuid.UUID]:
        """Put an export of each level in the queue; return their addresses."""
        command = [places_of("test").python, "manage.py", "shell", "--no-imports", "-c", ASK.format(levels=levels)]
        environment = {**self.environment, "DATABASE_URL": self.database_url}
        done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True)
        return [uuid.UUID(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("asked")]

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """Run a worker while the block runs, as `make run` does but for starting it again."""
        command = [places_of("test").python, "manage.py", "worker", "--skip-checks"]
        with subprocess.Popen(command, cwd=CHECKOUT, env=self.environment, stderr=subprocess.DEVNULL) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGCONT)
                    process.kill()

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        parts = urlsplit(self.database_url)
        with psycopg.connect(urlunsplit(parts._replace(scheme="postgresql")), row_factory=dict_row) as connection:
            return connection.execute(query, values).fetchall()

    def export(self, export_id: uuid.UUID) -> dict[str, Any]:
        """Return an export as any other process sees it, with how many of its pieces."""
        pieces = "(SELECT count(*) FROM reports_exportpiece AS p WHERE p.export_id = e.id) AS pieces"
        return self.rows(f"SELECT e.*, {pieces} FROM reports_export AS e WHERE id = %s", export_id)[0]

    def wait(self, export_id: uuid.UUID, reached: Callable[[Mapping[str, Any]], bool]) -> dict[str, Any]:
        """Return the export once it has come to a point; whatever is seen before is never half a file."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            seen = self.export(export_id)
            assert (seen["pieces"] > 0) == (seen["state"] == "done"), seen
            if reached(seen):
                return seen
            time.sleep(0.02)
        raise AssertionError(f"never reached: {seen}")

    def file(self, export_id: uuid.UUID) -> bytes:
        query = "SELECT content FROM reports_exportpiece WHERE export_id = %s ORDER BY number"
        return b"".join(bytes(row["content"]) for row in self.rows(query, export_id))

    def finished(self, export_id: uuid.UUID) -> dict[str, Any]:
        """Return the export once done; its file is the one whose size and digest it announces."""
        seen = self.wait(export_id, lambda one: one["state"] in ("done", "failed"))
        assert seen["state"] == "done", seen["reason"]
        content = self.file(export_id)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (seen["size"], seen["sha256"])
        return seen

"""The site under measure: one gunicorn on loopback, and clients that keep their connection."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.setup import server

ROOT = Path(__file__).resolve().parent.parent


class Client:
    """One connection kept open, without the delay that loopback would add to small packets."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection(server.HOST, port, timeout=60)
        self.connection.connect()
        self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> bytes:
        """Return the body of a good answer, as sent (compressed); raises RuntimeError on any other."""
        self.connection.request("GET", path, headers={"Accept-Encoding": "gzip", **(headers or {})})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status not in (200, 204, 304):
            raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
        return body

    def close(self) -> None:
        self.connection.close()


@contextmanager
def served(*, workers: int) -> Iterator[tuple[int, list[int]]]:
    """Serve the site with its empty view while the block runs; yield the port and the process ids of the workers."""
    port = server.free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "BASSINS_STOP_WITH_PARENT": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "--config=config/gunicorn.py", f"--workers={workers}"]
    process = subprocess.Popen(
        [*command, "config.wsgi:application"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        server.wait_for_answer(process, port)
        yield port, children(process.pid)
    finally:
        server.stop(process)


def children(pid: int) -> list[int]:
    """Return the process ids of the children of a process."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(one) for one in listed.split()]


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"no VmRSS for {pid}")


def warmed(port: int) -> None:
    """Wait until every worker has read the edition: a page answers as fast twice in a row."""
    client = Client(port)
    for _turn in range(60):
        began = time.perf_counter()
        client.get("/classement/?activite=32.50B")
        if time.perf_counter() - began < 0.3:
            break
    client.close()
    time.sleep(3)

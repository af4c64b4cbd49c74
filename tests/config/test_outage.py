"""A real server whose database goes away and comes back."""

import http.client
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit, urlunsplit

import pytest

from config.setup import server
from config.setup.places import places_of

PORT = "5432"
PATIENCE_S = 30
# Good answers that make a recovery: enough for both processes to have been asked.
IN_A_ROW = 8


class Relay:
    """A PostgreSQL socket that leads to the real one, and can be shut as a stopped server is."""

    def __init__(self, folder: Path, target: tuple[int, str | tuple[str, int]]) -> None:
        self.address = str(folder / f".s.PGSQL.{PORT}")
        self.target = target
        self.open_sockets: list[socket.socket] = []

    def start(self) -> None:
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.address)
        self.listener.listen()
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def stop(self) -> None:
        os.unlink(self.address)
        for one in (self.listener, *self.open_sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.open_sockets.clear()

    def accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _address = listener.accept()
                upstream = socket.socket(self.target[0])
                upstream.connect(self.target[1])
                self.open_sockets += [client, upstream]
                for source, sink in ((client, upstream), (upstream, client)):
                    threading.Thread(target=self.copy, args=(source, sink), daemon=True).start()

    def copy(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for one in (source, sink):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def target_of(database_url: str) -> tuple[int, str | tuple[str, int]]:
    """Where the server of an address listens: a Unix socket or a TCP port."""
    parts = urlsplit(database_url)
    host = unquote(parts.hostname or "") or parse_qs(parts.query).get("host", [""])[0]
    # urlsplit lowers the case of host names, and a folder has its own.
    host = next((text for text in (unquote(parts.netloc.rpartition("@")[2]),) if text.startswith("/")), host)
    if host.startswith("/"):
        return socket.AF_UNIX, f"{host.partition(':')[0]}/.s.PGSQL.{parts.port or PORT}"
    return socket.AF_INET, (host, parts.port or int(PORT))


@pytest.fixture
def relay(fresh_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Relay, str]]:
    folder = tmp_path_factory.mktemp("pg")
    parts = urlsplit(fresh_database_url)
    user = parts.netloc.rpartition("@")[0]
    url = urlunsplit(parts._replace(netloc=f"{user}@{quote(str(folder), safe='')}", query=""))
    one = Relay(folder, target_of(fresh_database_url))
    one.start()
    yield one, url
    with suppress(OSError):
        one.stop()


@pytest.fixture
def site(relay: tuple[Relay, str]) -> Iterator[tuple[Relay, int]]:
    port = server.free_port()
    with server.gunicorn(
        places_of("test"), {**os.environ, "DATABASE_URL": relay[1]}, port, subprocess.DEVNULL
    ) as process:
        server.wait_for_answer(process, port)
        yield relay[0], port


def ask(port: int, address: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection(server.HOST, port, timeout=PATIENCE_S)
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read().decode()
    finally:
        connection.close()


def test_an_outage_is_a_plain_503_and_ends_by_itself(site: tuple[Relay, int]) -> None:
    relay, port = site
    assert ask(port, "/api/v1/basins?limit=1")[0] == 200
    relay.stop()

    status, headers, body = ask(port, "/")
    assert status == 503
    assert headers["Retry-After"].isdigit() and headers["Content-Type"].startswith("text/html")
    assert "base de données" in body
    status, headers, body = ask(port, "/api/v1/rankings?activity=32.50B")
    assert (status, headers["Content-Type"]) == (503, "application/problem+json")
    status, _headers, body = ask(port, "/api/v1/health")
    assert status == 503 and '"database": "down"' in body

    with ThreadPoolExecutor(24) as crowd:
        assert set(crowd.map(lambda _: ask(port, "/")[0], range(24))) == {503}

    relay.start()
    deadline = time.monotonic() + PATIENCE_S
    # Each of the two processes comes back in its own time.
    in_a_row = 0
    while in_a_row < IN_A_ROW:
        answer = ask(port, "/" if in_a_row % 2 else "/api/v1/basins?limit=1")
        in_a_row = in_a_row + 1 if answer[0] == 200 else 0
        assert time.monotonic() < deadline, f"the site has not come back by itself: {answer}"
        time.sleep(0.2)

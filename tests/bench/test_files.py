"""The memory of a long download is looked at from before the request, not from its first byte."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bench import files
from bench.files import LOOK_EVERY_S, slowest, streamed
from config.setup import server

USUAL_MB, BEFORE_FIRST_BYTE_MB = 10.0, 500.0


class Slow(BaseHTTPRequestHandler):
    """Holds much memory until it sends its first byte, as who reads a whole table before it writes."""

    held = USUAL_MB

    def do_GET(self) -> None:
        Slow.held = BEFORE_FIRST_BYTE_MB
        time.sleep(10 * LOOK_EVERY_S)
        Slow.held = USUAL_MB
        time.sleep(10 * LOOK_EVERY_S)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"code\r\n")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    site = HTTPServer((server.HOST, 0), Slow)
    Thread(target=site.serve_forever, daemon=True).start()
    yield site.server_port
    site.shutdown()
    site.server_close()


def test_what_is_held_before_the_first_byte_counts(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "resident_mb", lambda pid: Slow.held)
    first, peak = streamed(port, [1])
    assert first >= 20 * LOOK_EVERY_S and peak == BEFORE_FIRST_BYTE_MB


def test_one_slow_turn_in_ten_is_what_the_line_says() -> None:
    turns = iter([0.0] + [0.05 if turn % 10 == 3 else 0.0 for turn in range(20)])
    line = slowest("x", lambda: time.sleep(next(turns)), aim=1)
    assert line.value >= 0.05 and line.is_met

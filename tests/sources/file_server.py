"""A server on loopback that answers as told: cuts, lies, redirects."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Served:
    """A content, how it is served, and the requests received."""

    content: bytes
    etag: str = '"v1"'
    cut_after: list[int] = field(default_factory=list)  # bytes sent at each request before the connection is cut
    statuses: list[int] = field(default_factory=list)  # answers given first, one a request
    location: str = ""
    length: int | None = None  # what is announced, when it is not the truth
    says_length: bool = True
    ranges: bool = True
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    address: str = ""


def handler(served: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append({name.lower(): value for name, value in self.headers.items()})
            if served.statuses:
                self.send_response(served.statuses.pop(0))
                if served.location:
                    self.send_header("Location", served.location)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            start = self.start_of_range()
            body = served.content[start:]
            self.send_response(206 if start else 200)
            if start:
                total = len(served.content)
                self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
            if served.says_length:
                self.send_header("Content-Length", str(len(body) if served.length is None else served.length))
            if served.etag:
                self.send_header("ETag", served.etag)
            for name, value in served.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: served.cut_after.pop(0)] if served.cut_after else body)
            self.close_connection = True

        def start_of_range(self) -> int:
            wanted = self.headers.get("Range", "")
            if not (served.ranges and wanted) or self.headers.get("If-Range") != served.etag:
                return 0
            return int(wanted.removeprefix("bytes=").rstrip("-"))

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def serving(served: Served) -> Iterator[str]:
    """Serve on a free port; yield the address of the file."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(served))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    served.address = f"http://127.0.0.1:{server.server_port}/file.csv"
    try:
        yield served.address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def never_wait() -> tuple[list[float], Callable[[float], None]]:
    """Return the list of waits asked for, and the function that writes them down instead of waiting."""
    waits: list[float] = []
    return waits, waits.append

"""Files to take away: reports as Word and workbook, a ranking as a workbook, a long table as it leaves."""

import http.client
import time
from collections.abc import Callable
from functools import partial
from threading import Event, Thread

from bench.protocol import Line, percentile, plain, timed
from bench.site import Client, resident_mb, served, warmed
from config.setup import server

ZONE, ACTIVITY = "2716", "32.50B"
LONG_TABLE = "/donnees/telechargements/communes.csv"
TURNS, REPEATS = 5, 20
# The slowest of a hundred but five, as for the PDF.
SHARE = 0.95
# Seconds between two looks at the memory of the workers, from before the request to the last byte.
LOOK_EVERY_S = 0.02


def measure() -> list[Line]:
    """Return the seconds of each file, then the first byte and the memory of a long table that a worker streams."""
    return [*reports(), *site()]


def reports() -> list[Line]:
    """Return how long a warm report of a basin takes in each form, from the facts to the file."""
    from django.utils import translation

    from reports.contents.basin import basin_report
    from reports.formats import FORMATS
    from scoring.service import current_facts

    facts = current_facts()

    def build() -> object:
        return basin_report(facts, ZONE, "https://bassins.example")

    def whole(suffix: str) -> object:
        return FORMATS[suffix].write(basin_report(facts, ZONE, "https://bassins.example"))

    with translation.override("fr"):
        lines = [slowest("rapport de bassin, contenu seul, p95", build, aim=None)]
        for suffix in ("docx", "xlsx"):
            name = f"rapport de bassin, {suffix.upper()} à chaud, p95"
            lines.append(slowest(name, partial(whole, suffix), aim=1))
        return lines


def slowest(name: str, action: Callable[[], object], *, aim: float | None) -> Line:
    """Return the 95th percentile of the seconds of an action, once it has been done before."""
    action()
    return plain(name, [percentile(timed(action, REPEATS), SHARE)], unit="s", aim=aim)


def seconds(name: str, action: Callable[[], object], *, aim: float | None) -> Line:
    """Return the seconds of an action, once it has been done before."""
    action()
    return plain(name, timed(action, TURNS), unit="s", aim=aim)


def site() -> list[Line]:
    """Return what a reader waits for on a site that is warm."""
    with served(workers=1) as (port, workers):
        warmed(port)
        client = Client(port)
        lines = []
        for suffix, aim in (("xlsx", 0.5), ("csv", None)):
            ask = partial(client.get, f"/classement/classement.{suffix}?activite={ACTIVITY}")
            lines.append(seconds(f"classement de 306 lignes, {suffix.upper()}", ask, aim=aim))
        client.close()
        before = sum(map(resident_mb, workers))
        firsts, peaks = zip(*(streamed(port, workers) for _turn in range(TURNS)), strict=True)
        held = [max(0.0, peak - before) for peak in peaks]
        rows = "35 000 lignes, CSV"
        return [
            *lines,
            plain(f"{rows}, premier octet", list(firsts), unit="s", aim=1),
            plain(f"{rows}, mémoire de plus", held, unit="Mo", aim=100),
        ]


def streamed(port: int, workers: list[int]) -> tuple[float, float]:
    """Return the seconds to the first byte of a long table, and the most memory held meanwhile, in MB.

    Memory is looked at from before the request to the last byte: what is read before the first byte counts.
    """
    peaks, done = [0.0], Event()

    def watch() -> None:
        while not done.wait(LOOK_EVERY_S):
            peaks.append(sum(map(resident_mb, workers)))

    watcher = Thread(target=watch)
    watcher.start()
    connection = http.client.HTTPConnection(server.HOST, port, timeout=120)
    try:
        began = time.perf_counter()
        connection.request("GET", LONG_TABLE)
        answer = connection.getresponse()
        answer.read(1)
        first = time.perf_counter() - began
        while answer.read(1 << 18):
            pass
    finally:
        connection.close()
        done.set()
        watcher.join()
    return first, max(peaks)

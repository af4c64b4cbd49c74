"""Files to take away: reports as Word and workbook, a ranking as a workbook, a long table as it leaves."""

import http.client
import time
from collections.abc import Callable
from functools import partial

from bench.protocol import Line, plain, timed
from bench.site import Client, resident_mb, served, warmed
from config.setup import server

ZONE, ACTIVITY = "2716", "32.50B"
LONG_TABLE = "/donnees/telechargements/communes.csv"
TURNS = 5


def measure() -> list[Line]:
    """Return the seconds of each file, then the first byte and the memory of a long table that a worker streams."""
    return [*reports(), *site()]


def reports() -> list[Line]:
    """Return how long the writers take on the report of a basin, the document itself apart."""
    from django.utils import translation

    from reports.contents.basin import basin_report
    from reports.formats import FORMATS
    from scoring.service import current_facts

    with translation.override("fr"):
        build = partial(basin_report, current_facts(), ZONE, "https://bassins.example")
        document = build()
        writers = {suffix: partial(FORMATS[suffix].write, document) for suffix in ("docx", "xlsx")}
        lines = [seconds("rapport de bassin, contenu seul", build, aim=None)]
        return lines + [seconds(f"rapport de bassin, {name.upper()}", make, aim=1) for name, make in writers.items()]


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
    """Return the seconds to the first byte of a long table, and the most memory held while it is read, in MB."""
    connection = http.client.HTTPConnection(server.HOST, port, timeout=120)
    began = time.perf_counter()
    connection.request("GET", LONG_TABLE)
    answer = connection.getresponse()
    answer.read(1)
    first, peak = time.perf_counter() - began, 0.0
    while answer.read(1 << 18):
        peak = max(peak, sum(map(resident_mb, workers)))
    connection.close()
    return first, peak

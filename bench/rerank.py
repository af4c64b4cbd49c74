"""Re-ranking as a reader does it: the fragment that htmx asks for when a weight moves."""

import itertools
import random
import statistics
import threading
import time
from collections.abc import Iterator

from bench.protocol import Line, percentile, plain, ratio
from bench.site import Client, resident_mb, served, warmed
from scoring.definitions import PILLARS

ACTIVITY = "32.50B"
HTMX = {"HX-Request": "true", "HX-Target": "explorer-results"}
EMPTY = "/vide/"
CLIENTS, SECONDS = 16, 10.0


def measure() -> list[Line]:
    """Return the ratio to the empty view, the spread under 16 clients, and the memory of a worker."""
    with served(workers=1) as (port, workers):
        warmed(port)
        lines = [against_empty(port)]
        memory = [resident_mb(pid) for pid in workers]
    with served(workers=2) as (port, workers):
        warmed(port)
        lines.append(sixteen_clients(port))
        memory += [resident_mb(pid) for pid in workers]
    return [*lines, plain("mémoire résidente d'un processus web", memory, unit="Mo", aim=300)]


def questions(seed: int) -> Iterator[str]:
    """Yield addresses of one activity under weights that no one asked before: nothing answers from a kept ranking."""
    chance = random.Random(seed)
    while True:
        weights = ",".join(f"{pillar.id}:{chance.randint(0, 999) / 10}" for pillar in PILLARS)
        yield f"/classement/?activite={ACTIVITY}&weights={weights}"


def against_empty(port: int) -> Line:
    """Return the 95th percentile of a re-rank over that of the empty view, on one connection each."""
    client, addresses = Client(port), questions(1)
    line = ratio(
        "reclasser, réponse HTML, p95 / vue vide",
        lambda: client.get(next(addresses), HTMX),
        lambda: client.get(EMPTY, HTMX),
        repeats=150,
        aim=3,
        share=0.95,
    )
    client.close()
    return line


def sixteen_clients(port: int, name: str = "16 clients reclassent à la fois, p99 / p50") -> Line:
    """Return p99 over p50 of the re-ranks of 16 clients at once, two workers, for ten seconds."""
    durations: list[list[float]] = [[] for _client in range(CLIENTS)]
    until = time.monotonic() + SECONDS

    def ask(number: int) -> None:
        client, addresses = Client(port), questions(100 + number)
        while time.monotonic() < until:
            began = time.perf_counter()
            client.get(next(addresses), HTMX)
            durations[number].append(time.perf_counter() - began)
        client.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    every = list(itertools.chain.from_iterable(durations))
    middle, worst = statistics.median(every), percentile(every, 0.99)
    told = f"{len(every) / SECONDS:.0f} réponses par seconde, p50 {1000 * middle:.0f} ms, p99 {1000 * worst:.0f} ms"
    return plain(name, [worst / middle], unit="fois", aim=5, detail=told)

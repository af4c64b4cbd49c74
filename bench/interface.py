"""What the interface adds around an answer: units counted, a 304 before any work, against the same answer without.

Every side goes through the whole stack of the site, in one process, without a socket; the figures of one address are
taken in turn.
"""

from collections.abc import Callable

from django.conf import settings
from django.test import Client

from bench.protocol import Line, plain, ratio, timed

REPEATS = 40
RANKING = "/api/v1/rankings?activity=32.50B&limit=306"
SMALL = "/api/v1/basins?limit=1"
PAIRS = "/api/v1/rankings/pairs?activity={}&limit=100"
# Never asked before in this process.
FRESH = ("25.62A", "27.20Z", "30.30Z", "14.13Z", "20.42Z")


def measure() -> list[Line]:
    """Return the cost of counting, how much faster a 304 is, and the time of a matrix of a hundred basins."""
    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-encoding": "gzip"})
    tag = good(client, RANKING).headers["ETag"]
    held = Client(SERVER_NAME="127.0.0.1", headers={"accept-encoding": "gzip", "if-none-match": tag})
    return [
        added(client),
        ratio(
            "304 / classement de 306 lignes déjà calculé",
            lambda: good(held, RANKING),
            lambda: good(client, RANKING),
            repeats=REPEATS,
            aim=10,
            at_least=True,
        ),
        plain(
            "probabilités deux à deux de 100 bassins, première fois",
            [timed(lambda code=code: good(client, PAIRS.format(code)), 1)[0] for code in FRESH],
            unit="s",
            aim=1.0,
        ),
    ]


def added(client: Client) -> Line:
    """Return what counting adds to a small answer, in ms: with and without a limit, in turn."""
    uncounted = without_limit(client)
    good(client, SMALL), uncounted()
    gaps, controls = [], []
    for _turn in range(REPEATS):
        before, counted, after = (timed(one, 1)[0] for one in (uncounted, lambda: good(client, SMALL), uncounted))
        gaps.append(1000 * (counted - (before + after) / 2))
        controls.append(before / after)
    controls.sort()
    return plain("compter les unités, ce qui s'ajoute", gaps, unit="ms", aim=1.0, control=controls[len(controls) // 2])


def without_limit(client: Client) -> Callable[[], object]:
    """Return a question asked of a site that limits nothing."""

    def ask() -> object:
        kept, settings.API_UNITS_PER_MINUTE = settings.API_UNITS_PER_MINUTE, 0
        try:
            return good(client, SMALL)
        finally:
            settings.API_UNITS_PER_MINUTE = kept

    return ask


def good(client: Client, address: str) -> object:
    """Return an answer of 200 or 304; raises RuntimeError on any other."""
    answer = client.get(address)
    if answer.status_code not in (200, 304):
        raise RuntimeError(f"{address}: {answer.status_code} {answer.content[:200]!r}")
    return answer

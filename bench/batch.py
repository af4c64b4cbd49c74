"""Re-ranking while a batch of reports runs: what one reader asks to be made must not slow down the others."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from bench.protocol import Line
from bench.rerank import sixteen_clients
from bench.site import ROOT, served, warmed
from config.setup import server
from reports.models import Export, State
from reports.services import Asked, ask
from scoring.service import current_facts

# The region with the most basins: the batch outlasts the measure.
REGION = "84"
BEGUN_S = 120


def measure() -> list[Line]:
    """Return the spread of the re-ranks of 16 clients, two web processes, while a worker makes the PDF of a region."""
    with served(workers=2) as (port, _workers):
        warmed(port)
        with batch_running():
            return [sixteen_clients(port, name="16 clients reclassent pendant un lot de rapports, p99 / p50")]


@contextmanager
def batch_running() -> Iterator[None]:
    """Keep a worker at the reports of a region while the block runs; raises RuntimeError if it ended before."""
    parameters = {"region": REGION, "format": "pdf"}
    export = ask(current_facts(), Asked("rapports-region", parameters, "fr", "http://127.0.0.1"), client="bench")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--skip-checks"],
        cwd=ROOT,
        env={**os.environ, "BASSINS_STOP_WITH_PARENT": "1"},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_second_report(export)
        yield
        export.refresh_from_db()
        if export.state != State.RUNNING:
            raise RuntimeError(f"the batch was {export.state} before the end of the measure")
    finally:
        server.stop(process)
        Export.objects.filter(pk=export.pk).delete()
        connection.close()


def wait_until_second_report(export: Export) -> None:
    """Wait until the first report is made, which pays for the imports and the fonts."""
    deadline = time.monotonic() + BEGUN_S
    while time.monotonic() < deadline:
        export.refresh_from_db()
        if export.done > 0:
            return
        time.sleep(0.2)
    raise RuntimeError("the batch has not begun")

"""`make test` and `make check`: own set-up, own cluster, then every check and every test."""

import os
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from config.setup import check, cluster, cluster_sql, preparation, server, sharing, system
from config.setup.cluster import Cluster
from config.setup.places import Places, places_of
from config.setup.steps import Failure, Shell, Step, follow, say

REQUIREMENTS = "requirements-dev.txt"
TEMPLATE = "bassins_template"
BROWSER_DATABASE = "bassins_browser"


def test() -> int:
    """Run checks, tests and browser tests, whatever fails before; return 1 when any failed.

    The browser tests, which mostly wait, run beside the others; what they print is shown after.
    """
    with alone() as (places, own, shell), ThreadPoolExecutor(max_workers=1) as beside:
        site = prepare(places, own, shell)
        log = places.state / "logs" / "browser.log"
        in_browser = beside.submit(run_browser_tests, places, own, site, log)
        verdicts = {
            "Contrôles": check.run_checks(places, site.environment),
            "Tests": run_pytest(places, site, "--ignore=tests/browser"),
        }
        verdicts["Tests dans le navigateur"] = in_browser.result()
        say(log.read_text(encoding="utf-8", errors="replace"))
    for title, passed in verdicts.items():
        say(f"{title} : {'réussis' if passed else 'échec'}")
    return 0 if all(verdicts.values()) else 1


def check_only() -> int:
    """Run the checks alone; return 1 when any failed."""
    with alone() as (places, own, shell):
        site = preparation.site_shell(places, cluster.url(own, preparation.DATABASE))
        tools = preparation.tool_steps(places, shell, system.TO_RUN, REQUIREMENTS)
        follow([*tools, *preparation.cluster_steps(own, shell, preparation.DATABASE)])
        return 0 if check.run_checks(places, site.environment) else 1


@contextmanager
def alone() -> Iterator[tuple[Places, Cluster, Shell]]:
    """Give the places of the tests to one command at a time, and stop their cluster at the end."""
    places = places_of("test")
    shell = preparation.first_shell(places)
    # Nothing here is worth keeping, so that the cluster may be fast rather than durable.
    own = cluster.cluster_of(places, durable=False)
    with sharing.exclusive(places.state / "alone"), sharing.in_use(own, shell):
        yield places, own, shell


def prepare(places: Places, own: Cluster, shell: Shell) -> Shell:
    """Follow the set-up steps; return the shell in which the tests run."""
    filling = preparation.site_shell(places, cluster.url(own, TEMPLATE))
    steps = [
        *preparation.tool_steps(places, shell, system.TO_TEST, REQUIREMENTS),
        Step("Serveur PostgreSQL des tests", lambda: sharing.start(own, shell)),
        # Anew: what an earlier run left may come from other code.
        Step("Base modèle et extensions", lambda: cluster_sql.renew_database(own, TEMPLATE)),
        *preparation.data_steps(places, filling),
        Step("Base du navigateur", lambda: clone_for_browser(own)),
    ]
    follow(steps)
    cluster_sql.ensure_database(own, preparation.DATABASE)
    url = cluster.url(own, preparation.DATABASE)
    return preparation.site_shell(places, url, BASSINS_TEST_TEMPLATE=TEMPLATE)


def clone_for_browser(own: Cluster) -> str:
    """Make the database of the browser tests, which nothing can write to."""
    cluster_sql.clone_database(own, TEMPLATE, BROWSER_DATABASE, read_only=True)
    return "lecture seule"


def run_pytest(places: Places, site: Shell, *arguments: str, output: IO[bytes] | None = None, **more: str) -> bool:
    """Run pytest, its output shown or kept; tell whether it passed (no test at all is a failure)."""
    command = [places.python, "-m", "pytest", "--durations=5", *arguments, *os.environ.get("PYTEST_ARGS", "").split()]
    environment = {**site.environment, **more}
    done = subprocess.run(command, cwd=places.checkout, env=environment, stdout=output, stderr=output, check=False)
    return done.returncode == 0


def run_browser_tests(places: Places, own: Cluster, site: Shell, written: Path) -> bool:
    """Run the browser tests in their own process against a real server; what they print is in `written`."""
    shell = preparation.site_shell(places, cluster.url(own, BROWSER_DATABASE))
    port = server.free_port()
    log = places.state / "logs" / "gunicorn.log"
    with (
        log.open("wb") as output,
        written.open("wb") as printed,
        server.gunicorn(places, shell.environment, port, output) as process,
    ):
        try:
            server.wait_for_answer(process, port, log)
        except Failure as failure:
            told = f"Tests dans le navigateur : le site ne démarre pas.\n{failure}\n{log.read_text(errors='replace')}"
            printed.write(told.encode())
            return False
        known = {"BASSINS_BASE_URL": f"http://{server.HOST}:{port}", "BASSINS_BROWSER": system.browser()}
        return run_pytest(places, site, "tests/browser", output=printed, **known)


COMMANDS: dict[str, Callable[[], int]] = {"test": test, "check": check_only}

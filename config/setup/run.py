"""`make run`: from a fresh machine to the served site."""

import os
import subprocess
from contextlib import ExitStack

from config.setup import cluster, preparation, server, sharing, system, worker
from config.setup.places import Places, places_of
from config.setup.steps import Failure, Shell, Step, follow, say

REQUIREMENTS = "requirements.txt"


def run() -> int:
    """Prepare everything, serve until asked to stop; return the exit status."""
    port = server.port_from(os.environ)
    server.refuse_taken(port)
    places = places_of("run")
    shell = preparation.first_shell(places)
    external = os.environ.get("DATABASE_URL", "").strip()
    with ExitStack() as stack:
        if external:
            first, site = external_start(places, shell, external)
        else:
            first, site = private_start(places, shell, stack)
        serving: list[subprocess.Popen[bytes]] = []

        def serve() -> str:
            serving.append(stack.enter_context(server.gunicorn(places, site.environment, port)))
            server.wait_for_answer(serving[0], port)
            return ""

        def make_exports() -> str:
            stack.enter_context(worker.watched(places, site.environment))
            return "relancé s'il s'arrête"

        steps = [Step("Serveur web", serve), Step("Travailleur des exports, à basse priorité", make_exports)]
        follow([*first, *preparation.data_steps(places, site), *steps])
        say(f"\nBassins est servi sur http://{server.HOST}:{port}/ (Ctrl-C pour arrêter)\n")
        try:
            status = serving[0].wait()
        except KeyboardInterrupt:
            say("Arrêt demandé.")
            return 0
    raise Failure("servir le site", f"gunicorn s'est arrêté avec le code {status}", "lire les messages ci-dessus.")


def private_start(places: Places, shell: Shell, stack: ExitStack) -> tuple[list[Step], Shell]:
    """Return the first steps with the private cluster, and the shell of the site."""
    needs = system.TO_RUN
    own = cluster.cluster_of(places, durable=True)
    stack.enter_context(sharing.in_use(own, shell))
    site = preparation.site_shell(places, cluster.url(own, preparation.DATABASE))
    tools = preparation.tool_steps(places, shell, needs, REQUIREMENTS)
    return [*tools, *preparation.cluster_steps(own, shell, preparation.DATABASE)], site


def external_start(places: Places, shell: Shell, database_url: str) -> tuple[list[Step], Shell]:
    """Return the first steps with the server of DATABASE_URL, and the shell of the site."""
    tools = preparation.tool_steps(places, shell, system.TO_READ_A_SERVER, REQUIREMENTS)
    site = preparation.site_shell(places, database_url)
    return [*tools, preparation.external_step(places, database_url)], site

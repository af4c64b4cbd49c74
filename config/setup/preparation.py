"""The steps that commands share, up to a database that holds the built-in edition."""

import json
import os
import subprocess
from collections.abc import Callable, Sequence

from config.setup import cluster_sql, environment, frontend, sharing, site_files, system
from config.setup.cluster import Cluster
from config.setup.places import Places
from config.setup.steps import Failure, Shell, Step
from config.setup.system import Need

DATABASE = "bassins"


def first_shell(places: Places) -> Shell:
    """Return a shell whose log starts empty."""
    places.log.parent.mkdir(parents=True, exist_ok=True)
    places.log.write_bytes(b"")
    return Shell(places.log, places.checkout)


def site_shell(places: Places, database_url: str, **more: str) -> Shell:
    """Return a shell for Django's commands on this database; the same log goes on."""
    environment.ensure_secret_key(places.secret_key)
    return Shell(places.log, places.checkout, environment.site_environment(places, database_url, **more))


def tool_steps(places: Places, shell: Shell, needs: Sequence[Need], requirements: str) -> list[Step]:
    """Return the steps that bring programs: system, Python and front-end packages."""

    def alone(action: Callable[[], str]) -> str:
        with sharing.exclusive(places.checkout / ".state" / "setup.gate"):
            return action()

    return [
        Step("Paquets système", lambda: alone(lambda: system.install_missing(needs, shell)), may_ask=True),
        Step("Paquets Python", lambda: alone(lambda: environment.install_packages(places, requirements, shell))),
        Step("Paquets de l'interface", lambda: alone(lambda: frontend.install_packages(places, shell))),
    ]


def cluster_steps(cluster: Cluster, shell: Shell, database: str) -> list[Step]:
    """Return the steps that start the private server and make a database in it."""

    def make_database() -> str:
        cluster_sql.ensure_database(cluster, database)
        return cluster_sql.ensure_extensions(cluster, database)

    return [
        Step("Serveur PostgreSQL privé", lambda: sharing.start(cluster, shell)),
        Step("Base et extensions", make_database),
    ]


def external_step(places: Places, database_url: str) -> Step:
    """Return the step that checks the server of DATABASE_URL."""

    def check() -> str:
        done = subprocess.run(
            [places.python, "-m", "config.setup.external_database"],
            cwd=places.checkout,
            env={**os.environ, "DATABASE_URL": database_url},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Failure(*json.loads(done.stdout))
        return "serveur de DATABASE_URL"

    return Step("Base et extensions", check)


def data_steps(places: Places, shell: Shell) -> list[Step]:
    """Return the steps that fill the database and the files of the site; the shell has the site's environment."""
    return [
        Step("Tables", lambda: manage(places, shell, "migrate", "--no-input", "--verbosity=0")),
        Step("Édition intégrée", lambda: manage(places, shell, "load_edition")),
        Step("Traductions et fichiers statiques", lambda: site_files.prepare(places, shell)),
    ]


def manage(places: Places, shell: Shell, command: str, *options: str) -> str:
    """Run one of Django's commands with its output in the log."""
    shell.run(
        # `make check` runs the checks; here they would only import every page, three times.
        [places.python, "manage.py", command, "--skip-checks", *options],
        what=f"manage.py {command}",
        remedy="corriger ce que dit le message ; pour repartir d'une base neuve : make clean-state.",
    )
    return ""

"""`make validate`: own set-up, own cluster, then the judgement of the score on the built-in edition."""

import subprocess
from pathlib import Path

from config.setup import cluster_sql, preparation, sharing, system
from config.setup.cluster import cluster_of, url
from config.setup.places import places_of
from config.setup.steps import Failure, Step, follow, say

# The trees that say how far the data could go are a tool of development.
REQUIREMENTS = "requirements-dev.txt"


def validate(entries: str = "") -> int:
    """Judge the score of the built-in edition on a cluster of its own, and write `fixtures/validation`.

    With a file of jobs by commune and sub-class, judge it on the entries of that file instead.
    """
    asked = Path(entries).expanduser().resolve() if entries else None
    if asked and not asked.is_file():
        raise Failure(f"lire ENTRIES={entries}", "ce n'est pas un fichier", "make validate ENTRIES=fichier.csv")
    places = places_of("bench")
    shell = preparation.first_shell(places)
    own = cluster_of(places, durable=True)
    with sharing.exclusive(places.state / "alone"), sharing.in_use(own, shell):
        site = preparation.site_shell(places, url(own, preparation.DATABASE))
        follow(
            [
                *preparation.tool_steps(places, shell, system.TO_RUN, REQUIREMENTS),
                Step("Serveur PostgreSQL des mesures", lambda: sharing.start(own, shell)),
                Step("Base et extensions", lambda: cluster_sql.renew_database(own, preparation.DATABASE)),
                *preparation.data_steps(places, site)[:2],
            ]
        )
        say("")
        judged = ("-m", "bench.entries", str(asked)) if asked else ("manage.py", "validate")
        command = [places.python, *judged]
        return subprocess.run(command, cwd=places.checkout, env=site.environment, check=False).returncode

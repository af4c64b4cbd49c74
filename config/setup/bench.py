"""`make bench`: own set-up, own cluster, then the measures of the `bench` folder."""

import os
import subprocess
from pathlib import Path

from config.setup import cluster_sql, preparation, sharing, system
from config.setup.cluster import cluster_of, url
from config.setup.places import places_of
from config.setup.steps import Step, follow, say

REQUIREMENTS = "requirements-dev.txt"


def bench(only: str = "") -> int:
    """Measure everything, or what `only` names, on a cluster of its own; return the status of the measures."""
    places = places_of("bench")
    shell = preparation.first_shell(places)
    own = cluster_of(places, durable=True)
    with sharing.exclusive(places.state / "alone"), sharing.in_use(own, shell):
        site = preparation.site_shell(places, url(own, preparation.DATABASE))
        follow(
            [
                *preparation.tool_steps(places, shell, system.TO_MEASURE, REQUIREMENTS),
                Step("Serveur PostgreSQL des mesures", lambda: sharing.start(own, shell)),
                # Anew: what an earlier run left would weigh on the figures.
                Step("Base et extensions", lambda: cluster_sql.renew_database(own, preparation.DATABASE)),
                *preparation.data_steps(places, site),
            ]
        )
        output = Path(os.environ.get("BENCH_OUTPUT", "") or places.state / "bench.json")
        command = [places.python, "-m", "bench", f"--output={output}", *([f"--only={only}"] if only else [])]
        say("")
        return subprocess.run(command, cwd=places.checkout, env=site.environment, check=False).returncode

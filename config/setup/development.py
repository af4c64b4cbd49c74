"""A development server of one's own: start and stop the private cluster, print the variables, clean up."""

import shutil
from contextlib import suppress

from config.setup import cluster, cluster_sql, environment, preparation, sharing
from config.setup.places import places_of
from config.setup.steps import say


def start() -> int:
    """Start the cluster of `make run`, leave it running, and print the variables for `manage.py`."""
    places = places_of("run")
    shell = preparation.first_shell(places)
    own = cluster.cluster_of(places, durable=True)
    sharing.start(own, shell)
    sharing.kept_mark(own).touch()
    cluster_sql.ensure_database(own, preparation.DATABASE)
    cluster_sql.ensure_extensions(own, preparation.DATABASE)
    environment.ensure_secret_key(places.secret_key)
    variables = environment.site_variables(places, cluster.url(own, preparation.DATABASE))
    for name, value in variables.items():
        say(f"export {name}='{value}'")
    return 0


def stop() -> int:
    """Stop the cluster that `start` left running, unless a command uses it."""
    places = places_of("run")
    shell = preparation.first_shell(places)
    own = cluster.cluster_of(places, durable=True)
    sharing.kept_mark(own).unlink(missing_ok=True)
    with sharing.in_use(own, shell):
        return 0


def clean() -> int:
    """Stop the clusters of this checkout and remove their data and every generated file."""
    for purpose in ("run", "test", "bench"):
        places = places_of(purpose)
        own = cluster.cluster_of(places, durable=purpose != "test")
        if cluster.is_running(own):
            cluster.stop(own, preparation.first_shell(places))
        shutil.rmtree(own.socket, ignore_errors=True)
        shutil.rmtree(places.state, ignore_errors=True)
        say(f"Supprimé : {places.state}")
    with suppress(OSError):
        # Not empty in a checkout of an ordinary user, which keeps its lock there.
        places.state.parent.rmdir()
    return 0

"""A cluster used by several commands at once: the last one to leave stops it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.setup import cluster as clusters
from config.setup.cluster import Cluster
from config.setup.steps import Shell, say


def kept_mark(cluster: Cluster) -> Path:
    """Return the mark of a cluster started for itself: the end of a command does not stop it."""
    return cluster.folder.parent / "cluster.kept"


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock file for ourselves, waiting for whoever holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("(attente d'une autre commande qui prépare le même dossier)")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def in_use(cluster: Cluster, shell: Shell) -> Iterator[None]:
    """Count among the users of the cluster; on leaving, stop it if nobody else uses it.

    The count is a shared lock, which falls with its process: a killed command is not counted.
    """
    folder = cluster.folder.parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "cluster.users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with exclusive(folder / "cluster.gate"):
                note = leave(cluster, shell, users.fileno())
            if note:
                say(note)


def start(cluster: Cluster, shell: Shell) -> str:
    """Start the cluster, one command at a time; return the note of the step."""
    with exclusive(cluster.folder.parent / "cluster.gate"):
        return clusters.start(cluster, shell)


def leave(cluster: Cluster, shell: Shell, lock: int) -> str:
    """Stop the cluster if nobody else uses it; return the sentence that says what was done, if anything was."""
    if not clusters.is_running(cluster):
        return ""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return "La base de données reste en marche : une autre commande s'en sert."
    if kept_mark(cluster).exists():
        return "La base de données reste en marche : elle a été lancée à part."
    clusters.stop(cluster, shell)
    return "Base de données arrêtée."

"""A private PostgreSQL cluster: Unix socket only, its own user, nobody but us let in."""

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from config.setup import binaries, cluster_files
from config.setup.places import SOCKET_NAME, Places, socket_folder
from config.setup.steps import Failure, Shell, tail

ROLE = "bassins"
ADMINISTRATOR = "postgres"
SERVER_USER = "postgres"


@dataclass(frozen=True)
class Cluster:
    """The files of a cluster, the system user that runs it, the one that connects, and how careful it is."""

    folder: Path
    socket: Path
    server_user: str
    client_user: str
    durable: bool

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def server_log(self) -> Path:
        return self.folder / "server.log"


def cluster_of(places: Places, *, durable: bool) -> Cluster:
    """Return the cluster of these places; as root it is run by PostgreSQL's own user."""
    client = pwd.getpwuid(os.getuid()).pw_name
    server = SERVER_USER if os.getuid() == 0 else client
    return Cluster(places.postgresql, socket_folder(places), server, client, durable)


def url(cluster: Cluster, database: str) -> str:
    """Return the DATABASE_URL of a database of this cluster."""
    return f"postgis://{ROLE}@{quote(str(cluster.socket), safe='')}/{database}"


def start(cluster: Cluster, shell: Shell) -> str:
    """Start the cluster, made first when there is none; return a note on what was found."""
    if is_running(cluster):
        if (cluster.socket / SOCKET_NAME).exists():
            return "déjà en marche"
        stop(cluster, shell)
    cluster_files.make_folders((cluster.folder, cluster.socket), cluster.server_user)
    note = "" if cluster.data.exists() else "nouvelle base"
    if note:
        initialise(cluster, shell)
    remove_stale_pid(cluster)
    identities = cluster_files.identity_map({cluster.client_user, cluster.server_user}, (ROLE, ADMINISTRATOR))
    settings = cluster_files.configuration(cluster.socket, durable=cluster.durable)
    cluster_files.write(cluster.data, settings, identities, cluster.server_user)
    try:
        control(cluster, shell, "start", "--wait", "--timeout=60", f"--log={cluster.server_log}")
    except Failure as failure:
        failure.why = tail(cluster.server_log) or failure.why
        raise
    return note


def stop(cluster: Cluster, shell: Shell) -> None:
    """Stop the cluster at once, cleanly, whoever is connected."""
    control(cluster, shell, "stop", "--wait", "--timeout=60", "--mode=fast")


def is_running(cluster: Cluster) -> bool:
    """Tell whether the process named by the pid file is this cluster's server, and not a later namesake."""
    return os.fsencode(cluster.data) in words_of(recorded_pid(cluster))


def remove_stale_pid(cluster: Cluster) -> None:
    """Remove the pid file whose number now belongs to another program, which PostgreSQL would take for a server.

    A dead number is left to PostgreSQL: it also looks for orphans of that server before it starts.
    """
    if words_of(recorded_pid(cluster)) and not is_running(cluster):
        (cluster.data / "postmaster.pid").unlink()


def recorded_pid(cluster: Cluster) -> int:
    """Return the process number in the pid file, 0 when there is none."""
    try:
        return int((cluster.data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (OSError, ValueError):
        return 0


def words_of(pid: int) -> list[bytes]:
    """Return the command line of a process, empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def initialise(cluster: Cluster, shell: Shell) -> None:
    """Make the data folder; an interrupted attempt leaves nothing that looks like one."""
    unfinished = cluster.folder / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    command = [
        str(binaries.folder_of(newest_version()) / "initdb"),
        f"--pgdata={unfinished}",
        f"--username={ADMINISTRATOR}",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--locale-provider=icu",
        "--icu-locale=fr-FR",
        "--auth-local=peer",
        "--auth-host=reject",
    ]
    shell.run(
        command,
        what="initdb (créer la base privée)",
        remedy="vérifier la place et les droits sur le disque.",
        user=server_identity(cluster),
        cwd="/",
    )
    with (unfinished / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(f"\ninclude '{cluster_files.SETTINGS_FILE}'\n")
    unfinished.rename(cluster.data)


def server_identity(cluster: Cluster) -> str:
    """Return the system user to become before running the server, empty when we already are."""
    return cluster.server_user if os.getuid() == 0 else ""


def newest_version() -> int:
    """Return the newest PostgreSQL that has PostGIS."""
    found = binaries.versions()
    if not found:
        raise Failure(
            "trouver PostgreSQL et PostGIS",
            f"aucune version {binaries.OLDEST_POSTGRESQL} ou plus récente dans {binaries.INSTALLED}",
            "installer : apt-get install postgresql postgresql-postgis",
        )
    return found[0]


def version_of(cluster: Cluster) -> int:
    """Return the version that made the cluster, which must still be installed."""
    version = int((cluster.data / "PG_VERSION").read_text(encoding="ascii"))
    if version not in binaries.versions():
        raise Failure(
            "ouvrir la base privée",
            f"elle a été créée par PostgreSQL {version}, qui n'est plus installé avec PostGIS",
            f"installer postgresql-{version}-postgis-3, ou repartir d'une base neuve : make clean-state",
        )
    return version


def control(cluster: Cluster, shell: Shell, verb: str, *options: str) -> None:
    """Run pg_ctl on the cluster, as the user that owns it."""
    shell.run(
        [str(binaries.folder_of(version_of(cluster)) / "pg_ctl"), verb, f"--pgdata={cluster.data}", *options],
        what=f"pg_ctl {verb}",
        remedy=f"lire {cluster.server_log} ; pour repartir d'une base neuve : make clean-state.",
        user=server_identity(cluster),
        cwd="/",
    )

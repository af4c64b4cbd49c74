"""What the administrator does in a private cluster: role, databases, extensions."""

import os
import subprocess

from config.setup import binaries
from config.setup.cluster import ADMINISTRATOR, ROLE, Cluster, version_of
from config.setup.steps import Failure

EXTENSIONS = ("postgis", "unaccent", "pg_trgm")


def sql(cluster: Cluster, statement: str, database: str = "postgres") -> str:
    """Run one statement as the administrator and return its rows as text."""
    command = [
        str(binaries.folder_of(version_of(cluster)) / "psql"),
        *("--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"),
        *(f"--host={cluster.socket}", f"--username={ADMINISTRATOR}", f"--dbname={database}"),
        f"--command={statement}",
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment["PGOPTIONS"] = "-c client_min_messages=warning"
    done = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(f"SQL : {statement}", done.stderr.strip(), f"lire {cluster.server_log}")
    return done.stdout.strip()


def ensure_role(cluster: Cluster) -> None:
    """Make the role of the site: it owns its databases and is no administrator."""
    if not sql(cluster, f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"):
        sql(cluster, f"CREATE ROLE {ROLE} LOGIN CREATEDB")


def ensure_database(cluster: Cluster, name: str) -> None:
    """Make the role and the database when they are missing."""
    ensure_role(cluster)
    if not sql(cluster, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
        sql(cluster, f"CREATE DATABASE {name} OWNER {ROLE}")


def ensure_extensions(cluster: Cluster, name: str) -> str:
    """Create the extensions, which the role of the site may not do; return a note naming them."""
    sql(cluster, "; ".join(f"CREATE EXTENSION IF NOT EXISTS {extension}" for extension in EXTENSIONS), name)
    return ", ".join(EXTENSIONS)


def renew_database(cluster: Cluster, name: str) -> str:
    """Make a database anew with its extensions, whatever an earlier run left; return the note of the step."""
    drop_database(cluster, name)
    ensure_database(cluster, name)
    return ensure_extensions(cluster, name)


def drop_database(cluster: Cluster, name: str) -> None:
    """Remove a database, whoever is connected to it."""
    sql(cluster, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def clone_database(cluster: Cluster, template: str, name: str, *, read_only: bool) -> None:
    """Make a database anew from another one that nobody is using."""
    drop_database(cluster, name)
    sql(cluster, f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {template}")
    if read_only:
        sql(cluster, f"ALTER DATABASE {name} SET default_transaction_read_only = on")

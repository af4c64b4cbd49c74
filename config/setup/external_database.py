"""Check a server named by DATABASE_URL, with the driver of the environment, before anything is written to it."""

import json
import os
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg

from config.setup.cluster_sql import EXTENSIONS
from config.setup.steps import Failure

SCHEMES = ("postgis", "postgres", "postgresql")
OLDEST_SERVER = 150000
OLDEST_POSTGIS = (3, 3)


def connection_url(database_url: str) -> str:
    """Return the address as PostgreSQL's own library reads it; another scheme is refused."""
    parts = urlsplit(database_url)
    if parts.scheme not in SCHEMES:
        raise Failure(
            "lire DATABASE_URL",
            f"l'adresse commence par « {parts.scheme}: »",
            "écrire postgis://utilisateur:motdepasse@serveur:5432/base",
        )
    return urlunsplit(parts._replace(scheme="postgresql"))


def sentence_for_administrator(database: str, missing: list[str], packaged: bool) -> str:
    """Return the exact request to hand to the administrator of the server."""
    statements = " ".join(f"CREATE EXTENSION IF NOT EXISTS {name};" for name in missing)
    request = f"« Merci d'exécuter, connecté en superutilisateur à la base {database} : {statements} »"
    if packaged:
        return f"transmettre cette phrase à l'administrateur du serveur : {request}"
    return (
        "transmettre cette phrase à l'administrateur du serveur : "
        f"« Merci d'installer sur le serveur le paquet PostGIS de sa version de PostgreSQL. Puis : {request[2:]}"
    )


def ensure_extensions(connection: psycopg.Connection) -> None:
    """Create the extensions when we are allowed to; otherwise say what to ask."""
    rows = connection.execute("SELECT name, installed_version FROM pg_available_extensions").fetchall()
    available = dict(rows)
    missing = [name for name in EXTENSIONS if available.get(name) is None]
    packaged = all(name in available for name in missing)
    try:
        for name in missing:
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
    except psycopg.Error as error:
        remedy = sentence_for_administrator(connection.info.dbname, missing, packaged)
        what = f"trouver les extensions {', '.join(missing)} dans la base {connection.info.dbname}"
        raise Failure(what, str(error).strip(), remedy) from error


def refuse_old(connection: psycopg.Connection) -> None:
    """Raise `Failure` when the server or its PostGIS is older than what the project is tested on."""
    if connection.info.server_version < OLDEST_SERVER:
        version = connection.info.server_version // 10000
        raise Failure(
            "vérifier la version du serveur", f"PostgreSQL {version}", "utiliser PostgreSQL 15 ou plus récent."
        )
    row = connection.execute("SELECT extversion FROM pg_extension WHERE extname = 'postgis'").fetchone()
    version = str(row[0]) if row else ""
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_POSTGIS:
        raise Failure("vérifier la version de PostGIS", f"PostGIS {version}", "utiliser PostGIS 3.3 ou plus récent.")


def check(database_url: str) -> None:
    """Connect, look at versions, and make sure of the extensions."""
    url = connection_url(database_url)
    try:
        connection = psycopg.connect(url, connect_timeout=5, autocommit=True)
    except psycopg.Error as error:
        raise Failure(
            "se connecter à la base de DATABASE_URL",
            str(error).strip(),
            "vérifier l'adresse, le mot de passe et que le serveur accepte cette machine.",
        ) from error
    with connection:
        ensure_extensions(connection)
        refuse_old(connection)


if __name__ == "__main__":
    try:
        check(os.environ["DATABASE_URL"])
    except Failure as failure:
        print(json.dumps([failure.what, failure.why, failure.remedy]))
        sys.exit(1)

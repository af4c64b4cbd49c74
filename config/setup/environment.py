"""The Python environment, the secret key, and the variables that the site reads."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from config.setup.places import Places
from config.setup.stamps import digest, unless_done
from config.setup.steps import Shell

# Ours are set anew below; those of PostgreSQL's clients would change where we connect.
NOT_INHERITED = ("BASSINS_", "DJANGO_", "PG")


def install_packages(places: Places, requirements: str, shell: Shell) -> str:
    """Make `.venv` and install a lock file in it, hashes required; return the note of the step."""
    lock = places.checkout / requirements
    stamp = places.venv / f"{requirements}.stamp"
    return unless_done(stamp, digest([lock], sys.version), lambda: fill_venv(places, lock, shell))


def fill_venv(places: Places, lock: Path, shell: Shell) -> None:
    """Make the environment unless it works, and install the lock file."""
    if not has_pip(places):
        shutil.rmtree(places.venv, ignore_errors=True)
        shell.run(
            [sys.executable, "-m", "venv", str(places.venv)],
            what="créer .venv",
            remedy="installer python3-venv (apt-get install python3-venv), puis relancer.",
        )
    options = ("--disable-pip-version-check", "--no-input", "--no-deps", "--only-binary=:all:", "--require-hashes")
    shell.run(
        [places.python, "-m", "pip", "install", "--quiet", *options, f"--requirement={lock}"],
        what=f"installer les paquets de {lock.name}",
        remedy="vérifier l'accès au réseau, puis relancer ; en dernier recours, supprimer .venv.",
    )


def has_pip(places: Places) -> bool:
    """Tell whether the environment is there, of this version of Python, and whole."""
    question = "import pip, sys; print(sys.version)"
    try:
        answer = subprocess.run([places.python, "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()


def ensure_secret_key(path: Path) -> None:
    """Write a new key, readable by us alone, unless there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        return
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(64))
    unfinished.rename(path)


def site_variables(places: Places, database_url: str) -> dict[str, str]:
    """Return what the settings need to serve this machine over plain HTTP."""
    return {
        "DATABASE_URL": database_url,
        "BASSINS_STATE_DIR": str(places.state),
        "BASSINS_SECRET_KEY_FILE": str(places.secret_key),
        "BASSINS_LOOPBACK": "1",
    }


def site_environment(places: Places, database_url: str, **more: str) -> dict[str, str]:
    """Return the whole environment of a process of the site."""
    inherited: Mapping[str, str] = {
        name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)
    }
    return {**inherited, **site_variables(places, database_url), **more}

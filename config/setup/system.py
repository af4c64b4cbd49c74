"""System packages: what is missing is installed through apt, and no default PostgreSQL cluster is left running."""

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.setup import binaries
from config.setup.steps import Failure, Shell

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_DEFAULT_CLUSTER = Path("/etc/postgresql-common/createcluster.d/bassins.conf")


@dataclass(frozen=True)
class Need:
    """Something the project takes from the system, how to see it, and the packages that bring it."""

    packages: tuple[str, ...]
    present: Callable[[], bool]


def browser() -> str:
    """Return the path of Chromium, or an empty string; BASSINS_CHROMIUM names another one."""
    named = os.environ.get("BASSINS_CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, BROWSERS)), "")


def has_venv() -> bool:
    """Tell whether this Python makes environments with pip (Debian keeps that in a package of its own)."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


SERVER = Need(("postgresql", "postgresql-postgis"), lambda: bool(binaries.versions()))
VENV = Need(("python3-venv",), has_venv)
TRANSLATIONS = Need(("gettext",), lambda: bool(shutil.which("msgfmt")))
BROWSER = Need(("chromium",), lambda: bool(browser()))
# The driver of the browser is linked to it, and a bare Debian lacks it.
DRIVER_LIBRARY = Need(("libatomic1",), lambda: bool(ctypes.util.find_library("atomic")))
# Text of the PDF reports is laid out by Pango.
TEXT_LAYOUT = Need(
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    lambda: all(map(ctypes.util.find_library, ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))),
)
# Opens the written documents once more, as their readers do.
OFFICE = Need(("libreoffice-writer-nogui", "libreoffice-calc-nogui"), lambda: bool(shutil.which("soffice")))

# What imports of outlines are held against.
OGR2OGR = Need(("gdal-bin",), lambda: bool(shutil.which("ogr2ogr")))

# PostgreSQL's own server is not needed when DATABASE_URL names another one. The libraries of GeoDjango come with
# Python packages (see the settings).
TO_READ_A_SERVER = (VENV, TRANSLATIONS, TEXT_LAYOUT)
TO_RUN = (SERVER, *TO_READ_A_SERVER)
TO_TEST = (*TO_RUN, BROWSER, DRIVER_LIBRARY, OFFICE)
TO_MEASURE = (*TO_RUN, OGR2OGR)


def install_missing(needs: Sequence[Need], shell: Shell) -> str:
    """Install what is missing and return a note naming it."""
    packages = [name for need in needs if not need.present() for name in need.packages]
    if not packages:
        return "déjà installés"
    prefix = privileges(packages)
    before = running_clusters()
    forbid_default_cluster(prefix, shell)
    try:
        apt(packages, prefix, shell)
    finally:
        allow_default_cluster(prefix, shell)
    stop_clusters(running_clusters() - before, prefix, shell)
    refuse_still_missing(needs)
    return "installé : " + ", ".join(packages)


def privileges(packages: Sequence[str]) -> list[str]:
    """Return the words to put before a command that changes the system."""
    ask = f"demander à l'administrateur : apt-get install {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise Failure("installer des paquets système", "ce système n'a pas apt-get (ni Debian, ni Ubuntu)", ask)
    if os.getuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]
    raise Failure("installer des paquets système", "vous n'êtes pas root et sudo n'est pas installé", ask)


def apt(packages: Sequence[str], prefix: Sequence[str], shell: Shell) -> None:
    """Refresh the package lists and install."""
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    remedy = f"relancer après avoir essayé : apt-get update && apt-get install {' '.join(packages)}"
    shell.run([*command, "update"], what="apt-get update", remedy=remedy)
    install = ["install", "--yes", "--no-install-recommends", *packages]
    shell.run([*command, *install], what=f"apt-get install {' '.join(packages)}", remedy=remedy)


def forbid_default_cluster(prefix: Sequence[str], shell: Shell) -> None:
    """Tell Debian's PostgreSQL packages not to make and start a cluster of their own."""
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as setting:
        setting.write("create_main_cluster = false\n")
        setting.flush()
        shell.run(
            [*prefix, "install", "-D", "-m", "644", setting.name, str(NO_DEFAULT_CLUSTER)],
            what=f"écrire {NO_DEFAULT_CLUSTER}",
            remedy="vérifier les droits d'administration.",
        )


def allow_default_cluster(prefix: Sequence[str], shell: Shell) -> None:
    """Give the machine its own habits back."""
    shell.run(
        [*prefix, "rm", "-f", str(NO_DEFAULT_CLUSTER)],
        what=f"retirer {NO_DEFAULT_CLUSTER}",
        remedy=f"le retirer à la main : rm {NO_DEFAULT_CLUSTER}",
    )


def running_clusters() -> set[tuple[str, str]]:
    """Return version and name of each system cluster that runs now."""
    if not shutil.which("pg_lsclusters"):
        return set()
    listing = subprocess.run(["pg_lsclusters", "--no-header"], capture_output=True, text=True, check=False).stdout
    rows = [line.split() for line in listing.splitlines()]
    return {(row[0], row[1]) for row in rows if len(row) > 3 and row[3].startswith("online")}


def stop_clusters(clusters: set[tuple[str, str]], prefix: Sequence[str], shell: Shell) -> None:
    """Stop the system clusters that our own installation has started."""
    for version, name in sorted(clusters):
        shell.run(
            [*prefix, "pg_ctlcluster", version, name, "stop"],
            what=f"arrêter le serveur PostgreSQL {version}/{name} que l'installation a lancé",
            remedy=f"l'arrêter à la main : pg_ctlcluster {version} {name} stop",
        )


def refuse_still_missing(needs: Sequence[Need]) -> None:
    """Raise `Failure` when apt succeeded but what we need is not there (an old release, for example)."""
    missing = [" ".join(need.packages) for need in needs if not need.present()]
    if missing:
        raise Failure(
            "trouver ce qui vient d'être installé",
            f"absent ou trop ancien après l'installation : {', '.join(missing)}",
            "utiliser Debian 12, Ubuntu 24.04 ou plus récent (PostgreSQL 15 et PostGIS 3.3 au moins).",
        )

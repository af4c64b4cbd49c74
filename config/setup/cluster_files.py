"""The files of a private cluster: settings, who may connect, and folders closed to others."""

import os
import pwd
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path

from config.setup.steps import Failure

MAP_NAME = "bassins"
SETTINGS_FILE = "bassins.conf"
ACCESS = f"# Only the socket, only the system users of pg_ident.conf.\nlocal all all peer map={MAP_NAME}\n"


def identity_map(system_users: Iterable[str], roles: Iterable[str]) -> str:
    """Return pg_ident.conf: the system users that may come, and as which roles."""
    roles = tuple(roles)
    lines = [f'{MAP_NAME} "{user}" "{role}"' for user in sorted(set(system_users)) for role in roles]
    return "\n".join(lines) + "\n"


def configuration(socket: Path, *, durable: bool) -> str:
    """Return the settings that differ from PostgreSQL's own."""
    folder = str(socket).replace("'", "''")
    safe = "on" if durable else "off"
    settings = {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{folder}'",
        "unix_socket_permissions": "0700",
        "max_connections": "60",
        "shared_buffers": "'256MB'",
        "max_wal_size": "'2GB'",
        "random_page_cost": "1.1",
        # Compiling a query costs more than most of ours take.
        "jit": "off",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        # Only a throw-away cluster may lose what it wrote when the machine stops.
        "fsync": safe,
        "synchronous_commit": safe,
        # A vacuum of the server's own would hold a throw-away database that its owner wants to drop.
        "autovacuum": safe,
    }
    return "".join(f"{name} = {value}\n" for name, value in settings.items())


def write(data: Path, settings: str, identities: str, server_user: str) -> None:
    """Write settings, access and identities at each start, so that a change of ours reaches an old cluster."""
    texts = {SETTINGS_FILE: settings, "pg_hba.conf": ACCESS, "pg_ident.conf": identities}
    for name, text in texts.items():
        path = data / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        own(path, server_user)


def make_folders(folders: Iterable[Path], server_user: str) -> None:
    """Make folders that only the user that runs the server can open."""
    for folder in folders:
        # What lies above is only crossed by that user.
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        refuse_foreign(folder, server_user)
        folder.chmod(0o700)
        own(folder, server_user)


def refuse_foreign(folder: Path, server_user: str) -> None:
    """Raise `Failure` when a folder in a shared place belongs to somebody else or is a link."""
    found = folder.lstat()
    owners = {os.getuid(), pwd.getpwnam(server_user).pw_uid}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise Failure(
            f"prendre le dossier {folder}",
            "c'est un lien, ou il appartient à un autre utilisateur",
            f"retirer ou déplacer {folder}",
        )


def own(path: Path, user: str) -> None:
    """Give a path to the system user that runs the server."""
    if os.getuid() == 0:
        shutil.chown(path, user, user)

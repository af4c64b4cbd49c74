"""Where everything lives: the checkout, its ignored folders, and the state of each command."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from config.setup.steps import Failure

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SYSTEM_STATE = Path("/var/lib/bassins")
SOCKET_NAME = ".s.PGSQL.5432"
# The kernel holds the path of a Unix socket in 108 bytes, the last one being zero.
SOCKET_PATH_BYTES = 107


@dataclass(frozen=True)
class Places:
    """The folders of one command (`run` or `test`) of one checkout."""

    checkout: Path
    state: Path

    @property
    def venv(self) -> Path:
        return self.checkout / ".venv"

    @property
    def python(self) -> str:
        return str(self.venv / "bin" / "python")

    @property
    def log(self) -> Path:
        return self.state / "logs" / "setup.log"

    @property
    def secret_key(self) -> Path:
        return self.state / "secret_key"

    @property
    def stamps(self) -> Path:
        return self.state / "stamps"

    @property
    def static(self) -> Path:
        return self.state / "static"

    @property
    def postgresql(self) -> Path:
        return self.state / "postgresql"


def checkout_name(checkout: Path) -> str:
    """Return twelve hexadecimal digits that tell this checkout from another one on the machine."""
    return hashlib.sha256(os.fsencode(checkout)).hexdigest()[:12]


def places_of(purpose: str, checkout: Path = CHECKOUT, uid: int | None = None) -> Places:
    """Return the folders of `run` or `test`.

    PostgreSQL refuses to run as root and its own user cannot read a private home folder: root's state lives
    outside the checkout.
    """
    as_root = (os.getuid() if uid is None else uid) == 0
    home = SYSTEM_STATE / checkout_name(checkout) if as_root else checkout / ".state"
    return Places(checkout=checkout, state=home / purpose)


def socket_folder(places: Places) -> Path:
    """Return the folder of the server's socket: beside its data, or a short one when that path is too long."""
    beside = places.postgresql / "socket"
    if fits(beside):
        return beside
    short = Path(tempfile.gettempdir()) / f"bassins-{os.getuid()}-{checkout_name(places.state)}"
    refuse_long_path(short)
    return short


def fits(folder: Path) -> bool:
    """Tell whether a socket in this folder has a path that the kernel accepts."""
    return len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_BYTES


def refuse_long_path(folder: Path) -> None:
    """Raise `Failure` when no socket can live in this folder."""
    if not fits(folder):
        raise Failure(
            "choisir le dossier de la socket PostgreSQL",
            f"le chemin {folder} est trop long : {SOCKET_PATH_BYTES} octets au plus avec le nom de la socket",
            "donner un dossier temporaire plus court : TMPDIR=/tmp make run",
        )

"""Stamps: work is skipped when what it was made from has not changed."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *facts: str) -> str:
    """Return a SHA-256 of files, of every file under folders, and of facts such as a version.

    A path that does not exist counts as empty, so that its arrival changes the digest.
    """
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(f"{file.relative_to(path.parent)}\0".encode())
                total.update(hashlib.sha256(file.read_bytes()).digest())
    for fact in facts:
        total.update(f"\0{fact}".encode())
    return total.hexdigest()


def unless_done(stamp: Path, value: str, action: Callable[[], None]) -> str:
    """Do the action unless the stamp already holds this value; return the note for the step."""
    if stamp.exists() and stamp.read_text(encoding="ascii") == value:
        return "déjà à jour"
    stamp.unlink(missing_ok=True)
    action()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, encoding="ascii")
    return ""

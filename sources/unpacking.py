"""One file out of a zip archive, without trusting the archive."""

import fnmatch
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from sources.fetching import FetchError

MOST_MEMBERS = 2_000
MOST_BYTES = 4 << 30
# Text packs ten to twenty times; a bomb, thousands of times.
MOST_RATIO = 200
PIECE_BYTES = 1 << 20
ENCRYPTED = 0x1


def unpack_member(archive: Path, pattern: str, target: Path, *, max_bytes: int = MOST_BYTES) -> None:
    """Write the one member whose name matches `pattern` under `target`; raises `FetchError`, nothing being left."""
    try:
        with zipfile.ZipFile(archive) as opened:
            member = _chosen(archive, opened.infolist(), pattern)
            _copy(opened, member, target, max_bytes)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, zlib.error) as error:
        target.unlink(missing_ok=True)
        raise FetchError(f"{archive.name} : archive abîmée ou tronquée ({error}). Relancez avec --force.") from error
    except FetchError:
        target.unlink(missing_ok=True)
        raise


def _chosen(archive: Path, members: list[zipfile.ZipInfo], pattern: str) -> zipfile.ZipInfo:
    if len(members) > MOST_MEMBERS:
        raise FetchError(f"{archive.name} : {len(members)} fichiers dans l'archive, plus que {MOST_MEMBERS}.")
    for member in members:
        _refuse_unsafe(archive, member)
    found = [one for one in members if fnmatch.fnmatch(PurePosixPath(one.filename).name, pattern)]
    if len(found) != 1:
        names = ", ".join(one.filename for one in (found or members)[:10])
        raise FetchError(
            f"{archive.name} : un seul fichier « {pattern} » est attendu dans l'archive ; il y a {names}."
        )
    return found[0]


def _refuse_unsafe(archive: Path, member: zipfile.ZipInfo) -> None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in member.filename:
        raise FetchError(f"{archive.name} : « {member.filename} » sort du dossier de l'archive. Ne l'utilisez pas.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise FetchError(f"{archive.name} : « {member.filename} » est un lien. Ne l'utilisez pas.")
    if member.flag_bits & ENCRYPTED:
        raise FetchError(f"{archive.name} : « {member.filename} » est protégé par un mot de passe.")


def _copy(opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, max_bytes: int) -> None:
    """Write a member, counting what really comes out: an archive may lie about its sizes."""
    allowed = min(max_bytes, max(member.compress_size, 1 << 16) * MOST_RATIO)
    size = 0
    with opened.open(member) as source, target.open("wb") as handle:
        while piece := source.read(PIECE_BYTES):
            size += len(piece)
            if size > allowed:
                raise FetchError(f"{member.filename} : se déplie en plus de {allowed >> 20} Mo. Ne l'utilisez pas.")
            handle.write(piece)

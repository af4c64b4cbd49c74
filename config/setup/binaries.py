"""Find the PostgreSQL binaries of the system, with PostGIS beside them."""

import re
from pathlib import Path

OLDEST_POSTGRESQL = 15
INSTALLED = Path("/usr/lib/postgresql")
SHARED = Path("/usr/share/postgresql")


def versions(installed: Path = INSTALLED, shared: Path = SHARED) -> list[int]:
    """Return the major versions that are recent enough and have PostGIS, newest first."""
    found = [
        int(folder.name)
        for folder in installed.glob("*")
        if re.fullmatch(r"\d+", folder.name)
        and (folder / "bin" / "initdb").exists()
        and (shared / folder.name / "extension" / "postgis.control").exists()
    ]
    return sorted((version for version in found if version >= OLDEST_POSTGRESQL), reverse=True)


def folder_of(version: int) -> Path:
    """Return the folder of the binaries of a major version."""
    return INSTALLED / str(version) / "bin"

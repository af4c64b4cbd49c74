"""Which code answers: part of every ETag, since the same edition may be told otherwise by a later version."""

import hashlib
from functools import cache

from django.conf import settings

PACKAGES = (
    "api", "basins", "config", "economy", "infrastructure", "locale", "measures", "scoring", "skills", "sources",
)  # fmt: skip
SUFFIXES = {".py", ".toml", ".csv", ".json", ".mo"}


@cache
def code_hash() -> str:
    """Return the SHA-256 of the code, data files and translations that make answers; read once per process."""
    found = hashlib.sha256()
    for package in PACKAGES:
        for path in sorted((settings.BASE_DIR / package).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                found.update(str(path.relative_to(settings.BASE_DIR)).encode())
                found.update(path.read_bytes())
    return found.hexdigest()

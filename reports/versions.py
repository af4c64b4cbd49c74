"""What a file depends on beside the edition: the code, the words and the styles that make it."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

# Everything that a figure, a sentence or a drawing of a report comes from.
FOLDERS = ("basins", "economy", "explorer", "infrastructure", "measures", "reports", "scoring", "skills", "templates")
SUFFIXES = frozenset({".py", ".html", ".css", ".toml", ".docx"})
WORDS = "locale"
LENGTH = 16


def code_digest(*parts: str) -> str:
    """Return the digest of what was asked and of the code that answers: another code makes another file."""
    return sha256("\0".join((_code(), *parts)).encode()).hexdigest()[:LENGTH]


@lru_cache(maxsize=1)
def _code() -> str:
    digest = sha256()
    for path in sorted(_files(Path(settings.BASE_DIR))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(base: Path) -> list[Path]:
    code = [one for name in FOLDERS for one in (base / name).rglob("*") if one.suffix in SUFFIXES]
    return [*code, *(base / WORDS).rglob("*.mo")]

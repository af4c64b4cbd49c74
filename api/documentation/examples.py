"""The examples of the documentation: code in three languages and the answers recorded from a served site.

In the files, `BASE` stands for the address of the site: the page writes its own, so that a copied command works there.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "examples"
BASE = "BASE"
NAMES = ("rank", "basin", "what_if", "pages", "again")


@dataclass(frozen=True)
class Example:
    """One question: how it is asked in each language, and what curl and Python print."""

    name: str
    curl: str
    python: str
    r: str
    curl_answer: str
    python_answer: str

    def at(self, base: str) -> "Example":
        """Return the example as it is asked of a site."""
        texts = (self.curl, self.python, self.r, self.curl_answer, self.python_answer)
        return Example(self.name, *(text.replace(BASE, base) for text in texts))


@cache
def examples() -> tuple[Example, ...]:
    """Return every example, in the order of the page."""
    return tuple(read(name) for name in NAMES)


def read(name: str) -> Example:
    """Return the example of a folder."""
    files = ("ask.sh", "ask.py", "ask.R", "answer.json", "answer.txt")
    return Example(name, *(text_of(FOLDER / name / one) for one in files))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8").rstrip() if path.exists() else ""

"""Everything that a report says goes through the catalogues: no sentence stands in its code untranslated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

FILES = sorted((Path(settings.BASE_DIR) / "reports" / "contents").glob("*.py"))
FILES += [Path(settings.BASE_DIR) / "reports" / name for name in ("report_views.py", "presenters/report_page.py")]
TRANSLATED = {"_", "ngettext", "gettext"}
# What only a person reads: an accent, or two words of letters side by side.
WORDS = re.compile(r"[à-ÿÀ-Ý«»≈]|[A-Za-z]{2,} [a-z]{2,}")


def bare_texts(tree: ast.AST, *, is_translated: bool = False) -> Iterator[str]:
    """Yield the texts of a module that no call to the catalogue holds, docstrings apart."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str) and not is_translated:
            yield child.value
        is_call = isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in TRANSLATED
        yield from bare_texts(child, is_translated=is_translated or is_call)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sentence_of_a_report_can_be_translated(path: Path) -> None:
    bare = [text for text in bare_texts(ast.parse(path.read_text(encoding="utf-8"))) if WORDS.search(text)]
    assert not bare


def test_a_sentence_left_in_the_code_is_found() -> None:
    tree = ast.parse('"""Module."""\nA = said("Un mot de trop")\nB = _("Un mot traduit")\n')
    assert [text for text in bare_texts(tree) if WORDS.search(text)] == ["Un mot de trop"]

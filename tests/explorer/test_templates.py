"""Templates as a set: all used, none with a style or a script inside, each page with its fragment."""

import re

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = settings.BASE_DIR / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
PAGES = [name for name in NAMES if name.startswith("explorer/") and not name.startswith("explorer/_")]
# A report that opens without network holds its style, which its own policy names by hash.
WHOLE_IN_ONE_FILE = "reports/report.html"
PYTHON = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("api", "explorer", "reports", "config")
    for path in (settings.BASE_DIR / folder).rglob("*.py")
)


def source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_template_is_used(name: str) -> None:
    others = "\n".join(source(other) for other in NAMES if other != name)
    assert f'"{name}"' in others or f'"{name}"' in PYTHON


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", [name for name in NAMES if name != WHOLE_IN_ONE_FILE])
def test_no_style_and_no_script_inside(name: str) -> None:
    text = source(name)
    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=|hx-on|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_answer_as_a_fragment(name: str) -> None:
    text = source(name)
    assert text.startswith("{% extends base_template %}")
    assert "{% block fragment %}" in text


@pytest.mark.parametrize("name", NAMES)
def test_french_punctuation_keeps_to_its_word(name: str) -> None:
    shown = re.findall(r'{% translate "(.*?)"', source(name)) + re.findall(
        r"{% blocktranslate.*?%}(.*?){% endblocktranslate %}", source(name), flags=re.S
    )
    plain = [re.sub(r"{[{%].*?[}%]}", "x", text) for text in shown]
    assert [text for text in plain if re.search(r" [?!;»]|« | :(\s|$)", text)] == []

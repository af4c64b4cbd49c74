"""The English texts are complete, and French counts as French does."""

import gettext
import re
import shutil
import subprocess
import tomllib
from ast import literal_eval
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from sources.apps import discover_datasets
from sources.registry import DATASETS

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
FRENCH = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"
UPDATE = "manage.py makemessages -l en --no-location --no-obsolete -i .venv -i node_modules -i tests"

# Where marked texts can be: everything else would only be copied for nothing.
SEARCHED = ("*.py", "*.html")
NOT_SEARCHED = shutil.ignore_patterns(".*", "node_modules", "static", "fixtures", "docs", "bench", "tests", "locale")

PAIR_FILES = [
    *sorted((ROOT / "scoring" / "definitions").glob("*.toml")),
    *sorted((ROOT / "scoring" / "data").glob("*.toml")),
    *sorted((ROOT / "skills" / "data").glob("*.toml")),
    *sorted(ROOT.glob("*/indicators.toml")),
]
# Values under these keys are read on screen, so that a bare string there has no English.
ON_SCREEN = {"label", "unit", "method", "formula", "sentence", "verify_with"}

# Texts that are the same word in both languages; any other equality is a text left in French.
SAME_WORD = {
    "%", "%(score)s points", "A17", "A38", "air", "batteries", "BTS", "BUT", "code", "code %(words)s", "Commune",
    "commune", "communes", "Distance", "distance (km)", "division", "exploration", "France", "France = 1",
    "Guadeloupe", "ha", "hectares", "interface", "jeans", "km", "Licence", "licence", "Martinique", "Mayotte", "MW",
    "nomenclature", "Oyonnax, Maîche, 39470…", "point", "Points", "points", "Population", "rail", "section", "Site",
    "sites", "source", "Territoire d'industrie", "Territoires d'industrie", "Territoires d'industrie (GeoJSON)",
    "Transport", "zone", "€/m²", "branches %(codes)s", "Score", "triangle", "Longitude", "Latitude",
    "%(name)s, France = 1", "%(count)s communes", "Communes", "Total", "SIREN", "pharmacies", "Source", "Code",
    "Programmes", "Ardennes, Oyonnax, 200042935…", "type",
    "%(amount)s, effort %(effort)s", "%(first)s – %(last)s", "%(name)s %(rank)s (%(score)s points)",
    "%(name)s (%(distance)s)", "%(name)s (%(jobs)s)", "%(name)s, %(commune)s, %(where)s",
    "%(points)s points", "%(name)s (code %(code)s)", "Composition", "32.50B, lunettes…", "Codes", "Effort", "Force",
    "Gain",
    "Mode", "Sources", "Trait", "[%(low)s – %(high)s]", "Batteries", "Jeans", "tubes",
    "client", "minute", "Collections", "%(count)s commune", "Format", "Provenance", "%(label)s, %(detail)s.",
    "%(label)s %(value)s, %(standing)s.", "%(label)s, %(value)s", "%(name)s, %(score)s points", "export", "Page",
    "Pages", "(Territoires d'industrie)", "SVG", "PNG", "Attribution", "Exports",
}  # fmt: skip
# Names of licences, which no language translates.
LICENCES = {"Licence Ouverte 2.0", "ODbL 1.0", "CC BY 4.0"}
FRENCH_TYPOGRAPHY = re.compile(r"[«»\u00a0\u202f]| [;:!?]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|</?\w[^>]*>")


@dataclass
class Entry:
    """A text of a catalogue: its ids (one, or singular and plural), its translations, its flags."""

    ids: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)


def read_catalogue(path: Path) -> dict[str, Entry]:
    """Return the entries of a .po file by message id, its header left out; obsolete ones are comments, so ignored."""
    entries: list[Entry] = []
    current = Entry()
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line.strip():
            entries.append(current)
            current = Entry()
        elif line.startswith("#,"):
            current.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif line.startswith("msgctxt"):
            pytest.fail(f"{path.name}: a context ({line}) needs a richer reader than this one")
        elif line.startswith("msg"):
            keyword, _, text = line.partition(" ")
            held = current.ids if keyword.startswith("msgid") else current.texts
            held.append(literal_eval(text))
        elif line.startswith('"'):
            held[-1] += literal_eval(line)
    return {entry.ids[0]: entry for entry in entries if entry.ids and entry.ids[0]}


@pytest.fixture(scope="module")
def english() -> dict[str, Entry]:
    return read_catalogue(ENGLISH)


@pytest.fixture
def in_the_source(tmp_path, monkeypatch, settings) -> dict[str, Entry]:
    """Every text marked for translation, as Django finds it in a copy of the code and of the templates."""
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=NOT_SEARCHED)
    (copy / "locale").mkdir()
    settings.LOCALE_PATHS = [str(copy / "locale")]
    monkeypatch.chdir(copy)
    call_command("makemessages", locale=["en"], no_location=True, verbosity=0)
    return read_catalogue(copy / "locale" / "en" / "LC_MESSAGES" / "django.po")


def test_every_text_of_the_source_is_in_the_catalogue_and_no_other(in_the_source, english):
    assert len(in_the_source) > 400
    absent = sorted(set(in_the_source) - set(english))
    left_over = sorted(set(english) - set(in_the_source))
    assert (absent, left_over) == ([], []), f"run {UPDATE}, then translate"
    assert {key: entry.ids for key, entry in in_the_source.items()} == {k: entry.ids for k, entry in english.items()}


def test_every_text_is_translated_and_none_is_a_guess(english):
    wrong = [key for key, entry in english.items() if "fuzzy" in entry.flags or not all(entry.texts)]
    assert wrong == []
    assert [key for key, entry in english.items() if len(entry.texts) != len(entry.ids)] == []


def test_the_reader_of_catalogues_sees_what_is_wrong(tmp_path):
    written = tmp_path / "django.po"
    written.write_text(
        '#, fuzzy\nmsgid ""\nmsgstr "header"\n\n'
        '#, python-format, fuzzy\nmsgid ""\n"un « %(x)s »\\n"\n"deux"\nmsgstr "one “%(x)s”"\n\n'
        'msgid "%(n)s site"\nmsgid_plural "%(n)s sites"\nmsgstr[0] ""\nmsgstr[1] ""\n\n'
        '#~ msgid "vieux"\n#~ msgstr "old"\n',
        encoding="utf-8",
    )
    assert read_catalogue(written) == {
        "un « %(x)s »\ndeux": Entry(["un « %(x)s »\ndeux"], ["one “%(x)s”"], {"python-format", "fuzzy"}),
        "%(n)s site": Entry(["%(n)s site", "%(n)s sites"], ["", ""]),
    }


def test_placeholders_and_tags_are_kept(english):
    wrong = []
    for key, entry in english.items():
        for source, text in zip(entry.ids, entry.texts, strict=True):
            if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(text)):
                wrong.append((key, text))
    assert wrong == []


def test_outer_spaces_are_kept(english):
    """Texts are joined to others; but French puts before its two-part marks a space that English does not."""
    wrong = []
    for key, entry in english.items():
        for source, text in zip(entry.ids, entry.texts, strict=True):
            starts = source.startswith(" ") and not source.lstrip().startswith((";", ":", "!", "?"))
            if (starts, source.endswith(" ")) != (text.startswith(" "), text.endswith(" ")):
                wrong.append((key, text))
    assert wrong == []


def test_english_is_english(english):
    texts = [(source, text) for entry in english.values() for source, text in zip(entry.ids, entry.texts, strict=True)]
    assert [text for source, text in texts if source == text and source not in SAME_WORD] == []
    assert [text for _source, text in texts if FRENCH_TYPOGRAPHY.search(text)] == []


def test_notes_and_licences_of_sources_are_translated(english):
    """They are stored with the data, then looked up in the catalogue: one left unmarked would stay in French."""
    discover_datasets()
    texts = {text for one in DATASETS.values() for text in (one.note, one.licence) if text} - LICENCES
    assert len(texts) > 25
    assert sorted(texts - set(english)) == []


def test_french_has_its_plurals_only(english):
    """An entry for each plural, as it stands in the source: without one, Django says "0 sites"."""
    plurals = {key: entry.ids for key, entry in english.items() if len(entry.ids) == 2}
    french = read_catalogue(FRENCH)
    assert {key: entry.ids for key, entry in french.items()} == plurals
    assert {key: entry.texts for key, entry in french.items()} == plurals
    assert [key for key, entry in french.items() if "fuzzy" in entry.flags] == []


@pytest.mark.parametrize(
    ("catalogue", "forms"),
    [(FRENCH, ["%(count)s réglage modifié", "%(count)s réglage modifié", "%(count)s réglages modifiés"]),
     (ENGLISH, ["%(count)s settings changed", "%(count)s setting changed", "%(count)s settings changed"])],
    ids=["fr", "en"],
)  # fmt: skip
def test_zero_is_singular_in_french_and_plural_in_english(tmp_path, catalogue, forms):
    compiled = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check", f"--output-file={compiled}", str(catalogue)], check=True, timeout=60)
    with compiled.open("rb") as content:
        texts = gettext.GNUTranslations(content)
    one, many = "%(count)s réglage modifié", "%(count)s réglages modifiés"
    assert [texts.ngettext(one, many, count) for count in (0, 1, 2)] == forms


def pairs(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Walk a TOML document; return what is read on screen, with its place: {fr, en} tables and bare strings."""
    if isinstance(node, dict):
        for key, value in node.items():
            place = f"{path}.{key}" if path else key
            is_text = isinstance(value, dict) and bool({"fr", "en"} & set(value))
            if is_text or (key in ON_SCREEN and isinstance(value, str)):
                yield place, value
            else:
                yield from pairs(value, place)
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from pairs(value, f"{path}[{position}]")


@pytest.mark.parametrize("path", PAIR_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_texts_in_tables_are_in_both_languages(path):
    texts = dict(pairs(tomllib.loads(path.read_text(encoding="utf-8"))))
    assert [place for place, text in texts.items() if not isinstance(text, dict) or set(text) != {"fr", "en"}] == []
    assert [place for place, text in texts.items() if not (text["fr"].strip() and text["en"].strip())] == []
    same = [place for place, text in texts.items() if text["fr"] == text["en"] and text["fr"] not in SAME_WORD]
    assert same == []
    assert [place for place, text in texts.items() if FRENCH_TYPOGRAPHY.search(text["en"])] == []


def test_the_tables_that_hold_texts_are_all_read():
    held = [path for path in PAIR_FILES if list(pairs(tomllib.loads(path.read_text(encoding="utf-8"))))]
    names = {str(path.relative_to(ROOT)) for path in held}
    assert {"basins/indicators.toml", "economy/indicators.toml", "infrastructure/indicators.toml"} <= names
    assert {"scoring/definitions/_pillars.toml", "scoring/data/requirements.toml"} <= names


def test_the_walk_finds_what_lacks_its_pair():
    document = tomllib.loads('label = "Nom"\n[[rows]]\ncode = "x"\nunit = { fr = "km" }\nwhy = "note"\n')
    assert dict(pairs(document)) == {"label": "Nom", "rows[0].unit": {"fr": "km"}}

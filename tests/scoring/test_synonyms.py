"""The reviewed product words: well formed, said once, each naming sub-classes that exist."""

import csv
import datetime
import gzip
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from scoring.search import SYNONYMS_PATH, Activity, build_index, load_synonyms, search
from scoring.search_words import folded_words

SECTORS_PATH = Path(__file__).parents[2] / "fixtures" / "edition" / "economy_sector.csv.gz"
PRODUCTS = tomllib.loads(SYNONYMS_PATH.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sectors():
    if not SECTORS_PATH.exists():
        pytest.skip("the built-in edition has no economy_sector.csv.gz yet")
    with gzip.open(SECTORS_PATH, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_file_says_when_it_was_reviewed():
    assert isinstance(PRODUCTS["reviewed"], datetime.date)
    assert PRODUCTS["nomenclature"] == "NAF rev. 2"


def test_at_least_five_hundred_words():
    assert len(load_synonyms()) >= 500


@pytest.mark.parametrize("product", PRODUCTS["products"], ids=lambda product: product["words"][0])
def test_each_entry_is_well_formed(product):
    assert set(product) <= {"words", "codes", "why"}
    assert product["words"]
    assert product["codes"]
    assert len(set(product["codes"])) == len(product["codes"])
    assert all(re.fullmatch(r"\d\d\.\d\d[A-Z]", code) for code in product["codes"])
    assert all(word == word.strip() and folded_words(word) for word in product["words"])


def test_a_word_stands_once_whatever_its_accents_and_plural():
    counts = Counter(folded_words(synonym.word) for synonym in load_synonyms())
    assert [words for words, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("lunettes", "32.50B"),
        ("jean", "14.13Z"),
        ("batterie", "27.20Z"),
        ("décolletage", "25.62A"),
        ("mécanique de précision", "25.62B"),
        ("paracétamol", "21.10Z"),
        ("médicament", "21.20Z"),
        ("porcelaine", "23.41Z"),
        ("semi-conducteur", "26.11Z"),
        ("carte électronique", "26.12Z"),
        ("satellite", "30.30Z"),
        ("yacht", "30.12Z"),
        ("paquebot", "30.11Z"),
    ],
)
def test_words_that_the_product_promises(word, code):
    assert {synonym.word: synonym.codes[0] for synonym in load_synonyms()}[word] == code


def test_every_code_exists_in_the_nomenclature(sectors):
    known = {row["code"] for row in sectors if row["level"] == "subclass"}
    unknown = {code for synonym in load_synonyms() for code in synonym.codes} - known
    assert unknown == set()


def test_every_word_finds_its_best_code_first_among_all_labels(sectors):
    activities = [Activity(row["code"], row["level"], row["label"], None) for row in sectors]
    index = build_index(activities, {})
    wrong = {}
    for synonym in load_synonyms():
        first = search(index, synonym.word, limit=1)[0]
        if first.activity.code != synonym.codes[0] and first.reason.kind != "code":
            wrong[synonym.word] = (first.activity.code, str(first.reason))
    assert wrong == {}

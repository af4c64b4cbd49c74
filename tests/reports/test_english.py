"""Reports in English: no French sentence left, English spacing, true minus signs, licences in English."""

import re
from collections.abc import Iterator
from functools import lru_cache

import pytest
from django.http import QueryDict
from django.utils import translation

from explorer.presenters.basin_comparison import lower_first
from explorer.wording import number
from reports.contents.basin import basin_report
from reports.contents.why import why_report
from reports.document import Bullets, Document, KeyFigures, Paragraph, Picture, Sheet
from scoring import service
from scoring.numbers import number as sentence_number

pytestmark = pytest.mark.django_db

BASE_URL = "https://bassins.example"
# Words that no English sentence holds, and few names do.
FRENCH = re.compile(
    r"\b(?:le|la|les|un|une|des|du|dans|pour|par|avec|est|sont|sur|que|qui|ce|cette|au|aux|ne|pas)\b", re.IGNORECASE
)
CASES = (("8425", ""), ("0601", ""), ("8425", "32.50B"), ("3213", "27.20Z"))


@lru_cache
def report(zone_code: str, activity: str, language: str) -> Document:
    facts = service.current_facts()
    with translation.override(language):
        if not activity:
            return basin_report(facts, zone_code, BASE_URL)
        asked = service.parse_question(facts, QueryDict(f"activite={activity}"), activity_parameter="activite")
        ranking = service.rank(facts, asked)
        return why_report(ranking, ranking.basin(zone_code), BASE_URL)


def words(document: Document) -> Iterator[str]:
    """Yield every text of a report but names of the data: title, columns of names, sources and their producers."""
    known = document.provenance
    yield from (document.subtitle, known.licence, known.attribution, *(label for label, _words in known.asked))
    yield from (line.licence for line in known.sources)
    yield from (one.title for one in document.chapters)
    for one in document.blocks():
        if isinstance(one, Paragraph):
            yield one.text
        elif isinstance(one, Bullets):
            yield from (one.intro, *(item.text for item in one.items))
        elif isinstance(one, KeyFigures):
            yield from (words for each in one.figures for words in (each.label, each.value, each.note))
        elif isinstance(one, Picture):
            yield from (one.title, one.subtitle, one.alt, one.note)
        elif isinstance(one, Sheet):
            yield from sheet_words(one)


def sheet_words(one: Sheet) -> Iterator[str]:
    yield from (one.table.title, one.subtitle, one.note)
    for position, column in enumerate(one.table.columns):
        if not column.is_french:
            yield from (column.label, column.unit)
            yield from (row[position] for row in one.table.rows if isinstance(row[position], str))


def names() -> set[str]:
    """Return the names of the data, French in every language: activities, basins, regions, perimeters."""
    facts = service.current_facts()
    return {one.label for one in facts.nomenclature.nodes.values()} | {one.name for one in facts.zones}


@pytest.mark.parametrize(("zone_code", "activity"), CASES)
def test_no_French_sentence_is_left_in_an_English_report(zone_code: str, activity: str) -> None:
    french = {letters(one) for one in words(report(zone_code, activity, "fr"))}
    told = set(words(report(zone_code, activity, "en"))) - names()
    assert sorted(one for one in told if " " in one and FRENCH.search(one) and letters(one) in french) == []


def letters(text: str) -> str:
    """Return a text without its numbers and signs, which are not written alike in both languages."""
    return re.sub(r"[\W\d_]+", " ", text).strip()


@pytest.mark.parametrize(("zone_code", "activity"), CASES)
def test_an_English_report_is_spaced_and_signed_in_English(zone_code: str, activity: str) -> None:
    labels = sorted(names(), key=len, reverse=True)
    for text in words(report(zone_code, activity, "en")):
        plain = text
        if re.search(r"\s[;:]", text):
            for label in labels:
                plain = plain.replace(label, "").replace(lower_first(label), "")
        assert not re.search(r"\s[;:](?=\s|$)", plain), text
        assert not re.search(r"(?<![\w)])-\d", text), text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_numbers_have_a_true_minus_and_nothing_has_none(language: str) -> None:
    with translation.override(language):
        for write in (number, sentence_number):
            assert write(-203, 0) == "\u2212203" and write(-0.39, 2)[0] == "\u2212"
            assert not write(-0.004, 2).startswith("\u2212") and write(-0.4, 0) == "0"


def test_no_loss_is_not_written_as_a_negative_one() -> None:
    facts = service.current_facts()
    asked = QueryDict("activite=27.20Z&aggregation=geometric")
    ranking = service.rank(facts, service.parse_question(facts, asked, activity_parameter="activite"))
    document = why_report(ranking, ranking.basin("3213"), BASE_URL)
    assert not [one for one in words(document) if re.search(r"\u22120(?:,0+)?(?![\d,])", one)]


def test_sentences_of_every_file_are_whole() -> None:
    licence = report("8425", "", "fr").provenance.licence
    assert "Ceux tirés de" not in licence
    assert "ces producteurs : Ministère de la transition écologique, Géorisques ; OpenStreetMap" in licence
    limits = next(one for one in words(report("8425", "", "fr")) if "ni adultes" in one)
    assert "; l'outre-mer" in limits.replace("\u202f", " ")
    licences = {one.licence for one in report("8425", "", "en").provenance.sources}
    assert {"Public domain", "No explicit licence; positions taken as facts"} <= licences

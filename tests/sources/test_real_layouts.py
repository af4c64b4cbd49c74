"""The first rows of each producer's delimited file, written otherwise or damaged: the same records, or a refusal."""

import csv
import gzip
import io
from itertools import islice
from pathlib import Path

import pytest

from sources.apps import discover_datasets
from sources.readers import LayoutError, open_text
from sources.registry import DATASETS
from tests.economy.worlds import DATA_DIR, needs_full_data

pytestmark = needs_full_data
ROWS = 25


def delimited() -> dict[str, Path]:
    """Return the newest delimited file of each data set, where the producers' files are at hand."""
    discover_datasets()
    found = {}
    for slug, dataset in DATASETS.items() if DATA_DIR else ():
        paths = sorted(path for pattern in dataset.patterns for path in Path(DATA_DIR).rglob(pattern))
        if paths and paths[-1].name.endswith((".csv", ".csv.gz")):
            found[slug] = paths[-1]
    return found


FILES = delimited()


@pytest.fixture(params=sorted(FILES))
def sample(request, tmp_path):
    """A parser, the first rows of its file, the separator and a path to write variants to."""
    try:
        with open_text(FILES[request.param], "utf-8-sig") as handle:
            heading = handle.readline()
            rest = list(islice(handle, 2000))
    except UnicodeDecodeError:
        with open_text(FILES[request.param], "cp1252") as handle:
            heading = handle.readline()
            rest = list(islice(handle, 2000))
    separator = max(";,\t|", key=heading.count)
    rows = list(islice(csv.reader([heading, *rest], delimiter=separator), ROWS))
    return DATASETS[request.param].parse, rows, separator, tmp_path / "variant.csv"


def written(rows, separator, end="\n"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    return text.getvalue()


def outcome(parse, path, content):
    """Return the records and refusals of a content, or None when the file is refused by name."""
    path.write_bytes(content)
    try:
        return [tuple(one) for one in parse(path)]
    except LayoutError as error:
        assert path.name in str(error)
        return None


def test_other_ways_of_writing_change_nothing(sample):
    parse, rows, separator, path = sample
    text = written(rows, separator)
    expected = outcome(parse, path, text.encode("utf-8-sig"))
    assert expected
    other = "\t" if separator != "\t" else ";"
    for content in (
        text.encode(),
        text.encode("utf-16"),
        gzip.compress(text.encode()),
        written(rows, separator, "\r\n").encode(),
        written(rows, other).encode(),
    ):
        assert outcome(parse, path, content) == expected
    assert outcome(parse, path, text.encode("cp1252", "replace")) in (
        None,
        outcome(parse, path, text.encode("cp1252", "replace").decode("cp1252").encode()),
    )


def test_damaged_files_are_refused(sample):
    parse, rows, separator, path = sample
    text = written(rows, separator)
    head, body = text.split("\n", 1)
    packed = gzip.compress(text.encode() * 20)
    damaged = {
        "empty": b"",
        "null": (head + "\n\0" + body).encode(),
        "ragged": (text + written([[*rows[1], "x"]], separator)).encode(),
        "twice": (text + text).encode(),
        "unclosed": (text + '"').encode(),
        "truncated": packed[: len(packed) // 2],
        "page": b"<html>" + text.encode(),
        "other": b"PK\x03\x04" + text.encode(),
    }
    for name, content in damaged.items():
        assert outcome(parse, path, content) is None, name


def test_a_header_alone_gives_no_record(sample):
    parse, rows, separator, path = sample
    assert not outcome(parse, path, written(rows[:1], separator).encode())

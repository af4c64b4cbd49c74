import csv
import gzip
import io
import json

import numpy as np
import pandas as pd
import pytest

from sources.edition_files import EditionFileError, read_manifest, read_table, table_bytes, text_of, write_edition
from tests.sources.worlds import release, tables, written_edition


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (float("nan"), ""), (np.float64("nan"), ""), (pd.NA, ""), (pd.NaT, ""), (0.0, "0"), (-0.0, "0"),
        (2.0, "2"), (np.float64(2.5), "2.5"), (np.int64(7), "7"), (1e300, "1e+300"), (["11", "2A"], "{11,2A}"),
        ([], "{}"), ({"b": 1, "a": "é"}, '{"a": "é", "b": 1}'), ("é;«", "é;«"),
    ],
)  # fmt: skip
def test_cells(value, text):
    assert text_of(value) == text


def test_a_table_reads_back_as_csv():
    table = pd.DataFrame({"a": ['x"y', "l1\nl2", "é,è"], "b": [1, 2.5, None]})
    rows = list(csv.reader(io.StringIO(table_bytes(table).decode())))
    assert rows == [["a", "b"], ['x"y', "1"], ["l1\nl2", "2.5"], ["é,è", ""]]


def test_the_same_tables_give_the_same_bytes(tmp_path):
    first = written_edition(tmp_path / "1", 5)
    second = written_edition(tmp_path / "2", 5)
    assert first == second
    names = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "2").iterdir())
    assert all((tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes() for name in names)


def test_the_hash_follows_the_numbers_and_the_sources_not_the_name(tmp_path):
    plain = written_edition(tmp_path / "1", 5)
    assert written_edition(tmp_path / "2", 5, name="autre").content_hash == plain.content_hash
    assert written_edition(tmp_path / "3", 6).content_hash != plain.content_hash
    other = write_edition(tmp_path / "4", name="essai", tables=tables(5), releases=[release(), release("autre")])
    assert other.content_hash != plain.content_hash


def test_a_table_no_longer_made_loses_its_file(tmp_path):
    written_edition(tmp_path, 5)
    write_edition(tmp_path, name="essai", tables=tables(5)[:1], releases=[])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["basins_region.csv.gz", "manifest.json"]


def test_a_table_comes_back_with_its_header(tmp_path):
    written_edition(tmp_path, 5)
    manifest = read_manifest(tmp_path)
    [entry] = [one for one in manifest.tables if one["table"] == "basins.Region"]
    assert read_table(tmp_path, entry) == (["code", "name"], "11,Région 5\n".encode())
    assert manifest.releases[0]["source"]["producer"] == "Insee"


@pytest.mark.parametrize("damage", ["altered", "truncated", "absent", "plain"])
def test_a_damaged_file_is_refused_by_name(tmp_path, damage):
    manifest = written_edition(tmp_path, 5)
    path = tmp_path / "basins_region.csv.gz"
    content = path.read_bytes()
    if damage == "absent":
        path.unlink()
    else:
        altered = gzip.compress(gzip.decompress(content).replace(b"5", b"6"), mtime=0)
        path.write_bytes({"altered": altered, "truncated": content[:-9], "plain": b"code,name\n"}[damage])
    with pytest.raises(EditionFileError, match=r"basins_region\.csv\.gz"):
        read_table(tmp_path, manifest.tables[0])


def test_a_folder_without_manifest_or_with_a_broken_one_is_refused(tmp_path):
    with pytest.raises(EditionFileError, match="absent"):
        read_manifest(tmp_path)
    for content in ("{", json.dumps({"name": "x"}), "[]"):
        (tmp_path / "manifest.json").write_text(content)
        with pytest.raises(EditionFileError, match="illisible"):
            read_manifest(tmp_path)

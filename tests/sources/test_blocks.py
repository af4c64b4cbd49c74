"""Chunks of columns against `csv_rows`, the slow and obvious reader: same rows, same lines, same refusals."""

import csv
import gzip
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources import blocks
from sources.blocks import block, csv_chunks
from sources.readers import LayoutError, csv_rows

COLUMNS = ("a", "b")
CELL = st.text(alphabet='ab1 ";,\n\réé\u202f', max_size=4)


def read_by_chunks(path):
    return [
        (int(line), chunk.row(index))
        for chunk in csv_chunks(path, COLUMNS, delimiter=";")
        for index, line in enumerate(chunk.lines)
    ]


def read_by_rows(path):
    rows = csv_rows(path, COLUMNS, delimiter=";", open_ended=True)
    return [(line, {name: row[name] for name in COLUMNS}) for line, row in rows]


def outcome(read, path):
    try:
        return read(path)
    except LayoutError as error:
        return str(error)


@pytest.fixture
def tiny_chunks(monkeypatch):
    monkeypatch.setattr(blocks, "CHUNK_BYTES", 16)
    monkeypatch.setattr(blocks, "ROWS_OF_AN_EXACT_CHUNK", 3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=12), quoting=st.sampled_from([0, 1]))
def test_written_rows_are_read_alike(tmp_path, tiny_chunks, rows, quoting):
    text = io.StringIO()
    csv.writer(text, delimiter=";", quoting=quoting).writerows([("b", "other", "a"), *rows])
    path = tmp_path / "t.csv"
    path.write_bytes(text.getvalue().encode())
    assert read_by_chunks(path) == read_by_rows(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(body=st.text(alphabet='ab;"\n\r\0é', max_size=60), tail=st.sampled_from([b"", b"\xe9", b"\xff;x\n"]))
def test_any_bytes_are_read_or_refused_alike(tmp_path, tiny_chunks, body, tail):
    path = tmp_path / "t.csv"
    path.write_bytes(b"a;b\n" + body.encode() + tail)
    assert outcome(read_by_chunks, path) == outcome(read_by_rows, path)


def test_lines_stay_exact_after_a_row_on_two_lines(tmp_path, tiny_chunks):
    path = tmp_path / "t.csv"
    path.write_text("a;b\n" + "1;2\n" * 10 + '"x\ny";3\n' + "4;5\n" * 10)
    found = read_by_chunks(path)
    assert [line for line, _row in found] == [*range(2, 12), 13, *range(14, 24)]
    assert found[10] == (13, {"a": "x\ny", "b": "3"})


def test_a_truncated_archive_is_refused_after_its_whole_lines(tmp_path):
    path = tmp_path / "t.csv.gz"
    content = gzip.compress(b"a;b\n" + b"".join(b"%d;%d\n" % (n, n * n) for n in range(5000)))
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(LayoutError, match="tronqué"):
        read_by_chunks(path)


def test_a_line_without_end_is_not_lost(tmp_path, tiny_chunks):
    path = tmp_path / "t.csv"
    path.write_text("a;b\n1;" + "x" * 100 + "\n2;y\n")
    assert [row["b"] for _line, row in read_by_chunks(path)] == ["x" * 100, "y"]


def test_a_block_is_written_as_copy_reads_it():
    import pyarrow as pa

    written = block([pa.array(["01001", "2A004"]), pa.array(["{1,null}", None])]).copy_text(7)
    assert bytes(written) == b"7\t01001\t{1,null}\n7\t2A004\t\\N\n"
    assert bytes(block([pa.array([], pa.string())]).copy_text(7)) == b""

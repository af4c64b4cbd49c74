import stat
import zipfile

import pytest

from sources import unpacking
from sources.fetching import FetchError
from sources.unpacking import unpack_member


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "a.zip"


def packed(path, *members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members:
            opened.writestr(name, content)
    return path


def refused(archive, match, pattern="*.csv"):
    target = archive.with_name("out.csv")
    with pytest.raises(FetchError, match=match):
        unpack_member(archive, pattern, target)
    assert [path.name for path in archive.parent.iterdir()] == [archive.name], "nothing is left"


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "C:\\evil.csv", "..\\evil.csv"])
def test_names_that_climb_out_are_refused(archive, name):
    refused(packed(archive, ("data.csv", "x"), (name, "x")), "sort du dossier")


def test_links_are_refused(archive):
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    refused(packed(archive, (link, "/etc/passwd")), "est un lien")


def test_bombs_are_refused_by_what_comes_out(archive, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_RATIO", 2)
    refused(packed(archive, ("data.csv", b"\0" * (4 << 20))), "se déplie")


def test_too_many_members_or_not_exactly_one_match_are_refused(archive, monkeypatch):
    refused(packed(archive, ("a.csv", "x"), ("b.csv", "x")), r"un seul fichier.*a\.csv, b\.csv")
    refused(packed(archive, ("a.txt", "x")), r"un seul fichier.*a\.txt")
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 1)
    refused(packed(archive, ("a.csv", "x"), ("b.txt", "x")), "2 fichiers")


def test_a_truncated_or_altered_archive_is_refused(archive):
    content = packed(archive, ("data.csv", "abc;def\n" * 1000)).read_bytes()
    archive.write_bytes(content[: len(content) // 2])
    refused(archive, "abîmée")
    archive.write_bytes(content[:60] + b"\xff" + content[61:])
    refused(archive, "abîmée")

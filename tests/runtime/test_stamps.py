"""Work is done once, and again as soon as anything it was made from changes."""

from pathlib import Path

import pytest

from config.setup.stamps import digest, unless_done


def test_digest_sees_names_contents_arrivals_and_facts(tmp_path: Path) -> None:
    folder = tmp_path / "static"
    folder.mkdir()
    seen = [digest([folder])]
    (folder / "a.css").write_text("one")
    seen.append(digest([folder]))
    (folder / "a.css").write_text("two")
    seen.append(digest([folder]))
    (folder / "a.css").rename(folder / "b.css")
    seen.append(digest([folder]))
    seen.append(digest([folder], "3.11"))
    seen.append(digest([folder, tmp_path / "lock"]))
    (tmp_path / "lock").write_text("")
    seen.append(digest([folder, tmp_path / "lock"]))
    assert seen[5] == seen[3]
    assert len(set(seen)) == 6


def test_work_is_skipped_only_while_its_stamp_holds(tmp_path: Path) -> None:
    done: list[str] = []
    stamp = tmp_path / "stamps" / "npm"
    notes = [unless_done(stamp, value, lambda value=value: done.append(value)) for value in ("a", "a", "b", "a")]
    assert done == ["a", "b", "a"]
    assert notes == ["", "déjà à jour", "", ""]


def test_work_that_failed_is_done_again(tmp_path: Path) -> None:
    stamp = tmp_path / "npm"
    unless_done(stamp, "a", lambda: None)

    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        unless_done(stamp, "b", fail)
    done: list[str] = []
    unless_done(stamp, "a", lambda: done.append("again"))
    assert done == ["again"]

"""Where state lives, and what is done about paths that are too long for a socket."""

import socket
from pathlib import Path

import pytest

from config.setup.places import SOCKET_NAME, Places, checkout_name, fits, places_of, refuse_long_path, socket_folder
from config.setup.steps import Failure


def folder_of_length(length: int) -> Path:
    return Path("/" + "a" * (length - 1))


def test_root_keeps_its_state_outside_the_checkout(tmp_path: Path) -> None:
    places = places_of("run", checkout=tmp_path, uid=0)
    assert places.state == Path("/var/lib/bassins") / checkout_name(tmp_path) / "run"


def test_a_user_keeps_its_state_in_the_checkout(tmp_path: Path) -> None:
    assert places_of("test", checkout=tmp_path, uid=1000).state == tmp_path / ".state" / "test"


def test_two_checkouts_and_two_commands_never_share_a_state() -> None:
    states = {
        places_of(purpose, checkout=Path(checkout), uid=0).state
        for purpose in ("run", "test")
        for checkout in ("/home/a/bassins", "/home/b/bassins")
    }
    assert len(states) == 4


def test_the_limit_is_the_one_of_the_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    longest = folder_of_length(107 - len(SOCKET_NAME) - 1)
    assert fits(longest)
    assert not fits(folder_of_length(107 - len(SOCKET_NAME)))
    # The kernel takes the longest accepted path (and finds no such folder), and one byte more is not even looked up.
    with socket.socket(socket.AF_UNIX) as probe, pytest.raises(FileNotFoundError):
        probe.bind(str(longest / SOCKET_NAME))
    with socket.socket(socket.AF_UNIX) as probe, pytest.raises(OSError, match="too long"):
        probe.bind(str(folder_of_length(109 - len(SOCKET_NAME)) / SOCKET_NAME))


def test_accents_count_as_bytes() -> None:
    assert not fits(Path("/" + "é" * 60))


def test_a_long_checkout_gets_a_short_socket_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/tmp")
    places = Places(checkout=folder_of_length(150), state=folder_of_length(150) / ".state" / "run")
    folder = socket_folder(places)
    assert folder.parent == Path("/tmp")
    assert fits(folder)


def test_a_long_temporary_folder_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(folder_of_length(120)))
    places = Places(checkout=folder_of_length(150), state=folder_of_length(150) / ".state" / "run")
    with pytest.raises(Failure) as refused:
        socket_folder(places)
    assert "trop long" in refused.value.why
    assert "TMPDIR=" in refused.value.remedy


def test_a_short_path_is_not_refused() -> None:
    refuse_long_path(Path("/tmp/socket"))
